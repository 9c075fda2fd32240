//go:build unix

package program_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/service/program"
)

// shell runs a script with bounds that nobody reaches by chance.
func shell(ctx context.Context, t *testing.T, script string, o program.Options) (program.Result, error) {
	t.Helper()
	path, err := program.Find("sh")
	if err != nil {
		t.Fatal(err)
	}
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	if o.Limit == 0 {
		o.Limit = 1 << 20
	}
	return program.Run(ctx, path, []string{"-c", script, "sh", "a b", "$c"}, o)
}

func TestRun(t *testing.T) {
	t.Setenv("SECRET", "s")
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for sentence, row := range map[string]struct {
		script string
		o      program.Options
		want   program.Result
	}{
		"what it says":                 {"echo out; echo err >&2", program.Options{}, program.Result{Stdout: "out\n", Stderr: "err\n"}},
		"how it ends":                  {"exit 7", program.Options{}, program.Result{Code: 7}},
		"by a signal":                  {"kill -9 $$", program.Options{}, program.Result{Code: -1}},
		"arguments as they are":        {`printf '%s|' "$@"`, program.Options{}, program.Result{Stdout: "a b|$c|"}},
		"what it reads":                {"cat", program.Options{Stdin: "in\x00\xff"}, program.Result{Stdout: "in\x00\xff"}},
		"nothing to read":              {"cat", program.Options{}, program.Result{}},
		"where it runs":                {"pwd", program.Options{Folder: dir}, program.Result{Stdout: dir + "\n"}},
		"no secrets of ours":           {"echo $SECRET", program.Options{}, program.Result{Stdout: "\n"}},
		"variables of its own":         {"echo $A", program.Options{Env: map[string]string{"A": "b"}}, program.Result{Stdout: "b\n"}},
		"one that replaces ours":       {"echo $HOME", program.Options{Env: map[string]string{"HOME": "/x"}}, program.Result{Stdout: "/x\n"}},
		"as much as it may say":        {"printf 12345", program.Options{Limit: 5}, program.Result{Stdout: "12345"}},
		"more than it may say":         {"printf 123456; sleep 100", program.Options{Limit: 5}, program.Result{Stdout: "12345", Code: -1, Cut: true}},
		"more errors than it may tell": {"printf 123456 >&2; sleep 100", program.Options{Limit: 5}, program.Result{Stderr: "12345", Code: -1, Cut: true}},
		"longer than it may":           {"sleep 100", program.Options{Timeout: 20 * time.Millisecond}, program.Result{Code: -1, Late: true}},
		"with children":                {"sleep 100 & sleep 100", program.Options{Timeout: 20 * time.Millisecond}, program.Result{Code: -1, Late: true}},
	} {
		t.Run(sentence, func(t *testing.T) {
			if got, err := shell(t.Context(), t, row.script, row.o); err != nil || got != row.want {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestRunEndsWithItsCall(t *testing.T) {
	stop := errors.New("stop")
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(20*time.Millisecond, func() { cancel(stop) })
	if _, err := shell(ctx, t, "sleep 100 & sleep 100", program.Options{}); !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	tool := filepath.Join(dir, "tool")
	if err := os.WriteFile(tool, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "text"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	for name, want := range map[string]string{"tool": tool, tool: tool, "text": "", "none": "", "": "", "a\x00b": "", filepath.Join(dir, "none"): "", "../tool": ""} {
		got, err := program.Find(name)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", name, got, err)
		}
		var failed *program.Error
		if err != nil && (!errors.As(err, &failed) || failed.LuaFields()["kind"] != "EXEC" || !strings.HasPrefix(err.Error(), "run ")) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := program.Run(t.Context(), filepath.Join(dir, "text"), nil, program.Options{Timeout: time.Minute}); err == nil {
		t.Error("ran a text")
	}
}
