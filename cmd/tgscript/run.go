package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/scene"
	"github.com/tgscript/tgscript/telegram"
)

type runFlags struct {
	account   string
	noReload  bool
	chat      bool
	as        string
	json      bool
	codeStdin bool
	noInput   bool
	allow     allowFlags
	play      []string
	repeat    repeatFlags
	inspect   inspectFlags
}

func (a *app) runCommand() *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:   "run [SCRIPT...]",
		Short: "Run scripts: those of the config, or the ones named",
		Long: "Connects the accounts of the config, signs them in and runs their scripts; with SCRIPT, those files on\n" +
			"the one account (or --account); without a config it is one of the sandbox, me or bot. A saved script is\n" +
			"reloaded at once, and the old version goes on serving if the new one has an error. When every script has nothing left to wait for, run ends.",
		Example: "  tgscript run\n  tgscript run scripts/hello.lua\n  tgscript run --server sandbox --chat scripts/echo.lua\n  echo hello | tgscript run --chat scripts/echo.lua\n" +
			"  tgscript run --play scenario.lua scripts/echo.lua",
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return a.run(c.Context(), f, args) },
	}
	c.Flags().StringVarP(&f.account, "account", "a", "", "run this account only")
	c.Flags().BoolVar(&f.noReload, "no-reload", false, "leave saved scripts alone until tgscript reload")
	c.Flags().BoolVar(&f.chat, "chat", false, "in the sandbox: type messages to the account, or pipe them; what stands on a button presses it")
	c.Flags().StringVar(&f.as, "as", "alice", "with --chat: who writes them")
	c.Flags().BoolVar(&f.json, "json", false, "print the transcript of the sandbox as JSON lines")
	c.Flags().BoolVar(&f.codeStdin, "code-stdin", false, "read the login code from stdin if one is asked for")
	c.Flags().BoolVar(&f.noInput, "no-input", false, "at a terminal: refuse what no permission allows, without asking")
	f.allow.add(c)
	c.Flags().StringArrayVar(&f.play, "play", nil, "in the sandbox: Lua file that acts as people; run ends after it; may be repeated")
	f.repeat.add(c)
	f.inspect.add(c)
	return c
}

// check finds flags that don't go together, or not with the config.
func (f runFlags) check(config *tgscript.Config) error {
	inSandbox := config.Server.Kind == "sandbox"
	switch {
	case f.chat && !inSandbox:
		return usageError{fmt.Errorf("--chat talks to an account of the sandbox: add --server sandbox")}
	case (len(f.play) > 0 || f.repeat.given() || f.inspect.path != "") && !inSandbox:
		return usageError{fmt.Errorf("--play, --random, --frozen and --inspect are about the sandbox: add --server sandbox")}
	case len(f.play) > 0 && f.chat:
		return usageError{fmt.Errorf("--play and --chat both act as people: take one of them")}
	}
	return nil
}

func (a *app) run(ctx context.Context, f runFlags, scripts []string) (err error) {
	config, forget, err := a.loadOrBare(f.account, len(scripts) > 0)
	defer func() { err = errors.Join(err, forget()) }()
	if err != nil {
		return err
	}
	if err := f.check(config); err != nil {
		return err
	}
	for _, script := range scripts {
		if err := missingScript(config, script); err != nil {
			return err
		}
	}
	scenarios, err := a.scenarios(f.play)
	if err != nil {
		return err
	}
	manager, err := a.supervision()
	if err != nil {
		return err
	}
	t := &transcript{app: a, json: f.json || f.inspect.path == "-", chat: f.chat}
	options := tgscript.Options{
		Logger:   a.logger(),
		Account:  f.account,
		Scripts:  scripts,
		NoReload: f.noReload,
		Ask:      a.permissionAsker(!f.noInput && !f.chat),
		Prompter: func(account string) telegram.Prompter {
			return a.prompter(account, config, loginFlags{codeStdin: f.codeStdin})
		},
		OnSignIn: t.signedIn,
		OnLost:   t.lost,
		OnReload: manager.reloaded(t.reloaded),
		OnError:  a.scriptError,
		OnEntry:  t.entry,
		Print:    t.print,
		Progress: a.progress(),
	}
	if options.Allow, err = f.allow.rules(); err != nil {
		return err
	}
	if err := f.repeat.into(&options.Sandbox); err != nil {
		return err
	}
	closed, err := f.inspect.into(t, &options.Sandbox)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closed()) }()
	host, err := tgscript.Open(config, options)
	if err != nil {
		return err
	}
	defer tellCollector(config.Limits.Heap)()
	defer func() {
		if closed := host.Close(); err == nil {
			err = closed
		}
	}()
	return a.runHost(ctx, f, host, manager, t, scenarios)
}

// runHost runs a host with all that goes on beside it: the service manager, orders of other processes, somebody who
// types, people who follow a scenario. Each may end the run by stop, and all have ended when it returns.
func (a *app) runHost(ctx context.Context, f runFlags, host *tgscript.Host, manager *supervised, t *transcript, scenarios []scene.Scenario) error {
	ctx, stop := context.WithCancel(ctx)
	defer manager.end() // after stop, which it waits for
	defer stop()
	manager.follow(ctx, host)
	control, err := host.Serve(ctx)
	if err != nil {
		a.logger().Warn("tgscript reload can't reach this process", "error", err)
	} else {
		defer control.Close()
	}
	if f.chat {
		if err := mayChat(host.Sandbox(), f.as); err != nil {
			return err
		}
		chat := startChat(ctx, t, host, f.as, stop)
		defer func() {
			stop() // what it waits for may never come once the host has ended
			chat.wait()
		}()
	}
	if len(scenarios) == 0 {
		return host.Run(ctx)
	}
	played := startPlay(ctx, t, host, scenarios, stop)
	return errors.Join(host.Run(ctx), played())
}

// scriptName shortens a path for people: relative to here where that is shorter.
func scriptName(path string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, path); err == nil && !strings.HasPrefix(rel, "..") {
		return rel
	}
	return path
}
