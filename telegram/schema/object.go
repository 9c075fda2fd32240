package schema

import "iter"

// Object is a value of a constructor, or a call of a method. It does not change once it was made.
type Object struct {
	Def   *Definition
	words [maxWords]uint32 // which optional fields are there
	slots []slot           // the values that are there, in the order of the fields; not those of type true
}

// slot is a value and which field it is of.
type slot struct {
	field int
	value any
}

// Name is the constructor or method.
func (o *Object) Name() string { return o.Def.Name }

// Get is the value of a field: see Kind for its Go type. It is nil, with known, when the field is absent.
func (o *Object) Get(name string) (value any, known bool) {
	i := o.Def.find(name)
	if i < 0 {
		return nil, false
	}
	return o.at(i), true
}

func (o *Object) at(i int) any {
	f := &o.Def.Fields[i]
	if f.word >= 0 && o.words[f.word]&(1<<f.bit) == 0 {
		return nil
	}
	if f.Type.Kind == True {
		return true
	}
	// Few fields are absent: the value is at most i slots from the begin.
	for j := min(i, len(o.slots)-1); j >= 0; j-- {
		if o.slots[j].field == i {
			return o.slots[j].value
		}
	}
	return nil
}

// All are the fields that are there.
func (o *Object) All() iter.Seq2[*Field, any] {
	return func(yield func(*Field, any) bool) {
		for i := range o.Def.Fields {
			if o.Def.Fields[i].Type.Kind == Words {
				continue
			}
			if v := o.at(i); v != nil && !yield(&o.Def.Fields[i], v) {
				return
			}
		}
	}
}

// set gives the next field its value; only while the object is made.
func (o *Object) set(i int, v any) {
	f := &o.Def.Fields[i]
	if f.word >= 0 {
		o.words[f.word] |= 1 << f.bit
	}
	if f.Type.Kind != True {
		o.slots = append(o.slots, slot{i, v})
	}
}

// Int is a whole number among the fields; 0 if it is absent.
func (o *Object) Int(name string) int64 {
	v, _ := o.Get(name)
	n, _ := v.(int64)
	return n
}

// Text is a string among the fields; "" if it is absent.
func (o *Object) Text(name string) string {
	v, _ := o.Get(name)
	s, _ := v.(string)
	return s
}

// Object is an object among the fields; nil if it is absent.
func (o *Object) Object(name string) *Object {
	v, _ := o.Get(name)
	inner, _ := v.(*Object)
	return inner
}

// List is a vector among the fields.
func (o *Object) List(name string) []any {
	v, _ := o.Get(name)
	list, _ := v.([]any)
	return list
}
