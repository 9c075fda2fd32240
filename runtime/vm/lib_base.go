package vm

import (
	"context"
	"fmt"
	"math"
	"strings"
)

var baseFunctions = map[string]GoFunction{
	"assert":         baseAssert,
	"collectgarbage": baseCollectgarbage,
	"error":          baseError,
	"getmetatable":   baseGetmetatable,
	"load":           baseLoad,
	"loadstring":     baseLoad,
	"next":           baseNext,
	"pairs":          basePairs,
	"ipairs":         baseIpairs,
	"pcall":          pcall,
	"print":          basePrint,
	"rawset":         baseRawset,
	"setmetatable":   baseSetmetatable,
	"tonumber":       baseTonumber,
	"tostring":       func(L *State) int { return pushString(L, display(L, argAny(L, 1))) },
	"unpack":         unpack,
	"xpcall":         xpcall,
}

// display is tostring: what a value's __tostring says, else its [Text].
func display(L *State, v Value) string {
	switch v := v.(type) {
	case String:
		return string(v)
	case *Table, *UserData:
		if L.GetMetaField(v, "__tostring") == Nil {
			break
		}
		if depthOf(L) > maxFrames { // __tostring may be tostring: no instruction of Lua would notice
			raise(L, "%v", errStackOverflow)
		}
		L.Push(L.GetMetaField(v, "__tostring"))
		L.Push(v)
		L.Call(1, 1)
		out := L.Get(-1)
		L.Pop(1)
		switch out := out.(type) {
		case String:
			return string(out)
		case Number:
			return Text(out)
		}
		raise(L, "'__tostring' must return a string, not %s", out.Type())
	}
	return Text(v)
}

func baseAssert(L *State) int {
	if Truthy(argAny(L, 1)) {
		return L.GetTop()
	}
	if L.GetTop() < 2 {
		L.Push(String("assertion failed!"))
	}
	L.Error(L.Get(2), 0)
	return 0
}

func baseError(L *State) int {
	v := L.Get(1)
	if s, ok := v.(String); ok {
		if level := optInt(L, 2, 1); level > 0 {
			v = String(placeAt(L, level)) + s
		}
	}
	L.Error(v, 0)
	return 0
}

// placeAt gives "file:line: " of the function at a level, or "" if that isn't Lua.
func placeAt(L *State, level int) string {
	if d, ok := L.GetStack(level); ok {
		if f, ok := frameOf(L, d); ok && f.file != "" {
			return fmt.Sprintf("%s:%d: ", f.file, f.line)
		}
	}
	return ""
}

func baseGetmetatable(L *State) int {
	L.Push(L.GetMetatable(argAny(L, 1)))
	return 1
}

// baseSetmetatable takes tables only: the stock one lets a script change how all strings behave.
func baseSetmetatable(L *State) int {
	t := argTable(L, 1)
	if v := L.Get(2); L.GetTop() < 2 || v != Nil && v.Type() != TypeTable {
		typeError(L, 2, "nil or table")
	}
	if L.GetMetaField(t, "__metatable") != Nil {
		raise(L, "cannot change a protected metatable")
	}
	t.Metatable = L.Get(2)
	L.SetTop(1)
	return 1
}

func baseRawset(L *State) int {
	L.RawSet(argTable(L, 1), argAny(L, 2), argAny(L, 3))
	L.SetTop(1)
	return 1
}

// Show is a value as print writes it: what tostring gives, but what is in a table, if the machine knows how.
func Show(L *State, v Value) string {
	t, ok := v.(*Table)
	show := threadOf(L).call.machine.show
	if !ok || show == nil || L.GetMetaField(t, "__tostring") != Nil {
		return display(L, v)
	}
	return show(L, t)
}

// Open is a value as Show writes it, but an object with what is in it, if the machine knows how.
func Open(L *State, v Value) string {
	o, ok := v.(*UserData)
	if show := threadOf(L).call.machine.show; ok && show != nil {
		return show(L, o)
	}
	return Show(L, v)
}

func basePrint(L *State) int {
	var line strings.Builder
	for i := 1; i <= L.GetTop(); i++ {
		if i > 1 {
			line.WriteByte('\t')
		}
		line.WriteString(Show(L, L.Get(i)))
	}
	c := threadOf(L).call
	out, own := c.parent.Value(printKey{}).(func(line string))
	if !own {
		out = c.machine.opts.Print
	}
	switch {
	case out == nil:
	case own:
		err := Block(L, func(context.Context) error { // whoever reads may be slow
			out(line.String())
			return nil
		})
		if err != nil {
			Raise(L, err)
		}
	default:
		out(line.String())
	}
	return 0
}

// baseLoad compiles text, or the pieces that a function gives until one is empty or nil.
func baseLoad(L *State) int {
	var source string
	switch from := L.Get(1).(type) {
	case *Function:
		var b strings.Builder
		for b.Len() <= MaxSource {
			L.Push(from)
			L.Call(0, 1)
			piece := L.Get(-1)
			L.Pop(1)
			if s, ok := piece.(String); ok && s != "" {
				b.WriteString(string(s))
				continue
			}
			if piece != Nil && piece != String("") {
				raise(L, "reader function must return a string")
			}
			break
		}
		source = b.String()
	default:
		source = argString(L, 1)
	}
	name, _, long := strings.Cut(source, "\n")
	if len(name) > 40 {
		name, long = name[:40], true
	}
	if long {
		name += "..."
	}
	name = strings.TrimLeft(optString(L, 2, `[string "`+name+`"]`), "=@")
	proto, err := compile(name, []byte(source))
	if err != nil {
		L.Push(Nil)
		L.Push(String(err.Error()))
		return 2
	}
	L.Push(L.NewFunctionFromProto(proto))
	return 1
}

// baseTonumber reads the forms that the stock one doesn't, such as 1e3.
func baseTonumber(L *State) int {
	v := argAny(L, 1)
	if base := optInt(L, 2, 10); base != 10 {
		if base < 2 || base > 36 {
			ArgumentError(L, 2, "base out of range")
		}
		s := strings.Trim(argString(L, 1), spaces)
		digits := strings.TrimPrefix(s, "-")
		if base == 16 && len(digits) > 1 && strings.EqualFold(digits[:2], "0x") {
			digits = digits[2:]
		}
		x, ok := parseDigits(digits, base)
		if len(digits) < len(s) && s[0] == '-' { // 5.1 reads with strtoul, whose negative numbers wrap round
			x = math.MaxUint64 - x + 1
		}
		return pushParsed(L, x, ok)
	}
	switch v := v.(type) {
	case Number:
		L.Push(v)
		return 1
	case String:
		x, ok := ParseNumber(string(v))
		return pushParsed(L, x, ok)
	}
	L.Push(Nil)
	return 1
}

func pushParsed(L *State, x float64, ok bool) int {
	if !ok {
		L.Push(Nil)
		return 1
	}
	return pushNumber(L, x)
}

// baseCollectgarbage counts and does nothing else: a collection stops the whole process.
func baseCollectgarbage(L *State) int {
	switch what := optString(L, 1, "collect"); what {
	case "count":
		return pushNumber(L, float64(heapBytes())/1024)
	case "collect", "stop", "restart", "step", "setpause", "setstepmul":
		return pushNumber(L, 0)
	default:
		ArgumentError(L, 1, "invalid option '%s'", what)
		return 0
	}
}
