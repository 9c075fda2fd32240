package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/cmd/tgscript/trial"
)

type testFlags struct {
	filter   string
	watch    bool
	jobs     int
	format   string
	output   string
	cover    bool
	coverOut string
	failFast bool
	shuffle  bool
	seed     uint64
	timeout  time.Duration
	allow    allowFlags
}

// formats are how results are written.
var formats = []string{"pretty", "tap", "junit", "json"}

func (a *app) testCommand() *cobra.Command {
	var f testFlags
	c := &cobra.Command{
		Use:   "test [PATH...]",
		Short: "Run tests of scripts: files that end in _test.lua",
		Long: "Runs the tests in files that end in _test.lua: those named, or all below the folders named, or below this\n" +
			"one. Each test has a sandbox of its own whose clock stands still until the test moves it; nothing waits\n" +
			"in real time. echo_test.lua tests echo.lua beside it, on the account that config.yaml gives it to.",
		Example: "  tgscript test\n  tgscript test scripts/echo_test.lua --filter name\n  tgscript test --watch\n" +
			"  tgscript test --format junit --output results.xml --coverage",
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return a.test(c.Context(), f, args) },
	}
	c.Flags().StringVarP(&f.filter, "filter", "f", "", "only tests whose names, or files, match this pattern (a regular expression)")
	c.Flags().BoolVarP(&f.watch, "watch", "w", false, "stay, and run what is affected whenever a file is saved")
	c.Flags().IntVarP(&f.jobs, "jobs", "j", runtime.GOMAXPROCS(0), "files at once")
	c.Flags().StringVar(&f.format, "format", "pretty", "pretty, tap, junit or json")
	c.Flags().StringVarP(&f.output, "output", "o", "", "write the results to this file in the format, beside what is shown here")
	c.Flags().BoolVar(&f.cover, "coverage", false, "tell which lines of scripts were run")
	c.Flags().StringVar(&f.coverOut, "coverage-out", "", "write that as an lcov file")
	c.Flags().BoolVar(&f.failFast, "fail-fast", false, "begin nothing after the first failure")
	c.Flags().BoolVar(&f.shuffle, "shuffle", false, "in an order of chance, which --seed repeats")
	c.Flags().Uint64Var(&f.seed, "seed", 1, "of everything that is random")
	c.Flags().DurationVar(&f.timeout, "timeout", 30*time.Second, "real time that one test may take")
	f.allow.add(c)
	return c
}

// failedTests says how many tests failed.
type failedTests int

func (n failedTests) Error() string {
	if n == 1 {
		return "1 test failed"
	}
	return fmt.Sprintf("%d tests failed", int(n))
}

