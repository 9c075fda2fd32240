package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

func TestThePageIsFresh(t *testing.T) {
	const path = "../../../docs/sandbox-methods.md"
	got, err := os.ReadFile(path)
	if want := page(sandbox.Describe()); err != nil || !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), want) {
		t.Errorf("%s is stale (%v): run go generate ./telegram/sandbox", path, err)
	}
}

func TestThePageIsWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.md")
	if err := run([]string{path}); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || !bytes.Contains(data, []byte("| [sendMessage](https://core.telegram.org/method/messages.sendMessage) | people and bots | works |  |")) {
		t.Errorf("written: %s %v", data, err)
	}
	for _, args := range [][]string{nil, {"a", "b"}, {filepath.Join(path, "below", "a", "file")}} {
		if run(args) == nil {
			t.Errorf("%q was taken", args)
		}
	}
}
