package vm

import "github.com/yuin/gopher-lua/ast"

// land puts an instruction that does nothing before a jump with which a block begins, if code further down can jump
// back there. The compiler shortens jumps to jumps, but takes the distance of one that it has seen to already for the
// number of a label: such code would go on anywhere, or behind the end of the function. Labels stay where they are,
// for inside of a block nobody would see them.
func land(stmts []ast.Stmt) {
	for i, s := range stmts {
		switch inner := s.(type) {
		case *ast.LabelStmt:
			continue
		case *ast.DoBlockStmt:
			if land(inner.Stmts); isEmpty(inner.Stmts) {
				continue
			}
		case *ast.BreakStmt, *ast.GotoStmt:
			stmts[i] = landing(s)
		case *ast.WhileStmt:
			if isConstant(inner.Condition) {
				stmts[i] = landing(s)
			}
		}
		return
	}
}

// landLabels does so after each label of a block.
func landLabels(stmts []ast.Stmt) {
	for i, s := range stmts {
		if _, ok := s.(*ast.LabelStmt); ok {
			land(stmts[i+1:])
		}
	}
}

// landing is s after an assignment to a local that nobody sees. It has a value, for without one the compiler could
// make it part of an instruction before.
func landing(s ast.Stmt) ast.Stmt {
	value := &ast.TrueExpr{}
	value.SetLine(s.Line())
	nothing := &ast.LocalAssignStmt{Names: []string{"(landing)"}, Exprs: []ast.Expr{value}}
	nothing.SetLine(s.Line())
	b := &ast.DoBlockStmt{Stmts: []ast.Stmt{nothing, s}}
	b.SetLine(s.Line())
	b.SetLastLine(max(s.Line(), s.LastLine()))
	return b
}

// isEmpty tells whether there is no instruction in statements.
func isEmpty(stmts []ast.Stmt) bool {
	for _, s := range stmts {
		switch inner := s.(type) {
		case *ast.LabelStmt:
		case *ast.DoBlockStmt:
			if !isEmpty(inner.Stmts) {
				return false
			}
		default:
			return false
		}
	}
	return true
}
