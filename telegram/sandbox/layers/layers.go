// Package layers lets clients of older layers of the API talk to a server that knows only the
// newest: it shows them answers in the constructors of their time, and reads their calls.
//
// A layer is a table of definitions, as TL text. A value is written by the old definition of its
// name, field by field: what the old one lacks is left out, what only the old one has is empty.
// What has no counterpart of its name has a row in replacements, or is left out of lists. A client
// gets the table of the layer that is nearest to its own.
// See https://core.telegram.org/api/invoking#layers.
package layers

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/gotd/td/tdp"
)

//go:embed layer144.tl
var layer144 string

//go:embed layer198.tl
var layer198 string

//go:embed layer220.tl
var layer220 string

//go:embed layer227.tl
var layer227 string

// tables are the layers known, by the newest client layer that each is good for.
var tables = []struct {
	upTo  int
	table func() *Table
}{
	{150, sync.OnceValue(func() *Table { return mustParse(layer144) })},
	{205, sync.OnceValue(func() *Table { return mustParse(layer198) })},
	{223, sync.OnceValue(func() *Table { return mustParse(layer220) })},
	{228, sync.OnceValue(func() *Table { return mustParse(layer227) })},
}

// For returns the table for a client that has said layer, nil if it takes the newest form.
func For(layer int) *Table {
	for _, t := range tables {
		if layer > 0 && layer <= t.upTo {
			return t.table()
		}
	}
	return nil
}

// Table is what one layer consists of.
type Table struct {
	byName  map[string]*definition
	byID    map[uint32]*definition
	methods map[uint32]*definition
	objects map[string]func() tdp.Object // the newest form, by name, of what calls may carry
}

// definition is one constructor or method.
type definition struct {
	name   string
	id     uint32
	fields []field
}

// field is one field of a definition. Flag is the number of its bit in the flags field called
// flags, which is "" for fields that are always there.
type field struct {
	name  string
	kind  string // int, long, double, string, bytes, Bool, true, Object, #
	list  bool   // a Vector of kind
	flags string
	flag  int
}

func mustParse(text string) *Table {
	t, err := parse(text)
	if err != nil {
		panic(err) // the table is compiled in, a test reads it
	}
	return t
}

func parse(text string) (*Table, error) {
	t := &Table{byName: map[string]*definition{}, byID: map[uint32]*definition{}, methods: map[uint32]*definition{}, objects: objects}
	functions := false
	for _, line := range strings.Split(text, "\n") {
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
			continue
		case line == "---functions---":
			functions = true
			continue
		}
		d, err := parseLine(line)
		if err != nil {
			return nil, fmt.Errorf("read %q: %w", line, err)
		}
		if functions {
			t.methods[d.id] = d
			continue
		}
		t.byName[d.name], t.byID[d.id] = d, d
	}
	return t, nil
}

func parseLine(line string) (*definition, error) {
	words := strings.Fields(line)
	name, hex, _ := strings.Cut(words[0], "#")
	id, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		return nil, fmt.Errorf("parse the id: %w", err)
	}
	d := &definition{name: name, id: uint32(id)}
	for _, word := range words[1:] {
		f := field{}
		f.name, f.kind, _ = strings.Cut(word, ":")
		if condition, kind, optional := strings.Cut(f.kind, "?"); optional {
			flags, bit, _ := strings.Cut(condition, ".")
			if f.flag, err = strconv.Atoi(bit); err != nil {
				return nil, fmt.Errorf("parse the flag of %s: %w", f.name, err)
			}
			f.flags, f.kind = flags, kind
		}
		if inner, vector := strings.CutPrefix(f.kind, "Vector<"); vector {
			f.kind, f.list = strings.TrimSuffix(inner, ">"), true
		}
		d.fields = append(d.fields, f)
	}
	return d, nil
}
