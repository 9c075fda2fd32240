package foreign_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/sandbox/control"
)

// python is where Debian's python3-telethon can be imported.
const python = "/usr/bin/python3"

// TestTelethon lets Telethon as Debian has it (1.25, layer 144) do in the sandbox what people do
// with it. Where CI is set it must be there; elsewhere it is tested if it is.
func TestTelethon(t *testing.T) {
	if out, err := exec.Command(python, "-c", "import telethon").CombinedOutput(); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("apt-get install python3-telethon: %v\n%s", err, out)
		}
		t.Logf("nothing is proven: %s has no telethon (apt-get install python3-telethon)", python)
		return
	}
	for _, r := range runTelethon(t, describe(t)) {
		t.Run(r.Scenario, func(t *testing.T) {
			if r.Error != "" {
				t.Error(r.Error)
			}
		})
	}
}

type result struct{ Scenario, Error string }

// wanted are the scenarios that must have been told of, so that a script that ends early is noticed.
func wanted() []string {
	return []string{
		"connect_full", "connect_abridged", "connect_intermediate", "connect_obfuscated",
		"sign_in_with_code", "sign_in_with_password", "sign_in_as_bot", "sign_in_elsewhere",
		"send_edit_delete", "reply_and_forward", "events_both_ways", "events_of_a_channel", "bot_answers",
		"history", "dialogs", "participants", "refusals",
		"files", "media", "pictures",
		"buttons_and_callbacks", "reply_keyboards", "inline_mode", "polls", "reactions_and_drafts", "commands",
		"supergroups", "invite_links", "basic_groups", "profile_and_privacy",
		"a_person_directed_over_http", "flood_wait", "errors_of_the_server", "a_torn_answer", "a_wrong_clock",
		"missed_while_away", "log_out",
	}
}

// describe starts a sandbox and writes what a client must know of it to a file.
func describe(t *testing.T) string {
	t.Helper()
	s, err := sandbox.New(sandbox.Options{Dir: t.TempDir()}) // the client reads the key from a file
	if err != nil {
		t.Fatal(err)
	}
	orders, err := control.Listen(s, control.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(orders.Close(), s.Close()); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	info, err := json.Marshal(struct {
		sandbox.Info
		Control control.Info `json:"control"`
	}{s.Info(), orders.Info()})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "info.json")
	if err := os.WriteFile(path, info, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func runTelethon(t *testing.T, info string) []result {
	t.Helper()
	command := exec.CommandContext(t.Context(), python, filepath.Join("testdata", "with_telethon.py"), info)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Errorf("with_telethon.py: %v\n%s", err, stderr.Bytes())
	}
	var results []result
	var told []string
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var r result
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Errorf("with_telethon.py said %q: %v", lines.Text(), err)
			continue
		}
		results, told = append(results, r), append(told, r.Scenario)
	}
	if want := wanted(); !slices.Equal(told, want) {
		t.Errorf("the scenarios were %v, want %v\n%s", told, want, stderr.Bytes())
	}
	return results
}
