package spec

import (
	"strconv"
	"strings"
)

// ArgumentError says which argument of which function was wrong, and what would be right.
type ArgumentError struct {
	Function string // as scripts write it: "send_message"
	Place    string // "argument 2 (text)", "option 'silent'"; empty when it is the call itself
	Problem  string // "string expected, got nil"

	named bool // Problem says which option, so it needs no place
}

// Error is one line for the script's author.
func (e *ArgumentError) Error() string {
	parts := make([]string, 0, 3)
	for _, p := range []string{e.Function, e.Place, e.Problem} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ": ")
}

// LuaFields are what scripts see on the caught error.
func (e *ArgumentError) LuaFields() map[string]any { return map[string]any{"kind": "ARGUMENT"} }

// NameError says that an object, a table of functions or an options table has no such name.
type NameError struct {
	Owner   string // "Message", "tg"
	What    string // "field", "function", "option", "event"
	Name    string
	Nearest string // what was probably meant; may be empty
	Hint    string // what to do where nothing is near; may be empty
}

// Error is one line for the script's author.
func (e *NameError) Error() string {
	text := "unknown " + e.What + " '" + e.Name + "'"
	if e.Owner != "" {
		text = e.Owner + ": " + text
	}
	if e.Nearest != "" {
		text += ": did you mean '" + e.Nearest + "'?"
	} else if e.Hint != "" {
		text += ": " + e.Hint
	}
	return text
}

// LuaFields are what scripts see on the caught error.
func (e *NameError) LuaFields() map[string]any { return map[string]any{"kind": "UNKNOWN_NAME"} }

// Unknown makes the error for a name that isn't one of known.
func Unknown(owner, what, name string, known []string) *NameError {
	e := &NameError{Owner: owner, What: what, Name: name}
	if here := FromElsewhere(owner, name); here != "" {
		e.Hint = "here it is " + here
	} else {
		e.Nearest = Nearest(name, known)
	}
	return e
}

// NoField is the error for a field that no object of the class has.
func (c *Class) NoField(name string, known []string) *NameError {
	e := Unknown(c.Name, "field", name, known)
	if c.Keyed && e.Hint == "" {
		e.Hint = "values are read by " + c.Call + ":get(" + strconv.Quote(name) + ")"
	}
	return e
}

// NotSet says why a field can't be set.
func (c *Class) NotSet(name string) string {
	if c.Keyed {
		return "'" + name + "' can't be set with =: write " + c.Call + ":set(" + strconv.Quote(name) + ", value)"
	}
	return "'" + name + "' can't be set: it is read-only"
}

// mismatch is a value of the wrong kind before it is known which argument it was.
type mismatch struct{ want, got, hint string }

func (e *mismatch) Error() string {
	text := e.want + " expected, got " + e.got
	if e.hint != "" {
		text += " (" + e.hint + ")"
	}
	return text
}

// Counted is "1 argument" or "3 arguments".
func Counted(n int) string {
	if n == 1 {
		return "1 argument"
	}
	return strconv.Itoa(n) + " arguments"
}
