package scene

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Suite is one file of tests. Its cases run one after another.
type Suite struct {
	Cases []*Case

	name     string
	machine  *vm.Machine
	instance *spec.Instance
	stage    *stage
	group    *group // that the file is in while it tells its cases
	castings []Casting
	running  *Case // nil while the file tells its cases
}

// Case is one test.
type Case struct {
	Name string // with those of its groups: "menu › opens"
	Site string // file:line
	Skip bool
	Only bool

	group *group
	fn    *vm.Function
	args  []vm.Value // after t
}

// group is a describe.
type group struct {
	parent        *group
	name          string
	skip, only    bool
	before, after []*vm.Function
}

// SkippedError is a test that has skipped itself.
type SkippedError struct{ Reason string }

func (e *SkippedError) Error() string { return "skipped: " + e.Reason }

// OpenSuite runs a file of tests, which tells its cases. Close the suite. The error is a *runtime.ScriptError.
func OpenSuite(ctx context.Context, file Scenario) (*Suite, error) {
	proto, err := vm.Compile(file.Name, file.Source)
	if err != nil {
		return nil, &runtime.ScriptError{Script: file.Name, Err: err}
	}
	s := &Suite{name: file.Name, group: &group{}, stage: &stage{seen: map[place]int{}, look: map[place]map[int]*message{}}}
	s.machine = vm.New(vm.Options{Print: file.Print, Now: s.stage.now})
	s.machine.Lock()
	s.instance = TestTable().Install(s.machine.Root(), nil)
	s.machine.Root().SetGlobal("sandbox", vm.Nil) // there is one while a case runs
	top := s.machine.Root().NewFunctionFromProto(proto)
	s.machine.Unlock()
	if _, err := s.machine.Run(context.WithValue(ctx, suiteKey{}, s), top, nil); err != nil {
		s.Close()
		return nil, &runtime.ScriptError{Script: file.Name, Err: err}
	}
	return s, nil
}

// Close frees the file.
func (s *Suite) Close() { _ = s.machine.Close() } // never fails

// Name is that of the file.
func (s *Suite) Name() string { return s.name }

type suiteKey struct{}

// suiteOf is the file that runs.
func suiteOf(ctx context.Context) *Suite { return ctx.Value(suiteKey{}).(*Suite) }

// Castings are the scripts that the file names; none leaves that to its own name.
func (s *Suite) Castings() []Casting { return s.castings }

// Run plays a case. The error is a *runtime.ScriptError, or that of a script that nobody has asked for; a case that
// has skipped itself ends with a *SkippedError.
func (s *Suite) Run(ctx context.Context, c *Case, set *Set, castings []Casting) error {
	director := NewDirector(set.Server)
	defer director.Close()
	st := s.stage
	st.mu.Lock()
	st.Director, st.set, st.mark, st.lead = director, set, set.Server.Mark(), Loaded{}
	st.first = director.said.Settle()
	clear(st.seen)
	clear(st.look)
	st.mu.Unlock()
	s.running = c
	defer func() { s.running = nil }()
	ctx = context.WithValue(ctx, suiteKey{}, s)
	defer set.Web.open(s.responder(ctx, set.Web))()
	for _, casting := range castings {
		if err := st.cast(ctx, casting); err != nil {
			return err
		}
	}
	s.machine.Lock()
	s.machine.Root().SetGlobal("sandbox", s.instance.Object("Sandbox", st))
	t := s.instance.Value(&trial{st, c})
	s.machine.Unlock()
	err := s.play(ctx, c, t)
	if err == nil {
		err = set.Web.Failure()
	}
	if err == nil {
		err = set.Settle(ctx)
	}
	var skipped *SkippedError
	if errors.As(err, &skipped) {
		return skipped
	}
	if unasked := set.Diary.Unasked(); err == nil && len(unasked) > 0 {
		return unasked[0]
	}
	return err
}

// play runs what surrounds a case, and the case.
func (s *Suite) play(ctx context.Context, c *Case, t vm.Value) (err error) {
	var groups []*group
	for g := c.group; g != nil; g = g.parent {
		groups = append([]*group{g}, groups...)
	}
	defer func() {
		for i := len(groups) - 1; i >= 0; i-- {
			for _, fn := range groups[i].after {
				if failed := s.call(ctx, fn, t); err == nil {
					err = failed
				}
			}
		}
	}()
	for _, g := range groups {
		for _, fn := range g.before {
			if err := s.call(ctx, fn, t); err != nil {
				return err
			}
		}
	}
	return s.call(ctx, c.fn, append([]vm.Value{t}, c.args...)...)
}

func (s *Suite) call(ctx context.Context, fn *vm.Function, args ...vm.Value) error {
	_, err := s.machine.Run(ctx, fn, func(*vm.State) []vm.Value { return args })
	if err != nil {
		return &runtime.ScriptError{Script: s.name, Err: err}
	}
	return nil
}

// Said is the transcript of the running or last case.
func (s *Suite) Said() []string {
	if s.stage.Director == nil {
		return nil
	}
	return s.stage.transcript("")
}

// transcript is what was said, with buttons, a line each: in one chat, or everywhere.
func (s *stage) transcript(chat string) []string {
	chat = s.called(chat)
	said, _, _ := s.said.Since(s.first)
	var lines []string
	for _, e := range said {
		if chat != "" && !strings.EqualFold(e.Chat, chat) && !(e.Private && strings.EqualFold(e.From, chat)) {
			continue
		}
		line := (&entry{e}).String()
		if e.Media != "" {
			line = fmt.Sprintf("%s [%s]", line, e.Media)
		}
		for _, row := range e.Buttons {
			line += "\n    [" + strings.Join(row, "] [") + "]"
		}
		lines = append(lines, line)
	}
	return lines
}

// cast loads a script. The first is the one that people talk with.
func (s *stage) cast(ctx context.Context, c Casting) error {
	loaded, err := s.set.Company.Load(ctx, c)
	if err != nil {
		return err
	}
	if s.lead.ID == 0 {
		s.lead = loaded
	}
	return nil
}

// trial is the t of a case.
type trial struct {
	stage *stage
	of    *Case
}

// add notes a case that the file tells of.
func (s *Suite) add(L *vm.State, name string, fn *vm.Function, c Case) error {
	if s.running != nil {
		return errors.New("a test can't begin within another: use describe for groups")
	}
	c.fn, c.group, c.Site = fn, s.group, vm.Where(L)
	for g := s.group; g.parent != nil; g = g.parent {
		name = g.name + " › " + name
		c.Skip, c.Only = c.Skip || g.skip, c.Only || g.only
	}
	c.Name = name
	for _, other := range s.Cases {
		if other.Name == name {
			return fmt.Errorf("there are two tests %q: the other is at %s", name, other.Site)
		}
	}
	s.Cases = append(s.Cases, &c)
	return nil
}

var trialClass = spec.Class{
	Name: "Trial", Call: "t", Go: reflect.TypeFor[*trial](),
	Doc:     "One run of a test, on a sandbox of its own.",
	Fields:  []spec.Field{spec.Get("name", "Name of the test, with those of its groups.", func(t *trial) string { return t.of.Name })},
	Methods: slices.Concat(trialRows, webRows),
	Text:    func(v any) string { return v.(*trial).of.Name },
}
