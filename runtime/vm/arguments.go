package vm

import (
	"fmt"
	"math"
)

// raise ends a library function with a message and the place of the Lua code that called it.
func raise(L *State, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if at := placeOn(L); at != "" {
		text = at + ": " + text
	}
	L.Error(String(text), 0)
}

// ArgumentError says what is wrong with argument n of the running binding. It doesn't return.
func ArgumentError(L *State, n int, format string, args ...any) {
	name := "?"
	if d, ok := L.GetStack(0); ok {
		if f, ok := frameOf(L, d); ok && f.function != "" && f.function[0] != '(' && f.function != "main chunk" {
			name = f.function
		}
	}
	raise(L, "bad argument #%d to '%s' (%s)", n, name, fmt.Sprintf(format, args...))
}

func typeError(L *State, n int, want string) {
	got := "no value"
	if n <= L.GetTop() {
		got = L.Get(n).Type().String()
	}
	ArgumentError(L, n, "%s expected, got %s", want, got)
}

// argString takes numbers too, as everywhere in Lua.
func argString(L *State, n int) string {
	switch v := L.Get(n).(type) {
	case String:
		return string(v)
	case Number:
		return Text(v)
	}
	typeError(L, n, "string")
	return ""
}

func optString(L *State, n int, otherwise string) string {
	if L.Get(n) == Nil {
		return otherwise
	}
	return argString(L, n)
}

func argNumber(L *State, n int) float64 {
	switch v := L.Get(n).(type) {
	case Number:
		return float64(v)
	case String:
		if x, ok := ParseNumber(string(v)); ok {
			return x
		}
	}
	typeError(L, n, "number")
	return 0
}

// argInt cuts fractions off, and numbers too large for an int to the largest.
func argInt(L *State, n int) int { return truncate(argNumber(L, n)) }

func truncate(x float64) int {
	switch {
	case math.IsNaN(x):
		return 0
	case x >= math.MaxInt64:
		return math.MaxInt64
	case x <= math.MinInt64:
		return math.MinInt64
	}
	return int(x)
}

func optInt(L *State, n, otherwise int) int {
	if L.Get(n) == Nil {
		return otherwise
	}
	return argInt(L, n)
}

func argTable(L *State, n int) *Table {
	t, ok := L.Get(n).(*Table)
	if !ok {
		typeError(L, n, "table")
	}
	return t
}

func argFunction(L *State, n int) *Function {
	f, ok := L.Get(n).(*Function)
	if !ok {
		typeError(L, n, "function")
	}
	return f
}

func argAny(L *State, n int) Value {
	if n > L.GetTop() {
		ArgumentError(L, n, "value expected")
	}
	return L.Get(n)
}

// poll ends a library function whose call has been killed; long loops ask it from time to time.
func poll(L *State) {
	if c := threadOf(L).call; c.killed.Load() {
		raise(L, "%v", c.death())
	}
}
