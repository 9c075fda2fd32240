// Package yamltext turns Lua values into YAML and back.
package yamltext

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/runtime/vm"
)

// place finds the line that the library names in its errors.
var place = regexp.MustCompile(`^line (\d+): (.*)`)

type reader struct {
	L    *vm.State
	left int
	list *vm.Table
	null vm.Value
}

// Decode reads one document. Whole numbers that a Lua number can't hold become decimal text, dates stay text, and null
// stands for what is nothing in a list.
func Decode(L *vm.State, text string, null vm.Value) (vm.Value, error) {
	var doc yaml.Node
	if err := unmarshal(text, &doc); err != nil {
		return nil, err
	}
	if doc.Kind == 0 { // nothing but blanks and comments
		return vm.Nil, nil
	}
	r := &reader{L: L, left: shape.Most, list: shape.NewList(L), null: null}
	return r.value(doc.Content[0], 0)
}

// unmarshal keeps a fault of the library from being one of the program.
func unmarshal(text string, doc *yaml.Node) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &shape.ParseError{Format: "YAML", Problem: fmt.Sprint(v)}
		}
	}()
	if err := yaml.Unmarshal([]byte(text), doc); err != nil {
		problem := strings.TrimPrefix(err.Error(), "yaml: ")
		if m := place.FindStringSubmatch(problem); m != nil {
			line, _ := strconv.Atoi(m[1]) // digits
			return &shape.ParseError{Format: "YAML", Line: line, Problem: m[2]}
		}
		return &shape.ParseError{Format: "YAML", Problem: problem}
	}
	return nil
}

func fail(n *yaml.Node, format string, args ...any) error {
	return &shape.ParseError{Format: "YAML", Line: n.Line, Column: n.Column, Problem: fmt.Sprintf(format, args...)}
}

func (r *reader) value(n *yaml.Node, depth int) (vm.Value, error) {
	if r.left--; r.left < 0 {
		return nil, fail(n, "more than %d values", shape.Most) // as aliases of aliases make them
	}
	if depth > shape.Deepest {
		return nil, fail(n, "it contains itself, or nests deeper than %d", shape.Deepest)
	}
	switch n.Kind {
	case yaml.AliasNode:
		return r.value(n.Alias, depth+1)
	case yaml.SequenceNode:
		table := r.L.NewTable()
		table.Metatable = r.list
		for i, one := range n.Content {
			v, err := r.value(one, depth+1)
			if err != nil {
				return nil, err
			}
			if v == vm.Nil {
				v = r.null
			}
			table.RawSetInt(i+1, v)
		}
		return table, nil
	case yaml.MappingNode:
		return r.mapping(n, depth)
	}
	return scalar(n)
}

func (r *reader) mapping(n *yaml.Node, depth int) (vm.Value, error) {
	table := r.L.NewTable()
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Tag == "!!merge" {
			if err := r.merge(table, v, depth); err != nil {
				return nil, err
			}
			continue
		}
		key, err := r.value(k, depth+1)
		if err != nil {
			return nil, err
		}
		if t := key.Type(); t != vm.TypeString && t != vm.TypeNumber && t != vm.TypeBool {
			return nil, fail(k, "a key is text, a number or a boolean")
		}
		value, err := r.value(v, depth+1)
		if err != nil {
			return nil, err
		}
		table.RawSet(key, value)
	}
	return table, nil
}

// merge takes over what `<<` names, where the mapping doesn't say otherwise.
func (r *reader) merge(into *vm.Table, from *yaml.Node, depth int) error {
	sources := []*yaml.Node{from}
	if from.Kind == yaml.SequenceNode {
		sources = from.Content
	}
	for _, source := range sources {
		v, err := r.value(source, depth+1)
		if err != nil {
			return err
		}
		table, ok := v.(*vm.Table)
		if !ok {
			return fail(source, "only a mapping can be merged")
		}
		table.ForEach(func(k, v vm.Value) {
			if into.RawGet(k) == vm.Nil {
				into.RawSet(k, v)
			}
		})
	}
	return nil
}

