package trial

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/scene"
	"github.com/tgscript/tgscript/runtime/permission"
)

// Options say how tests are run. The zero value runs all of them, several files at once.
type Options struct {
	Config   string         // file; "" is the nearest config.yaml above each file of tests, or none
	Filter   *regexp.Regexp // only tests whose names, or files, match
	Jobs     int            // files at once; 0 is one for each processor
	FailFast bool           // nothing is begun after the first failure
	Shuffle  bool           // in an order that Seed makes
	Seed     uint64         // of chance in sandboxes, and of Shuffle; 0 is 1
	Timeout  time.Duration  // real time that a test may take; 0 is 30 s
	Allow    permission.Rules
	Cover    *Coverage                   // notes which lines of scripts run; nil notes nothing
	Print    func(file, line string)     // what files of tests print; nil drops it
	Done     func(Result)                // told of each test when it is over, one at a time
	Env      func(string) (string, bool) // of configs; nil is the process environment
}

// What a test ended with.
const (
	Passed  = "passed"
	Failed  = "failed"
	Skipped = "skipped"
)

// Result is how a test went.
type Result struct {
	File, Name, Site string
	State            string
	Reason           string // why it was skipped
	Err              error  // *runtime.ScriptError, or of the host; nil unless failed
	Took             time.Duration
	Said             []string // what was said in the sandbox, with buttons
	Lines            []scene.Line
	Errors           []string // of scripts
	Asked            []string // what scripts have asked by tg.http
}

// Failure is the expectation that wasn't met; nil where something else went wrong.
func (r *Result) Failure() *scene.Failure {
	var f *scene.Failure
	errors.As(r.Err, &f)
	return f
}

// Summary is how all tests went, in the order of files.
type Summary struct {
	Results []Result
	Took    time.Duration
}

// Count is how many tests ended so.
func (s *Summary) Count(state string) (n int) {
	for _, r := range s.Results {
		if r.State == state {
			n++
		}
	}
	return n
}

