package reference

import (
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

// handlersOf finds functions that are handlers by their name, client:on("message", greet), and what they get.
// One that hears of events of several classes, or has a name that is used twice, may get anything.
func handlersOf(t *spec.Table, statements []syntax.Stmt) map[string][]thing {
	h := handed{table: t, classes: map[string][]*spec.Class{}}
	h.block(statements)
	known := map[string][]thing{}
	for name, classes := range h.classes {
		if len(slices.Compact(classes)) == 1 && classes[0] != nil {
			known[name] = []thing{{class: classes[0]}}
		}
	}
	return known
}

type handed struct {
	table   *spec.Table
	classes map[string][]*spec.Class
}

func (h handed) block(statements []syntax.Stmt) {
	for _, s := range statements {
		h.exprs(expressions(s)...)
		for _, inner := range blocks(s) {
			h.block(inner)
		}
	}
}

func (h handed) exprs(list ...syntax.Expr) {
	for _, e := range list {
		switch e := e.(type) {
		case nil:
			continue
		case *syntax.Function:
			h.block(e.Stmts)
			continue
		case *syntax.Call:
			h.call(e)
		}
		h.exprs(children(e)...)
	}
}

// call looks at client:on("message", ..., name) and client:command("start", ..., name). A function that is handed to
// anything else may get anything.
func (h handed) call(e *syntax.Call) {
	for i, arg := range e.Args {
		name, ok := arg.(*syntax.Ident)
		if !ok {
			continue
		}
		var class *spec.Class
		if i == len(e.Args)-1 && i > 0 && e.Receiver != nil && isNamed(e.Receiver, "client") {
			class = h.event(e)
		}
		h.classes[name.Value] = append(h.classes[name.Value], class)
	}
	if called, ok := e.Func.(*syntax.Ident); ok {
		h.classes[called.Value] = append(h.classes[called.Value], nil)
	}
}

func (h handed) event(e *syntax.Call) *spec.Class {
	switch e.Method {
	case "command":
		return h.table.Class("CommandEvent")
	case "on":
		name, ok := e.Args[0].(*syntax.Text)
		if !ok {
			return nil
		}
		if event := h.table.Event(name.Value); event != nil {
			return h.table.Class(event.Class)
		}
	}
	return nil
}

// topLevel collects the globals that a chunk sets outside of functions.
func topLevel(statements []syntax.Stmt, names map[string]bool) {
	for _, s := range statements {
		switch s := s.(type) {
		case *syntax.Assign:
			for _, e := range s.Lhs {
				if name, ok := e.(*syntax.Ident); ok {
					names[name.Value] = true
				}
			}
			continue
		case *syntax.FuncDef:
			if name, ok := s.Name.Func.(*syntax.Ident); ok {
				names[name.Value] = true
			}
			continue
		}
		for _, inner := range blocks(s) {
			topLevel(inner, names)
		}
	}
}

// blocks are the lists of statements in a statement.
func blocks(s syntax.Stmt) [][]syntax.Stmt {
	switch s := s.(type) {
	case *syntax.Do:
		return [][]syntax.Stmt{s.Stmts}
	case *syntax.While:
		return [][]syntax.Stmt{s.Stmts}
	case *syntax.Repeat:
		return [][]syntax.Stmt{s.Stmts}
	case *syntax.If:
		return [][]syntax.Stmt{s.Then, s.Else}
	case *syntax.NumberFor:
		return [][]syntax.Stmt{s.Stmts}
	case *syntax.ForIn:
		return [][]syntax.Stmt{s.Stmts}
	case *syntax.FuncDef:
		return [][]syntax.Stmt{s.Func.Stmts}
	}
	return nil
}

// expressions are those that stand in a statement itself.
func expressions(s syntax.Stmt) []syntax.Expr {
	switch s := s.(type) {
	case *syntax.Local:
		return s.Exprs
	case *syntax.Assign:
		return append(slices.Clone(s.Lhs), s.Rhs...)
	case *syntax.CallStmt:
		return []syntax.Expr{s.Expr}
	case *syntax.While:
		return []syntax.Expr{s.Condition}
	case *syntax.Repeat:
		return []syntax.Expr{s.Condition}
	case *syntax.If:
		return []syntax.Expr{s.Condition}
	case *syntax.NumberFor:
		return []syntax.Expr{s.Init, s.Limit, s.Step}
	case *syntax.ForIn:
		return s.Exprs
	case *syntax.Return:
		return s.Exprs
	}
	return nil
}
