package schema

// Redact takes the content out of an object that is nobody else's yet: of the named fields, those that may be
// absent are, strings are text, and lists are empty. Names that the object doesn't have are no mistake.
func (o *Object) Redact(text string, names ...string) {
	for _, name := range names {
		i := o.Def.find(name)
		if i < 0 {
			continue
		}
		f := &o.Def.Fields[i]
		if f.Optional() {
			o.words[f.word] &^= 1 << f.bit
			o.keep(func(other *Field) bool { return other.word != f.word || other.bit != f.bit })
			continue
		}
		for j := range o.slots {
			if o.slots[j].field == i {
				o.slots[j].value = hidden(o.slots[j].value, text)
			}
		}
	}
}

// keep drops the values of fields.
func (o *Object) keep(kept func(*Field) bool) {
	var rest []slot
	for _, s := range o.slots {
		if kept(&o.Def.Fields[s.field]) {
			rest = append(rest, s)
		}
	}
	o.slots = rest
}

func hidden(value any, text string) any {
	switch value.(type) {
	case string:
		return text
	case []any:
		return []any{}
	}
	return value
}
