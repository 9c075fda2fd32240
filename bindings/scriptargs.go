package bindings

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// argTable is how a script declares one of its args, where a default alone doesn't say enough.
type argTable struct {
	Type     string     `lua:"type,optional" enum:"string,number,integer,boolean,duration,list,table" doc:"What it is."`
	Default  vm.Value   `lua:"default,optional" doc:"What it is if config.yaml says nothing."`
	Required bool       `lua:"required,optional" doc:"The script doesn't load without it."`
	Min      *float64   `lua:"min,optional" doc:"The smallest number, the shortest text or list."`
	Max      *float64   `lua:"max,optional" doc:"The largest number, the longest text or list."`
	OneOf    []vm.Value `lua:"one_of,optional" doc:"All values that it may have."`
	Of       string     `lua:"of,optional" enum:"string,number,integer,boolean" doc:"What the values of a list are."`
	Doc      string     `lua:"doc,optional" doc:"What it is for."`
}

var argRead = spec.OptionsOf[argTable]()

// ArgsError says what is wrong with what config.yaml gives to a script.
type ArgsError struct{ Mistakes []string }

// Error tells all mistakes in a line.
func (e *ArgsError) Error() string { return strings.Join(e.Mistakes, "; ") }

// LuaFields are what scripts see on the caught error.
func (e *ArgsError) LuaFields() map[string]any {
	return map[string]any{"kind": "ARGS", "message": e.Error()}
}

// scriptArgs is tg.args: what config.yaml gives, and a function that checks it.
func scriptArgs(in *spec.Instance) any {
	given := in.Generation.Args()
	if given == nil {
		given = map[string]any{}
	}
	table, ok := in.Value(given).(*vm.Table)
	if !ok {
		return given
	}
	meta, _ := in.Value(map[string]any{}).(*vm.Table)
	meta.RawSetString("__call", in.Go(func(L *vm.State) int {
		declared, ok := L.Get(2).(*vm.Table)
		if !ok {
			vm.Raise(L, &spec.ArgumentError{Function: "args", Place: "argument 1 (declared)", Problem: spec.Expected("table", L.Get(2)).Error()})
		}
		args := &declaredArgs{env: in.Generation.Value().(*Env), given: given, in: in}
		table, err := args.read(L, declared)
		if err != nil {
			vm.Raise(L, err)
		}
		L.Push(table)
		return 1
	}))
	table.Metatable = meta
	return table
}

// declaredArgs checks what a script is given against what it declares.
type declaredArgs struct {
	env      *Env
	given    map[string]any
	in       *spec.Instance
	mistakes []string
}

// read makes the table of all declared args. The error is an *ArgsError for what config.yaml says, and an
// *spec.ArgumentError for a declaration.
func (d *declaredArgs) read(L *vm.State, declared *vm.Table) (*vm.Table, error) {
	args := map[string]argTable{}
	var wrong error
	declared.ForEach(func(k, v vm.Value) {
		name, ok := k.(vm.String)
		if !ok {
			wrong = cmp.Or(wrong, error(&spec.ArgumentError{Function: "args", Problem: "names expected, got " + vm.Text(k)}))
			return
		}
		arg, err := declarationOf(L, v)
		if err != nil {
			wrong = &spec.ArgumentError{Function: "args", Place: "'" + string(name) + "'", Problem: err.Error()}
		}
		args[string(name)] = arg
	})
	if wrong != nil {
		return nil, wrong
	}
	names := slices.Sorted(maps.Keys(args))
	for _, name := range slices.Sorted(maps.Keys(d.given)) {
		if _, known := args[name]; !known {
			hint := ""
			if near := spec.Nearest(name, names); near != "" {
				hint = fmt.Sprintf(": did you mean %q?", near)
			}
			d.mistake(name, "the script has no arg %q%s", name, hint)
		}
	}
	result, _ := d.in.Value(map[string]any{}).(*vm.Table)
	for _, name := range names {
		arg := args[name]
		value, there := d.given[name]
		switch {
		case !there && arg.Required:
			d.mistake("", "arg %q is missing: %s", name, arg.wanted())
		case !there && arg.Default != nil:
			result.RawSetString(name, arg.Default)
		case there:
			if value, ok := d.checked(name, arg, value); ok {
				result.RawSetString(name, d.in.Value(value))
			}
		}
	}
	if len(d.mistakes) > 0 {
		return nil, &ArgsError{d.mistakes}
	}
	return result, nil
}

// mistake notes one, with its place in config.yaml where the host knows it.
func (d *declaredArgs) mistake(path, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if place := d.env.ArgPlace; place != nil {
		if at := place(path); at != "" {
			text = at + ": " + text
		}
	}
	d.mistakes = append(d.mistakes, text)
}

