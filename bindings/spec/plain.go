package spec

import (
	"fmt"

	"github.com/tgscript/tgscript/runtime/vm"
)

// deepest is how far tables may nest before Plain takes them for a circle.
const deepest = 100

// Plain turns a Lua value into Go: nil, bool, float64, string, []any for lists, map[string]any for
// other tables, and the Go value of an object. The result shares nothing with Lua, so it may be used
// without the baton.
func Plain(v vm.Value) (any, error) { return plain(v, 0) }

func plain(v vm.Value, depth int) (any, error) {
	if depth > deepest {
		return nil, &mismatch{want: "table", got: "one that contains itself or nests too deeply"}
	}
	switch v := v.(type) {
	case vm.Bool:
		return bool(v), nil
	case vm.Number:
		return float64(v), nil
	case vm.String:
		return string(v), nil
	case *vm.UserData:
		return v.Value, nil
	case *vm.Table:
		return plainTable(v, depth)
	}
	if v == vm.Nil {
		return nil, nil
	}
	return nil, &mismatch{want: "plain value", got: v.Type().String()}
}

func plainTable(t *vm.Table, depth int) (any, error) {
	if n := t.Len(); n > 0 && isList(t, n) {
		list := make([]any, n)
		for i := range n {
			one, err := plain(t.RawGetInt(i+1), depth+1)
			if err != nil {
				return nil, fmt.Errorf("element %d: %w", i+1, err)
			}
			list[i] = one
		}
		return list, nil
	}
	named, err := map[string]any{}, error(nil)
	t.ForEach(func(k, v vm.Value) {
		if err != nil {
			return
		}
		var one any
		if one, err = plain(v, depth+1); err != nil {
			err = fmt.Errorf("%s: %w", k, err)
			return
		}
		named[k.String()] = one
	})
	return named, err
}

// isList says whether t has nothing but the elements 1 to n.
func isList(t *vm.Table, n int) bool {
	count := 0
	t.ForEach(func(vm.Value, vm.Value) { count++ })
	return count == n
}
