package vm_test

import (
	"math"
	"testing"

	"github.com/tgscript/tgscript/runtime/vm"
)

func TestText(t *testing.T) {
	for _, c := range []struct {
		value vm.Value
		want  string
	}{
		{vm.Nil, "nil"},
		{vm.True, "true"},
		{vm.String("a\x00b"), "a\x00b"},
		{vm.Number(0), "0"},
		{vm.Number(math.Copysign(0, -1)), "-0"},
		{vm.Number(-1001234567890), "-1001234567890"},
		{vm.Number(1 << 53), "9007199254740992"},
		{vm.Number(-1 << 62), "-4611686018427387904"},
		{vm.Number(1 << 63), "9.2233720368548e+18"},
		{vm.Number(0.1), "0.1"},
		{vm.Number(1.0 / 3), "0.33333333333333"},
		{vm.Number(1e-5), "1e-05"},
		{vm.Number(123456789.123), "123456789.123"},
		{vm.Number(1e300), "1e+300"},
		{vm.Number(math.Inf(1)), "inf"},
		{vm.Number(math.Inf(-1)), "-inf"},
		{vm.Number(math.NaN()), "nan"},
		{vm.Number(math.Copysign(math.NaN(), -1)), "-nan"},
	} {
		if got := vm.Text(c.value); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]float64{
		"0": 0, "12": 12, " 12 ": 12, "\t-3\n": -3, "+4": 4, "1.5": 1.5, ".5": 0.5, "5.": 5, "1e3": 1000, "1E+3": 1000, "1e-3": 0.001,
		"0x10": 16, "0XfF": 255, "-0x10": -16, "010": 10, "9007199254740993": 9007199254740992, "1e400": math.Inf(1), "-1e400": math.Inf(-1),
	} {
		if got, ok := vm.ParseNumber(text); !ok || got != want {
			t.Errorf("%q: got %v, %v; want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", " ", "x", "1x", "1 2", "--1", "+-1", "-", "0x", "0xg", "0b1", "1_0", "1e", "e5", ".", "inf", "-inf",
		"nan", "infinity", "1,5", "0x1p4", "１"} {
		if got, ok := vm.ParseNumber(text); ok {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