// declarationOf reads a declaration: a default, or a table that says more.
func declarationOf(L *vm.State, v vm.Value) (arg argTable, err error) {
	table, isTable := v.(*vm.Table)
	named := false
	if isTable {
		table.ForEach(func(k, _ vm.Value) { named = named || k.Type() == vm.TypeString })
	}
	if named {
		if arg, err = argRead.Decode(L, "", table); err != nil {
			return arg, err
		}
	} else {
		arg.Default = v
	}
	if arg.Type == "" {
		arg.Type = arg.guessed()
	}
	if arg.Default == nil || arg.Default == vm.Nil {
		arg.Default = nil
		return arg, nil
	}
	plain, err := spec.Plain(arg.Default)
	if err == nil {
		var problem string
		if plain, problem = arg.fits(plain); problem != "" {
			err = fmt.Errorf("its default: %s", problem)
		}
		if seconds, ok := plain.(float64); ok {
			arg.Default = vm.Number(seconds)
		}
	}
	return arg, err
}

// guessed is the type that a default or a choice shows.
func (a argTable) guessed() string {
	show := a.Default
	if show == nil && len(a.OneOf) > 0 {
		show = a.OneOf[0]
	}
	switch show.(type) {
	case vm.Number:
		return "number"
	case vm.Bool:
		return "boolean"
	case *vm.Table:
		return "list"
	case vm.String:
		return "string"
	}
	switch {
	case a.Of != "":
		return "list"
	case a.Min != nil || a.Max != nil:
		return "number"
	}
	return "string"
}

// checked is a value as the script gets it.
func (d *declaredArgs) checked(name string, arg argTable, value any) (any, bool) {
	list, isList := value.([]any)
	if arg.Type == "list" && !isList && value != nil { // a single value is a list, as elsewhere in config.yaml
		list, isList = []any{value}, true
	}
	if arg.Type == "list" && isList && arg.Of != "" {
		ok := true
		list = slices.Clone(list) // the config's own stays as it is
		for i, one := range list {
			fit, problem := (argTable{Type: arg.Of, OneOf: arg.OneOf}).fits(one)
			if problem != "" {
				d.mistake(fmt.Sprintf("%s[%d]", name, i), "arg %q, value %d: %s", name, i+1, problem)
				ok = false
			}
			list[i] = fit
		}
		if !ok {
			return nil, false
		}
	}
	if isList {
		value = list
	}
	fit, problem := arg.fits(value)
	if problem != "" {
		d.mistake(name, "arg %q: %s", name, problem)
		return nil, false
	}
	return fit, true
}

// fits says what is wrong with a value, or gives it as the script gets it.
func (a argTable) fits(value any) (any, string) {
	size, ok := 0.0, false
	switch a.Type {
	case "string":
		var s string
		if s, ok = value.(string); ok {
			size = float64(len([]rune(s)))
		}
	case "number", "integer":
		if size, ok = numberOf(value); ok {
			ok = a.Type == "number" || size == math.Trunc(size)
			value = size
		}
	case "duration":
		if size, ok = numberOf(value); !ok {
			if s, isText := value.(string); isText {
				length, good := spec.ParseDuration(s)
				size, ok = length.Seconds(), good
			}
		}
		value = size
	case "boolean":
		_, ok = value.(bool)
	case "list":
		var list []any
		if list, ok = value.([]any); ok {
			size = float64(len(list))
		}
		if m, isMap := value.(map[string]any); isMap && len(m) == 0 { // {} in Lua
			ok = true
		}
	case "table":
		_, ok = value.(map[string]any)
	}
	switch {
	case !ok,
		a.Min != nil && size < *a.Min, a.Max != nil && size > *a.Max,
		len(a.OneOf) > 0 && a.Type != "list" && !slices.ContainsFunc(a.OneOf, func(v vm.Value) bool { return vm.Text(v) == yamlText(value) }):
		return nil, a.wanted() + " expected, got " + yamlText(value)
	}
	return value, ""
}

// wanted says what an arg takes.
func (a argTable) wanted() string {
	if len(a.OneOf) > 0 && a.Type != "list" {
		words := make([]string, len(a.OneOf))
		for i, v := range a.OneOf {
			words[i] = vm.Text(v)
		}
		return "one of " + strings.Join(words, ", ")
	}
	text := map[string]string{
		"string": "text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
		"duration": "a time such as 30s, 5m or 1h30m", "list": "a list", "table": "a mapping",
	}[a.Type]
	switch {
	case a.Min != nil && a.Max != nil:
		text += fmt.Sprintf(" from %v to %v", *a.Min, *a.Max)
	case a.Min != nil:
		text += fmt.Sprintf(" from %v on", *a.Min)
	case a.Max != nil:
		text += fmt.Sprintf(" up to %v", *a.Max)
	}
	if a.Type == "string" && (a.Min != nil || a.Max != nil) {
		text += " characters"
	}
	return text
}

func numberOf(value any) (float64, bool) {
	switch n := value.(type) {
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	case uint64:
		return float64(n), true
	case float64:
		return n, n-n == 0
	}
	return 0, false
}

func yamlText(value any) string {
	switch v := value.(type) {
	case nil:
		return "nothing"
	case string:
		return v
	case []any:
		return "a list"
	case map[string]any:
		return "a mapping"
	case float64:
		return vm.Text(vm.Number(v))
	}
	return fmt.Sprint(value)
}
