package vm

import (
	"math"
	"strconv"
	"strings"
)

// Text is what tostring says of a value without a __tostring. Numbers look as in Lua 5.1, but whole numbers, which
// may be ids, keep all their digits.
func Text(v Value) string {
	n, ok := v.(Number)
	if !ok {
		return v.String()
	}
	x := float64(n)
	if x == math.Trunc(x) && math.Abs(x) < 1<<63 {
		if x == 0 && math.Signbit(x) {
			return "-0"
		}
		return strconv.FormatInt(int64(x), 10)
	}
	return formatFloat(x, 'g', 14, false)
}

// formatFloat writes a number as C's printf does.
func formatFloat(x float64, verb byte, precision int, keepZeros bool) string {
	if verb == 'G' || verb == 'E' {
		return strings.ToUpper(formatFloat(x, verb|0x20, precision, keepZeros))
	}
	switch {
	case math.IsNaN(x) && math.Signbit(x):
		return "-nan"
	case math.IsNaN(x):
		return "nan"
	case math.IsInf(x, 1):
		return "inf"
	case math.IsInf(x, -1):
		return "-inf"
	}
	if precision < 0 {
		precision = 6
	}
	if verb == 'g' {
		return general(x, max(precision, 1), keepZeros)
	}
	s := strconv.FormatFloat(x, verb, precision, 64)
	if keepZeros && precision == 0 {
		mantissa, exponent, found := strings.Cut(s, "e")
		s = mantissa + "."
		if found {
			s += "e" + exponent
		}
	}
	return s
}

// general is %g: the exponent decides between the two notations, and zeros at the end go.
func general(x float64, precision int, keepZeros bool) string {
	s := strconv.FormatFloat(x, 'e', precision-1, 64)
	mantissa, exponent, _ := strings.Cut(s, "e")
	e, _ := strconv.Atoi(exponent)
	if e >= -4 && e < precision {
		mantissa, exponent = strconv.FormatFloat(x, 'f', precision-1-e, 64), ""
	} else {
		exponent = "e" + exponent
	}
	switch dot := strings.IndexByte(mantissa, '.'); {
	case keepZeros && dot < 0:
		mantissa += "."
	case !keepZeros && dot >= 0:
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	return mantissa + exponent
}

const spaces = " \t\n\v\f\r"

// ParseNumber reads a number as Lua 5.1 writes it: decimal with fraction and exponent, or hexadecimal. The words
// inf and nan are no numbers.
func ParseNumber(s string) (float64, bool) {
	s = strings.Trim(s, spaces)
	digits := strings.TrimLeft(s, "+-")
	if len(s)-len(digits) > 1 || digits == "" {
		return 0, false
	}
	if hex := strings.ToLower(digits); strings.HasPrefix(hex, "0x") {
		x, ok := parseDigits(hex[2:], 16)
		if strings.HasPrefix(s, "-") {
			x = -x
		}
		return x, ok
	}
	if c := digits[0]; c != '.' && (c < '0' || c > '9') || strings.ContainsAny(digits, "_xX") {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(x, 0) { // too large is infinite, as in C
		return 0, false
	}
	return x, true
}

// parseDigits reads a whole number in a base from 2 to 36.
func parseDigits(s string, base int) (float64, bool) {
	if s == "" {
		return 0, false
	}
	x := 0.0
	for _, c := range []byte(strings.ToLower(s)) {
		d := 99
		switch {
		case c >= '0' && c <= '9':
			d = int(c - '0')
		case c >= 'a' && c <= 'z':
			d = int(c-'a') + 10
		}
		if d >= base {
			return 0, false
		}
		x = x*float64(base) + float64(d)
	}
	return x, true
}
