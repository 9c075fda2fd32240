package schema

import (
	"strconv"
	"strings"
)

// ValueError says which value of a call is wrong.
type ValueError struct {
	Method  string // or constructor
	Path    string // "peer.user_id", "entities[2]" (counted from one); empty for the call itself
	Problem string // "whole number expected, got 1.5"
}

func (e *ValueError) Error() string { return e.place() + e.Problem }

func (e *ValueError) place() string {
	text := e.Method + ": "
	if e.Path != "" {
		text += e.Path + ": "
	}
	return text
}

// LuaFields are the fields of the error as scripts see it.
func (e *ValueError) LuaFields() map[string]any {
	return map[string]any{"kind": "ARGUMENT", "message": e.Error(), "method": e.Method}
}

// UnknownError says that the layer has no such name.
type UnknownError struct {
	Method, Path string // where it was used; empty for the call itself
	What         string // "method", "field", "constructor"
	Name         string
	Owner        string   // what doesn't have it: "inputPeerUser", "InputPeer"; may be empty
	Known        []string // those there are
	Nearest      string   // what was probably meant, if somebody has found out
}

func (e *UnknownError) Error() string {
	at := ValueError{Method: e.Method, Path: e.Path}
	text := "unknown " + e.What + " '" + e.Name + "'"
	if e.Owner != "" {
		text += " of " + e.Owner
	}
	if e.Method != "" {
		text = at.place() + text
	}
	switch {
	case e.Nearest != "":
		text += ": did you mean '" + e.Nearest + "'?"
	case len(e.Known) > 0 && len(e.Known) <= 12:
		text += ": there are " + strings.Join(e.Known, ", ")
	}
	return text
}

// LuaFields are the fields of the error as scripts see it.
func (e *UnknownError) LuaFields() map[string]any {
	return map[string]any{"kind": "UNKNOWN_NAME", "message": e.Error()}
}

// path is where a value is, as a list that grows inwards.
type path struct {
	outer *path
	name  string // of a field
	index int    // of an element, from one; 0 for a field
}

func (p *path) String() string {
	if p == nil {
		return ""
	}
	outer := p.outer.String()
	if p.index > 0 {
		return outer + "[" + strconv.Itoa(p.index) + "]"
	}
	if outer != "" {
		outer += "."
	}
	return outer + p.name
}

func (p *path) depth() (n int) {
	for ; p != nil; p = p.outer {
		n++
	}
	return n
}
