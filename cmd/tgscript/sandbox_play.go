package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/scene"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// inspectFlags say who is told of calls and updates.
type inspectFlags struct {
	path string
	full bool
}

func (f *inspectFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.path, "inspect", "", "of the sandbox: write every call and update as a line of JSON to this file; - is stdout, in place of the transcript")
	c.Flags().BoolVar(&f.full, "inspect-full", false, "with --inspect: what calls were answered with, too, in short form and without secrets")
}

// into sets a sandbox's inspector; closed ends it after the sandbox.
func (f *inspectFlags) into(t *transcript, opts *sandbox.Options) (closed func() error, err error) {
	if f.path == "" {
		return func() error { return nil }, nil
	}
	opts.Inspect, closed, err = t.inspector(f.path)
	opts.InspectAnswers = f.full
	if err != nil {
		return nil, fmt.Errorf("start sandbox: %w", err)
	}
	return closed, nil
}

// repeatFlags let a run of a sandbox repeat itself.
type repeatFlags struct {
	random uint64
	frozen string
}

// frozenAt is where a clock stands that nobody has set.
const frozenAt = "2026-01-01T12:00:00Z"

func (f *repeatFlags) add(c *cobra.Command) {
	c.Flags().Uint64Var(&f.random, "random", 0, "make what is random in the sandbox the same for the same number")
	c.Flags().StringVar(&f.frozen, "frozen", "", "let the sandbox's clock stand still at this time, until a scenario moves it")
	c.Flags().Lookup("frozen").NoOptDefVal = frozenAt
}

// into sets a sandbox's clock, which can be moved, and its chance.
func (f *repeatFlags) into(opts *sandbox.Options) error {
	opts.Random = f.random
	opts.Clock = sandbox.NewVirtualClock(time.Time{}, false)
	if f.frozen == "" {
		return nil
	}
	at, err := time.Parse(time.RFC3339, f.frozen)
	if err != nil {
		return usageError{fmt.Errorf("--frozen takes a time such as %s, not %s", frozenAt, strconv.Quote(f.frozen))}
	}
	opts.Clock = sandbox.NewVirtualClock(at, true)
	return nil
}

func (f *repeatFlags) given() bool { return f.random != 0 || f.frozen != "" }

// scenarios reads the files of --play before anything is started.
func (a *app) scenarios(files []string) ([]scene.Scenario, error) {
	var list []scene.Scenario
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return nil, usageError{fmt.Errorf("read the scenario: %w", err)}
		}
		list = append(list, scene.Scenario{Name: file, Source: source})
	}
	return list, nil
}

// play runs scenarios one after another, until one fails.
func (t *transcript) play(ctx context.Context, director *scene.Director, scenarios []scene.Scenario) error {
	for _, s := range scenarios {
		s.Print = func(line string) { t.print(s.Name, line) }
		results, err := director.Play(ctx, s)
		if err != nil {
			return err
		}
		for _, line := range results {
			t.print(s.Name, line)
		}
	}
	return nil
}

// doer runs the scenarios that come over HTTP.
func doer(d *scene.Director) func(context.Context, string, []byte, func(string)) ([]string, error) {
	return func(ctx context.Context, name string, source []byte, print func(string)) ([]string, error) {
		return d.Play(ctx, scene.Scenario{Name: name, Source: source, Print: print})
	}
}

// startPlay runs scenarios once the host's scripts are loaded, lets the scripts finish what they have begun, and
// calls stop. played waits for the end; call it when the host has ended.
func startPlay(ctx context.Context, t *transcript, host *tgscript.Host, scenarios []scene.Scenario, stop func()) (played func() error) {
	director := scene.NewDirector(host.Sandbox())
	ctx, abandon := context.WithCancelCause(ctx)
	result := make(chan error, 1)
	go func() {
		defer director.Close()
		defer stop()
		err := host.Ready(ctx)
		if err == nil {
			err = t.play(ctx, director, scenarios)
		}
		if err == nil {
			err = host.Settle(ctx)
		}
		result <- err
	}()
	return func() error {
		abandon(errEndedFirst)
		err := <-result
		if errors.Is(err, context.Canceled) && signalled(ctx) {
			return nil
		}
		if errors.Is(err, context.Canceled) {
			return errEndedFirst
		}
		return err
	}
}

// errEndedFirst is a scenario that went on when nothing was left to direct.
var errEndedFirst = errors.New("the scripts ended before the scenario did")
