package pack

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/tgscript/tgscript/bindings/service/shape"
)

// Plain reads a value for Go: nil, bool, float64, string, []any, map[string]any. Keys that are numbers are decimal text.
func Plain(in []byte) (any, error) { return read(in, plainBuilder{}) }

type plainBuilder struct{}

func (plainBuilder) simple(tag byte) any {
	switch tag {
	case tagFalse:
		return false
	case tagTrue:
		return true
	case tagMarked:
		return []any{}
	}
	return nil
}

func (plainBuilder) number(f float64) any { return f }
func (plainBuilder) text(s string) any    { return s }

func (plainBuilder) list(count int) (any, func(int, any)) {
	list := make([]any, count)
	return list, func(i int, v any) { list[i] = v }
}

func (plainBuilder) table(count int) (any, func(k, v any)) {
	table := make(map[string]any, count)
	return table, func(k, v any) {
		name, ok := k.(string)
		if !ok {
			name = strconv.FormatFloat(k.(float64), 'g', -1, 64)
			if f := k.(float64); f == math.Trunc(f) && math.Abs(f) <= 1<<53 {
				name = strconv.FormatInt(int64(f), 10)
			}
		}
		table[name] = v
	}
}

// FromPlain writes a Go value, as JSON decodes it.
func FromPlain(v any) ([]byte, error) {
	w := &writer{left: shape.Most}
	if err := w.plain(v, 0); err != nil {
		return nil, err
	}
	return w.out, nil
}

func (w *writer) plain(v any, depth int) error {
	if w.left--; w.left < 0 || depth > shape.Deepest {
		return fail("too many values, or nested too deeply")
	}
	switch v := v.(type) {
	case nil:
		if depth > 0 {
			w.out = append(w.out, tagNull)
		} else {
			w.out = append(w.out, tagNil)
		}
	case bool:
		w.out = append(w.out, map[bool]byte{false: tagFalse, true: tagTrue}[v])
	case float64:
		w.number(v)
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			return fail("the number %s is too large", v)
		}
		if n, err := strconv.ParseInt(v.String(), 10, 64); err == nil && (n > 1<<53 || n < -(1<<53)) {
			w.text(v.String()) // keeps its digits
			return nil
		}
		w.number(f)
	case string:
		w.text(v)
	case []any:
		if len(v) == 0 {
			w.out = append(w.out, tagMarked)
			return nil
		}
		w.count(tagList, len(v))
		for i, one := range v {
			if err := w.plain(one, depth+1); err != nil {
				return shape.Below("["+strconv.Itoa(i+1)+"]", err)
			}
		}
	case map[string]any:
		w.count(tagMap, len(v))
		for _, name := range slices.Sorted(maps.Keys(v)) {
			w.text(name)
			if err := w.plain(v[name], depth+1); err != nil {
				return shape.Below(name, err)
			}
		}
	default:
		return fail("a %T can't be kept", v)
	}
	return nil
}
