package vm

import (
	"regexp"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// rewording turns one of the interpreter's messages into one that a script's author can act on.
type rewording struct {
	like *regexp.Regexp
	into func(at *failed, parts []string) string
}

func always(text string) func(*failed, []string) string {
	return func(*failed, []string) string { return text }
}

var rewordings = []rewording{
	{regexp.MustCompile(`^attempt to call a non-function object$`), callOf},
	{regexp.MustCompile(`(?s)^attempt to index a non-table object\((\w+)\) with key '(.*)'$`), indexOf},
	{regexp.MustCompile(`^cannot perform (\w+) operation between (\w+) and (\w+)$`), operationOf},
	{regexp.MustCompile(`^__len undefined$`), func(at *failed, _ []string) string {
		return "attempt to get the length of " + at.operand(at.b(), "a value without one")
	}},
	{regexp.MustCompile(`^__unm undefined$`), func(at *failed, _ []string) string {
		return "attempt to perform arithmetic on " + at.operand(at.b(), "a value that is no number")
	}},
	{regexp.MustCompile(`^for statement (init|limit|step) must be a number$`), func(_ *failed, parts []string) string {
		return "'for' " + strings.Replace(parts[1], "init", "initial", 1) + " value must be a number"
	}},
	{regexp.MustCompile(`^bad argument #(\d+) to ([^' ]+) \(`), func(_ *failed, parts []string) string {
		return "bad argument #" + parts[1] + " to '" + parts[2] + "' ("
	}},
	{regexp.MustCompile(`^lua callstack overflow$`), always(errStackOverflow.Error())},
	{regexp.MustCompile(`^registry overflow$`), always("stack overflow (too many values)")},
	{regexp.MustCompile(`^too many recursions in gettable$`), always("loop in __index")},
	{regexp.MustCompile(`^too many recursions in settable$`), always("loop in __newindex")},
	{regexp.MustCompile(`^can not yield from outside of a coroutine$`), always(outsideCoroutine)},
	{regexp.MustCompile(`^runtime error: `), always("internal error: ")},
}

// reworded gives an error value with the interpreter's own words made clear. L still has the failed frames, from a
// level on; it is nil if they are gone.
func reworded(L *State, level int, v Value) Value {
	s, ok := v.(String)
	if !ok {
		return v
	}
	text := strings.TrimPrefix(string(s), " ") // where a place was not to be had
	at := place.FindString(text)
	message := text[len(at):]
	for _, r := range rewordings {
		m := r.like.FindStringSubmatch(message)
		if m == nil {
			continue
		}
		return String(at + r.into(failedAt(L, level), m) + message[len(m[0]):])
	}
	return String(text)
}

// failed is the instruction that failed: nothing is known if it has no function.
type failed struct {
	L    *State
	dbg  *lua.Debug
	fn   *Function
	pc   int
	code uint32
}

func failedAt(L *State, level int) *failed {
	if L == nil {
		return &failed{}
	}
	d, ok := L.GetStack(level)
	if !ok {
		return &failed{}
	}
	v, err := L.GetInfo("f", d, lua.LNil)
	fn, ok := v.(*Function)
	pc := pcOf(d)
	if err != nil || !ok || fn.IsG || pc < 0 || pc >= len(fn.Proto.Code) {
		return &failed{}
	}
	return &failed{L: L, dbg: d, fn: fn, pc: pc, code: fn.Proto.Code[pc]}
}

// The parts of an instruction, as the interpreter packs them: 6 bits of opcode, 8 of A, 9 of C, 9 of B; Bx is C and B.
// An operand with bit 8 set is a constant.
func opOf(code uint32) int        { return int(code >> 26) }
func aOf(code uint32) int         { return int(code>>18) & 0xff }
func bOf(code uint32) int         { return int(code & 0x1ff) }
func cOf(code uint32) int         { return int(code>>9) & 0x1ff }
func bxOf(code uint32) int        { return int(code & 0x3ffff) }
func constant(rk int) (int, bool) { return rk &^ 0x100, rk&0x100 != 0 }

func (at *failed) op() int {
	if at.fn == nil {
		return -1
	}
	return opOf(at.code)
}
func (at *failed) a() int { return aOf(at.code) }
func (at *failed) b() int { return bOf(at.code) }
func (at *failed) c() int { return cOf(at.code) }

// value reads a register or constant of the failed function.
func (at *failed) value(rk int) Value {
	if at.fn == nil {
		return nil
	}
	if k, ok := constant(rk); ok {
		return at.fn.Proto.Constants[k]
	}
	if name, v := at.L.GetLocal(at.dbg, rk+1); name != "" {
		return v
	}
	return nil
}

// operand says what is in a register, and where it came from: "nil (local 'x')".
func (at *failed) operand(rk int, otherwise string) string {
	v := at.value(rk)
	if v == nil {
		return otherwise
	}
	text := v.Type().String()
	if name := at.name(rk, at.pc); name != "" {
		text += " (" + name + ")"
	}
	return text
}

// name says where the value of a register came from: the instruction before pc that set it tells. It looks back over a
// few instructions without branches and would rather say nothing than something wrong.
func (at *failed) name(rk, pc int) string {
	if at.fn == nil {
		return ""
	}
	p := at.fn.Proto
	if _, ok := constant(rk); ok {
		return ""
	}
	if name, ok := at.fn.LocalName(rk+1, pc); ok && !strings.HasPrefix(name, "(") {
		return "local '" + name + "'"
	}
	for i := pc - 1; i >= 0 && i > pc-30; i-- {
		code := p.Code[i]
		switch op := opOf(code); op {
		case lua.OP_JMP, lua.OP_FORLOOP, lua.OP_TFORLOOP:
			return "" // more than one way leads here
		case lua.OP_CALL:
			if aOf(code) <= rk {
				return ""
			}
		case lua.OP_SELF:
			if aOf(code) == rk {
				return at.key("method", cOf(code))
			}
		case lua.OP_GETGLOBAL, lua.OP_GETTABLE, lua.OP_GETTABLEKS, lua.OP_GETUPVAL, lua.OP_MOVE:
			if aOf(code) != rk {
				continue
			}
			switch op {
			case lua.OP_GETGLOBAL:
				return "global '" + p.Constants[bxOf(code)].String() + "'"
			case lua.OP_GETUPVAL:
				return "upvalue '" + p.DbgUpvalues[bOf(code)] + "'"
			case lua.OP_MOVE:
				return at.name(bOf(code), i)
			}
			return at.key("field", cOf(code))
		case lua.OP_LOADK, lua.OP_LOADNIL, lua.OP_LOADBOOL, lua.OP_MOVEN, lua.OP_CLOSURE, lua.OP_NEWTABLE:
			if aOf(code) == rk {
				return ""
			}
		}
	}
	return ""
}

func (at *failed) key(what string, rk int) string {
	if k, ok := constant(rk); ok {
		if s, ok := at.fn.Proto.Constants[k].(String); ok {
			return what + " '" + string(s) + "'"
		}
	}
	return ""
}

func callOf(at *failed, _ []string) string {
	switch at.op() {
	case lua.OP_CALL, lua.OP_TAILCALL:
		return "attempt to call " + at.operand(at.a(), "what is no function")
	case lua.OP_TFORLOOP:
		return "attempt to call " + at.operand(at.a(), "what is no function") +
			" as the iterator of a 'for ... in' (pairs or ipairs missing?)"
	}
	return "attempt to call what is no function"
}

func indexOf(at *failed, parts []string) string {
	what, of := "field '"+parts[2]+"'", ""
	switch at.op() {
	case lua.OP_SELF:
		what = "method '" + parts[2] + "'"
		of = at.name(at.b(), at.pc)
	case lua.OP_GETTABLE, lua.OP_GETTABLEKS:
		of = at.name(at.b(), at.pc)
	case lua.OP_SETTABLE, lua.OP_SETTABLEKS:
		of = at.name(at.a(), at.pc)
	}
	if of != "" {
		of = " of " + of
	}
	return "attempt to index " + parts[1] + " (" + what + of + ")"
}

func operationOf(at *failed, parts []string) string {
	verb, bad := "perform arithmetic on ", parts[2]
	usable := func(kind string) bool { return kind == "number" }
	if parts[1] == "concat" {
		verb = "concatenate "
		usable = func(kind string) bool { return kind == "number" || kind == "string" }
	}
	if usable(bad) {
		bad = parts[3]
	}
	operands := []int{}
	switch at.op() {
	case lua.OP_CONCAT:
		for r := at.c(); r >= at.b(); r-- {
			operands = append(operands, r)
		}
	case lua.OP_ADD, lua.OP_SUB, lua.OP_MUL, lua.OP_DIV, lua.OP_MOD, lua.OP_POW:
		operands = append(operands, at.b(), at.c())
	}
	for _, r := range operands {
		if v := at.value(r); v != nil && v.Type().String() == bad {
			return "attempt to " + verb + at.operand(r, bad)
		}
	}
	return "attempt to " + verb + bad
}
