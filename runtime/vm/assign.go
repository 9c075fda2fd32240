package vm

import (
	"fmt"

	"github.com/yuin/gopher-lua/ast"
)

// spreadAssign takes an assignment apart that the compiler gets wrong, for it writes to a local while it still reads
// it, or forgets to write: a, b = b, a gives both the value of b (gopher-lua issues 158 and 440), a = f() and 1 leaves
// a as it was when f gives nil, and a = (f(a)) may break a parameter. It is nil for assignments that come out right.
//
//	x, t[k] = e1, e2   becomes   do local T, K = t, k; local V1, V2 = e1, e2; T[K] = V2; x = V1 end
func spreadAssign(s *ast.AssignStmt) ast.Stmt {
	if !clobbers(s) {
		return nil
	}
	a := assignment{line: s.Line(), last: s.LastLine()}
	targets := make([]ast.Expr, len(s.Lhs))
	var places, names []string
	var parts []ast.Expr
	for i, lhs := range s.Lhs {
		targets[i] = lhs
		if field, ok := lhs.(*ast.AttrGetExpr); ok {
			copied := &ast.AttrGetExpr{Object: a.ident("table", i), Key: field.Key}
			places, parts = append(places, a.name("table", i)), append(parts, field.Object)
			if !isConstant(field.Key) {
				copied.Key = a.ident("key", i)
				places, parts = append(places, a.name("key", i)), append(parts, field.Key)
			}
			a.place(copied)
			targets[i] = copied
		}
		names = append(names, a.name("value", i))
	}
	block := &ast.DoBlockStmt{}
	if len(places) > 0 {
		block.Stmts = append(block.Stmts, &ast.LocalAssignStmt{Names: places, Exprs: parts})
	}
	block.Stmts = append(block.Stmts, &ast.LocalAssignStmt{Names: names, Exprs: s.Rhs})
	for i := len(targets) - 1; i >= 0; i-- { // from the right, as Lua does
		block.Stmts = append(block.Stmts, &ast.AssignStmt{Lhs: targets[i : i+1], Rhs: []ast.Expr{a.ident("value", i)}})
	}
	for _, inner := range block.Stmts {
		a.place(inner)
	}
	a.place(block)
	return block
}

// clobbers says whether the compiler could get the assignment wrong. Into tables it writes last, and results of a
// call go where they belong.
func clobbers(s *ast.AssignStmt) bool {
	variables := 0
	for _, lhs := range s.Lhs {
		if _, ok := lhs.(*ast.IdentExpr); ok {
			variables++
		}
	}
	if variables == 0 {
		return false
	}
	if len(s.Lhs) > 1 {
		return variables < len(s.Lhs) || len(s.Rhs) > 1 || !isMultiple(s.Rhs[0])
	}
	switch s.Rhs[0].(type) {
	case *ast.LogicalOpExpr, *ast.FuncCallExpr:
		return true
	}
	return len(s.Rhs) > 1
}

// isMultiple says whether an expression may have several values.
func isMultiple(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.FuncCallExpr:
		return !e.AdjustRet
	case *ast.Comma3Expr:
		return !e.AdjustRet
	}
	return false
}

func isConstant(e ast.Expr) bool {
	switch e.(type) {
	case *ast.NilExpr, *ast.TrueExpr, *ast.FalseExpr, *ast.NumberExpr, *ast.StringExpr:
		return true
	}
	return false
}

// assignment makes the parts of one taken apart. Its names can't be written in Lua.
type assignment struct{ line, last int }

func (a *assignment) name(what string, i int) string { return fmt.Sprintf("(%s %d)", what, i) }

func (a *assignment) ident(what string, i int) *ast.IdentExpr {
	e := &ast.IdentExpr{Value: a.name(what, i)}
	a.place(e)
	return e
}

func (a *assignment) place(n ast.PositionHolder) {
	n.SetLine(a.line)
	n.SetLastLine(a.last)
}
