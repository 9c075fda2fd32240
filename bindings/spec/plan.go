package spec

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Param is what a struct field's tags say about a parameter or an option:
//
//	lua:"name"            its name; ",optional" may be left out or nil; ",rest" takes all that follow; ",bytes" is for a
//	                      string, or a list of them, that is any bytes, not text
//	doc:"What it is for."
//	enum:"md,html"        the strings that are allowed
//	type:"fun(n: number)" the editor type, where the Go type can't tell
//
// A nested struct is a table of options.
type Param struct {
	Name, Doc string
	Type      reflect.Type
	Written   string
	Optional  bool
	Rest      bool
	Bytes     bool // of a string: any bytes, not text
	Enum      []string
	Options   []Param // of a table of options; nil for anything else
}

// plan is a struct type's parameters, read once when the table of rows is built.
type plan struct {
	target reflect.Type
	fields []planned
	byName map[string]int // for tables of options
	names  []string
}

type planned struct {
	Param
	index   []int
	read    reader
	suits   func(v vm.Value) bool // whether the value could be meant for this parameter
	options *plan
}

// noneType needs no decoding.
var noneType = reflect.TypeFor[None]()

// planOf reads the tags of a struct type. A wrong tag is a programmer's mistake: it panics, and the
// test that builds the table finds it.
func planOf(target reflect.Type) *plan {
	p := &plan{target: target, byName: map[string]int{}}
	if target.Kind() != reflect.Struct {
		panic(fmt.Sprintf("spec: parameters must be a struct, not %v", target))
	}
	for _, f := range reflect.VisibleFields(target) {
		tag, ok := f.Tag.Lookup("lua")
		if f.Anonymous && !ok {
			continue // its fields come by themselves
		}
		if !ok || !f.IsExported() {
			panic(fmt.Sprintf("spec: field %s of %v has no lua tag or isn't exported", f.Name, target))
		}
		p.add(f, tag)
	}
	return p
}

func (p *plan) add(f reflect.StructField, tag string) {
	name, flags, _ := strings.Cut(tag, ",")
	one := planned{index: f.Index, Param: Param{
		Name: name, Doc: f.Tag.Get("doc"), Type: f.Type, Written: f.Tag.Get("type"),
		Optional: strings.Contains(flags, "optional"), Rest: strings.Contains(flags, "rest"), Bytes: strings.Contains(flags, "bytes"),
	}}
	if list := f.Tag.Get("enum"); list != "" {
		one.Enum = strings.Split(list, ",")
	}
	switch {
	case one.Rest:
		if f.Type != reflect.TypeFor[[]vm.Value]() {
			panic(fmt.Sprintf("spec: %s of %v must be []vm.Value", f.Name, p.target))
		}
	case isOptions(f.Type):
		one.options = planOf(f.Type)
		one.Options = one.options.params()
		one.suits = func(v vm.Value) bool { return v.Type() == vm.TypeTable }
	default:
		one.read, one.suits = readerFor(f.Type, one.Enum)
		if one.Bytes && !reflect.PointerTo(f.Type).Implements(decoderType) {
			one.read = bytesReader(f.Type)
		}
	}
	p.byName[name] = len(p.fields)
	p.names = append(p.names, name)
	p.fields = append(p.fields, one)
}

// isOptions tells a table of options from a struct that decodes itself.
func isOptions(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t != timeType && !reflect.PointerTo(t).Implements(decoderType)
}

func (p *plan) params() []Param {
	out := make([]Param, len(p.fields))
	for i, f := range p.fields {
		out[i] = f.Param
	}
	return out
}

// decode reads the arguments from the stack position first on.
func (p *plan) decode(L *vm.State, first int, into reflect.Value) *ArgumentError {
	top, at := L.GetTop(), first
	for i := range p.fields {
		f := &p.fields[i]
		if f.Rest {
			rest := make([]vm.Value, 0, max(0, top-at+1))
			for ; at <= top; at++ {
				rest = append(rest, L.Get(at))
			}
			into.FieldByIndex(f.index).Set(reflect.ValueOf(rest))
			continue
		}
		v := L.Get(at) // nil beyond the top
		if f.Optional && v != vm.Nil && top-at+1 < len(p.fields)-i && !f.suits(v) {
			continue // left out in the middle, as the filters of client:on("message", fn)
		}
		number := at - first + 1
		at++
		if v == vm.Nil && f.Optional {
			continue
		}
		if err := f.set(L, v, into); err != nil {
			if err.Place == "" && !err.named {
				err.Place = "argument " + strconv.Itoa(number) + " (" + f.Name + ")"
			}
			return err
		}
	}
	for ; at <= top; at++ {
		if L.Get(at) != vm.Nil {
			return &ArgumentError{Problem: "takes " + Counted(len(p.fields)) + ", got " + strconv.Itoa(top-first+1)}
		}
	}
	return nil
}

// set decodes one value into its field. An error of an option already knows its place.
func (f *planned) set(L *vm.State, v vm.Value, into reflect.Value) *ArgumentError {
	field := into.FieldByIndex(f.index)
	if f.options != nil {
		table, ok := v.(*vm.Table)
		if !ok {
			return &ArgumentError{Problem: (&mismatch{want: "table of options", got: describe(v)}).Error()}
		}
		return f.options.options(L, table, field)
	}
	if err := f.read(L, v, field); err != nil {
		return &ArgumentError{Problem: err.Error()}
	}
	return nil
}

// options reads a table of named options. A name that isn't known is an error: a misspelt option
// that is silently ignored is the bug that takes longest to find.
func (p *plan) options(L *vm.State, table *vm.Table, into reflect.Value) (failed *ArgumentError) {
	table.ForEach(func(key, v vm.Value) {
		if failed != nil {
			return
		}
		name, ok := key.(vm.String)
		if !ok {
			failed = &ArgumentError{Problem: "options have names, as in { " + p.names[0] + " = ... }", named: true}
			return
		}
		i, ok := p.byName[string(name)]
		if !ok {
			failed = &ArgumentError{Problem: Unknown("", "option", string(name), p.names).Error(), named: true}
			return
		}
		if failed = p.fields[i].set(L, v, into); failed != nil && failed.Place == "" && !failed.named {
			failed.Place = "option '" + string(name) + "'"
		}
	})
	if failed != nil {
		return failed
	}
	for i := range p.fields {
		if f := &p.fields[i]; !f.Optional && table.RawGetString(f.Name) == vm.Nil {
			return &ArgumentError{Problem: "option '" + f.Name + "' is missing", named: true}
		}
	}
	return nil
}
