package reference_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/parity"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// pages is the folder of what `go run ./bindings/reference/generate docs/reference` writes.
const pages = "../../docs/reference"

func TestPagesAreFresh(t *testing.T) {
	rows, err := parity.List()
	if err != nil {
		t.Fatal(err)
	}
	tests, err := parity.Tests(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	files := reference.Files(bindings.Table(), parity.Page(rows, tests))
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(pages, name))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is stale (%v): run go generate ./bindings/reference", name, err)
		}
	}
	old, err := os.ReadDir(pages)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range old {
		if files[f.Name()] == nil {
			t.Errorf("%s is not written any more: remove it", f.Name())
		}
	}
}

func TestEveryRowIsDocumented(t *testing.T) {
	table := bindings.Table()
	function := func(owner string, f *spec.Func) {
		if f.Doc == "" || f.Sample == "" && len(f.Params) > 0 {
			t.Errorf("%s %s: documentation or example is missing", owner, f.Name)
		}
		for _, p := range f.Params {
			if p.Doc == "" {
				t.Errorf("%s %s: parameter %s has no documentation", owner, f.Name, p.Name)
			}
			for _, o := range p.Options {
				if o.Doc == "" {
					t.Errorf("%s %s: option %s has no documentation", owner, f.Name, o.Name)
				}
			}
		}
		if f.Sample == "" {
			return
		}
		if _, err := vm.Compile(f.Name, []byte(f.Sample)); err != nil {
			t.Errorf("the example of %s %s: %v", owner, f.Name, err)
		}
	}
	for _, c := range table.Classes {
		for _, f := range c.Fields {
			if f.Doc == "" || strings.Contains(table.FieldType(f), "any") && c.Dynamic == nil {
				t.Errorf("%s.%s: documentation or type is missing", c.Name, f.Name)
			}
		}
		for i := range c.Methods {
			function(c.Name, &c.Methods[i])
		}
	}
	for _, s := range table.Namespaces {
		for i := range s.Functions {
			function(s.Name, &s.Functions[i])
		}
	}
	for _, e := range table.Events {
		if _, err := vm.Compile(e.Name, []byte(e.Sample)); err != nil || e.Sample == "" {
			t.Errorf("the example of event %s: %v", e.Name, err)
		}
		if table.Class(e.Class) == nil {
			t.Errorf("event %s: there is no class %s", e.Name, e.Class)
		}
	}
}

// Examples must pass our own check, as far as they stand alone.
func TestExamplesAreRight(t *testing.T) {
	table := bindings.Table()
	examine := func(name, sample string) {
		for _, f := range reference.Check(table, name, []byte(sample)) {
			if f.Severity == reference.Error && !strings.Contains(f.Message, "undefined variable 'event'") {
				t.Errorf("%v", f)
			}
		}
	}
	for _, c := range table.Classes {
		for _, f := range c.Methods {
			examine(f.Name, f.Sample)
		}
	}
	for _, f := range table.Namespaces[0].Functions {
		examine(f.Name, f.Sample)
	}
	for _, e := range table.Events {
		examine(e.Name, e.Sample)
	}
}

func TestJSON(t *testing.T) {
	text, err := reference.JSON(bindings.Table())
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Classes []struct {
			Name    string
			Methods []struct{ Name, Signature, Returns string }
		}
		Functions []struct{ Name string }
		Events    []struct{ Name, Filters string }
	}
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	first := got.Classes[0].Methods[0]
	if first.Signature != "client:send_message(chat, message, [options])" || first.Returns != "Message" {
		t.Errorf("the first method is %+v", first)
	}
	if got.Functions[0].Name != "tg.sleep" || got.Events[0].Filters != "MessageFilters" {
		t.Errorf("functions %+v, events %+v", got.Functions, got.Events)
	}
}

func TestLookup(t *testing.T) {
	for _, row := range []struct{ sentence, name, holds, suggests string }{
		{"a method by its full name", "client:send_message", "client:send_message(chat, message, [options]) -> Message", ""},
		{"a method with a dot", "client.send_message", "client:send_message(", ""},
		{"a method by its last part", "send_message", "client:send_message(", ""},
		{"a method in capitals, with brackets", "Client:Send_Message()", "client:send_message(", ""},
		{"options are told", "send_message", "  silent?", ""},
		{"a function of a namespace", "tg.sleep", "tg.sleep(duration)", ""},
		{"a function within a namespace", "tg.log.warn", "tg.log.warn(...)", ""},
		{"a namespace", "tg", "tg.every(duration, fn)", ""},
		{"a class", "Peer", "first_name", ""},
		{"an event and the class of the same name", "message", `client:on("message"`, ""},
		{"a field", "Message.raw_text", "message.raw_text: string", ""},
		{"a value", "tg.args", "What `args` in config.yaml", ""},
		{"a type", "Duration", "How long", ""},
		{"a table of options", "SendOptions", "reply_to?", ""},
		{"a misspelt name", "client:send_mesage", "", "client:send_message"},
		{"a misspelt last part", "mesage", "", "Message"},
		{"a name that nothing is like", "xyzzyxyzzy", "", ""},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			text, suggestions := reference.Lookup(bindings.Table(), row.name)
			if !strings.Contains(text, row.holds) || row.holds == "" && text != "" {
				t.Errorf("got %s", text)
			}
			if !strings.Contains(strings.Join(suggestions, " "), row.suggests) || row.suggests == "" && len(suggestions) > 0 {
				t.Errorf("suggests %q", suggestions)
			}
		})
	}
}

func TestEmbeddersFunctionsAreListed(t *testing.T) {
	type args struct {
		Name string `lua:"name" doc:"Whom."`
	}
	table := bindings.Table(spec.Function("greet", "Say hello.", func(_ *spec.Call, in args) (string, error) { return in.Name, nil }))
	if text, _ := reference.Lookup(table, "app.greet"); !strings.Contains(text, "app.greet(name) -> string") {
		t.Errorf("docs: %s", text)
	}
	if types := string(reference.LuaCATS(table)); !strings.Contains(types, "---@return string\nfunction app.greet(name) end") {
		t.Errorf("types: %s", types)
	}
	if found := reference.Check(table, "x.lua", []byte(`app.gret("x")`)); len(found) != 1 {
		t.Errorf("check: %v", found)
	}
	if len(bindings.Table().Namespaces) != 1 {
		t.Error("the table of others has app as well")
	}
}
