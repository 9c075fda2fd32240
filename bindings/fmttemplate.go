package bindings

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/text"
)

// fillings are what is put into a template, by name or, of a list, by number.
type fillings map[string]wording

// DecodeLua reads a table of texts, numbers and booleans.
func (f *fillings) DecodeLua(L *vm.State, v vm.Value) (err error) {
	table, ok := v.(*vm.Table)
	if !ok {
		return spec.Expected("table", v)
	}
	*f = fillings{}
	table.ForEach(func(k, v vm.Value) {
		if err != nil {
			return
		}
		var one wording
		switch {
		case v.Type() == vm.TypeBool:
			one = written(vm.Text(v))
		default:
			err = one.DecodeLua(L, v)
		}
		if err != nil {
			err = &fillingError{vm.Text(k), err}
			return
		}
		(*f)[vm.Text(k)] = one
	})
	return err
}

// LuaType is how the editor types write it.
func (fillings) LuaType() string { return "table<string|integer, string|number|boolean|FormattedText>" }

type fillingError struct {
	name string
	err  error
}

func (e *fillingError) Error() string { return "{" + e.name + "}: " + e.err.Error() }
func (e *fillingError) Unwrap() error { return e.err }

// value is what stands for a name.
func (f fillings) value(name string) (text.Text, error) {
	if one, ok := f[name]; ok {
		return one.literal(), nil
	}
	return text.Text{}, spec.Unknown("", "value", name, slices.Sorted(maps.Keys(f)))
}

// number is an argument as a number.
func (f fillings) number(name string) (n float64, ok bool) {
	one, ok := f[name]
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(one.literal().Plain), 64)
	return n, err == nil
}

type templateArgs struct {
	Template wording         `lua:"template" doc:"What to say, with names in braces: \"Hello, {name}!\" {{ and }} are braces."`
	Values   fillings        `lua:"values,optional" doc:"What to put there: by name, or a list for {1}, {2}."`
	Opts     templateOptions `lua:"options,optional" doc:"How the template is written."`
}

type templateOptions struct {
	ParseMode string `lua:"parse_mode,optional" enum:"md,markdown,html,none" doc:"The template's own formatting: none if not given. Values are never read for any."`
}

// read is a template with its own formatting.
func (o templateOptions) read(template wording) (text.Text, error) {
	if template.ready != nil || o.ParseMode == "" || o.ParseMode == "none" {
		return template.literal(), nil
	}
	if len(template.words) > text.Longest {
		return text.Text{}, fmt.Errorf("read template: %w", text.ErrTooLong)
	}
	return text.Parse(markup(o.ParseMode), string(template.words))
}

var fillTemplate = spec.Function("fmt", "Put values in the place of names in braces. A value is text whatever is written in it, or formatted text; a name without a value is an error.",
	func(_ *spec.Call, in templateArgs) (*formattedText, error) {
		template, err := in.Opts.read(in.Template)
		if err != nil {
			return nil, err
		}
		filled, err := text.Fill(template, in.Values.value)
		if err != nil {
			return nil, &spec.ArgumentError{Function: "fmt", Place: "argument 1 (template)", Problem: err.Error()}
		}
		return formattedOfText(filled), nil
	},
).Direct().Example(`client:on("message", { pattern = "^/start$" }, function(event)
  event:reply(tg.fmt("Hello, {name}! Read {link}.", {
    name = tg.fmt.bold(event.sender.first_name), link = tg.fmt.link("the manual", "https://www.lua.org"),
  }))
  event:reply(tg.fmt("**{1}** of {2}", { 3, 10 }, { parse_mode = "md" }))
end)`)

var _ spec.Decoder = (*fillings)(nil)
