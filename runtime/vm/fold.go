package vm

import "github.com/yuin/gopher-lua/ast"

// foldIf takes constant conditions out: a dead branch that declares a local inside a generic for makes the
// function lose its results (gopher-lua issue 540).
func foldIf(s *ast.IfStmt) ast.Stmt {
	var body []ast.Stmt
	switch s.Condition.(type) {
	case *ast.FalseExpr, *ast.NilExpr:
		body = s.Else
	case *ast.TrueExpr, *ast.NumberExpr, *ast.StringExpr:
		body = s.Then
	default:
		return s
	}
	b := &ast.DoBlockStmt{Stmts: body}
	b.SetLine(s.Line())
	b.SetLastLine(s.LastLine())
	return b
}

// foldLogical takes a constant left side out: with it the compiler jumps to nowhere, out of loops or into endless
// ones.
func foldLogical(e *ast.LogicalOpExpr) ast.Expr {
	if !isConstant(e.Lhs) {
		return e
	}
	if isTrue(e.Lhs) == (e.Operator == "or") {
		return e.Lhs
	}
	switch rhs := e.Rhs.(type) { // an operand has one value
	case *ast.FuncCallExpr:
		rhs.AdjustRet = true
	case *ast.Comma3Expr:
		rhs.AdjustRet = true
	}
	return e.Rhs
}

// foldNot works out not of a constant, which may stand on the left of another operator.
func foldNot(e *ast.UnaryNotOpExpr) ast.Expr {
	if !isConstant(e.Expr) {
		return e
	}
	var out ast.Expr = &ast.TrueExpr{}
	if isTrue(e.Expr) {
		out = &ast.FalseExpr{}
	}
	out.SetLine(e.Line())
	out.SetLastLine(e.LastLine())
	return out
}

func isTrue(e ast.Expr) bool {
	switch e.(type) {
	case *ast.NilExpr, *ast.FalseExpr:
		return false
	}
	return true
}
