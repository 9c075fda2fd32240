package schema

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// source is the layer's number, and then a definition a line.
//
//go:embed layer.tl
var source string

// index says where each definition stands. Making it costs a millisecond; definitions cost nothing until they are used.
type index struct {
	layer   int
	lines   []line
	byName  map[string]*line
	byID    map[uint32]*line
	classes map[string][]*line // constructors by the class they make

	mu    sync.Mutex // for reading definitions
	types map[string]*Type
}

// line is a definition that may not have been read yet.
type line struct {
	text   string
	name   string
	id     uint32
	method bool
	read   atomic.Pointer[Definition]
}

var table = sync.OnceValue(func() *index { return newIndex(source) })

const definitions = 2600 // and some room

func newIndex(source string) *index {
	x := &index{
		lines: make([]line, 0, definitions), types: map[string]*Type{},
		byName: make(map[string]*line, definitions), byID: make(map[uint32]*line, definitions), classes: map[string][]*line{},
	}
	first, rest, _ := strings.Cut(source, "\n")
	x.layer, _ = strconv.Atoi(first)
	method := false
	for text := range strings.SplitSeq(rest, "\n") {
		switch text {
		case "":
			continue
		case "---functions---", "---types---":
			method = text == "---functions---"
			continue
		}
		head, _, _ := strings.Cut(text, " ")
		name, hex, _ := strings.Cut(head, "#")
		id, err := strconv.ParseUint(hex, 16, 32)
		if err != nil {
			panic(fmt.Sprintf("schema: no definition: %q", text)) // the file is part of the program
		}
		x.lines = append(x.lines, line{text: text, name: name, id: uint32(id), method: method})
	}
	for i := range x.lines {
		l := &x.lines[i]
		x.byName[l.name], x.byID[l.id] = l, l
		if !l.method {
			class := l.text[strings.LastIndex(l.text, " = ")+3:]
			x.classes[class] = append(x.classes[class], l)
		}
	}
	return x
}

// definition reads the line, once.
func (x *index) definition(l *line) *Definition {
	if l == nil {
		return nil
	}
	if d := l.read.Load(); d != nil {
		return d
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if d := l.read.Load(); d != nil {
		return d
	}
	d := x.parse(l)
	l.read.Store(d)
	return d
}

// parse reads "name#id {X:Type} flags:# field:flags.0?Type ... = Result".
func (x *index) parse(l *line) *Definition {
	body, result, _ := strings.Cut(l.text, " = ")
	d := &Definition{Name: l.name, ID: l.id, Method: l.method, Result: x.typed(result)}
	words := map[string]int8{}
	for part := range strings.SplitSeq(body[strings.IndexByte(body+" ", ' '):], " ") {
		name, kind, ok := strings.Cut(part, ":")
		if !ok || part[0] == '{' {
			continue
		}
		f := Field{Name: name, word: -1}
		if where, inner, optional := strings.Cut(kind, "?"); optional {
			word, bit, _ := strings.Cut(where, ".")
			n, _ := strconv.Atoi(bit)
			f.word, f.bit, kind = words[word], int8(n), inner
		}
		f.Type = x.typed(kind)
		if f.Type.Kind == Words {
			f.bit = int8(len(words))
			words[name] = f.bit
		}
		d.Fields = append(d.Fields, f)
	}
	if len(words) > maxWords {
		panic("schema: " + l.name + " has too many words of flags")
	}
	if len(d.Fields) == 0 {
		d.bare = &Object{Def: d}
	}
	return d
}

// typed is the one Type of this description.
func (x *index) typed(s string) *Type {
	if t := x.types[s]; t != nil {
		return t
	}
	t := &Type{Kind: Class, Class: s}
	if k, ok := kinds[s]; ok {
		t = &Type{Kind: k}
	} else if inner, ok := strings.CutSuffix(s, ">"); ok {
		outer, inner, _ := strings.Cut(inner, "<")
		t = &Type{Kind: Vector, Elem: x.typed(inner), bare: outer == "vector"}
	}
	x.types[s] = t
	return t
}