// Find lists the files of tests in folders, and those that are named themselves.
func Find(paths []string) ([]string, error) {
	var files []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("find tests: %w", err)
		}
		if !info.IsDir() {
			files = append(files, filepath.Clean(path))
			continue
		}
		err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
			if name := d.Name(); err == nil && d.IsDir() && p != path && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata") {
				return filepath.SkipDir
			}
			if err == nil && !d.IsDir() && tgscript.IsTest(p) {
				files = append(files, filepath.Clean(p))
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("find tests: %w", err)
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

// Run runs files of tests. The error is that of ctx; tests that fail are in the summary.
func Run(ctx context.Context, files []string, opts Options) (*Summary, error) {
	began := time.Now()
	if opts.Seed == 0 {
		opts.Seed = 1
	}
	if opts.Timeout <= 0 {
		opts.Timeout = 30 * time.Second
	}
	if opts.Jobs <= 0 {
		opts.Jobs = runtime.GOMAXPROCS(0)
	}
	order := make([]int, len(files))
	for i := range order {
		order[i] = i
	}
	if opts.Shuffle {
		rand.New(rand.NewPCG(opts.Seed, opts.Seed)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	r := &runner{opts: opts, results: make([][]Result, len(files))}
	within, stop := context.WithCancel(ctx)
	defer stop()
	r.stop = stop
	var running sync.WaitGroup
	slots := make(chan struct{}, opts.Jobs)
	for _, i := range order {
		slots <- struct{}{}
		running.Go(func() {
			defer func() { <-slots }()
			r.file(within, i, files[i])
		})
	}
	running.Wait()
	s := &Summary{Results: slices.Concat(r.results...), Took: time.Since(began)}
	return s, ctx.Err()
}

// runner is one run.
type runner struct {
	opts    Options
	stop    context.CancelFunc // begins nothing more
	telling sync.Mutex
	results [][]Result // by file
}

// tell notes a result.
func (r *runner) tell(at int, result Result) {
	r.telling.Lock()
	defer r.telling.Unlock()
	r.results[at] = append(r.results[at], result)
	if r.opts.Done != nil {
		r.opts.Done(result)
	}
	if result.State == Failed && r.opts.FailFast {
		r.stop()
	}
}

// file runs the tests of one file.
func (r *runner) file(ctx context.Context, at int, name string) {
	if ctx.Err() != nil {
		return
	}
	broken := func(err error) {
		r.tell(at, Result{File: name, Name: "(the file)", State: Failed, Err: err})
	}
	source, err := os.ReadFile(name)
	if err != nil {
		broken(fmt.Errorf("read tests: %w", err))
		return
	}
	opening, stop := context.WithTimeoutCause(ctx, r.opts.Timeout, &SlowError{r.opts.Timeout})
	suite, err := scene.OpenSuite(opening, scene.Scenario{Name: name, Source: source, Print: func(line string) {
		if r.opts.Print != nil {
			r.opts.Print(name, line)
		}
	}})
	stop()
	if err != nil {
		if ctx.Err() == nil {
			broken(err)
		}
		return
	}
	defer suite.Close()
	config, err := loadConfig(name, r.opts)
	if err != nil {
		broken(err)
		return
	}
	castings := suite.Castings()
	if len(castings) == 0 {
		castings = []scene.Casting{{}}
	}
	cases := r.chosen(suite, name)
	for _, c := range cases {
		if ctx.Err() != nil {
			return
		}
		if c.Skip {
			r.tell(at, Result{File: name, Name: c.Name, Site: c.Site, State: Skipped})
			continue
		}
		if result := r.play(ctx, suite, c, config, castings); ctx.Err() == nil {
			r.tell(at, result)
		}
	}
}

// chosen are the cases of a file that are to be run, or to be named as skipped.
func (r *runner) chosen(suite *scene.Suite, file string) []*scene.Case {
	cases := slices.Clone(suite.Cases)
	if slices.ContainsFunc(cases, func(c *scene.Case) bool { return c.Only }) {
		cases = slices.DeleteFunc(cases, func(c *scene.Case) bool { return !c.Only })
	}
	if f := r.opts.Filter; f != nil && !f.MatchString(file) {
		cases = slices.DeleteFunc(cases, func(c *scene.Case) bool { return !f.MatchString(c.Name) })
	}
	if r.opts.Shuffle {
		rand.New(rand.NewPCG(r.opts.Seed, 2)).Shuffle(len(cases), func(i, j int) { cases[i], cases[j] = cases[j], cases[i] })
	}
	return cases
}

// SlowError ends a test that takes too long by the machine's clock.
type SlowError struct{ After time.Duration }

// Error is one line for the test's author.
func (e *SlowError) Error() string {
	return fmt.Sprintf("the test took longer than %v of real time: something waits for what never comes", e.After)
}

// play runs one case.
func (r *runner) play(run context.Context, suite *scene.Suite, c *scene.Case, config *project, castings []scene.Casting) Result {
	began := time.Now()
	result := Result{File: suite.Name(), Name: c.Name, Site: c.Site, State: Passed}
	ctx, stop := context.WithTimeoutCause(run, r.opts.Timeout, &SlowError{r.opts.Timeout})
	defer stop()
	err := func() (err error) {
		company, err := newCompany(suite.Name(), config, r.opts)
		if err != nil {
			return err
		}
		defer func() {
			closed := company.close()
			if err == nil {
				err = closed
			}
		}()
		err = suite.Run(ctx, c, company.set(), castings)
		result.Said, result.Lines = suite.Said(), company.diary.Lines()
		result.Asked = company.web.Requests()
		for _, failed := range company.diary.Errors() {
			result.Errors = append(result.Errors, failed.Error())
		}
		return err
	}()
	result.Took = time.Since(began)
	var skipped *scene.SkippedError
	switch {
	case errors.As(err, &skipped):
		result.State, result.Reason = Skipped, skipped.Reason
	case err != nil:
		if ctx.Err() != nil && run.Err() == nil && !errors.Is(err, context.Cause(ctx)) {
			err = errors.Join(context.Cause(ctx), err)
		}
		result.State, result.Err = Failed, err
	}
	return result
}
