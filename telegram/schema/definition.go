package schema

import (
	"slices"
	"strings"
	"sync"
)

// Kind is what sort of values a type has.
type Kind uint8

// The kinds, and the Go values of each. Words are the flags of optional fields; nobody gives them.
const (
	Words  Kind = iota
	Int         // int64 within 32 bits
	Long        // int64
	Double      // float64
	String      // string
	Bytes       // []byte
	Bool        // bool
	True        // true, or absent
	Int128      // 16 bytes
	Int256      // 32 bytes
	Vector      // []any
	Class       // *Object of one of the class's constructors
	Query       // *Object of any method; as a result, what that method answers
)

var kinds = map[string]Kind{
	"#": Words, "int": Int, "long": Long, "double": Double, "string": String, "bytes": Bytes, "Bool": Bool, "true": True,
	"int128": Int128, "int256": Int256, "X": Query, "!X": Query,
}

// Type is the type of a field or of an answer.
type Type struct {
	Kind  Kind
	Elem  *Type  // of a Vector
	Class string // of a Class: "InputPeer"

	bare bool // a vector without an id before it
}

// String is the type as the schema writes it.
func (t *Type) String() string {
	switch t.Kind {
	case Vector:
		return "Vector<" + t.Elem.String() + ">"
	case Class:
		return t.Class
	case Query:
		return "X"
	}
	for name, k := range kinds {
		if k == t.Kind {
			return name
		}
	}
	return "?"
}

// maxWords is how many words of flags a definition may have.
const maxWords = 2

// Field is a parameter of a method or a field of a constructor.
type Field struct {
	Name string
	Type *Type

	word int8 // which word of flags says whether it is there; -1 if it always is
	bit  int8 // of that word; of Words: which word it is
}

// Optional says whether the field may be absent.
func (f *Field) Optional() bool { return f.word >= 0 }

// Definition is a constructor or a method.
type Definition struct {
	Name   string
	ID     uint32
	Fields []Field // with the words of flags, in the order of the bytes
	Result *Type   // of a method: what it answers; of a constructor: its class
	Method bool

	bare *Object // the only object there is of a definition without fields
}

// Field finds a field by its name; nil if there is none.
func (d *Definition) Field(name string) *Field {
	if i := d.find(name); i >= 0 {
		return &d.Fields[i]
	}
	return nil
}

func (d *Definition) find(name string) int {
	for i := range d.Fields {
		if f := &d.Fields[i]; f.Name == name && f.Type.Kind != Words {
			return i
		}
	}
	return -1
}

// Names are the names of the fields, without those of flags.
func (d *Definition) Names() []string {
	names := make([]string, 0, len(d.Fields))
	for i := range d.Fields {
		if d.Fields[i].Type.Kind != Words {
			names = append(names, d.Fields[i].Name)
		}
	}
	return names
}

// Layer is the number of the API's version.
func Layer() int { return table().layer }

// Find finds a constructor or method by its name; nil if the layer has none.
func Find(name string) *Definition {
	x := table()
	return x.definition(x.byName[name])
}

// Method finds a method; nil if the layer has none of this name.
func Method(name string) *Definition {
	if x := table(); x.byName[name] != nil && x.byName[name].method {
		return x.definition(x.byName[name])
	}
	return nil
}

// ByID finds a constructor or method by the number that stands for it in bytes.
func ByID(id uint32) *Definition {
	x := table()
	return x.definition(x.byID[id])
}

// Constructors are the names of a class's constructors; none if there is no such class.
func Constructors(class string) []string {
	lines := table().classes[class]
	names := make([]string, len(lines))
	for i, l := range lines {
		names[i] = l.name
	}
	return names
}

// Names lists the methods, or else the constructors, in the order of the schema.
func Names(methods bool) []string {
	var names []string
	for i := range table().lines {
		if l := &table().lines[i]; l.method == methods {
			names = append(names, l.name)
		}
	}
	return names
}

// Classes are the names of all classes of constructors.
func Classes() []string {
	names := make([]string, 0, len(table().classes))
	for class := range table().classes {
		names = append(names, class)
	}
	return names
}

// Spaces are the namespaces of methods, in order: account, auth, bots ...
func Spaces() []string { return spaces() }

var spaces = sync.OnceValue(func() []string {
	var found []string
	for _, method := range Names(true) {
		if space, _, ok := strings.Cut(method, "."); ok {
			found = append(found, space)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
})
