// Package program runs other programs: without a shell, with little of our environment, and never for longer or with
// more to say than is allowed.
package program

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Options of Run.
type Options struct {
	Stdin   string
	Env     map[string]string // more variables
	Folder  string            // where it runs; ours if empty
	Timeout time.Duration
	Limit   int // bytes of each output
}

// Result of a program that ran.
type Result struct {
	Code           int // -1 when a signal ended it
	Stdout, Stderr string
	Cut            bool // an output was longer than the limit; the program was stopped
	Late           bool // it ran too long; it was stopped
}

// Error says that a program could not be run.
type Error struct {
	Program string
	Err     error
}

func (e *Error) Error() string { return "run " + e.Program + ": " + e.Err.Error() }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// LuaFields are what scripts see on the caught error.
func (e *Error) LuaFields() map[string]any {
	return map[string]any{"kind": "EXEC", "message": e.Error(), "program": e.Program}
}

// passed are the variables that programs need to work at all. The others may hold secrets.
var passed = []string{"PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "PATHEXT", "USERPROFILE"}

// Find is the file of a program: a path, or a name that is looked for in PATH.
func Find(name string) (string, error) {
	if name == "" || strings.ContainsRune(name, 0) {
		return "", &Error{name, errors.New("no program has this name")}
	}
	path, err := exec.LookPath(name)
	if err == nil && !filepath.IsAbs(path) {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		if inner := (*exec.Error)(nil); errors.As(err, &inner) {
			err = inner.Err
		}
		return "", &Error{name, err}
	}
	return path, nil
}

// limited keeps the first bytes, and stops the program at the first beyond.
type limited struct {
	kept bytes.Buffer // not embedded: its ReadFrom would take everything
	left int
	stop func()
	cut  bool
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.left)
	l.left -= n
	l.kept.Write(p[:n]) // memory takes everything
	if n < len(p) {
		l.cut = true
		l.stop()
		return n, fmt.Errorf("more than the limit")
	}
	return n, nil
}

var errLate = errors.New("it ran too long")

// Run runs a program to its end.
func Run(ctx context.Context, path string, arguments []string, o Options) (Result, error) {
	ctx, late := context.WithTimeoutCause(ctx, o.Timeout, errLate)
	defer late()
	running, stop := context.WithCancel(ctx)
	defer stop()
	cmd := exec.CommandContext(running, path, arguments...)
	cmd.Dir = o.Folder
	cmd.Env = environment(o.Env)
	cmd.Stdin = strings.NewReader(o.Stdin)
	stdout, stderr := &limited{left: o.Limit, stop: stop}, &limited{left: o.Limit, stop: stop}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	cmd.WaitDelay = time.Second // a child of the program may hold its outputs
	alone(cmd)
	err := cmd.Run()
	result := Result{Stdout: stdout.kept.String(), Stderr: stderr.kept.String(), Cut: stdout.cut || stderr.cut, Code: -1}
	if cmd.ProcessState == nil {
		return result, &Error{filepath.Base(path), err}
	}
	result.Code = cmd.ProcessState.ExitCode()
	result.Late = errors.Is(context.Cause(ctx), errLate) && !cmd.ProcessState.Success()
	if ctx.Err() != nil && !result.Late && !cmd.ProcessState.Success() {
		return result, context.Cause(ctx)
	}
	return result, nil
}

func environment(more map[string]string) []string {
	env := []string{}
	for _, name := range passed {
		if value, there := os.LookupEnv(name); there && more[name] == "" {
			env = append(env, name+"="+value)
		}
	}
	for name, value := range more {
		env = append(env, name+"="+value)
	}
	return env
}
