package bindings

import (
	"errors"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// treeFilters join tables of filters.
type treeFilters struct {
	Any  []*vm.Table `lua:"any,optional" type:"MessageFilters[]" doc:"Tables of filters, of which one has to fit."`
	All  []*vm.Table `lua:"all,optional" type:"MessageFilters[]" doc:"Tables of filters, which all have to fit."`
	None []*vm.Table `lua:"none,optional" type:"MessageFilters[]" doc:"Tables of filters, of which none may fit."`
}

// messageTests are all filters that look at messages, as they stand in a table of any, all and none.
type messageTests struct {
	wordFilters
	chatFilters
	partFilters
	treeFilters
}

var messageTestsRead = spec.OptionsOf[messageTests]()

// matcher looks at an event of a message.
type matcher func(e *telegram.Event) (captures any, ok bool)

// deepestTree is how far any, all and none may nest: a table may hold itself.
const deepestTree = 20

// compile makes one predicate of all filters. What is cheap is asked first; nothing is allocated for an event that
// isn't wanted.
func (f messageTests) compile(L *vm.State, function string) (matcher, error) {
	return f.compileAt(L, function, 0)
}

func (f messageTests) compileAt(L *vm.State, function string, depth int) (matcher, error) {
	where, err := f.chatFilters.compile(function)
	if err != nil {
		return nil, err
	}
	find, err := f.wordFilters.compile(function)
	if err != nil {
		return nil, err
	}
	parts := f.partFilters.tests()
	branches, err := f.branches(L, function, depth)
	if err != nil {
		return nil, err
	}
	return func(e *telegram.Event) (captures any, ok bool) {
		if !where(e) {
			return nil, false
		}
		for _, wanted := range parts {
			if !wanted(e.Message) {
				return nil, false
			}
		}
		if find != nil {
			if captures, ok = find(e.Message.Message.Message); !ok {
				return nil, false
			}
		}
		for _, wanted := range branches {
			found, ok := wanted(e)
			if !ok {
				return nil, false
			}
			if captures == nil {
				captures = found
			}
		}
		return captures, true
	}, nil
}

// branches are the predicates of any, all and none.
func (f messageTests) branches(L *vm.State, function string, depth int) (list []matcher, err error) {
	read := func(option string, tables []*vm.Table) (tests []matcher, err error) {
		if depth == deepestTree && len(tables) > 0 {
			return nil, &spec.ArgumentError{Function: function, Place: "option '" + option + "'", Problem: "filters nest too deeply"}
		}
		for _, table := range tables {
			read, err := messageTestsRead.Decode(L, function, table)
			if err != nil {
				return nil, within(option, err)
			}
			one, err := read.compileAt(L, function, depth+1)
			if err != nil {
				return nil, within(option, err)
			}
			tests = append(tests, one)
		}
		return tests, nil
	}
	all, err := read("all", f.All)
	if err != nil {
		return nil, err
	}
	list = append(list, all...)
	none, err := read("none", f.None)
	if err != nil {
		return nil, err
	}
	for _, one := range none {
		list = append(list, func(e *telegram.Event) (any, bool) {
			_, fits := one(e)
			return nil, !fits
		})
	}
	some, err := read("any", f.Any)
	if f.Any != nil {
		list = append(list, func(e *telegram.Event) (any, bool) {
			for _, one := range some {
				if captures, ok := one(e); ok {
					return captures, true
				}
			}
			return nil, false
		})
	}
	return list, err
}

// within says in which table of filters something is wrong.
func within(option string, err error) error {
	var wrong *spec.ArgumentError
	if errors.As(err, &wrong) {
		inner := *wrong
		if inner.Place != "" {
			inner.Problem = inner.Place + ": " + inner.Problem
		}
		inner.Place = "option '" + option + "'"
		return &inner
	}
	return err
}