func (a *app) test(ctx context.Context, f testFlags, paths []string) error {
	if !slices.Contains(formats, f.format) {
		return usageError{fmt.Errorf("--format %s: there are pretty, tap, junit and json", f.format)}
	}
	if f.output == "-" {
		f.output = "" // what is shown goes there in any case
	}
	opts := trial.Options{
		Config: a.configPath, Jobs: f.jobs, FailFast: f.failFast, Shuffle: f.shuffle, Seed: f.seed, Timeout: f.timeout, Env: a.env,
	}
	if opts.Config == "" {
		opts.Config, _ = a.env("TGSCRIPT_CONFIG")
	}
	if f.filter != "" {
		var err error
		if opts.Filter, err = regexp.Compile(f.filter); err != nil {
			return usageError{fmt.Errorf("--filter %s: %w", f.filter, err)}
		}
	}
	var err error
	if opts.Allow, err = f.allow.rules(); err != nil {
		return err
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	if paths, err = testsOf(paths); err != nil {
		return err
	}
	files, err := trial.Find(paths)
	if err != nil {
		return usageError{err}
	}
	if len(files) == 0 && !f.watch {
		return usageError{errors.New("no tests found: they are in files that end in _test.lua, as in docs/testing.md")}
	}
	if f.watch {
		return a.watchTests(ctx, f, opts, paths, files)
	}
	return a.runTests(ctx, f, opts, files)
}

// testsOf puts the tests of a script in its place: who names a script means these.
func testsOf(paths []string) ([]string, error) {
	paths = slices.Clone(paths)
	for i, path := range paths {
		if filepath.Ext(path) != ".lua" || tgscript.IsTest(path) {
			continue
		}
		paths[i] = strings.TrimSuffix(path, ".lua") + "_test.lua"
		if _, err := os.Stat(paths[i]); err != nil {
			return nil, usageError{fmt.Errorf("%s has no tests: they would be in %s", scriptName(path), scriptName(paths[i]))}
		}
	}
	return paths, nil
}

// runTests runs files of tests once.
func (a *app) runTests(ctx context.Context, f testFlags, opts trial.Options, files []string) (err error) {
	if f.cover || f.coverOut != "" {
		opts.Cover = &trial.Coverage{}
	}
	shown := &testReport{app: a}
	pretty := f.format == "pretty" || f.output != ""
	if pretty {
		opts.Done = shown.done
		opts.Print = func(file, line string) {
			fmt.Fprintf(a.out, "%s %s\n", a.colour(a.out, dim, file+":"), printableLines(line))
		}
	}
	summary, err := trial.Run(ctx, files, opts)
	if err != nil {
		return err
	}
	if pretty {
		shown.end(summary)
	}
	if f.format != "pretty" || f.output != "" {
		if err := a.writeResults(f, summary); err != nil {
			return err
		}
	}
	if opts.Cover != nil {
		if err := a.coverage(f, opts.Cover); err != nil {
			return err
		}
	}
	if n := summary.Count(trial.Failed); n > 0 {
		return failedTests(n)
	}
	if len(summary.Results) == 0 && f.filter != "" && !f.watch {
		return usageError{fmt.Errorf("--filter %s: no test has such a name", f.filter)}
	}
	return nil
}

// writeResults writes results for machines.
func (a *app) writeResults(f testFlags, s *trial.Summary) (err error) {
	out := a.out
	if f.output != "" {
		file, err := os.Create(f.output)
		if err != nil {
			return fmt.Errorf("write results: %w", err)
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		out = file
	}
	switch f.format {
	case "tap":
		return s.WriteTAP(out)
	case "junit":
		return s.WriteJUnit(out)
	case "json":
		return s.WriteJSON(out)
	}
	plain := &testReport{app: &app{terminal: &terminal{out: out, err: out, env: func(string) (string, bool) { return "", false }}}}
	for _, r := range s.Results {
		plain.done(r)
	}
	plain.end(s)
	return nil
}

// coverage tells which lines were run.
func (a *app) coverage(f testFlags, c *trial.Coverage) (err error) {
	if f.cover {
		out := a.out
		if f.format != "pretty" && f.output == "" {
			out = a.err // the results are on stdout
		}
		fmt.Fprintln(out, a.colour(out, bold, "\nlines that were run:"))
		for _, one := range c.Files() {
			missed := ""
			if len(one.Missed) > 0 {
				missed = "not: " + trial.Ranges(one.Missed)
			}
			fmt.Fprintf(out, "%6.1f%%  %s  %s\n", one.Percent(), scriptName(one.File), a.colour(out, dim, missed))
		}
	}
	if f.coverOut == "" {
		return nil
	}
	file, err := os.Create(f.coverOut)
	if err != nil {
		return fmt.Errorf("write coverage: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return c.WriteLCOV(file)
}

// testReport shows results to people.
type testReport struct{ *app }

// done shows one result in a line.
func (t *testReport) done(r trial.Result) {
	mark, note := t.colour(t.out, green, "✓"), fmt.Sprintf("%d ms", r.Took.Milliseconds())
	switch r.State {
	case trial.Failed:
		mark, note = t.colour(t.out, red, "✗"), printable(r.Message())
	case trial.Skipped:
		mark, note = t.colour(t.out, yellow, "–"), "skipped"
		if r.Reason != "" {
			note += ": " + printable(r.Reason)
		}
	}
	fmt.Fprintf(t.out, "%s %s: %s  %s\n", mark, filepath.ToSlash(r.File), printable(r.Name), t.colour(t.out, dim, note))
}

// end tells the stories of what failed, and counts.
func (t *testReport) end(s *trial.Summary) {
	for i := range s.Results {
		if r := &s.Results[i]; r.State == trial.Failed {
			fmt.Fprintf(t.out, "\n%s %s: %s\n%s\n", t.colour(t.out, red, "FAILED"), filepath.ToSlash(r.File), printable(r.Name), printableLines(r.Story()))
		}
	}
	style := green
	if s.Count(trial.Failed) > 0 {
		style = red
	}
	line := fmt.Sprintf("%d passed, %d failed, %d skipped in %.1f s", s.Count(trial.Passed), s.Count(trial.Failed), s.Count(trial.Skipped), s.Took.Seconds())
	fmt.Fprintf(t.out, "\n%s\n", t.colour(t.out, style, line))
}
