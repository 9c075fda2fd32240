package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/sandbox/control"
)

const people = `
people: [{name: ann, phone: "+42777111"}, {name: ben, phone: "+42777112"}]
bots: [{name: Helper, username: helper_bot, token: "9001:AAsandbox-helper"}]
`

func noEnv(string) (string, bool) { return "", false }

// TestSandboxIsSeededInspectedAndControlled runs the command with everything that other programs use.
func TestSandboxIsSeededInspectedAndControlled(t *testing.T) {
	dir := t.TempDir()
	seed, calls, config := filepath.Join(dir, "people.yaml"), filepath.Join(dir, "calls.jsonl"), filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(seed, []byte(people), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, stdout := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, &terminal{in: strings.NewReader(""), out: stdout, err: io.Discard, env: noEnv},
			[]string{"sandbox", "--json", "--seed", seed, "--inspect", calls, "--control", "127.0.0.1:0"})
	}()
	var info struct {
		sandbox.Info
		Control control.Info `json:"control"`
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(line, &info); err != nil || info.People[0].Name != "ann" || info.Control.Token == "" {
		t.Fatalf("%s: %v", line, err)
	}

	order, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+info.Control.Address+"/send", strings.NewReader(`{"as":"ann","chat":"Helper","text":"/start"}`))
	if err != nil {
		t.Fatal(err)
	}
	order.Header.Set("Authorization", "Bearer "+info.Control.Token)
	answer, err := http.DefaultClient.Do(order)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("an order was answered with %s", answer.Status)
	}

	text := fmt.Sprintf("server: {dc: %d, address: %q, public_key: %q}\napi_id: %d\napi_hash: %s\naccounts: {me: {bot_token: \"9001:AAsandbox-helper\"}}\n",
		info.DC, info.Address, info.PublicKey, info.APIID, info.APIHash)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	if code := run(ctx, &terminal{in: strings.NewReader(""), out: &said, err: &said, env: noEnv}, []string{"login", "-c", config}); code != 0 {
		t.Errorf("login ends with %d: %s", code, &said)
	}
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("the sandbox ends with %d", code)
	}
	inspected, err := os.ReadFile(calls)
	if err != nil || !bytes.Contains(inspected, []byte(`"method":"auth.importBotAuthorization"`)) || bytes.Contains(inspected, []byte("AAsandbox-helper")) {
		t.Errorf("inspected: %s %v", inspected, err)
	}
}

func TestSandboxRefusesWhatItCannotUse(t *testing.T) {
	dir := t.TempDir()
	seed := filepath.Join(dir, "people.yaml")
	if err := os.WriteFile(seed, []byte("peple: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		args []string
		code int
		says string
	}{
		"a mistake in the seed":     {[]string{"--seed", seed}, exitConfig, `people.yaml:1:1: unknown key "peple"`},
		"an inspector's folder":     {[]string{"--inspect", dir}, exitFailure, "open the inspector's file"},
		"control for other machine": {[]string{"--control", "0.0.0.0:0"}, exitFailure, "loopback"},
	} {
		t.Run(name, func(t *testing.T) {
			var said bytes.Buffer
			code := run(t.Context(), &terminal{in: strings.NewReader(""), out: io.Discard, err: &said, env: noEnv}, append([]string{"sandbox"}, row.args...))
			if code != row.code || !strings.Contains(said.String(), row.says) {
				t.Errorf("ends with %d and says %s", code, &said)
			}
		})
	}
}