func scalar(n *yaml.Node) (vm.Value, error) {
	switch n.ShortTag() {
	case "!!null":
		return vm.Nil, nil
	case "!!bool":
		var b bool
		if err := n.Decode(&b); err != nil {
			return nil, fail(n, "%q is no boolean", n.Value)
		}
		return vm.Bool(b), nil
	case "!!int":
		var whole int64
		if err := n.Decode(&whole); err != nil {
			return vm.String(n.Value), nil // larger than 64 bits
		}
		if whole > 1<<53 || whole < -1<<53 {
			return vm.String(strconv.FormatInt(whole, 10)), nil
		}
		return vm.Number(whole), nil
	case "!!float":
		var f float64
		if err := n.Decode(&f); err != nil {
			return nil, fail(n, "%q is no number", n.Value)
		}
		return vm.Number(f), nil
	case "!!binary":
		var b string
		if err := n.Decode(&b); err != nil {
			return nil, fail(n, "no base64")
		}
		return vm.String(b), nil
	}
	return vm.String(n.Value), nil
}

type writer struct {
	left  int
	bytes int // that are written, about
}

// lineBreak is how far a line is moved for each level, at most.
const lineBreak = 4

// room makes room for text at a depth, each line of which begins with blanks.
func (w *writer) room(s string, depth int) error {
	w.bytes += len(s) + (strings.Count(s, "\n")+1)*lineBreak*(depth+1)
	if w.bytes > shape.Longest {
		return &shape.EncodeError{Format: "YAML", Err: shape.ErrLongest}
	}
	return nil
}

// Encode writes a value as one document.
func Encode(v vm.Value) (string, error) {
	w := &writer{left: shape.Most}
	n, err := w.node(v, 0)
	if err != nil {
		return "", err
	}
	text, err := yaml.Marshal(n)
	if err != nil {
		return "", &shape.EncodeError{Format: "YAML", Err: err}
	}
	return string(text), nil
}

func refuse(format string, args ...any) error {
	return &shape.EncodeError{Format: "YAML", Err: fmt.Errorf(format, args...)}
}

func (w *writer) node(v vm.Value, depth int) (*yaml.Node, error) {
	if w.left--; w.left < 0 {
		return nil, refuse("more than %d values", shape.Most)
	}
	if err := w.room("", depth); err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case vm.Bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(bool(v))}, nil
	case vm.Number:
		return number(float64(v)), nil
	case vm.String:
		if !utf8.ValidString(string(v)) {
			return nil, refuse("text that is not UTF-8: encode bytes with tg.base64.encode")
		}
		if err := w.room(string(v), depth); err != nil {
			return nil, err
		}
		n := &yaml.Node{}
		n.SetString(string(v))
		return n, nil
	case *vm.Table:
		if depth >= shape.Deepest {
			return nil, refuse("the table contains itself, or nests deeper than %d", shape.Deepest)
		}
		return w.table(v, depth)
	case *vm.UserData:
		if v.Value != shape.Null {
			return nil, refuse("an object can't be written: take its fields, or what to_table() returns")
		}
	default:
		if v != vm.Nil {
			return nil, refuse("a %s can't be written", v.Type())
		}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}, nil
}

func number(f float64) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float"}
	switch {
	case math.IsNaN(f):
		n.Value = ".nan"
	case math.IsInf(f, 0):
		n.Value = map[bool]string{true: ".inf", false: "-.inf"}[f > 0]
	case f == math.Trunc(f) && math.Abs(f) < 1e15:
		n.Tag, n.Value = "!!int", strconv.FormatInt(int64(f), 10)
	default:
		n.Value = strconv.FormatFloat(f, 'g', -1, 64)
	}
	return n
}

func (w *writer) table(t *vm.Table, depth int) (*yaml.Node, error) {
	read, err := shape.Of(t)
	if err != nil {
		return nil, &shape.EncodeError{Format: "YAML", Err: err}
	}
	if read.IsList {
		n := &yaml.Node{Kind: yaml.SequenceNode}
		for i, v := range read.List {
			one, err := w.node(v, depth+1)
			if err != nil {
				return nil, shape.Below("["+strconv.Itoa(i+1)+"]", err)
			}
			n.Content = append(n.Content, one)
		}
		return n, nil
	}
	n := &yaml.Node{Kind: yaml.MappingNode}
	for _, p := range read.Pairs {
		key, err := w.node(vm.String(p.Key), depth+1)
		if err != nil {
			return nil, err
		}
		one, err := w.node(p.Value, depth+1)
		if err != nil {
			return nil, shape.Below(p.Key, err)
		}
		n.Content = append(n.Content, key, one)
	}
	return n, nil
}
