package tgscript

import (
	"context"

	"github.com/tgscript/tgscript/bindings"
)

// hostControl takes orders of scripts.
type hostControl struct{ host *Host }

// Scripts tells how all of them are doing.
func (c hostControl) Scripts() (list []bindings.HostScript) {
	for _, script := range c.host.Scripts() {
		s := script.Status()
		one := bindings.HostScript{
			Name: script.Name(), Account: script.Account(), State: s.State, Paused: s.Paused, Version: s.Generation, Loaded: when(s.Loaded),
			Calls: s.Calls, Queued: s.Queued, Done: s.Done, Errors: s.Errors,
		}
		if s.LastError != nil {
			one.LastError = s.LastError.Error()
		}
		list = append(list, one)
	}
	return list
}

// Reload loads a script anew.
func (c hostControl) Reload(ctx context.Context, name string) (string, error) {
	s, err := c.host.script(name, "")
	if err != nil {
		return "", forScripts(err)
	}
	return s.Name(), forScripts(c.host.Reload(ctx, s.Name()))
}

// Pause gives a script nothing more to do.
func (c hostControl) Pause(name, reason string) (string, error) {
	script, err := c.host.Pause(name, reason)
	return script, forScripts(err)
}

// Resume ends its pauses.
func (c hostControl) Resume(name string) (string, int, error) {
	script, ended, err := c.host.Resume(name, "")
	return script, ended, forScripts(err)
}

// forScripts is an error with a kind that scripts can tell from others.
func forScripts(err error) error {
	if err == nil {
		return nil
	}
	e := asControlError(err)
	switch e.Code {
	case codeNoScript, CodeWhichScript, CodeScriptError:
		return &bindings.HostError{Kind: e.Code, Message: e.Error()}
	}
	return err
}
