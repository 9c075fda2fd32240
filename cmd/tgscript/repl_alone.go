package main

import (
	"context"
	"errors"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/telegram"
)

// replAlone types on an account that is signed in here.
func (a *app) replAlone(ctx context.Context, f replFlags, config *tgscript.Config, scripts []string) (err error) {
	for _, script := range scripts {
		if err := missingScript(config, script); err != nil {
			return err
		}
	}
	allow, err := f.allow.rules()
	if err != nil {
		return err
	}
	input := a.openInput()
	defer input.end()
	shown := input.app()
	t := &transcript{app: shown}
	entries := t.entry
	if !input.watched() { // who reads results from a pipe wants nothing else
		entries = nil
	}
	host, err := tgscript.Open(config, tgscript.Options{
		Logger:      shown.logger(),
		Account:     f.account,
		Scripts:     scripts,
		Interactive: true,
		Allow:       allow,
		Prompter:    func(account string) telegram.Prompter { return a.prompter(account, config, loginFlags{}) },
		OnSignIn:    t.signedIn,
		OnReload:    t.reloaded,
		OnError:     shown.scriptError,
		OnEntry:     entries,
		Print:       t.print,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, host.Close()) }()
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- host.Run(ctx); stop() }()
	defer func() {
		stop()
		if ran := <-ended; err == nil {
			err = ran
		}
	}()
	if err := host.Ready(ctx); err != nil {
		return nil // the run has ended, and says why
	}
	r := &repl{app: shown, to: local{host}, request: tgscript.EvalRequest{Account: f.account}}
	switch err := r.choose(ctx); {
	case ctx.Err() != nil:
		return nil // likewise
	case err != nil:
		return err
	}
	for _, script := range host.Scripts() {
		if failed := script.Status().LastError; failed != nil && script.Generation() == nil && input.watched() { // else it is told at the end
			shown.report(failed)
		}
	}
	if input.watched() {
		shown.say(":help tells what there is; Ctrl-D leaves")
	}
	return r.loop(ctx, input)
}

// local is a host of this process as an evaluator.
type local struct{ *tgscript.Host }

// Status is that of the host alone.
func (l local) Status(context.Context) ([]tgscript.Status, error) {
	return []tgscript.Status{l.Host.Status()}, nil
}

// Reload tells which script it was.
func (l local) Reload(ctx context.Context, script string) ([]string, error) {
	return nil, l.Host.Reload(ctx, script) // the transcript tells
}
