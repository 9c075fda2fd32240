// Package layers lets clients of older layers of the API talk to a server that knows only the
// newest: it shows them answers in the constructors of their time, and reads their calls.
//
// A layer is a table of definitions, as TL text: layers.tl has those that libraries were made for,
// from 144 on. A value is written by the old definition of its
// name, field by field: what the old one lacks is left out, what only the old one has is empty.
// What has no counterpart of its name has a row in replacements, or is left out of lists. A client
// gets the table of its layer, or of the one that is nearest.
// See https://core.telegram.org/api/invoking#layers.
package layers

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/gotd/td/tdp"
	"github.com/gotd/td/tg"
)

//go:embed layers.tl
var text string

// tables are the layers known, the newest first. Each is read when a client of it comes.
var tables = sync.OnceValue(func() []version {
	var list []version
	var sections []string
	for _, section := range strings.Split(text, "\n===")[1:] {
		number, lines, _ := strings.Cut(section, "\n")
		layer, err := strconv.Atoi(number)
		if err != nil {
			panic(err) // the tables are compiled in, a test reads them
		}
		sections = append(sections, lines)
		upTo := sections
		list = append(list, version{layer, sync.OnceValue(func() *Table { return mustParse(upTo...) })})
	}
	return list
})

type version struct {
	layer int
	table func() *Table
}

// newest is the layer whose forms the server itself has.
const newest = tg.Layer

// For returns the table for a client that has said layer, nil if it takes the newest form. Of a layer
// that isn't known, it's the nearest one that is, of two the older.
func For(layer int) *Table {
	if layer <= 0 || layer >= newest {
		return nil
	}
	all := tables()
	nearest := all[0]
	for _, v := range all {
		if distance(v.layer, layer) <= distance(nearest.layer, layer) {
			nearest = v
		}
	}
	return nearest.table()
}

func distance(a, b int) int { return max(a-b, b-a) }

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

func mustParse(sections ...string) *Table {
	t, err := parse(sections...)
	if err != nil {
		panic(err) // the tables are compiled in, a test reads them
	}
	return t
}

// parse reads a table, and what was otherwise in older layers, down to the last section.
func parse(sections ...string) (*Table, error) {
	types, functions := map[string]*definition{}, map[string]*definition{}
	for _, section := range sections {
		into := types
		for _, line := range strings.Split(section, "\n") {
			switch {
			case line == "":
				continue
			case line == "---functions---":
				into = functions
				continue
			}
			if gone, ok := strings.CutPrefix(line, "-"); ok {
				delete(into, gone)
				continue
			}
			d, err := parseLine(line)
			if err != nil {
				return nil, fmt.Errorf("read %q: %w", line, err)
			}
			into[d.name] = d
		}
	}
	t := &Table{byName: types, byID: make(map[uint32]*definition, len(types)), methods: make(map[uint32]*definition, len(functions)), objects: objects}
	for _, d := range types {
		t.byID[d.id] = d
	}
	for _, d := range functions {
		t.methods[d.id] = d
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
