package vm

import "github.com/yuin/gopher-lua/ast"

const (
	maxNesting = 190    // as deep as C's Lua goes (LUAI_MAXCCALLS is 200)
	maxItems   = 25_000 // of a table constructor: the compiler loses more

	nestedTooDeeply = "the code is nested too deeply (limit 190 levels)"
)

// preparer walks a chunk before it is compiled. The compiler calls itself for whatever is inside something, and a
// Go stack that overflows ends the process: so depth is limited here. On the way it takes out what is miscompiled.
type preparer struct {
	line int
	why  string
}

// prepare changes the statements in place and gives the line of what can't be compiled, and why.
func prepare(stmts []ast.Stmt) (line int, why string) {
	p := &preparer{line: 1}
	p.block(stmts, maxNesting)
	return p.line, p.why
}

// at notes where the walk is, for the message.
func (p *preparer) at(n ast.PositionHolder) {
	if p.why == "" && n.Line() > 0 {
		p.line = n.Line()
	}
}

// deeper says whether to go on at a depth.
func (p *preparer) deeper(depth int) bool {
	if p.why == "" && depth <= 0 {
		p.why = nestedTooDeeply
	}
	return p.why == ""
}

func (p *preparer) block(stmts []ast.Stmt, depth int) {
	if !p.deeper(depth) {
		return
	}
	for i, s := range stmts {
		switch wrong := s.(type) {
		case *ast.IfStmt:
			p.expr(&wrong.Condition, depth)
			s = foldIf(wrong)
		case *ast.AssignStmt:
			if right := spreadAssign(wrong); right != nil {
				s = right
			}
		}
		stmts[i] = s
		p.at(s)
		p.stmt(s, depth)
		if p.why != "" {
			return
		}
	}
	landLabels(stmts)
}

// loop is a block that is jumped back to.
func (p *preparer) loop(stmts []ast.Stmt, depth int) {
	p.block(stmts, depth)
	land(stmts)
}

func (p *preparer) stmt(s ast.Stmt, depth int) {
	switch s := s.(type) {
	case *ast.AssignStmt:
		p.exprs(s.Lhs, depth)
		p.exprs(s.Rhs, depth)
	case *ast.LocalAssignStmt:
		p.exprs(s.Exprs, depth)
	case *ast.FuncCallStmt:
		p.expr(&s.Expr, depth)
	case *ast.DoBlockStmt:
		p.block(s.Stmts, depth-1)
	case *ast.WhileStmt:
		p.expr(&s.Condition, depth)
		p.loop(s.Stmts, depth-1)
	case *ast.RepeatStmt:
		p.expr(&s.Condition, depth)
		p.loop(s.Stmts, depth-1)
	case *ast.IfStmt:
		p.branches(s, depth)
	case *ast.NumberForStmt:
		p.expr(&s.Init, depth)
		p.expr(&s.Limit, depth)
		p.expr(&s.Step, depth)
		p.loop(s.Stmts, depth-1)
	case *ast.GenericForStmt:
		p.exprs(s.Exprs, depth)
		p.loop(s.Stmts, depth-1)
	case *ast.FuncDefStmt:
		p.at(s.Func)
		p.block(s.Func.Stmts, depth-1)
	case *ast.ReturnStmt:
		p.exprs(s.Exprs, depth)
	}
}

// branches walks an if whose condition has been seen to: each elseif is inside the one before.
func (p *preparer) branches(s *ast.IfStmt, depth int) {
	for ; p.deeper(depth); depth-- {
		p.block(s.Then, depth-1)
		if len(s.Else) == 1 {
			if next, ok := s.Else[0].(*ast.IfStmt); ok {
				p.expr(&next.Condition, depth)
				folded := foldIf(next)
				s.Else[0] = folded
				if s, ok = folded.(*ast.IfStmt); ok {
					continue
				}
				p.stmt(folded, depth)
				return
			}
		}
		p.block(s.Else, depth-1)
		return
	}
}

func (p *preparer) exprs(es []ast.Expr, depth int) {
	for i := range es {
		p.expr(&es[i], depth)
	}
}

// expr walks an expression and may put another one in its place.
func (p *preparer) expr(at *ast.Expr, depth int) {
	if *at == nil || !p.deeper(depth) {
		return
	}
	depth--
	switch e := (*at).(type) {
	case *ast.AttrGetExpr:
		p.expr(&e.Object, depth)
		p.expr(&e.Key, depth)
	case *ast.TableExpr:
		p.table(e, depth)
	case *ast.FuncCallExpr:
		p.at(e)
		p.expr(&e.Func, depth)
		p.expr(&e.Receiver, depth)
		p.exprs(e.Args, depth)
	case *ast.LogicalOpExpr:
		p.expr(&e.Lhs, depth)
		p.expr(&e.Rhs, depth)
		*at = foldLogical(e)
	case *ast.RelationalOpExpr:
		p.expr(&e.Lhs, depth)
		p.expr(&e.Rhs, depth)
	case *ast.StringConcatOpExpr:
		p.expr(&e.Lhs, depth)
		p.expr(&e.Rhs, depth)
	case *ast.ArithmeticOpExpr:
		p.expr(&e.Lhs, depth)
		p.expr(&e.Rhs, depth)
	case *ast.UnaryMinusOpExpr:
		p.expr(&e.Expr, depth)
	case *ast.UnaryNotOpExpr:
		p.expr(&e.Expr, depth)
		*at = foldNot(e)
	case *ast.UnaryLenOpExpr:
		p.expr(&e.Expr, depth)
	case *ast.FunctionExpr:
		p.at(e)
		p.block(e.Stmts, depth)
	}
}

// table refuses list literals so long that the compiler drops them without a word (gopher-lua issue 537).
func (p *preparer) table(e *ast.TableExpr, depth int) {
	p.at(e)
	if len(e.Fields) > maxItems {
		p.why = "a table constructor has more than 25,000 items: build the table in a loop or read it from a file"
		return
	}
	for _, f := range e.Fields {
		p.expr(&f.Key, depth)
		p.expr(&f.Value, depth)
	}
}
