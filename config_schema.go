package tgscript

import (
	"encoding/json"
	"reflect"

	"github.com/invopop/jsonschema"
)

// Schema is the JSON Schema of config.yaml, for editors: yaml-language-server completes and checks by it.
func Schema() ([]byte, error) {
	r := &jsonschema.Reflector{
		FieldNameTag:               "yaml",
		Anonymous:                  true,
		RequiredFromJSONSchemaTags: true,
		LookupComment: func(t reflect.Type, name string) string {
			if name == "" || t.Kind() != reflect.Struct {
				return ""
			}
			if f, ok := t.FieldByName(name); ok {
				return f.Tag.Get("doc")
			}
			return ""
		},
	}
	s := r.Reflect(&Config{})
	s.ID = "https://github.com/tgscript/tgscript/config.schema.json"
	s.Title = "tgscript config.yaml"
	return json.MarshalIndent(s, "", "  ")
}

func anyOf(schemas ...*jsonschema.Schema) *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: schemas}
}

// JSONSchema: a word, or a server of one's own.
func (Server) JSONSchema() *jsonschema.Schema {
	own := jsonschema.NewProperties()
	own.Set("dc", &jsonschema.Schema{Type: "integer"})
	own.Set("address", &jsonschema.Schema{Type: "string"})
	own.Set("public_key", &jsonschema.Schema{Type: "string"})
	return anyOf(
		&jsonschema.Schema{Type: "string", Enum: []any{"telegram", "test", "sandbox"}},
		&jsonschema.Schema{Type: "object", Properties: own, Required: []string{"dc", "address", "public_key"}, AdditionalProperties: jsonschema.FalseSchema},
	)
}

// JSONSchema: one text or a list of them.
func (Strings) JSONSchema() *jsonschema.Schema {
	text := &jsonschema.Schema{Type: "string"}
	return anyOf(text, &jsonschema.Schema{Type: "array", Items: text})
}

// JSONSchema: a URL, a mapping, or a list of these.
func (Proxies) JSONSchema() *jsonschema.Schema {
	one := anyOf(&jsonschema.Schema{Type: "string"}, &jsonschema.Schema{Type: "object"})
	return anyOf(&jsonschema.Schema{Type: "string"}, &jsonschema.Schema{Type: "object"}, &jsonschema.Schema{Type: "array", Items: one})
}

// JSONSchema: a Go duration or a number of seconds.
func (Duration) JSONSchema() *jsonschema.Schema {
	return anyOf(&jsonschema.Schema{Type: "string", Pattern: `^([0-9.]+(ns|us|ms|s|m|h))+$`}, &jsonschema.Schema{Type: "number"})
}
