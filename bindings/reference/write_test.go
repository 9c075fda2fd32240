package reference_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
)

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "docs", "reference")
	if err := reference.Write(bindings.Table(), dir); err != nil {
		t.Fatal(err)
	}
	for _, stray := range []string{"old.md", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(dir, stray), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "tg.md"), []byte("stale"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := reference.Write(bindings.Table(), dir); err != nil {
		t.Fatal(err)
	}
	for name, want := range reference.Files(bindings.Table()) {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != string(want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "old.md")); err == nil {
		t.Error("a page that is no more was left")
	}
	if _, err := os.Stat(filepath.Join(dir, "notes.txt")); err != nil {
		t.Error("a file of somebody else is gone")
	}
}

func TestWriteWhereThereIsNoFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := reference.Write(bindings.Table(), file); err == nil || !strings.Contains(err.Error(), "make the folder of the reference") {
		t.Errorf("got %v", err)
	}
}

// The pages link to one another: no link may lead nowhere.
func TestLinksLeadSomewhere(t *testing.T) {
	files := reference.Markdown(bindings.Table())
	for name, text := range files {
		for rest := string(text); ; {
			_, after, ok := strings.Cut(rest, "](")
			if !ok {
				break
			}
			target, next, _ := strings.Cut(after, ")")
			file, heading, _ := strings.Cut(target, "#")
			switch {
			case strings.HasPrefix(target, "https://"):
			case file == "":
				if !headings(string(text))[heading] {
					t.Errorf("%s has no heading %s", name, heading)
				}
			case strings.HasPrefix(file, "../"):
				if _, err := os.Stat(filepath.Join(pages, file)); err != nil {
					t.Errorf("%s links to %s: %v", name, target, err)
				}
			case files[file] == nil:
				t.Errorf("%s links to %s", name, target)
			}
			rest = next
		}
	}
}

// headings are where a page's headings can be found, as GitHub writes them.
func headings(text string) map[string]bool {
	found := map[string]bool{}
	for line := range strings.Lines(text) {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			title = notInAnchors.ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), "")
			found[strings.ReplaceAll(title, " ", "-")] = true
		}
	}
	return found
}

var notInAnchors = regexp.MustCompile(`[^\w \-]`)

// Tables of Markdown have as many cells in each row, or they don't render.
func TestTablesAreWhole(t *testing.T) {
	for name, text := range reference.Markdown(bindings.Table()) {
		for line := range strings.Lines(string(text)) {
			cells := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
			if strings.HasPrefix(line, "|") && cells != 4 {
				t.Errorf("%s: %d bars in %s", name, cells, line)
			}
		}
	}
}

func TestTextFitsTheTerminal(t *testing.T) {
	for _, name := range reference.Names(bindings.Table()) {
		text, suggestions := reference.Lookup(bindings.Table(), name)
		if text == "" || len(suggestions) > 0 {
			t.Errorf("%s isn't found", name)
		}
		for line := range strings.Lines(text) {
			if len(line) > 160 || line != strings.TrimRight(line, " \n")+"\n" {
				t.Errorf("%s: %d characters, or blanks at the end: %q", name, len(line), line)
			}
		}
	}
}

// The texts of `tgscript docs` are kept whole, one for each kind of thing.
func TestTexts(t *testing.T) {
	for name, want := range map[string]string{
		"client:delete_messages": `client:delete_messages([chat], messages, [options]) -> integer
  Delete messages. Returns how many Telegram deleted.

  chat?         Target                 Where they are; outside of channels and supergroups nil will
                                       do.
  messages      MessageID|MessageID[]  Which ones: one or a list.
  options?      DeleteOptions          For whom.
    revoke?     boolean                For everybody, not only for this account; true if not given.
    scheduled?  boolean                The messages are for later, and were not sent yet.

  Errors worth catching: MESSAGE_DELETE_FORBIDDEN, PEER_UNKNOWN

    client:delete_messages("me", { 12, 13 })
`,
		"tg.version": `tg.version: string
  Version of tgscript.
`,
		"Peer.title": `peer.title: string?
  Title of a group or channel.
`,
		"Timer": `Timer
  A function that will be called later. Timers end with the version of the script that made them.

  timer:cancel()
      Don't call it any more.
`,
		"DeleteOptions": `DeleteOptions
  revoke?     boolean  For everybody, not only for this account; true if not given.
  scheduled?  boolean  The messages are for later, and were not sent yet.
`,
		"MessageID": `MessageID = integer|string|Message
  Which message: its id, or the message itself.
`,
	} {
		if got, _ := reference.Lookup(bindings.Table(), name); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}
