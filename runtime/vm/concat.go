package vm

import (
	"sync"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// instruction is how the interpreter carries out one opcode. The frame is of a type that it keeps to itself.
type instruction = func(L *lua.LState, code uint32, frame unsafe.Pointer) int

// opcodes is how many the interpreter has.
const opcodes = lua.OP_NOP + 1

// instructions is the interpreter's own table. TestConcatIsLimited fails if it is not where this says.
//
//go:linkname instructions github.com/yuin/gopher-lua.jumpTable
var instructions [opcodes]instruction

// limitConcat bounds what one .. may build. A chain of them is one instruction with up to 250 operands: from a string
// of 64 MB it would take 16 GB at once, which nothing could stop.
var limitConcat = sync.OnceFunc(func() {
	stock := instructions[lua.OP_CONCAT]
	if stock == nil {
		return
	}
	instructions[lua.OP_CONCAT] = func(L *lua.LState, code uint32, frame unsafe.Pointer) int {
		total := 0
		for i := int(code & 0x1ff); i <= int(code>>9&0x1ff); i++ {
			if s, ok := L.Get(i + 1).(lua.LString); ok {
				total += len(s)
			}
		}
		if total > maxString {
			raise(L, "resulting string too large")
		}
		return stock(L, code, frame)
	}
})
