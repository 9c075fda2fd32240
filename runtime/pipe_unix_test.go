//go:build unix

package runtime

import (
	"context"
	"errors"
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
