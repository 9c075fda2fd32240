package reference

import "github.com/tgscript/tgscript/runtime/vm/syntax"

// assignments collects the names that are assigned to, in all functions of a chunk.
type assignments struct{ names map[string]bool }

func (a assignments) block(statements []syntax.Stmt) {
	for _, s := range statements {
		switch s := s.(type) {
		case *syntax.Assign:
			for _, e := range s.Lhs {
				a.target(e)
			}
			a.exprs(s.Rhs...)
		case *syntax.Local:
			a.exprs(s.Exprs...)
		case *syntax.CallStmt:
			a.exprs(s.Expr)
		case *syntax.Do:
			a.block(s.Stmts)
		case *syntax.While:
			a.exprs(s.Condition)
			a.block(s.Stmts)
		case *syntax.Repeat:
			a.block(s.Stmts)
			a.exprs(s.Condition)
		case *syntax.If:
			a.exprs(s.Condition)
			a.block(s.Then)
			a.block(s.Else)
		case *syntax.NumberFor:
			a.exprs(s.Init, s.Limit, s.Step)
			a.block(s.Stmts)
		case *syntax.ForIn:
			a.exprs(s.Exprs...)
			a.block(s.Stmts)
		case *syntax.FuncDef:
			if s.Name.Func != nil {
				a.target(s.Name.Func)
			}
			a.block(s.Func.Stmts)
		case *syntax.Return:
			a.exprs(s.Exprs...)
		}
	}
}

func (a assignments) target(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.Ident:
		a.names[e.Value] = true
	default:
		a.exprs(e)
	}
}

func (a assignments) exprs(list ...syntax.Expr) {
	for _, e := range list {
		if f, ok := e.(*syntax.Function); ok {
			a.block(f.Stmts)
			continue
		}
		if e != nil {
			a.exprs(children(e)...)
		}
	}
}

// children are the expressions that an expression is made of; a function's body isn't one.
func children(e syntax.Expr) []syntax.Expr {
	switch e := e.(type) {
	case *syntax.Get:
		return []syntax.Expr{e.Object, e.Key}
	case *syntax.TableExpr:
		var list []syntax.Expr
		for _, f := range e.Fields {
			if f.Key != nil {
				list = append(list, f.Key)
			}
			list = append(list, f.Value)
		}
		return list
	case *syntax.Call:
		var list []syntax.Expr
		if e.Func != nil {
			list = append(list, e.Func)
		}
		if e.Receiver != nil {
			list = append(list, e.Receiver)
		}
		return append(list, e.Args...)
	case *syntax.Logical:
		return []syntax.Expr{e.Lhs, e.Rhs}
	case *syntax.Relational:
		return []syntax.Expr{e.Lhs, e.Rhs}
	case *syntax.Concat:
		return []syntax.Expr{e.Lhs, e.Rhs}
	case *syntax.Arithmetic:
		return []syntax.Expr{e.Lhs, e.Rhs}
	case *syntax.Minus:
		return []syntax.Expr{e.Expr}
	case *syntax.Not:
		return []syntax.Expr{e.Expr}
	case *syntax.Length:
		return []syntax.Expr{e.Expr}
	}
	return nil
}
