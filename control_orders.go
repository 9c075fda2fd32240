package tgscript

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/runtime"
)

// What can be asked of a running host, by this process and by others.

// script finds the one script that is meant: by its name, by the last part of it where that is enough ("echo", or
// "echo.lua", for me/echo), or, with no name, as the only one of an account. Else it is a *ControlError.
func (h *Host) script(name, account string) (*runtime.Script, error) {
	if strings.HasSuffix(name, ".lua") { // as it is called, or as its file is
		name = strings.TrimSuffix(filepath.Base(name), ".lua")
	}
	var names []string
	var found []*runtime.Script
	for _, s := range h.Scripts() {
		if account != "" && s.Account() != account {
			continue
		}
		names = append(names, s.Name())
		switch {
		case s.Name() == name:
			return s, nil
		case name == "", s.Name()[strings.LastIndexByte(s.Name(), '/')+1:] == name:
			found = append(found, s)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return nil, &ControlError{Code: CodeWhichScript, Message: "several scripts could be meant", Hint: "say which: " + strings.Join(scriptNames(found), ", ")}
	case len(names) == 0:
		return nil, &ControlError{Code: codeNoScript, Message: "no script runs there"}
	}
	return nil, &ControlError{Code: codeNoScript, Message: fmt.Sprintf("no script %q runs there%s", name, suggest(name, names))}
}

func scriptNames(scripts []*runtime.Script) []string {
	names := make([]string, len(scripts))
	for i, s := range scripts {
		names[i] = s.Name()
	}
	slices.Sort(names)
	return names
}

// Pause gives a script no more events and timers until Resume, over reloads too. What runs goes on to its end. The
// script may be named by the last part of its name; its full one is returned. It is no error to pause one twice. A name
// that no script has, or several, is a *ControlError.
func (h *Host) Pause(name, reason string) (script string, err error) {
	s, err := h.script(name, "")
	if err != nil {
		return "", err
	}
	s.Pause(reason)
	return s.Name(), nil
}

// Resume ends the pause of a script and those of its handlers that have failed too often, or with handler only of
// that one: "hello.lua:12", where it was registered. It tells how many pauses it has ended; none is no error. A script
// or handler that isn't there is a *ControlError, one of which no version serves runtime.ErrNotServing.
func (h *Host) Resume(name, handler string) (script string, ended int, err error) {
	s, err := h.script(name, "")
	if err != nil {
		return "", 0, err
	}
	if handler == "" {
		return s.Name(), s.Resume(), nil
	}
	g := s.Generation()
	if g == nil {
		return "", 0, runtime.ErrNotServing
	}
	known := false
	for _, r := range g.Registered() {
		if r.Site == handler || strings.HasSuffix(r.Site, "/"+handler) {
			known = true
			if r.Resume() {
				ended++
			}
		}
	}
	if !known {
		return "", 0, &ControlError{Code: codeNoHandler, Message: fmt.Sprintf("%s has no handler from %s", s.Name(), handler), Hint: "tgscript status --json lists them"}
	}
	return s.Name(), ended, nil
}

// EvalRequest is a chunk of Lua for a running script.
type EvalRequest struct {
	Script  string `json:"script"`  // may be left out where the account has one
	Account string `json:"account"` // may be left out
	Chunk   string `json:"chunk"`   // statements, or an expression
}

// Eval runs a chunk in the live version of a script, as one of its calls: it sees the script's globals, and handlers
// that it registers stay until the next reload. The values of an expression come back as text that people can read;
// what the chunk prints goes to print as it comes. The error of a chunk is a *runtime.ScriptError.
func (h *Host) Eval(ctx context.Context, r EvalRequest, print func(line string)) ([]string, error) {
	s, err := h.script(r.Script, r.Account)
	if err != nil {
		return nil, err
	}
	return s.Eval(ctx, r.Chunk, print, bindings.Shown)
}

// reloadFor loads scripts anew and tells how that went.
func (h *Host) reloadFor(ctx context.Context, name string, previous bool) (result reloadResult) {
	scripts := h.Scripts()
	if name != "" {
		s, err := h.script(name, "")
		if err != nil {
			result.Errors = append(result.Errors, asControlError(err))
			return result
		}
		scripts = []*runtime.Script{s}
	}
	load := h.Reload
	if previous {
		load = h.scripts.Previous
	}
	for _, s := range scripts { // one after another, so that the answer is in their order
		if err := load(ctx, s.Name()); err != nil {
			result.Errors = append(result.Errors, asControlError(err))
			continue
		}
		result.Reloaded = append(result.Reloaded, s.Name())
	}
	return result
}

// reloadResult is what /reload answers.
type reloadResult struct {
	Reloaded []string        `json:"reloaded"`
	Errors   []*ControlError `json:"errors,omitempty"`
}

// missing says whether the name that was asked for is all that was wrong.
func (r reloadResult) missing() bool {
	return len(r.Reloaded) == 0 && len(r.Errors) == 1 && r.Errors[0].Code == codeNoScript
}
