package schema

import (
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// exact is the largest integer below which every integer is a float64 of its own.
const exact = 1 << 53

// longest is what the length of a string can say (https://core.telegram.org/mtproto/serialize#base-types).
const longest = 1<<24 - 1

// scalar makes a value of a kind that has no parts; problem is empty if it can.
func scalar(k Kind, v any) (_ any, problem string) {
	switch k {
	case Int, Long:
		n, problem := whole(v)
		if problem == "" && k == Int && n != int64(int32(n)) {
			problem = "a number within 32 bits expected, got " + strconv.FormatInt(n, 10)
		}
		return n, problem
	case Double:
		return double(v)
	case String:
		return text(v)
	case Bytes, Int128, Int256:
		b, ok := v.([]byte)
		if s, isText := v.(string); isText {
			b, ok = []byte(s), true
		}
		switch {
		case !ok:
			return nil, "bytes expected, got " + describe(v)
		case k != Bytes && len(b) != size(k):
			return nil, strconv.Itoa(size(k)) + " bytes expected, got " + strconv.Itoa(len(b))
		case len(b) > longest:
			return nil, "at most 16 MiB expected, got " + strconv.Itoa(len(b)) + " bytes"
		}
		return b, ""
	}
	if b, ok := v.(bool); ok {
		return b, ""
	}
	return nil, "boolean expected, got " + describe(v)
}

func whole(v any) (int64, string) {
	switch v := v.(type) {
	case int64:
		return v, ""
	case int:
		return int64(v), ""
	case int32:
		return int64(v), ""
	case float64:
		switch {
		case v != math.Trunc(v):
			return 0, "whole number expected, got " + describe(v)
		case math.Abs(v) > exact:
			return 0, "exact number expected, got " + describe(v) + " (write numbers this large as a string)"
		}
		return int64(v), ""
	case string:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return n, ""
		}
	}
	return 0, "whole number expected, got " + describe(v)
}

func double(v any) (any, string) {
	switch v := v.(type) {
	case float64:
		return v, ""
	case int64:
		return float64(v), ""
	case int:
		return float64(v), ""
	case string:
		if f, err := strconv.ParseFloat(v, 64); err == nil {
			return f, ""
		}
	}
	return nil, "number expected, got " + describe(v)
}

// text is a string; a number is one too, as everywhere in Lua.
func text(v any) (any, string) {
	var s string
	switch v := v.(type) {
	case string:
		s = v
	case []byte:
		s = string(v)
	case float64:
		s = strconv.FormatFloat(v, 'g', 14, 64)
		if v == math.Trunc(v) && math.Abs(v) <= exact {
			s = strconv.FormatInt(int64(v), 10)
		}
	case int64:
		s = strconv.FormatInt(v, 10)
	case int:
		s = strconv.Itoa(v)
	default:
		return nil, "string expected, got " + describe(v)
	}
	switch {
	case !utf8.ValidString(s):
		return nil, "text in UTF-8 expected, got other bytes"
	case len(s) > longest:
		return nil, "at most 16 MiB expected, got " + strconv.Itoa(len(s)) + " bytes"
	}
	return s, ""
}

// describe names a value in an error, in the words that scripts use.
func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case string:
		if len(v) <= 20 {
			return "'" + v + "'"
		}
		return "string"
	case []byte:
		return "bytes"
	case bool:
		return "boolean"
	case float64:
		return strconv.FormatFloat(v, 'g', 17, 64)
	case int64, int, int32:
		return fmt.Sprint(v)
	case map[string]any:
		if name, ok := v[Tag].(string); ok {
			return name
		}
		return "table"
	case []any:
		return "list"
	case *Object:
		return v.Def.Name
	case fmt.Stringer:
		return v.String()
	}
	return "another thing"
}
