package reference

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
)

// The JSON shapes are for other tools: their names stay.
type (
	jsonTable struct {
		Objects   []jsonValue `json:"objects"`
		Functions []jsonFunc  `json:"functions"` // of namespaces, with full names
		Values    []jsonValue `json:"values"`
		Classes   []jsonClass `json:"classes"`
		Events    []jsonEvent `json:"events"`
		Options   []jsonClass `json:"options"`
		Aliases   []jsonValue `json:"aliases"`
	}
	jsonValue struct {
		Name     string `json:"name"`
		Type     string `json:"type"`
		Optional bool   `json:"optional,omitempty"`
		Doc      string `json:"doc"`
	}
	jsonFunc struct {
		Name      string      `json:"name"`
		Signature string      `json:"signature"`
		Doc       string      `json:"doc"`
		Params    []jsonValue `json:"params"`
		Returns   string      `json:"returns,omitempty"`
		Errors    []string    `json:"errors,omitempty"`
		Example   string      `json:"example,omitempty"`
	}
	jsonClass struct {
		Name    string      `json:"name"`
		Parent  string      `json:"parent,omitempty"`
		Doc     string      `json:"doc,omitempty"`
		Fields  []jsonValue `json:"fields"`
		Methods []jsonFunc  `json:"methods,omitempty"`
	}
	jsonEvent struct {
		Name    string `json:"name"`
		Doc     string `json:"doc"`
		Class   string `json:"class"`
		Filters string `json:"filters"`
		Example string `json:"example,omitempty"`
	}
)

// JSON is the whole table for other tools.
func JSON(t *spec.Table) ([]byte, error) { return written(tabled(t)) }

// JSONOf is the part of the table that has a name, as Lookup finds it: a class whole, or with the one method or field.
// It is nil where the table has nothing of that name.
func JSONOf(t *spec.Table, name string) ([]byte, error) {
	all, wanted, calls := tabled(t), fold(name), callNames(t)
	part := all.about(calls, func(full string) bool { return fold(full) == wanted })
	if dot := strings.LastIndexByte(wanted, '.'); part.empty() && dot >= 0 { // event:reply is message:reply
		wanted = wanted[dot+1:]
	}
	if part.empty() {
		part = all.about(calls, func(full string) bool {
			full = fold(full)
			return full[strings.LastIndexByte(full, '.')+1:] == wanted
		})
	}
	if part.empty() {
		return nil, nil
	}
	return written(part)
}

// callNames are the words before the methods of each class: its own name, what it is called in examples, and what those
// are called that have its methods too.
func callNames(t *spec.Table) map[string][]string {
	names := map[string][]string{}
	for _, c := range t.Classes {
		names[c.Name] = append(names[c.Name], c.Name, c.Call)
		if c.Parent != "" {
			names[c.Parent] = append(names[c.Parent], c.Call)
		}
	}
	return names
}

// about is what has a name that is wanted.
func (all jsonTable) about(calls map[string][]string, wanted func(full string) bool) (part jsonTable) {
	value := func(v jsonValue) bool { return wanted(v.Name) }
	part.Objects, part.Values, part.Aliases = picked(all.Objects, value), picked(all.Values, value), picked(all.Aliases, value)
	part.Functions = picked(all.Functions, func(f jsonFunc) bool { return wanted(f.Name) })
	part.Events = picked(all.Events, func(e jsonEvent) bool { return wanted(e.Name) })
	part.Options = picked(all.Options, func(o jsonClass) bool { return wanted(o.Name) })
	for _, c := range all.Classes {
		if !wanted(c.Name) {
			c.Fields = picked(c.Fields, func(f jsonValue) bool { return wanted(c.Name + "." + f.Name) })
			c.Methods = picked(c.Methods, func(f jsonFunc) bool {
				return slices.ContainsFunc(calls[c.Name], func(call string) bool { return wanted(call + "." + f.Name) })
			})
			if len(c.Fields)+len(c.Methods) == 0 {
				continue
			}
		}
		part.Classes = append(part.Classes, c)
	}
	return part
}

func (all jsonTable) empty() bool {
	return len(all.Objects)+len(all.Functions)+len(all.Values)+len(all.Classes)+len(all.Events)+len(all.Options)+len(all.Aliases) == 0
}

func picked[T any](from []T, wanted func(T) bool) []T {
	some := []T{}
	for _, one := range from {
		if wanted(one) {
			some = append(some, one)
		}
	}
	return some
}

func written(table jsonTable) ([]byte, error) {
	text, err := json.MarshalIndent(table, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the reference as JSON: %w", err)
	}
	return text, nil
}

func tabled(t *spec.Table) (out jsonTable) {
	for _, o := range t.Objects {
		out.Objects = append(out.Objects, jsonValue{Name: o.Name, Type: o.Class, Doc: o.Doc})
	}
	walk(t.Namespaces, "", func(path string, space *spec.Namespace) {
		for i := range space.Functions {
			f := jsonFunction(t, path, &space.Functions[i])
			f.Name = path + "." + f.Name
			out.Functions = append(out.Functions, f)
		}
		for _, v := range space.Values {
			out.Values = append(out.Values, jsonValue{Name: path + "." + v.Name, Type: v.Type, Doc: v.Doc})
		}
	})
	for i := range t.Classes {
		c := &t.Classes[i]
		class := jsonClass{Name: c.Name, Parent: c.Parent, Doc: c.Doc, Fields: []jsonValue{}}
		for _, f := range c.Fields {
			class.Fields = append(class.Fields, jsonValue{Name: f.Name, Type: t.FieldType(f), Optional: f.Nilable, Doc: f.Doc})
		}
		for j := range c.Methods {
			class.Methods = append(class.Methods, jsonFunction(t, c.Call, &c.Methods[j]))
		}
		out.Classes = append(out.Classes, class)
	}
	for _, e := range t.Events {
		out.Events = append(out.Events, jsonEvent{Name: e.Name, Doc: e.Doc, Class: e.Class, Filters: e.Options, Example: e.Sample})
	}
	for _, o := range options(t) {
		out.Options = append(out.Options, jsonClass{Name: o.name, Fields: jsonParams(t, o.params)})
	}
	for _, a := range t.Aliases {
		out.Aliases = append(out.Aliases, jsonValue{Name: a.Name, Type: a.Type, Doc: a.Doc})
	}
	return out
}

func jsonFunction(t *spec.Table, owner string, f *spec.Func) jsonFunc {
	return jsonFunc{
		Name: f.Name, Signature: signature(owner, f), Doc: f.Doc, Params: jsonParams(t, f.Params),
		Returns: t.ResultType(*f), Errors: f.Errors, Example: f.Sample,
	}
}

func jsonParams(t *spec.Table, params []spec.Param) []jsonValue {
	list := make([]jsonValue, len(params))
	for i, p := range params {
		list[i] = jsonValue{Name: p.Name, Type: t.ParamType(p), Optional: p.Optional || p.Rest, Doc: p.Doc}
	}
	return list
}
