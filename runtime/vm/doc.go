// Package vm is the Lua interpreter of tgscript: gopher-lua with its faults cured and its reach limited, and the
// only place that imports it. Everybody else uses the names below.
//
// A [Machine] is one Lua state with a baton: the lock that a goroutine holds while it runs Lua. Each call has a
// goroutine and a Lua thread of its own, and gives the baton up while Go waits ([Block]); so calls look blocking to
// a script and never block the other calls, inside pcall, coroutines, iterators, metamethods and callbacks too.
//
// The language is Lua 5.1 with goto. Chunks are changed before they are compiled where the compiler errs (assign.go,
// fold.go); the cures are ours, and what they can't reach differs from 5.1:
//   - An array ends at 2^20-1 items: what lies behind counts neither for # nor for ipairs.
//   - The .. operator writes numbers with up to 17 digits and infinity as +Inf; tostring, print, format and concat
//     write them as 5.1 does, but whole numbers always with all digits, for they may be ids.
//   - Arithmetic on strings takes "010" for octal; tonumber doesn't.
//   - yield crosses no pcall, metamethod, iterator or callback, as in 5.1; the error says so.
//   - Code nested more than 190 levels deep, table constructors of more than 25,000 items and sources of more than
//     a megabyte are refused.
//
// It has some things of later versions: xpcall with arguments, rep with a separator, log with a base, %s of any value,
// __pairs, __len of tables, table.unpack and errors of assert that are no strings. Inserting beyond the end of a list
// is an error.
package vm

import lua "github.com/yuin/gopher-lua"

// The interpreter's types under names of ours.
type (
	// State is a Lua thread: what a binding gets, and what its arguments and results live on.
	State = lua.LState
	// Value is any Lua value.
	Value = lua.LValue
	// Table is a Lua table.
	Table = lua.LTable
	// Function is a Lua or Go function as a Lua value.
	Function = lua.LFunction
	// UserData carries a Go value through Lua.
	UserData = lua.LUserData
	// String is a Lua string: bytes, not characters.
	String = lua.LString
	// Number is a Lua number, always a float64.
	Number = lua.LNumber
	// Bool is a Lua boolean.
	Bool = lua.LBool
	// GoFunction is the Go side of a function: it returns how many results it has pushed.
	GoFunction = lua.LGFunction
	// Proto is a compiled chunk. It holds no state: all machines may share it.
	Proto = lua.FunctionProto
	// Type is the type of a value; its String is what Lua's type() says.
	Type = lua.LValueType
)

// Lua's constants.
var (
	Nil   Value = lua.LNil
	True  Value = lua.LTrue
	False Value = lua.LFalse
)

// The types of values.
const (
	TypeNil      = lua.LTNil
	TypeBool     = lua.LTBool
	TypeNumber   = lua.LTNumber
	TypeString   = lua.LTString
	TypeFunction = lua.LTFunction
	TypeUserData = lua.LTUserData
	TypeThread   = lua.LTThread
	TypeTable    = lua.LTTable
)

// Truthy says whether Lua takes v for true: all values but nil and false.
func Truthy(v Value) bool { return lua.LVAsBool(v) }
