package parity

import (
	"fmt"
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
)

// Find says whether a reference names something that is there. References to config.yaml and to
// commands are for the packages that have those: Find takes them as they are.
func Find(t *spec.Table, r Ref) error {
	switch {
	case r.Owner == "config" || r.Owner == "command":
		return nil
	case r.Owner == "on":
		e := t.Event(r.Name)
		if e == nil {
			return fmt.Errorf("there is no event %s", r.Name)
		}
		return hasOptions(r, e.Filters)
	}
	for i := range t.Classes {
		c := &t.Classes[i]
		if c.Name == r.Owner || r.Owner == "client" && c.Name == "Client" {
			return inClass(t, c, r)
		}
	}
	if space := namespace(t.Namespaces, "", r.Owner); space != nil {
		return inSpace(space, r)
	}
	return fmt.Errorf("there is no %s", r.Owner)
}

func inClass(t *spec.Table, c *spec.Class, r Ref) error {
	if r.Sign == '.' {
		if slices.ContainsFunc(t.FieldsOf(c), func(f spec.Field) bool { return f.Name == r.Name }) {
			return nil
		}
		return fmt.Errorf("%s has no field %s", c.Name, r.Name)
	}
	for _, f := range t.MethodsOf(c) {
		if f.Name == r.Name {
			return hasOptions(r, optionsOf(f))
		}
	}
	return fmt.Errorf("%s has no method %s", c.Name, r.Name)
}

func inSpace(space *spec.Namespace, r Ref) error {
	for _, f := range space.Functions {
		if f.Name == r.Name {
			return hasOptions(r, optionsOf(f))
		}
	}
	named := func(name string) bool { return name == r.Name }
	if slices.ContainsFunc(space.Values, func(v spec.Constant) bool { return named(v.Name) }) ||
		slices.ContainsFunc(space.Spaces, func(s spec.Namespace) bool { return named(s.Name) }) {
		return nil
	}
	return fmt.Errorf("%s has no %s", r.Owner, r.Name)
}

// namespace finds a namespace by its full name: "tg.button".
func namespace(spaces []spec.Namespace, above, name string) *spec.Namespace {
	for i := range spaces {
		path := above + spaces[i].Name
		if path == name {
			return &spaces[i]
		}
		if found := namespace(spaces[i].Spaces, path+".", name); found != nil {
			return found
		}
	}
	return nil
}

func optionsOf(f spec.Func) []spec.Param {
	var all []spec.Param
	for _, p := range f.Params {
		all = append(all, p.Options...)
	}
	return all
}

func hasOptions(r Ref, options []spec.Param) error {
	for _, name := range r.Options {
		if !slices.ContainsFunc(options, func(p spec.Param) bool { return p.Name == name }) {
			return fmt.Errorf("%s has no option %s", r.Name, name)
		}
	}
	return nil
}
