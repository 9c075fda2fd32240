package reference

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

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
		c.open()
		c.statements(s.Stmts)
		c.expr(s.Condition)
		c.close()
	case *syntax.If:
		c.expr(s.Condition)
		c.block(s.Then)
		c.block(s.Else)
	case *syntax.NumberFor:
		c.exprs(s.Init, s.Limit, s.Step)
		c.loop(s.Line(), []string{s.Name}, s.Stmts)
	case *syntax.ForIn:
		var over thing
		for i, e := range s.Exprs {
			if what := c.expr(e); i == 0 {
				over = what
			}
		}
		c.loop(s.Line(), s.Names, s.Stmts, over.turn...)
	case *syntax.FuncDef:
		c.functionStatement(s)
	case *syntax.Return:
		c.exprs(s.Exprs...)
	}
}

func (c *checker) local(s *syntax.Local) {
	if len(s.Exprs) == 1 && len(s.Names) == 1 {
		if f, ok := s.Exprs[0].(*syntax.Function); ok {
			c.declare(s.Line(), s.Names[0], variable, thing{}) // a local function may call itself
			c.function(f, c.handlers[s.Names[0]])
			return
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
		kind := variable
		if i < len(s.Exprs) && isNamed(s.Exprs[i], name) {
			kind = renamed
		}
		c.declare(s.Line(), name, kind, values[i])
	}
}

// loop checks a body whose names hold what the turns of the loop give, as far as that is known.
func (c *checker) loop(line int, names []string, statements []syntax.Stmt, turn ...*spec.Class) {
	c.open()
	for i, name := range names {
		what := thing{}
		if i < len(turn) {
			what.class = turn[i]
		}
		c.declare(line, name, counter, what)
	}
	c.block(statements)
	c.close()
}

func (c *checker) functionStatement(s *syntax.FuncDef) {
	if s.Name.Func == nil {
		c.expr(s.Name.Receiver)
		c.open()
		c.declare(s.Line(), "self", implied, thing{})
		c.function(s.Func, nil)
		c.close()
		return
	}
	c.assigned(s.Name.Func)
	var params []thing
	if name, ok := s.Name.Func.(*syntax.Ident); ok {
		params = c.handlers[name.Value]
	}
	c.function(s.Func, params)
}

// assigned checks what stands left of an equals sign.
func (c *checker) assigned(e syntax.Expr) {
	if name, ok := e.(*syntax.Ident); ok {
		c.set(name)
		return
	}
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
		c.found(readOnly, key.Line(), key.Value, '.', "%s: %s", what.class.Name, what.class.NotSet(key.Value))
	case what.space != nil:
		c.found(readOnly, key.Line(), key.Value, '.', "%s: '%s' can't be set: %s is read-only", what.path, key.Value, what.path)
	}
}

// function checks a function's body; the things are what is known of its first parameters.
func (c *checker) function(f *syntax.Function, params []thing) {
	c.depth++
	c.open()
	for i, name := range f.ParList.Names {
		what := thing{}
		if i < len(params) {
			what = params[i]
		}
		c.declare(f.Line(), name, parameter, what)
	}
	c.block(f.Stmts)
	c.close()
	c.depth--
}
