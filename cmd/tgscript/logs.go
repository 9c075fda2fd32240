package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
)

type logsFlags struct {
	follow bool
	since  string
	level  string
	last   int
	json   bool
}

func (a *app) logsCommand() *cobra.Command {
	var f logsFlags
	c := &cobra.Command{
		Use:   "logs [SCRIPT]",
		Short: "Show what a running tgscript and its scripts have said",
		Long: "Shows the latest lines that the tgscript which runs with this config has logged, of one script or of all:\n" +
			"what scripts print and log, their errors, what happens to accounts. Lines that come again and again are counted.",
		Example: "  tgscript logs -f\n  tgscript logs hello --since 5m --level warn\n  tgscript logs --json --last 100",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.logs(c.Context(), f, append(args, "")[0])
		},
	}
	c.Flags().BoolVarP(&f.follow, "follow", "f", false, "go on with what is said from now on, until Ctrl-C")
	c.Flags().StringVar(&f.since, "since", "", "only what is younger: 5m, 2h, or a time such as 2006-01-02T15:04:05Z")
	c.Flags().StringVar(&f.level, "level", "", "from this level on: debug, info, warn or error")
	c.Flags().IntVarP(&f.last, "last", "n", 0, "only the last so many lines of those that are there")
	c.Flags().BoolVar(&f.json, "json", false, "print JSON lines")
	return c
}

func (a *app) logs(ctx context.Context, f logsFlags, script string) error {
	if !slices.Contains([]string{"", "debug", "info", "warn", "error"}, strings.ToLower(f.level)) {
		return usageError{fmt.Errorf("--level %s: levels are debug, info, warn and error", f.level)}
	}
	q := tgscript.LogQuery{Script: script, Level: f.level, Last: f.last, Follow: f.follow}
	if f.since != "" {
		since, err := sinceTime(f.since, time.Now())
		if err != nil {
			return err
		}
		q.Since = since
	}
	running, err := a.reach(ctx)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(a.out)
	return running.Logs(ctx, q, func(l tgscript.LogLine) error {
		if f.json {
			return lines.Encode(l)
		}
		a.logLine(l)
		return nil
	})
}

// sinceTime is a time, or one that is so long past.
func sinceTime(text string, now time.Time) (time.Time, error) {
	if d, err := time.ParseDuration(text); err == nil {
		return now.Add(-d), nil
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, time.Local); err == nil {
			return t, nil
		}
	}
	return time.Time{}, usageError{fmt.Errorf("--since %s: write 5m, 2h, or a time such as 2006-01-02T15:04:05Z", text)}
}

// logLine prints one line: time, level, who, text, values.
func (a *app) logLine(l tgscript.LogLine) {
	who := l.Script
	if who == "" {
		who = l.Account
	}
	if l.Missed > 0 {
		fmt.Fprintln(a.out, a.colour(a.out, dim, fmt.Sprintf("(%d lines were missed)", l.Missed)))
	}
	when := a.colour(a.out, dim, l.Time.Local().Format("15:04:05"))
	if l.Repeated > 0 {
		fmt.Fprintf(a.out, "%s %s\n", when, a.colour(a.out, dim, fmt.Sprintf("repeated %d times", l.Repeated)))
		return
	}
	level := strings.ToUpper(l.Level)
	switch l.Level {
	case "error", "warn":
		level = a.colour(a.out, red, level)
	}
	text := l.Text
	if l.Detail != "" {
		text = l.Detail
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(l.Values)) {
		fmt.Fprintf(&b, " %s=%s", name, l.Values[name])
	}
	fmt.Fprintf(a.out, "%s %s %s %s%s\n", when, level, a.colour(a.out, bold, printable(who)), printableLines(text), a.colour(a.out, dim, printable(b.String())))
}
