package bindings

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// badWorld is a machine with all classes and functions, and no account behind them: a call that gets through to what
// it does panics.
type badWorld struct {
	t     *testing.T
	table *spec.Table
	m     *vm.Machine
	in    *spec.Instance
}

func newBadWorld(t *testing.T) *badWorld {
	t.Helper()
	full := Table()
	w := &badWorld{t: t, table: &spec.Table{Classes: full.Classes, Events: full.Events, Namespaces: withoutValues(full.Namespaces), Aliases: full.Aliases}}
	w.m = vm.New(vm.Options{})
	t.Cleanup(func() { _ = w.m.Close() })
	w.m.Lock()
	defer w.m.Unlock()
	w.in = w.table.Install(w.m.Root(), nil)
	return w
}

// withoutValues are namespaces without what is made of an account.
func withoutValues(spaces []spec.Namespace) []spec.Namespace {
	out := make([]spec.Namespace, len(spaces))
	for i, s := range spaces {
		s.Values, s.Spaces = nil, withoutValues(s.Spaces)
		out[i] = s
	}
	return out
}

// refused runs a call that has to raise an error about an argument, and gives its line.
func (w *badWorld) refused(t *testing.T, receiver any, class, source string) string {
	t.Helper()
	proto, err := vm.Compile("bad.lua", []byte("local o, message, inline, press, menu = ...\n"+source))
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	w.m.Lock()
	chunk := w.m.Root().NewFunctionFromProto(proto)
	w.m.Unlock()
	_, err = w.m.Run(context.Background(), chunk, func(*vm.State) []vm.Value {
		o := vm.Nil
		if receiver != nil {
			o = w.in.Object(class, receiver)
		}
		return []vm.Value{o, w.in.Object("Message", messageOf(said("x", friends, alice))), w.in.Object("InlineMessage", &inlineID{}), w.in.Object("CallbackEvent", &callback{}), w.in.Object("Menu", &menu{})}
	})
	var failed *vm.Error
	if !errors.As(err, &failed) {
		t.Errorf("%s: %v, want an error of its argument", source, err)
		return ""
	}
	var argument *spec.ArgumentError
	var name *spec.NameError
	if !errors.As(failed.Cause, &argument) && !errors.As(failed.Cause, &name) || failed.Line != 2 || failed.File != "bad.lua" {
		t.Errorf("%s: line %d: %T %v", source, failed.Line, failed.Cause, err)
	}
	return failed.Message
}

// row is a function of the table, and how it is called.
type badRow struct {
	f        *spec.Func
	call     string // "o:edit"
	class    string
	receiver any
}

// badRows are all functions and methods. Receivers are empty.
func (w *badWorld) badRows() []badRow {
	var rows []badRow
	for i := range w.table.Classes {
		c := &w.table.Classes[i]
		var receiver any
		if c.Go.Kind() == reflect.Pointer {
			receiver = reflect.New(c.Go.Elem()).Interface()
		} else {
			receiver = reflect.Zero(c.Go).Interface()
		}
		for j := range c.Methods {
			rows = append(rows, badRow{&c.Methods[j], "o:" + c.Methods[j].Name, c.Name, receiver})
		}
	}
	var walk func(path string, spaces []spec.Namespace)
	walk = func(path string, spaces []spec.Namespace) {
		for i := range spaces {
			for j := range spaces[i].Functions {
				f := &spaces[i].Functions[j]
				rows = append(rows, badRow{f, path + spaces[i].Name + "." + f.Name, "", nil})
			}
			walk(path+spaces[i].Name+".", spaces[i].Spaces)
		}
	}
	walk("", w.table.Namespaces)
	return rows
}

// sample is a value that a parameter takes, in Lua.
func (w *badWorld) sample(p *spec.Param) string {
	if len(p.Enum) > 0 {
		return fmt.Sprintf("%q", p.Enum[0])
	}
	if p.Options != nil {
		var words []string
		for i := range p.Options {
			if one := &p.Options[i]; !one.Optional {
				words = append(words, one.Name+" = "+w.sample(one))
			}
		}
		return "{ " + strings.Join(words, ", ") + " }"
	}
	kind := w.table.ParamType(*p)
	for known, lua := range map[string]string{
		"Duration": `"5m"`, "Time": "1700000000", "When": `"1h"`, "Until": `"1h"`, "Target": `"me"`, "MessageID": "7", "TopicID": "7", "FileSource": `{ bytes = "x" }`,
		"EventName": `"message"`, "MediaSource": `{ _ = "inputDocumentFileLocation", id = 1, access_hash = 1, file_reference = "", thumb_size = "" }`,
		"Buttons": "false", "CallbackEvent": "press", "Menu": "menu", "Peer": "7", "InlineMessage": "inline", "Message": "message", "Link": `"https://t.me/+AbCdEfGhIjK"`, "ReactionChoice": "true", "File": "{}",
		"(integer": "7", "{ day": "{ day = 1, month = 1 }", "(InlineOffer": "{}", "{ id": `{ { id = "a", title = "b", price = 1 } }`, "table<": "{}", "any": "1",
		"string": `"x"`, "integer": "7", "number": "7", "boolean": "true", "table": "{}", "function": "print",
	} {
		if kind == known || strings.HasPrefix(kind, known+"|") || strings.HasPrefix(kind, known+"[]") || strings.ContainsAny(known, "({<") && strings.HasPrefix(kind, known) {
			return lua
		}
	}
	switch {
	case strings.HasPrefix(kind, `"`):
		return kind[:strings.Index(kind[1:], `"`)+2]
	case strings.HasPrefix(kind, "fun("):
		return "print"
	}
	return ""
}

