package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
)

// replCommands are what is no Lua.
var replCommands = []struct{ name, doc string }{
	{":help [NAME]", "this list; or what a function, class, event or error is: :help client:send_message"},
	{":reload", "load the script anew"},
	{":handlers", "its handlers, with what they have done"},
	{":timers", "its timers, with their next times"},
	{":state", "what it keeps over reloads: tg.state"},
	{":accounts", "the accounts, and how they stand"},
	{":status", "everything at a glance"},
	{":logs", "the last lines of the log"},
	{":quit", "leave; so does Ctrl-D"},
}

// command carries out a line that begins with a colon, and says whether it was the last.
func (r *repl) command(ctx context.Context, line string) (quit bool) {
	name, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	var err error
	switch name {
	case ":quit", ":q", ":exit":
		return true
	case ":help":
		r.help(rest)
	case ":reload":
		var reloaded []string
		reloaded, err = r.to.Reload(ctx, r.request.Script)
		for _, script := range reloaded {
			if !r.followed { // else the log has told
				r.say("%s reloaded", script)
			}
		}
	case ":handlers", ":timers", ":accounts", ":status":
		err = r.tell(ctx, name)
	case ":state":
		request := r.request
		request.Chunk = "local all = {} for _, name in ipairs(tg.state.names()) do all[name] = tg.state.get(name) end return all"
		var values []string
		if values, err = r.to.Eval(ctx, request, func(string) {}); err == nil {
			r.printValues(values)
		}
	case ":logs":
		err = r.to.Logs(ctx, tgscript.LogQuery{Last: 20}, func(l tgscript.LogLine) error {
			r.logLine(l)
			return nil
		})
	default:
		r.say("there is no %s; :help lists what there is", printable(name))
	}
	if err != nil {
		r.failed++
		r.report(err)
	}
	return false
}

func (r *repl) help(name string) {
	if name != "" {
		text, near := reference.Lookup(bindings.Table(), name)
		if text == "" {
			r.say("%v", nothingCalled(name, near))
			return
		}
		fmt.Fprintln(r.out, text)
		return
	}
	w := tabwriter.NewWriter(r.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "Type Lua: an expression shows its value, an open block goes on in the next line.\nglobals: client, tg; what a chunk sets without local stays.")
	for _, c := range replCommands {
		fmt.Fprintf(w, "%s\t%s\n", c.name, c.doc)
	}
	_ = w.Flush() // it goes to the terminal
}

// tell shows a part of the status.
func (r *repl) tell(ctx context.Context, what string) error {
	all, err := r.to.Status(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	if what == ":status" {
		return r.printStatus(r.out, all, now)
	}
	w := tabwriter.NewWriter(r.out, 0, 0, 2, ' ', 0)
	for _, s := range all {
		for _, a := range s.Accounts {
			if what == ":accounts" {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", a.Name, a.Kind, printable(a.User), or(a.State, "starting"))
			}
		}
		for _, script := range s.Scripts {
			if script.Name == r.request.Script {
				rows(w, what, script, now)
			}
		}
	}
	return w.Flush()
}

func rows(w *tabwriter.Writer, what string, script tgscript.ScriptStatus, now time.Time) {
	switch what {
	case ":handlers":
		for _, h := range script.Handlers {
			state := ""
			if h.Paused {
				state = "paused"
			}
			fmt.Fprintf(w, "%s\t%s\t%d calls\t%d errors\t%s\n", h.Event, h.Site, h.Calls, h.Errors, state)
		}
	case ":timers":
		for _, t := range script.Timers {
			next := "-"
			if t.Next != nil {
				next = "in " + age(t.Next.Sub(now))
			}
			every := ""
			if t.Every > 0 {
				every = "every " + time.Duration(t.Every*float64(time.Second)).String()
			}
			fmt.Fprintf(w, "%s\t%s\t%s\n", t.Site, next, every)
		}
		for _, p := range script.Jobs {
			again := p.Cron
			if p.Every > 0 {
				again = "every " + time.Duration(p.Every*float64(time.Second)).String()
			}
			fmt.Fprintf(w, "job %s, %s\tin %s\t%s\n", printable(p.Job), printable(p.ID), age(p.Next.Sub(now)), again)
		}
	}
}
