package bindings

import (
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Bounds of tg.state, of one script.
const (
	mostState      = 8 << 20 // bytes of text and, for other values, 16 each
	sizeOfValue    = 16
	mostStateNames = 10_000
)

var errOnlyData = errors.New("text, numbers, booleans and tables of these expected, got an object")

// scriptState is what a script carries over a reload: plain values, which belong to no version of it.
type scriptState struct {
	mu     sync.Mutex
	values map[string]any // as spec.Plain makes them
	sizes  map[string]int // what each takes, by name
	size   int            // of all
}

func (s *scriptState) get(name string) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values[name] // never changed in place: set replaces it
}

// set keeps a value, or with nil forgets it; a *SizeError says that there is no room.
func (s *scriptState) set(name string, v any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v == nil {
		s.size -= s.sizes[name]
		delete(s.values, name)
		delete(s.sizes, name)
		return nil
	}
	size := sizeOf(v) + len(name)
	if s.size-s.sizes[name]+size > mostState {
		return &SizeError{What: "what tg.state holds", Limit: mostState}
	}
	if _, known := s.values[name]; !known && len(s.values) >= mostStateNames {
		return &SizeError{What: "what tg.state holds", Limit: mostStateNames}
	}
	if s.values == nil {
		s.values, s.sizes = map[string]any{}, map[string]int{}
	}
	s.size += size - s.sizes[name]
	s.values[name], s.sizes[name] = v, size
	return nil
}

func (s *scriptState) names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.values))
}

func (s *scriptState) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values, s.sizes, s.size = nil, nil, 0
}

// sizeOf is about what a plain value takes.
func sizeOf(v any) int {
	n := sizeOfValue
	switch v := v.(type) {
	case string:
		n += len(v)
	case []any:
		for _, one := range v {
			n += sizeOf(one)
		}
	case map[string]any:
		for name, one := range v {
			n += len(name) + sizeOf(one)
		}
	}
	return n
}

// dataOf reads a value that outlives the Lua state it is from.
func dataOf(v vm.Value) (any, error) {
	plain, err := spec.Plain(orNil(v))
	if err != nil {
		return nil, err
	}
	return plain, onlyData(plain)
}

// onlyData refuses objects: they belong to the version of the script that got them.
func onlyData(v any) error {
	switch v := v.(type) {
	case nil, bool, float64, string:
		return nil
	case []any:
		for _, one := range v {
			if err := onlyData(one); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		for _, one := range v {
			if err := onlyData(one); err != nil {
				return err
			}
		}
		return nil
	}
	return errOnlyData
}

type stateNameArgs struct {
	Name    string   `lua:"name" doc:"Its name."`
	Default vm.Value `lua:"default,optional" doc:"What to return if there is none."`
}

type stateSetArgs struct {
	Name  string   `lua:"name" doc:"Its name."`
	Value vm.Value `lua:"value,optional" doc:"Text, numbers, booleans and tables of these; nil takes it away."`
}

// stateSpace is tg.state.
var stateSpace = spec.Namespace{
	Name: "state", Doc: "Values that a script keeps when it is reloaded, up to 8 MiB. They are gone when the program ends: what shall last goes to tg.store. " +
		"A value is copied when it is set and when it is got.",
	Functions: []spec.Func{
		spec.Function("get", "A value, as it was when it was set.",
			func(c *spec.Call, in stateNameArgs) (vm.Value, error) {
				if v := envOf(c).state.get(in.Name); v != nil {
					return c.Instance.Value(v), nil
				}
				return orNil(in.Default), nil
			},
		).Direct().Example(`local count = tg.state.get("count", 0)
tg.state.set("count", count + 1)`),
		spec.Function("set", "Keep a value.",
			func(c *spec.Call, in stateSetArgs) (spec.None, error) {
				plain, err := dataOf(in.Value)
				if err != nil {
					return spec.None{}, &spec.ArgumentError{Function: "set", Place: "argument 2 (value)", Problem: err.Error()}
				}
				return spec.None{}, envOf(c).state.set(in.Name, plain)
			},
		).Direct().Raises("TOO_LARGE").Example(`tg.state.set("seen", { alice = true })`),
		spec.Function("names", "The names of all values, sorted.",
			func(c *spec.Call, _ spec.None) ([]string, error) {
				return append([]string{}, envOf(c).state.names()...), nil
			},
		).Direct().Example(`for _, name in ipairs(tg.state.names()) do print(name) end`),
		spec.Function("clear", "Forget all values.",
			func(c *spec.Call, _ spec.None) (spec.None, error) {
				envOf(c).state.clear()
				return spec.None{}, nil
			},
		).Direct().Example(`tg.state.clear()`),
	},
}
