package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

type replFlags struct {
	account string
	script  string
	attach  bool
	alone   bool
	allow   allowFlags
}

func (a *app) replCommand() *cobra.Command {
	var f replFlags
	c := &cobra.Command{
		Use:   "repl [SCRIPT.lua]",
		Short: "Type Lua on an account, in the sandbox, or within a script that runs",
		Long: "Reads Lua, runs it, prints what it gives. If a tgscript runs with this config, it is Lua within one of its\n" +
			"scripts (--script); otherwise, and with --alone or SCRIPT.lua, the account is signed in here: with the script\n" +
			"loaded, or with none. Tab completes, arrows bring back earlier lines, Ctrl-C ends what runs, Ctrl-D leaves.\n" +
			":help tells more. Without a terminal chunks come from stdin; an error in one exits with 5.",
		Example: "  tgscript repl\n  tgscript repl --server sandbox scripts/hello.lua\n  tgscript repl --script hello\n  echo 'client.me.username' | tgscript repl --alone",
		Args:    cobra.MaximumNArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return a.repl(c.Context(), f, args) },
	}
	c.Flags().StringVarP(&f.account, "account", "a", "", "on this account")
	c.Flags().StringVarP(&f.script, "script", "s", "", "within this script of the tgscript that runs")
	c.Flags().BoolVar(&f.attach, "attach", false, "only within a tgscript that runs")
	c.Flags().BoolVar(&f.alone, "alone", false, "never within one that runs")
	f.allow.add(c)
	return c
}

// evaluator is what a repl talks to: another process, or a host of its own.
type evaluator interface {
	Eval(ctx context.Context, r tgscript.EvalRequest, print func(line string)) ([]string, error)
	Status(ctx context.Context) ([]tgscript.Status, error)
	Reload(ctx context.Context, script string) ([]string, error)
	Logs(ctx context.Context, q tgscript.LogQuery, each func(tgscript.LogLine) error) error
}

func (a *app) repl(ctx context.Context, f replFlags, args []string) (err error) {
	if f.attach && (f.alone || len(args) > 0) || f.script != "" && (f.alone || len(args) > 0) {
		return usageError{errors.New("--attach and --script are about a tgscript that runs: leave --alone and SCRIPT.lua out")}
	}
	config, forget, err := a.loadOrBare(f.account, !f.attach && f.script == "")
	defer func() { err = errors.Join(err, forget()) }()
	if err != nil {
		return err
	}
	if !f.alone && len(args) == 0 {
		running, err := tgscript.Reach(ctx, config)
		switch {
		case err == nil:
			return a.replWithin(ctx, f, running)
		case !errors.Is(err, tgscript.ErrNotRunning), f.attach, f.script != "":
			return err
		}
	}
	return a.replAlone(ctx, f, config, args)
}

// replWithin types into a script of another process.
func (a *app) replWithin(ctx context.Context, f replFlags, running *tgscript.Running) error {
	r := &repl{app: a, to: running, request: tgscript.EvalRequest{Script: f.script, Account: f.account}}
	if err := r.choose(ctx); err != nil {
		return err
	}
	input := a.openInput()
	defer input.end()
	r.app = input.app()
	r.app.say("within %s of the tgscript that runs; --alone for one of its own", r.request.Script)
	if input.watched() {
		defer r.follow(ctx)()
	}
	return r.loop(ctx, input)
}

// follow shows what the script prints and logs, until end is called.
func (r *repl) follow(ctx context.Context) (end func()) {
	r.followed = true
	following, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		err := r.to.Logs(following, tgscript.LogQuery{Script: r.request.Script, Since: time.Now(), Follow: true}, func(l tgscript.LogLine) error {
			if l.Kind == "print" && l.Repeated == 0 && l.Missed == 0 {
				fmt.Fprintln(r.out, printableLines(l.Text))
			} else {
				r.logLine(l)
			}
			return nil
		})
		switch {
		case following.Err() != nil:
		case err == nil, errors.Is(err, tgscript.ErrNotRunning), errors.Is(err, io.ErrUnexpectedEOF):
			r.say("the tgscript that ran has ended; Ctrl-D leaves")
		default:
			r.report(err)
		}
	}()
	return func() {
		stop()
		<-ended
	}
}

