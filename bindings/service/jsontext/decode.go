package jsontext

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Options of Decode.
type Options struct {
	Null  vm.Value // stands for null within lists, and everywhere with Nulls
	Nulls bool     // keep null as a value of objects; without it the name is left out
}

// exact is the largest number below which a Lua number holds every whole one.
const exact = 1 << 53

type reader struct {
	L    *vm.State
	text string
	in   *json.Decoder
	o    Options
	left int
	list *vm.Table // metatable of lists
}

// Decode reads a text. Whole numbers that a Lua number can't hold become decimal text.
func Decode(L *vm.State, text string, o Options) (vm.Value, error) {
	r := &reader{L: L, text: text, in: json.NewDecoder(strings.NewReader(text)), o: o, left: shape.Most, list: shape.NewList(L)}
	if at := invalid(text); at >= 0 {
		return nil, r.fail(at, "a byte that is not UTF-8")
	}
	r.in.UseNumber()
	v, err := r.value(0)
	if err != nil {
		return nil, err
	}
	if _, err := r.in.Token(); err != io.EOF {
		return nil, r.fail(int(r.in.InputOffset()), "something follows the value")
	}
	if v == o.Null && !o.Nulls {
		return vm.Nil, nil
	}
	return v, nil
}

// invalid is the first byte that is not UTF-8, or -1.
func invalid(text string) int {
	if utf8.ValidString(text) {
		return -1
	}
	for i, c := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); c == utf8.RuneError && size == 1 {
			return i
		}
	}
	return -1
}

func (r *reader) fail(at int, problem string) error { return shape.At("JSON", r.text, at, problem) }

func (r *reader) token() (json.Token, error) {
	t, err := r.in.Token()
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return t, nil
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || err.Error() == "unexpected end of JSON input":
		return nil, r.fail(len(r.text), "the text ends too early")
	case errors.As(err, &syntax):
		return nil, r.fail(r.next(), strings.TrimPrefix(syntax.Error(), "json: "))
	}
	return nil, r.fail(int(r.in.InputOffset()), err.Error())
}

func (r *reader) value(depth int) (vm.Value, error) {
	t, err := r.token()
	if err != nil {
		return nil, err
	}
	return r.after(t, depth)
}

// next is where the next token begins. The offsets of a SyntaxError count from elsewhere.
func (r *reader) next() int {
	at := int(r.in.InputOffset())
	return len(r.text) - len(strings.TrimLeft(r.text[min(at, len(r.text)):], " \t\r\n,:"))
}

// after is the value that begins with a token.
func (r *reader) after(t json.Token, depth int) (vm.Value, error) {
	if r.left--; r.left < 0 {
		return nil, r.fail(int(r.in.InputOffset()), fmt.Sprintf("more than %d values", shape.Most))
	}
	switch t := t.(type) {
	case nil:
		return r.o.Null, nil
	case bool:
		return vm.Bool(t), nil
	case string:
		return vm.String(t), nil
	case json.Number:
		return r.number(string(t))
	case json.Delim:
		if depth >= shape.Deepest {
			return nil, r.fail(int(r.in.InputOffset()), fmt.Sprintf("it nests deeper than %d", shape.Deepest))
		}
		if t == '[' {
			return r.elements(depth)
		}
		return r.object(depth)
	}
	return nil, r.fail(int(r.in.InputOffset()), "a value expected")
}

func (r *reader) number(text string) (vm.Value, error) {
	if !strings.ContainsAny(text, ".eE") {
		if n, err := strconv.ParseInt(text, 10, 64); err != nil || n > exact || n < -exact {
			return vm.String(text), nil
		}
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, r.fail(int(r.in.InputOffset()), "the number "+text[:min(len(text), 40)]+" is too large")
	}
	return vm.Number(f), nil
}

func (r *reader) elements(depth int) (vm.Value, error) {
	table := r.L.NewTable()
	table.Metatable = r.list
	for n := 1; ; n++ {
		t, err := r.token()
		if err != nil || t == json.Delim(']') {
			return table, err
		}
		v, err := r.after(t, depth+1)
		if err != nil {
			return nil, err
		}
		table.RawSetInt(n, v)
	}
}

func (r *reader) object(depth int) (vm.Value, error) {
	table := r.L.NewTable()
	for {
		t, err := r.token()
		if err != nil || t == json.Delim('}') {
			return table, err
		}
		key, ok := t.(string)
		if !ok {
			return nil, r.fail(int(r.in.InputOffset()), "a name expected")
		}
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if v != r.o.Null || r.o.Nulls {
			table.RawSetString(key, v)
		}
	}
}
