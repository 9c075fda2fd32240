package schema

import (
	"strconv"
)

// Tag is the field of a table that names its constructor.
const Tag = "_"

// Maker makes objects of plain Go values: map[string]any for an object, with the constructor under Tag,
// []any for a vector, and numbers, strings and booleans. The zero value is ready.
type Maker struct {
	// Convert is asked first for what a value of a class stands for: a name where Telegram wants an InputPeer.
	// It may give an object that is filled in later, with Object.Become.
	Convert func(class string, v any) (*Object, error)

	// Random gives the numbers that make sends unique, for the fields random_id that are missing.
	Random func() int64

	method string
}

// Method makes a call of a method. It fails with *UnknownError for a name that the layer doesn't have, with *ValueError
// for a value that doesn't fit, and with what Convert says.
func (m Maker) Method(name string, args map[string]any) (*Object, error) {
	d := Method(name)
	if d == nil {
		return nil, &UnknownError{What: "method", Name: name, Known: Names(true)}
	}
	m.method = name
	return m.object(d, args, nil)
}

// Object makes an object of a class, of any shape that a field of this class may have.
func (m Maker) Object(class string, v any) (*Object, error) {
	m.method = class
	return m.class(&Type{Kind: Class, Class: class}, v, nil)
}

// Become gives an object that Convert has promised what it is.
func (o *Object) Become(other *Object) { *o = *other }

func (m *Maker) wrong(at *path, problem string) error {
	return &ValueError{Method: m.method, Path: at.String(), Problem: problem}
}

func (m *Maker) expected(at *path, want string, v any) error {
	return m.wrong(at, want+" expected, got "+describe(v))
}

// object makes an object of its fields.
func (m *Maker) object(d *Definition, args map[string]any, at *path) (*Object, error) {
	if at.depth() > deepest {
		return nil, m.wrong(nil, "a table that contains itself, or lies too deep")
	}
	for name := range args {
		if name != Tag && d.find(name) < 0 {
			return nil, &UnknownError{Method: m.method, Path: at.String(), What: "field", Name: name, Owner: d.Name, Known: d.Names()}
		}
	}
	if d.bare != nil {
		return d.bare, nil
	}
	o := &Object{Def: d, slots: make([]slot, 0, len(args)+1)}
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Type.Kind == Words {
			continue
		}
		given := args[f.Name]
		if given == nil {
			if given = m.missing(d, f, args); given == nil {
				if !f.Optional() {
					return nil, m.wrong(at, f.Name+" is missing: "+f.Type.String()+" expected")
				}
				continue
			}
		}
		v, err := m.value(f.Type, given, &path{outer: at, name: f.Name})
		if err != nil {
			return nil, err
		}
		if f.Type.Kind == True && v == false {
			continue
		}
		o.set(i, v)
	}
	return o, m.together(o, at)
}

// together sees that fields which share a flag are all there: one without the other has no form in bytes.
func (m *Maker) together(o *Object, at *path) error {
	for i := range o.Def.Fields {
		f := &o.Def.Fields[i]
		if f.word < 0 || f.Type.Kind == True || o.words[f.word]&(1<<f.bit) == 0 || o.at(i) != nil {
			continue
		}
		if f.Type.Kind != Vector {
			return m.wrong(at, f.Name+" is missing: it belongs to another field that is given")
		}
		j := 0
		for j < len(o.slots) && o.slots[j].field < i {
			j++
		}
		o.slots = append(o.slots[:j], append([]slot{{i, []any{}}}, o.slots[j:]...)...)
	}
	return nil
}

func (m *Maker) value(t *Type, v any, at *path) (any, error) {
	switch t.Kind {
	case Vector:
		return m.vector(t, v, at)
	case Class:
		return m.class(t, v, at)
	case Query:
		return m.query(v, at)
	}
	out, problem := scalar(t.Kind, v)
	if problem != "" {
		return nil, m.wrong(at, problem)
	}
	return out, nil
}

// vector makes a list. One element stands for a list of one.
func (m *Maker) vector(t *Type, v any, at *path) (any, error) {
	var given []any
	switch v := v.(type) {
	case []any:
		given = v
	case map[string]any:
		if len(v) > 0 {
			given = []any{v}
		}
	default:
		given = []any{v}
	}
	list := make([]any, len(given))
	for i, one := range given {
		made, err := m.value(t.Elem, one, &path{outer: at, index: i + 1})
		if err != nil {
			return nil, err
		}
		list[i] = made
	}
	return list, nil
}

func (m *Maker) class(t *Type, v any, at *path) (*Object, error) {
	if m.Convert != nil {
		o, err := m.Convert(t.Class, v)
		if err != nil {
			return nil, m.wrong(at, err.Error())
		}
		if o != nil {
			return o, nil
		}
	}
	lines := table().classes[t.Class]
	switch given := v.(type) {
	case *Object:
		if !given.Def.Method && given.Def.Result.Class == t.Class {
			return given, nil
		}
	case string:
		if d := Find(given); d != nil && !d.Method && d.Result.Class == t.Class {
			return m.object(d, nil, at)
		}
	case map[string]any:
		name, tagged := given[Tag].(string)
		switch {
		case tagged:
			d := Find(name)
			if d == nil || d.Method || d.Result.Class != t.Class {
				return nil, &UnknownError{Method: m.method, Path: at.String(), What: "constructor", Name: name, Owner: t.Class, Known: Constructors(t.Class)}
			}
			return m.object(d, given, at)
		case given[Tag] != nil:
			return nil, m.wrong(at, "_ is the name of a constructor, got "+describe(given[Tag]))
		case len(lines) == 1:
			return m.object(table().definition(lines[0]), given, at)
		}
		return nil, m.wrong(at, t.Class+" expected, as in { _ = \""+lines[0].name+"\" }"+others(len(lines)-1))
	}
	if plain := shorthand(t.Class, v); plain != nil {
		return m.class(t, plain, at)
	}
	if s, ok := v.(string); ok && len(lines) > 1 {
		return nil, &UnknownError{Method: m.method, Path: at.String(), What: "constructor", Name: s, Owner: t.Class, Known: Constructors(t.Class)}
	}
	return nil, m.expected(at, t.Class, v)
}

func others(n int) string {
	if n == 0 {
		return ""
	}
	return " or one of " + strconv.Itoa(n) + " more"
}

// query makes the call within a call such as invokeWithTakeout.
func (m *Maker) query(v any, at *path) (*Object, error) {
	switch v := v.(type) {
	case *Object:
		if v.Def.Method {
			return v, nil
		}
	case map[string]any:
		name, _ := v[Tag].(string)
		d := Method(name)
		if d == nil && name != "" {
			return nil, &UnknownError{Method: m.method, Path: at.String(), What: "method", Name: name, Known: Names(true)}
		}
		if d != nil {
			return m.object(d, v, at)
		}
	}
	return nil, m.expected(at, `a call, as in { _ = "help.getConfig" }`, v)
}
