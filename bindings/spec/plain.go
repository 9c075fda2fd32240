package spec

import (
	"fmt"

	"github.com/tgscript/tgscript/runtime/vm"
)

const (
	deepest = 100       // how far tables may nest before they are taken for a circle
	most    = 1_000_000 // values that become Go values in one go: a table that is in many places counts in each
)

// Plain turns a Lua value into Go: nil, bool, float64, string, []any for lists, map[string]any for
// other tables, and the Go value of an object. The result shares nothing with Lua, so it may be used
// without the baton.
func Plain(v vm.Value) (any, error) {
	left := most
	return plain(v, 0, &left)
}

func plain(v vm.Value, depth int, left *int) (any, error) {
	if depth > deepest {
		return nil, &mismatch{want: "table", got: "one that contains itself or nests too deeply"}
	}
	if *left--; *left < 0 {
		return nil, &mismatch{want: "table", got: "one with too many values"}
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
		return plainTable(v, depth, left)
	}
	if v == vm.Nil {
		return nil, nil
	}
	return nil, &mismatch{want: "plain value", got: v.Type().String()}
}

func plainTable(t *vm.Table, depth int, left *int) (any, error) {
	if n := t.Len(); n > 0 && isList(t, n) {
		list := make([]any, n)
		for i := range n {
			one, err := plain(t.RawGetInt(i+1), depth+1, left)
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
		if one, err = plain(v, depth+1, left); err != nil {
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
