package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/tgscript/tgscript"
)

type statusFlags struct {
	json     bool
	watch    bool
	interval time.Duration
}

func (a *app) statusCommand() *cobra.Command {
	var f statusFlags
	c := &cobra.Command{
		Use:   "status",
		Short: "Tell how a running tgscript is doing",
		Long: "Tells of the accounts, scripts, handlers and timers of the tgscript that runs with this config. With --watch\n" +
			"it goes on telling: drawn over itself on a terminal, one after another elsewhere.",
		Example: "  tgscript status\n  tgscript status --watch\n  tgscript status --json",
		RunE:    func(c *cobra.Command, _ []string) error { return a.status(c.Context(), f) },
	}
	c.Flags().BoolVar(&f.json, "json", false, "print JSON: one line a process with --watch")
	c.Flags().BoolVarP(&f.watch, "watch", "w", false, "go on until Ctrl-C")
	c.Flags().DurationVar(&f.interval, "interval", time.Second, "with --watch: how often")
	return c
}

func (a *app) status(ctx context.Context, f statusFlags) error {
	running, err := a.reach(ctx)
	if err != nil {
		return err
	}
	if !f.watch {
		all, err := running.Status(ctx)
		if err != nil {
			return err
		}
		if f.json {
			return a.json(all)
		}
		return a.printStatus(a.out, all, time.Now())
	}
	if f.interval < 100*time.Millisecond {
		return usageError{fmt.Errorf("--interval takes 100ms or more")}
	}
	tick := time.NewTicker(f.interval)
	defer tick.Stop()
	for {
		all, err := running.Status(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		}
		if err := a.showStatus(all, f.json); err != nil {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// showStatus is one picture of many.
func (a *app) showStatus(all []tgscript.Status, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(a.out)
		for _, s := range all {
			if err := e.Encode(s); err != nil {
				return err
			}
		}
		return nil
	}
	var picture strings.Builder
	if err := a.printStatus(&picture, all, time.Now()); err != nil {
		return err
	}
	text := picture.String() + "\n"
	if f, ok := a.out.(*os.File); ok && isTerminal(f) {
		_, height, err := term.GetSize(int(f.Fd()))
		if err != nil {
			height = 24
		}
		text = redrawn(picture.String(), height)
	}
	_, err := io.WriteString(a.out, text)
	return err
}

// redrawn draws text over what stood on a terminal before. Each line wipes what stood behind it, the last what stood
// below; the terminal itself cuts long ones. What is too much for its height would push the top out, and is counted.
func redrawn(text string, height int) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if room := max(height-1, 2); len(lines) > room {
		more := len(lines) - room + 1
		lines = append(lines[:room-1:room-1], fmt.Sprintf("… %s more: a higher window, or tgscript status, shows them", counted(more, "line")))
	}
	const home, wipe, below, cut, wrap = "\x1b[H", "\x1b[K\n", "\x1b[J", "\x1b[?7l", "\x1b[?7h"
	return home + cut + strings.Join(lines, wipe) + wipe + wrap + below
}

// printStatus writes what people want to know at a glance.
func (a *app) printStatus(out io.Writer, all []tgscript.Status, now time.Time) error {
	for i, s := range all {
		if i > 0 {
			fmt.Fprintln(out)
		}
		p := s.Process
		state := "ready"
		if !p.Ready {
			state = "not ready"
		}
		memory := megabytes(int64(p.Memory)) //nolint:gosec // it is small
		fmt.Fprintf(out, "tgscript %s  process %d  %s  up %s  %s of memory  %d goroutines\n\n",
			p.Version, p.PID, state, age(now.Sub(p.Started)), memory, p.Goroutines)
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "ACCOUNT\tSTATE\tSINCE\tUSER\tDC\tCALLS\tFAILED\tFLOODS\tUPDATES\tLAST UPDATE")
		for _, t := range s.Accounts {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%s\n", t.Name, or(t.State, "starting"), ago(now, t.Since), or(printable(t.User), "-"), t.DC,
				t.Calls, t.Failed, t.Floods, t.Updates, ago(now, t.LastUpdate))
		}
		fmt.Fprintln(w, "\nSCRIPT\tSTATE\tVERSION\tLOADED\tHANDLERS\tTIMERS\tJOBS\tRUNNING\tQUEUED\tDONE\tERRORS")
		for _, t := range s.Scripts {
			older := ""
			if t.Older {
				older = " (older)"
			}
			fmt.Fprintf(w, "%s\t%s\t%d%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", printable(t.Name), t.State, t.Generation, older, ago(now, t.Loaded), len(t.Handlers), len(t.Timers), t.Planned,
				t.Calls, t.Queued, t.Done, t.Errors)
		}
		if err := w.Flush(); err != nil {
			return err
		}
		a.printRemarks(out, s)
	}
	return nil
}

// printRemarks tells what is not as it should be.
func (a *app) printRemarks(out io.Writer, s tgscript.Status) {
	var remarks []string
	add := func(format string, args ...any) { remarks = append(remarks, fmt.Sprintf(format, args...)) }
	for _, t := range s.Accounts {
		if t.Reason != "" {
			add("account %s is %s: %s", t.Name, t.State, t.Reason)
		}
		for _, p := range t.Pauses {
			add("account %s: Telegram wants %.0f s of quiet (%s %s), %d calls wait", t.Name, p.Seconds, p.Kind, p.Method, p.Waiting)
		}
		for _, p := range t.Paces {
			add("account %s: %d calls wait for their turn (%s, %s)", t.Name, p.Waiting, p.Class, p.Rate)
		}
		if t.Waiting > 0 {
			add("account %s: %d updates wait", t.Name, t.Waiting)
		}
	}
	for _, t := range s.Scripts {
		if t.State == "paused" {
			add("script %s is paused%s: %d events missed; tgscript resume %s", t.Name, after(": ", t.Paused), t.Missed, t.Name)
		}
		if t.Older {
			add("script %s: an earlier version serves than its files hold, until a better one is saved; or try tgscript reload %s", t.Name, t.Name)
		}
		for _, h := range t.Handlers {
			if h.Paused {
				add("script %s: the handler of %s from %s is paused, for it has failed too often; tgscript resume %s", t.Name, h.Event, h.Site, t.Name)
			}
		}
		if t.LastError != "" {
			add("script %s: last error: %s", t.Name, t.LastError)
		}
	}
	if len(remarks) > 0 {
		fmt.Fprintln(out)
	}
	for _, r := range remarks {
		fmt.Fprintln(out, printable(r))
	}
}

func after(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// ago is how long a time is past: "3m".
func ago(now time.Time, t *time.Time) string {
	if t == nil {
		return "-"
	}
	return age(now.Sub(*t))
}

// age is a duration in its two largest units.
func age(d time.Duration) string {
	d = max(d, 0)
	day, hour := 24*time.Hour, time.Hour
	switch {
	case d >= day:
		return fmt.Sprintf("%dd%dh", d/day, d%day/hour)
	case d >= hour:
		return fmt.Sprintf("%dh%dm", d/hour, d%hour/time.Minute)
	case d >= time.Minute:
		return fmt.Sprintf("%dm%ds", d/time.Minute, d%time.Minute/time.Second)
	}
	return fmt.Sprintf("%ds", d/time.Second)
}
