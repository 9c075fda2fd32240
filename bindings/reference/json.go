package reference

import (
	"encoding/json"
	"fmt"

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
func JSON(t *spec.Table) ([]byte, error) {
	var out jsonTable
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
	text, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the reference as JSON: %w", err)
	}
	return text, nil
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
