package vm

import (
	"math"
	"strconv"
	"strings"
)

// directive is one %... of a format.
type directive struct {
	minus, plus, sharp, zero, space bool
	width, precision                int // precision is -1 when none is given
	verb                            byte
	text                            string // as written, for messages
}

// stringFormat follows C's printf; Go's verbs and complaints never show.
func stringFormat(L *State) int {
	format := argString(L, 1)
	out := make([]byte, 0, len(format)+32)
	arg := 1
	for {
		before, rest, found := strings.Cut(format, "%")
		out = append(out, before...)
		if !found {
			break
		}
		if strings.HasPrefix(rest, "%") {
			out = append(out, '%')
			format = rest[1:]
			continue
		}
		d, n := parseDirective(L, rest)
		format = rest[n:]
		arg++
		if arg > L.GetTop() {
			ArgumentError(L, arg, "no value for '%%%s'", d.text)
		}
		out = d.append(L, out, arg)
		if len(out) > maxString {
			raise(L, "resulting string too large")
		}
	}
	L.Push(String(out))
	return 1
}

// parseDirective reads what follows a %; n is its length.
func parseDirective(L *State, s string) (d directive, n int) {
	i := 0
	for ; i < len(s); i++ {
		switch s[i] {
		case '-':
			d.minus = true
		case '+':
			d.plus = true
		case '#':
			d.sharp = true
		case '0':
			d.zero = true
		case ' ':
			d.space = true
		default:
			goto size
		}
	}
size:
	if i > 5 {
		raise(L, "invalid format (repeated flags)")
	}
	number := func() (x int) {
		from := i
		for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
			x = x*10 + int(s[i]-'0')
			if i-from >= 2 {
				raise(L, "invalid format (width or precision too long)")
			}
		}
		return x
	}
	d.width, d.precision = number(), -1
	if i < len(s) && s[i] == '.' {
		i++
		d.precision = number()
	}
	if i >= len(s) {
		raise(L, "invalid conversion '%%%s' to 'format': write %%%% for a percent sign", s)
	}
	d.verb, d.text = s[i], s[:i+1]
	return d, i + 1
}

func (d *directive) append(L *State, out []byte, arg int) []byte {
	switch d.verb {
	case 'c':
		return d.pad(out, "", string([]byte{byte(argInt(L, arg))}), false)
	case 'd', 'i', 'u', 'x', 'X', 'o':
		sign, digits := d.integer(argNumber(L, arg))
		return d.pad(out, sign, digits, d.zero && d.precision < 0)
	case 'e', 'E', 'f', 'g', 'G':
		x := argNumber(L, arg)
		body := formatFloat(x, d.verb, d.precision, d.sharp)
		sign, body := d.sign(strings.HasPrefix(body, "-")), strings.TrimPrefix(body, "-")
		return d.pad(out, sign, body, d.zero && !math.IsInf(x, 0) && !math.IsNaN(x))
	case 'q':
		return quote(out, argString(L, arg))
	case 's':
		s := display(L, argAny(L, arg))
		if d.precision >= 0 && d.precision < len(s) {
			s = s[:d.precision]
		}
		return d.pad(out, "", s, false)
	}
	raise(L, "invalid conversion '%%%s' to 'format'", d.text)
	return nil
}

func (d *directive) sign(negative bool) string {
	switch {
	case negative:
		return "-"
	case d.plus:
		return "+"
	case d.space:
		return " "
	}
	return ""
}

func (d *directive) integer(x float64) (sign, digits string) {
	n := int64(truncate(x))
	switch d.verb {
	case 'd', 'i':
		sign = d.sign(n < 0)
		u := uint64(n)
		if n < 0 {
			u = -u
		}
		digits = strconv.FormatUint(u, 10)
	case 'u':
		digits = strconv.FormatUint(uint64(n), 10)
	case 'o':
		digits = strconv.FormatUint(uint64(n), 8)
	default:
		digits = strconv.FormatUint(uint64(n), 16)
		if d.sharp && n != 0 {
			sign = "0x"
		}
		if d.verb == 'X' {
			sign, digits = strings.ToUpper(sign), strings.ToUpper(digits)
		}
	}
	if d.precision == 0 && n == 0 {
		digits = ""
	}
	if missing := d.precision - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if d.verb == 'o' && d.sharp && !strings.HasPrefix(digits, "0") {
		digits = "0" + digits
	}
	return sign, digits
}

func (d *directive) pad(out []byte, sign, body string, zeros bool) []byte {
	missing := max(d.width-len(sign)-len(body), 0)
	switch {
	case d.minus:
		out = append(append(out, sign...), body...)
		return append(out, strings.Repeat(" ", missing)...)
	case zeros:
		out = append(append(out, sign...), strings.Repeat("0", missing)...)
		return append(out, body...)
	}
	out = append(out, strings.Repeat(" ", missing)...)
	return append(append(out, sign...), body...)
}

// quote writes a string so that Lua can read it back.
func quote(out []byte, s string) []byte {
	out = append(out, '"')
	for _, c := range []byte(s) {
		switch c {
		case '"', '\\', '\n':
			out = append(out, '\\', c)
		case '\r':
			out = append(out, `\r`...)
		case 0:
			out = append(out, `\000`...)
		default:
			out = append(out, c)
		}
	}
	return append(out, '"')
}