// choose settles which script is meant, before anything is typed.
func (r *repl) choose(ctx context.Context) error {
	all, err := r.to.Status(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, s := range all {
		for _, script := range s.Scripts {
			last := script.Name[strings.LastIndexByte(script.Name, '/')+1:]
			switch {
			case r.request.Account != "" && script.Account != r.request.Account:
			case r.request.Script == "", script.Name == r.request.Script, last == r.request.Script:
				names = append(names, script.Name)
			}
		}
	}
	switch {
	case len(names) == 0 && r.request.Script == "":
		return usageError{errors.New("no script runs there: tgscript repl --alone has one of its own")}
	case len(names) == 0:
		return usageError{fmt.Errorf("no script %q runs there: see tgscript status", r.request.Script)}
	case len(names) > 1:
		return usageError{fmt.Errorf("say in which script: --script %s", strings.Join(names, " or "))}
	}
	r.request.Script = names[0]
	return nil
}

// repl is one session.
type repl struct {
	*app
	to       evaluator
	request  tgscript.EvalRequest
	failed   int  // chunks with an error
	watched  bool // by a person
	followed bool // what the script logs is shown as it comes
}

const (
	prompt     = "> "
	morePrompt = "... "
)

// loop reads chunks and runs them until there are no more.
func (r *repl) loop(ctx context.Context, in input) error {
	if err := in.begin(newWords(r, ctx).complete); err != nil {
		return err
	}
	r.watched = in.watched()
	var chunk []string
	for {
		ask := prompt
		if len(chunk) > 0 {
			ask = morePrompt
		}
		line, err := in.line(ctx, ask)
		switch {
		case errors.Is(err, errInterrupted): // at the prompt: what was typed is dropped
			chunk = nil
			continue
		case errors.Is(err, io.EOF):
			if len(chunk) > 0 {
				r.run(ctx, in, strings.Join(chunk, "\n"))
			}
			return r.result()
		case err != nil:
			return err
		}
		if word := strings.TrimSpace(line); len(chunk) == 0 && strings.HasPrefix(word, ":") {
			if r.command(ctx, word) {
				return r.result()
			}
			continue
		}
		chunk = append(chunk, line)
		text := strings.Join(chunk, "\n")
		if strings.TrimSpace(text) == "" {
			chunk = nil
			continue
		}
		if _, err := vm.CompileLine("typed", []byte(text)); incomplete(err) {
			continue
		}
		chunk = nil
		r.run(ctx, in, text)
		if ctx.Err() != nil {
			return r.result()
		}
	}
}

func incomplete(err error) bool {
	var bad *vm.SyntaxError
	return errors.As(err, &bad) && bad.Incomplete
}

// chunksError says how many chunks had an error, in a session that nobody watched. Their errors were told when they came.
type chunksError int

func (n chunksError) Error() string {
	if n == 1 {
		return "1 chunk had an error"
	}
	return fmt.Sprintf("%d chunks had errors", int(n))
}

func (r *repl) result() error {
	if r.failed > 0 && !r.watched {
		return chunksError(r.failed)
	}
	return nil
}

// run runs a chunk. Ctrl-C ends it.
func (r *repl) run(ctx context.Context, in input, chunk string) {
	running, stop := context.WithCancel(ctx)
	defer stop()
	defer in.onInterrupt(stop)()
	request := r.request
	request.Chunk = chunk
	values, err := r.to.Eval(running, request, func(line string) { fmt.Fprintln(r.out, printableLines(line)) })
	switch {
	case err != nil && running.Err() != nil:
		r.say("interrupted")
	case err != nil:
		r.failed++
		r.report(err)
	default:
		r.printValues(values)
	}
}

// report shows an error as it is shown elsewhere, without the words about script and version.
func (r *repl) report(err error) {
	var script *runtime.ScriptError
	var refused *tgscript.ControlError
	text := err.Error()
	switch {
	case errors.As(err, &script):
		text = script.Detail()
	case errors.As(err, &refused) && refused.Detail != "":
		text = refused.Detail
	}
	if at := strings.LastIndex(text, "\nscript "); at >= 0 {
		text = text[:at]
	}
	r.say("%s %s", r.colour(r.err, red, "error:"), printableLines(text))
}
