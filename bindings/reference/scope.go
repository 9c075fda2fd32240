package reference

import (
	"strings"

	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

// role is what a local name is there for; it decides what is said when nothing reads it.
type role byte

const (
	variable  role = iota
	renamed        // local print = print
	parameter      // unused ones before a used one have to be there
	counter        // of a loop
	implied        // self
)

// local is a local name.
type local struct {
	name string
	line int
	role role
	what thing
	read bool
}

// scope is a block's local names.
type scope struct {
	names []*local
	outer *scope
}

// find is what a name stands for here, or nil.
func (s *scope) find(name string) *local {
	for ; s != nil; s = s.outer {
		for i := len(s.names) - 1; i >= 0; i-- {
			if s.names[i].name == name {
				return s.names[i]
			}
		}
	}
	return nil
}

func (c *checker) open() { c.scope = &scope{outer: c.scope} }

// close ends a block: which of its names were of no use?
func (c *checker) close() {
	names := c.scope.names
	c.scope = c.scope.outer
	needed := false // parameters from the last one on that is read
	for i := len(names) - 1; i >= 0; i-- {
		l := names[i]
		if l.read || l.role == implied || strings.HasPrefix(l.name, "_") {
			needed = needed || l.read
			continue
		}
		switch {
		case l.role == parameter && !needed:
			c.found(unused, l.line, l.name, 0, "parameter '%s' is never read", l.name)
		case l.role == variable, l.role == renamed:
			c.found(unused, l.line, l.name, 0, "local '%s' is never read", l.name)
		case l.role == counter && !needed && i > 0: // for _, v in: the first has to be there
			c.found(unused, l.line, l.name, 0, "loop variable '%s' is never read", l.name)
		}
	}
}

// declare makes a local. One that is assigned to anywhere may be anything.
func (c *checker) declare(line int, name string, r role, what thing) {
	if c.changed[name] {
		what = thing{}
	}
	if r != renamed && r != implied && !strings.HasPrefix(name, "_") {
		c.shadows(line, name)
	}
	c.scope.names = append(c.scope.names, &local{name: name, line: line, role: r, what: what})
}

// shadows warns of a name that something else has, which can't be reached from here on.
func (c *checker) shadows(line int, name string) {
	if old := c.scope.find(name); old != nil {
		if old.role != implied {
			c.found(shadowed, line, name, 0, "'%s' hides the local of line %d", name, old.line)
		}
		return
	}
	if c.changed[name] {
		return
	}
	what, ok := c.global(name)
	if ok && (what.class != nil || what.space != nil || what.lua != nil) {
		c.found(shadowed, line, name, 0, "'%s' hides the global of that name", name)
	}
}

// set checks an assignment to a name.
func (c *checker) set(name *syntax.Ident) {
	if c.scope.find(name.Value) != nil {
		return
	}
	if _, known := c.library[name.Value]; c.depth > 0 && !c.top[name.Value] && !known {
		c.found(lostGlobal, name.Line(), name.Value, 0, "'%s' is a global that only functions set: local is missing, or set it at the top of the file", name.Value)
	}
}

// chunk checks a whole file.
func (c *checker) chunk(statements []syntax.Stmt) {
	c.open()
	c.statements(statements)
	c.close()
}

// block checks statements in a scope of their own.
func (c *checker) block(statements []syntax.Stmt) {
	c.open()
	c.statements(statements)
	c.close()
}

// statements checks a list, and says where it can't be gone through to its end.
func (c *checker) statements(list []syntax.Stmt) {
	ended := false
	for _, s := range list {
		_, label := s.(*syntax.Label)
		if ended && !label {
			c.findings = append(c.findings, finding(unreachable, c.file, s.Line(), 1, 1, "this never runs: what stands before it never comes to an end"))
			ended = false // once is enough
		}
		c.statement(s)
		if c.ends(s) {
			ended = true
		}
		if label {
			ended = false
		}
	}
}

// ends tells whether nothing after a statement runs.
func (c *checker) ends(s syntax.Stmt) bool {
	switch s := s.(type) {
	case *syntax.Return, *syntax.Break, *syntax.Goto:
		return true
	case *syntax.Do:
		return c.listEnds(s.Stmts)
	case *syntax.If:
		return len(s.Else) > 0 && c.listEnds(s.Then) && c.listEnds(s.Else)
	case *syntax.While:
		_, always := s.Condition.(*syntax.True)
		return always && !leaves(s.Stmts)
	case *syntax.CallStmt:
		call, ok := s.Expr.(*syntax.Call)
		if !ok || call.Func == nil {
			return false
		}
		name, ok := call.Func.(*syntax.Ident)
		return ok && name.Value == "error" && !c.changed["error"] && c.scope.find("error") == nil
	}
	return false
}

// listEnds is ends for a list. A label may be jumped to.
func (c *checker) listEnds(list []syntax.Stmt) bool {
	ended := false
	for _, s := range list {
		if _, label := s.(*syntax.Label); label {
			ended = false
		}
		ended = ended || c.ends(s)
	}
	return ended
}

// leaves tells whether a loop's body has a break of that loop, or jumps.
func leaves(list []syntax.Stmt) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *syntax.Break, *syntax.Goto:
			return true
		case *syntax.Do:
			if leaves(s.Stmts) {
				return true
			}
		case *syntax.If:
			if leaves(s.Then) || leaves(s.Else) {
				return true
			}
		case *syntax.While, *syntax.Repeat, *syntax.NumberFor, *syntax.ForIn:
			if jumps(s) {
				return true
			}
		}
	}
	return false
}

// jumps tells whether a loop within a loop has a goto, which may lead out of both.
func jumps(s syntax.Stmt) bool {
	var inside []syntax.Stmt
	switch s := s.(type) {
	case *syntax.Goto:
		return true
	case *syntax.Do:
		inside = s.Stmts
	case *syntax.If:
		return jumpsIn(s.Then) || jumpsIn(s.Else)
	case *syntax.While:
		inside = s.Stmts
	case *syntax.Repeat:
		inside = s.Stmts
	case *syntax.NumberFor:
		inside = s.Stmts
	case *syntax.ForIn:
		inside = s.Stmts
	}
	return jumpsIn(inside)
}

func jumpsIn(list []syntax.Stmt) bool {
	for _, s := range list {
		if jumps(s) {
			return true
		}
	}
	return false
}

func isNamed(e syntax.Expr, name string) bool {
	ident, ok := e.(*syntax.Ident)
	return ok && ident.Value == name
}
