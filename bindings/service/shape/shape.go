// Package shape reads Lua tables as the formats need them that tell lists from objects: JSON, YAML and what is
// printed.
package shape

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Bounds of one value. What is larger is a mistake or an attack, and would take the memory of all scripts.
const (
	Deepest = 200
	Most    = 1_000_000 // values; a table that is in many places counts in each
)

// null is what stands for nothing where Lua's nil can't stand.
type null struct{ name string }

// Null is the value of tg.json.null.
var Null = &null{"null"}

// Mark is the field of a metatable that says what an empty table is: "array" or "object". Other libraries for Lua
// use the same.
const Mark = "__jsontype"

// Pair is a named element.
type Pair struct {
	Key   string
	Value vm.Value
}

// Table is a table's shape: a list, or pairs in the order of their names.
type Table struct {
	IsList bool
	List   []vm.Value
	Pairs  []Pair
}

// Of reads a table. Whole numbers are names of an object when they are not 1 to n.
func Of(t *vm.Table) (Table, error) {
	n, count, names := t.Len(), 0, false
	var err error
	t.ForEach(func(k, _ vm.Value) {
		count++
		switch k := k.(type) {
		case vm.String:
			names = true
		case vm.Number:
			if f := float64(k); f != math.Trunc(f) || math.Abs(f) > 1<<53 {
				err = fmt.Errorf("the key %s can't be written", vm.Text(k))
			}
		default:
			err = fmt.Errorf("a key is a %s: keys are text or whole numbers", k.Type())
		}
	})
	switch {
	case err != nil:
		return Table{}, err
	case count == 0:
		return Table{IsList: marked(t) == "array"}, nil
	case count == n && marked(t) != "object":
		list := make([]vm.Value, n)
		for i := range list {
			list[i] = t.RawGetInt(i + 1)
		}
		return Table{IsList: true, List: list}, nil
	case n > 0 && names:
		return Table{}, fmt.Errorf("a table has list elements and names: it is either a list or an object")
	}
	pairs := make([]Pair, 0, count)
	t.ForEach(func(k, v vm.Value) { pairs = append(pairs, Pair{keyText(k), v}) })
	slices.SortFunc(pairs, func(a, b Pair) int { return strings.Compare(a.Key, b.Key) })
	return Table{Pairs: pairs}, nil
}

func keyText(k vm.Value) string {
	if n, ok := k.(vm.Number); ok {
		return strconv.FormatInt(int64(n), 10)
	}
	return string(k.(vm.String))
}

func marked(t *vm.Table) string {
	if meta, ok := t.Metatable.(*vm.Table); ok {
		if s, ok := meta.RawGetString(Mark).(vm.String); ok {
			return string(s)
		}
	}
	return ""
}

// IsList says whether a table is a list even when it is empty.
func IsList(t *vm.Table) bool { return marked(t) == "array" }

// NewList makes the metatable of tables that stay lists when they are empty.
func NewList(L *vm.State) *vm.Table {
	meta := L.NewTable()
	meta.RawSetString(Mark, vm.String("array"))
	return meta
}

// longPath is how much of a path is told.
const longPath = 60

// EncodeError says what in a value can't be written.
type EncodeError struct {
	Format string // "JSON"
	Path   string // "users[3].name"; empty for the value itself
	Err    error
}

func (e *EncodeError) Error() string {
	if e.Path == "" {
		return "write " + e.Format + ": " + e.Err.Error()
	}
	path := e.Path
	if len(path) > longPath { // of a table within itself
		path = path[:longPath] + "…"
	}
	return "write " + e.Format + ": " + strings.ToValidUTF8(path, "") + ": " + e.Err.Error()
}

// Unwrap is the cause.
func (e *EncodeError) Unwrap() error { return e.Err }

// LuaFields are what scripts see on the caught error.
func (e *EncodeError) LuaFields() map[string]any {
	return map[string]any{"kind": "ENCODE", "message": e.Error(), "path": e.Path}
}

// Below puts a step in front of the path of an error.
func Below(step string, err error) error {
	e, ok := err.(*EncodeError)
	if !ok {
		return err
	}
	switch {
	case e.Path == "" || e.Path[0] == '[':
		e.Path = step + e.Path
	default:
		e.Path = step + "." + e.Path
	}
	return e
}

// ParseError says where a text isn't what it should be.
type ParseError struct {
	Format       string
	Line, Column int // from 1; 0 if it isn't known
	Problem      string
}

func (e *ParseError) Error() string {
	switch {
	case e.Line > 0 && e.Column > 0:
		return fmt.Sprintf("read %s: line %d, column %d: %s", e.Format, e.Line, e.Column, e.Problem)
	case e.Line > 0:
		return fmt.Sprintf("read %s: line %d: %s", e.Format, e.Line, e.Problem)
	}
	return "read " + e.Format + ": " + e.Problem
}

// LuaFields are what scripts see on the caught error.
func (e *ParseError) LuaFields() map[string]any {
	return map[string]any{"kind": "PARSE", "message": e.Error(), "line": e.Line, "column": e.Column}
}

// At is a ParseError at a byte of a text.
func At(format, text string, offset int, problem string) *ParseError {
	before := text[:min(max(offset, 0), len(text))]
	line := strings.Count(before, "\n")
	return &ParseError{Format: format, Line: line + 1, Column: len(before) - strings.LastIndexByte(before, '\n'), Problem: problem}
}
