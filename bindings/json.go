package bindings

import (
	"reflect"

	"github.com/tgscript/tgscript/bindings/service/jsontext"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/service/yamltext"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// nullClass is the class of tg.json.null.
var nullClass = spec.Class{
	Name: "Null", Call: "null", Go: reflect.TypeOf(shape.Null), Doc: "What null of JSON is where nil can't stand: compare with `tg.json.null`.",
	Text: func(any) string { return "null" },
}

// jsonSpace is tg.json.
var jsonSpace = spec.Namespace{
	Name: "json", Doc: "Lua values as JSON. A table with the elements 1 to n is a list, any other is an object; an empty one is an object, unless `list` has made it. " +
		"Whole numbers beyond 2^53 are decimal text.",
	Functions: []spec.Func{jsonEncode, jsonDecode, jsonList},
	Values: []spec.Constant{{
		Name: "null", Type: "Null", Doc: "What stands for null where nil can't: in lists, and in objects that shall have it.",
		Get: func(*spec.Instance) any { return shape.Null },
	}},
}

type jsonEncodeArgs struct {
	Value vm.Value          `lua:"value,optional" doc:"What to write: nil, booleans, numbers, UTF-8, tables of these. NaN, functions and objects can't be written."`
	Opts  jsonEncodeOptions `lua:"options,optional" doc:"How to write it."`
}

type jsonEncodeOptions struct {
	Pretty bool `lua:"pretty,optional" doc:"With lines and indentation."`
}

var jsonEncode = spec.Function("encode", "Write a value as JSON. Names are sorted: the same value is always the same text.",
	func(_ *spec.Call, in jsonEncodeArgs) (string, error) {
		indent := ""
		if in.Opts.Pretty {
			indent = "  "
		}
		return jsontext.Encode(orNil(in.Value), indent)
	},
).Direct().Raises("ENCODE").Example(`print(tg.json.encode({ name = "Alice", tags = tg.json.list({}) }))
print(tg.json.encode({ 1, 2, { deep = true } }, { pretty = true }))`)

// orNil is an argument that was left out.
func orNil(v vm.Value) vm.Value {
	if v == nil {
		return vm.Nil
	}
	return v
}

type jsonDecodeArgs struct {
	Text string            `lua:"text,bytes" doc:"What to read: one value, with at most a million values in it, nested 200 deep."`
	Opts jsonDecodeOptions `lua:"options,optional" doc:"How to read it."`
}

type jsonDecodeOptions struct {
	Nulls bool `lua:"nulls,optional" doc:"Keep null as tg.json.null in objects too; without it the name is left out."`
}

var jsonDecode = spec.Function("decode", "Read JSON. null is left out of objects, and is tg.json.null in lists, which keep their length.",
	func(c *spec.Call, in jsonDecodeArgs) (vm.Value, error) {
		return jsontext.Decode(c.State, in.Text, jsontext.Options{Null: c.Instance.Value(shape.Null), Nulls: in.Opts.Nulls})
	},
).Direct().Raises("PARSE").Example(`local ok, result = pcall(tg.json.decode, '{"users": [{"id": 1}]}')
if ok then print(result.users[1].id) else print(result.line, result.column) end`)

type jsonListArgs struct {
	Table *vm.Table `lua:"table,optional" doc:"What shall be a list; a new table if not given."`
}

var jsonList = spec.Function("list", "Make a table a list even when it is empty. Lists that were read are so already.",
	func(c *spec.Call, in jsonListArgs) (*vm.Table, error) {
		if in.Table == nil {
			in.Table = c.State.NewTable()
		}
		if meta, ok := in.Table.Metatable.(*vm.Table); ok && meta != nil {
			return nil, &spec.ArgumentError{Function: "list", Place: "argument 1 (table)", Problem: "has a metatable already"}
		}
		in.Table.Metatable = shape.NewList(c.State)
		return in.Table, nil
	},
).Direct().Example(`print(tg.json.encode(tg.json.list()))`)

// yamlSpace is tg.yaml.
var yamlSpace = spec.Namespace{
	Name: "yaml", Doc: "Lua values as YAML. Tables are lists and objects as in tg.json.",
	Functions: []spec.Func{yamlEncode, yamlDecode},
}

type yamlEncodeArgs struct {
	Value vm.Value `lua:"value,optional" doc:"What to write."`
}

var yamlEncode = spec.Function("encode", "Write a value as YAML, with sorted names.",
	func(_ *spec.Call, in yamlEncodeArgs) (string, error) { return yamltext.Encode(orNil(in.Value)) },
).Direct().Raises("ENCODE").Example(`print(tg.yaml.encode({ name = "Alice", tags = { "a", "b" } }))`)

type yamlDecodeArgs struct {
	Text string `lua:"text,bytes" doc:"What to read: the first document, with at most a million values in it after its aliases."`
}

var yamlDecode = spec.Function("decode", "Read YAML. Dates stay text; null is nil, and tg.json.null in lists.",
	func(c *spec.Call, in yamlDecodeArgs) (vm.Value, error) {
		return yamltext.Decode(c.State, in.Text, c.Instance.Value(shape.Null))
	},
).Direct().Raises("PARSE").Example(`local settings = tg.yaml.decode("limit: 3\nwords: [a, b]")
print(settings.limit, #settings.words)`)
