//go:build unix

package runtime

import (
	"context"
	"errors"
	"strings"
	"syscall"
	"testing"
)

func TestANamedPipeIsNoScript(t *testing.T) {
	p := newPlay(t, Limits{})
	if err := syscall.Mkfifo(p.path("pipe.lua"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := p.host.Add(context.Background(), ScriptConfig{Name: "pipe", Path: p.path("pipe.lua")}); !errors.Is(err, errNoFile) {
		t.Errorf("error is %v, want %v", err, errNoFile)
	}
}

// TestANamedPipeIsNoModule: it would wait for a writer, with the baton.
func TestANamedPipeIsNoModule(t *testing.T) {
	p := newPlay(t, Limits{})
	if err := syscall.Mkfifo(p.path("m.lua"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := p.add("bot.lua", `require("m")`); err == nil || !strings.Contains(err.Error(), errNoFile.Error()) {
		t.Errorf("error is %v", err)
	}
}
