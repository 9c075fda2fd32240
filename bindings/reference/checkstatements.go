package reference

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

// block checks statements in a scope of their own.
func (c *checker) block(statements []syntax.Stmt) {
	c.scope = &scope{names: map[string]thing{}, outer: c.scope}
	for _, s := range statements {
		c.statement(s)
	}
	c.scope = c.scope.outer
}

// declare makes a local. One that is assigned to anywhere may be anything.
func (c *checker) declare(name string, what thing) {
	if c.changed[name] {
		what = thing{}
	}
	c.scope.names[name] = what
}

func (c *checker) statement(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.Local:
		c.local(s)
	case *syntax.Assign:
		for _, e := range s.Rhs {
			c.expr(e)
		}
		for _, e := range s.Lhs {
			c.assigned(e)
		}
	case *syntax.CallStmt:
		c.expr(s.Expr)
	case *syntax.Do:
		c.block(s.Stmts)
	case *syntax.While:
		c.expr(s.Condition)
		c.block(s.Stmts)
	case *syntax.Repeat: // the condition sees the block's locals
		c.scope = &scope{names: map[string]thing{}, outer: c.scope}
		for _, inner := range s.Stmts {
			c.statement(inner)
		}
		c.expr(s.Condition)
		c.scope = c.scope.outer
	case *syntax.If:
		c.expr(s.Condition)
		c.block(s.Then)
		c.block(s.Else)
	case *syntax.NumberFor:
		c.exprs(s.Init, s.Limit, s.Step)
		c.loop([]string{s.Name}, s.Stmts)
	case *syntax.ForIn:
		var over thing
		for i, e := range s.Exprs {
			if what := c.expr(e); i == 0 {
				over = what
			}
		}
		c.loop(s.Names, s.Stmts, over.turn...)
	case *syntax.FuncDef:
		c.functionStatement(s)
	case *syntax.Return:
		c.exprs(s.Exprs...)
	}
}

func (c *checker) local(s *syntax.Local) {
	if len(s.Exprs) == 1 && len(s.Names) == 1 {
		if _, ok := s.Exprs[0].(*syntax.Function); ok {
			c.declare(s.Names[0], thing{}) // a local function may call itself
		}
	}
	values := make([]thing, len(s.Names))
	for i, e := range s.Exprs {
		what := c.expr(e)
		if i < len(values) {
			values[i] = what
		}
	}
	for i, name := range s.Names {
		c.declare(name, values[i])
	}
}

// loop checks a body whose names hold what the turns of the loop give, as far as that is known.
func (c *checker) loop(names []string, statements []syntax.Stmt, turn ...*spec.Class) {
	c.scope = &scope{names: map[string]thing{}, outer: c.scope}
	for i, name := range names {
		what := thing{}
		if i < len(turn) {
			what.class = turn[i]
		}
		c.declare(name, what)
	}
	c.block(statements)
	c.scope = c.scope.outer
}

func (c *checker) functionStatement(s *syntax.FuncDef) {
	target := s.Name.Func
	if target == nil {
		target = s.Name.Receiver
		c.expr(target)
	} else {
		c.assigned(target)
	}
	self := thing{}
	c.scope = &scope{names: map[string]thing{}, outer: c.scope}
	if s.Name.Method != "" {
		c.declare("self", self)
	}
	c.function(s.Func, nil)
	c.scope = c.scope.outer
}

// assigned checks what stands left of an equals sign.
func (c *checker) assigned(e syntax.Expr) {
	get, ok := e.(*syntax.Get)
	if !ok {
		return
	}
	what := c.expr(get.Object)
	c.expr(get.Key)
	key, ok := get.Key.(*syntax.Text)
	if !ok {
		return
	}
	switch {
	case what.class != nil:
		c.found(key.Line(), key.Value, '.', "%s: '%s' can't be set: it is read-only", what.class.Name, key.Value)
	case what.space != nil:
		c.found(key.Line(), key.Value, '.', "%s: '%s' can't be set: %s is read-only", what.path, key.Value, what.path)
	}
}

// function checks a function's body; the things are what is known of its first parameters.
func (c *checker) function(f *syntax.Function, params []thing) {
	c.scope = &scope{names: map[string]thing{}, outer: c.scope}
	for i, name := range f.ParList.Names {
		what := thing{}
		if i < len(params) {
			what = params[i]
		}
		c.declare(name, what)
	}
	c.block(f.Stmts)
	c.scope = c.scope.outer
}
