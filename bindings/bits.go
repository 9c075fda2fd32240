package bindings

import (
	"math/bits"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// bits32 is a number of 32 bits: what is larger or less than 0 is taken by its lowest ones.
type bits32 uint32

// DecodeLua reads a whole number.
func (b *bits32) DecodeLua(_ *vm.State, v vm.Value) error {
	n, ok := v.(vm.Number)
	if ok {
		if i, ok := whole(n); ok {
			*b = bits32(uint64(i))
			return nil
		}
	}
	return spec.Expected("whole number", v)
}

// LuaType is how the editor types write it.
func (bits32) LuaType() string { return "integer" }

type bitsArgs struct {
	A bits32 `lua:"a" doc:"A number."`
	B bits32 `lua:"b" doc:"Another."`
}

type bitArgs struct {
	A bits32 `lua:"a" doc:"A number."`
}

type shiftArgs struct {
	A bits32 `lua:"a" doc:"A number."`
	N int    `lua:"n" doc:"How far, 0 to 31; the lowest five bits count."`
}

func twoBits(name, doc string, do func(a, b uint32) uint32) spec.Func {
	return spec.Function(name, doc, func(_ *spec.Call, in bitsArgs) (int64, error) {
		return int64(do(uint32(in.A), uint32(in.B))), nil
	}).Direct().Example(`print(tg.bit.` + name + `(0xF0, 0x3C))`)
}

func shift(name, doc string, do func(a uint32, n int) uint32) spec.Func {
	return spec.Function(name, doc, func(_ *spec.Call, in shiftArgs) (int64, error) {
		return int64(do(uint32(in.A), in.N&31)), nil
	}).Direct().Example(`print(tg.bit.` + name + `(0xF0, 4))`)
}

// bitSpace is tg.bit.
var bitSpace = spec.Namespace{
	Name: "bit", Doc: "Numbers by their bits, of which 32 count. Results are 0 to 2^32-1.",
	Functions: []spec.Func{
		twoBits("band", "The bits that both have.", func(a, b uint32) uint32 { return a & b }),
		twoBits("bor", "The bits that either has.", func(a, b uint32) uint32 { return a | b }),
		twoBits("bxor", "The bits that just one has.", func(a, b uint32) uint32 { return a ^ b }),
		spec.Function("bnot", "The bits that it doesn't have.", func(_ *spec.Call, in bitArgs) (int64, error) { return int64(^uint32(in.A)), nil }).
			Direct().Example(`print(tg.bit.bnot(0))`),
		shift("lshift", "The bits, moved up.", func(a uint32, n int) uint32 { return a << n }),
		shift("rshift", "The bits, moved down.", func(a uint32, n int) uint32 { return a >> n }),
		shift("arshift", "The bits, moved down, with the highest one repeated.", func(a uint32, n int) uint32 { return uint32(int32(a) >> n) }),
		shift("rol", "The bits, moved up, and in again from below.", func(a uint32, n int) uint32 { return bits.RotateLeft32(a, n) }),
		shift("ror", "The bits, moved down, and in again from above.", func(a uint32, n int) uint32 { return bits.RotateLeft32(a, -n) }),
	},
}
