package bindings

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/gotd/td/bin"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/schema"
)

// apiArguments are the arguments of a call by name.
type apiArguments struct{ values map[string]any }

// DecodeLua reads a table of parameters. Objects in it stay what they are.
func (a *apiArguments) DecodeLua(_ *vm.State, v vm.Value) error {
	left := mostValues
	got, err := apiValue(v, 0, &left)
	if err != nil {
		return err
	}
	switch got := got.(type) {
	case map[string]any:
		a.values = got
		return nil
	case []any:
		if len(got) > 0 {
			return errors.New("parameters have names, as in { limit = 10 }")
		}
		return nil
	}
	return spec.Expected("table of parameters", v)
}

// LuaType is its name in the editor types.
func (apiArguments) LuaType() string { return "table" }

const (
	deepestValue = 128
	mostValues   = 1 << 20
)

// apiValue makes the plain Go value that schema.Maker takes.
func apiValue(v vm.Value, depth int, left *int) (any, error) {
	if *left--; depth > deepestValue || *left < 0 {
		return nil, errors.New("a table that contains itself, or is too large")
	}
	switch v := v.(type) {
	case vm.Bool:
		return bool(v), nil
	case vm.Number:
		return float64(v), nil
	case vm.String:
		return string(v), nil
	case *vm.UserData:
		return apiObject(v)
	case *vm.Table:
		return apiTable(v, depth, left)
	}
	return nil, spec.Expected("value", v)
}

// apiObject is an object that scripts have: one of Telegram's own, or who or where it stands for.
func apiObject(v *vm.UserData) (any, error) {
	switch o := v.Value.(type) {
	case *object:
		return o.decoded()
	case *message:
		return o.Message, nil
	case *file:
		if o.Photo != nil {
			return schema.Of(o.Photo)
		}
		return schema.Of(o.Document)
	case *replyMarkup:
		return schema.Of(o.markup.(bin.Encoder))
	case *apiMethod:
		return map[string]any{schema.Tag: o.name}, nil
	}
	var who target
	if err := who.DecodeLua(nil, v); err != nil {
		return nil, spec.Expected("value", v)
	}
	return who.Target, nil
}

func apiTable(t *vm.Table, depth int, left *int) (any, error) {
	n := t.Len()
	var list []any
	var named map[string]any
	var failed error
	at := func(place string, err error) { failed = fmt.Errorf("%s: %w", place, err) }
	for i := range n {
		one, err := apiValue(t.RawGetInt(i+1), depth+1, left)
		if err != nil {
			return nil, fmt.Errorf("element %d: %w", i+1, err)
		}
		list = append(list, one)
	}
	t.ForEach(func(k, v vm.Value) {
		if failed != nil {
			return
		}
		name, ok := k.(vm.String)
		switch {
		case ok && n > 0:
			at(string(name), errors.New("a list has no names"))
		case ok:
			one, err := apiValue(v, depth+1, left)
			if err != nil {
				at(string(name), err)
				return
			}
			if named == nil {
				named = map[string]any{}
			}
			named[string(name)] = one
		case n == 0:
			at(vm.Text(k), errors.New("a name or a list expected"))
		default:
			if i, isNumber := k.(vm.Number); !isNumber || i < 1 || i > vm.Number(n) || i != vm.Number(int(i)) {
				at(vm.Text(k), errors.New("lists are numbered from 1 to "+strconv.Itoa(n)))
			}
		}
	})
	switch {
	case failed != nil:
		return nil, failed
	case n > 0:
		return list, nil
	case named == nil:
		return map[string]any{}, nil
	}
	return named, nil
}

var _ spec.Decoder = (*apiArguments)(nil)