// TestBadArguments calls every function of the table with arguments that it can't take: none gets through, and each
// error says which function and which argument it is about, and where the script was.
func TestBadArguments(t *testing.T) {
	w := newBadWorld(t)
	tried := 0
	for _, row := range w.badRows() {
		t.Run(row.call+" of "+row.class, func(t *testing.T) {
			call := func(args ...string) string { return row.call + "(" + strings.Join(args, ", ") + ")" }
			wants := func(source string, words ...string) {
				tried++
				message := w.refused(t, row.receiver, row.class, source)
				for _, word := range words {
					if message != "" && !strings.Contains(message, word) {
						t.Errorf("%s: %q doesn't say %s", source, message, word)
					}
				}
			}
			var before []string
			for i := range row.f.Params {
				p := &row.f.Params[i]
				if p.Rest {
					return
				}
				place := fmt.Sprintf("argument %d (%s)", i+1, p.Name)
				// All that follow are given as well: of what is optional nothing is left out then.
				var after []string
				for range row.f.Params[i+1:] {
					after = append(after, "nil")
				}
				for _, bad := range w.wrong(p) {
					wants(call(append(append(before[:len(before):len(before)], bad), after...)...), row.f.Name+": ", told(p, bad, place))
				}
				if !p.Optional && w.needed(p) {
					wants(call(before...), row.f.Name+": ")
				}
				for j := range p.Options {
					for _, bad := range w.wrong(&p.Options[j]) {
						wants(call(append(before[:len(before):len(before)], w.with(p, p.Options[j].Name, bad))...), row.f.Name+": ", told(&p.Options[j], bad, "option '"+p.Options[j].Name+"'"))
					}
				}
				if p.Options != nil {
					wants(call(append(before[:len(before):len(before)], w.with(p, "no_such_option", "1"))...), row.f.Name+": ", "unknown option 'no_such_option'")
				}
				lua := w.sample(p)
				if lua == "" {
					t.Fatalf("sample has nothing for %s, which is %s", p.Name, w.table.ParamType(*p))
				}
				before = append(before, lua)
			}
			wants(call(append(before, "print")...), row.f.Name+": ", "takes ")
		})
	}
	if tried < 8000 {
		t.Errorf("only %d calls were tried", tried)
	}
}

// told is what an error says of where it is.
func told(p *spec.Param, bad, place string) string {
	if bad == "{ 1 }" && p.Options != nil {
		return "options have names"
	}
	return place
}

// needed says whether leaving a parameter out is an error.
func (w *badWorld) needed(p *spec.Param) bool {
	kind := w.table.ParamType(*p)
	return kind != "any" && !strings.Contains(kind, "nil")
}

// with is a table of options that has one more.
func (w *badWorld) with(p *spec.Param, name, value string) string {
	var words []string
	for i := range p.Options {
		if one := &p.Options[i]; !one.Optional && one.Name != name {
			words = append(words, one.Name+" = "+w.sample(one))
		}
	}
	return "{ " + strings.Join(append(words, name+" = "+value), ", ") + " }"
}

// wrong are values that a parameter doesn't take.
func (w *badWorld) wrong(p *spec.Param) []string {
	kind := w.table.ParamType(*p)
	if strings.Contains(kind, "any") {
		return nil
	}
	var out []string
	if !strings.Contains(kind, "fun") {
		out = append(out, "print")
	}
	if len(p.Enum) > 0 {
		return append(out, `"nothing of it"`, "{}", `"\255"`)
	}
	if p.Options != nil {
		return append(out, "7", `"x"`, "{ 1 }")
	}
	switch kind {
	case "integer":
		out = append(out, "0/0", "1/0", "1.5", "2^60", `"x"`, "{}", `"\255"`)
	case "number":
		out = append(out, "0/0", "1/0", `"x"`, "{}", `"nan"`)
	case "integer|string", "MessageID", "TopicID":
		out = append(out, "0/0", "1/0", "1.5", "2^60", "true")
	case "MessageID[]", "MessageID|MessageID[]":
		out = append(out, "0/0", "1/0", "1.5", "2^60", "true", "{ 1.5 }", "{ true }")
	case "boolean":
		out = append(out, "1", `"true"`, "{}")
	case "string":
		out = append(out, "{}", "true")
		if !p.Bytes {
			out = append(out, `"\255"`)
		}
		if !p.Bytes && p.Type == reflect.TypeFor[string]() {
			out = append(out, `("x"):rep(2^20 + 1)`)
		}
	case "Duration", "Time", "When", "Until":
		out = append(out, "0/0", "1/0", "-1", "2^60", `"soon"`, "{}", `"\255"`)
	case "Target", "Target|Target[]":
		out = append(out, "0/0", "1/0", "1.5", "true", `"\255"`)
	}
	return out
}
