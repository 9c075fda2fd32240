package vm

import (
	"strconv"

	"github.com/yuin/gopher-lua/ast"
)

// Tracer is told which lines of chunks run. Chunks that are compiled without one cost nothing.
type Tracer interface {
	// Begins tells which lines of a chunk have code.
	Begins(file string, lines []int)
	// Runs tells that a line runs. Many goroutines may call it.
	Runs(file string, line int)
}

// traceName can't be written in Lua.
const traceName = "(trace)"

// CompileTraced is Compile for machines with [Machine.Trace].
func CompileTraced(file string, source []byte, tracer Tracer) (*Proto, error) {
	var t tracing
	proto, err := compileWith(file, source, func(stmts []ast.Stmt) []ast.Stmt {
		t.file = file
		return t.block(stmts)
	})
	if err == nil {
		tracer.Begins(file, t.lines)
	}
	return proto, err
}

// Trace lets traced chunks tell a tracer which lines run. It is called with the baton.
func (m *Machine) Trace(tracer Tracer) {
	m.root.SetGlobal(traceName, m.root.NewFunction(func(L *State) int {
		file, _ := L.Get(1).(String)
		line, _ := L.Get(2).(Number)
		tracer.Runs(string(file), int(line))
		return 0
	}))
}

// tracing puts a call before each statement.
type tracing struct {
	file  string
	lines []int
}

func (t *tracing) block(stmts []ast.Stmt) []ast.Stmt {
	if len(stmts) == 0 {
		return stmts
	}
	out := make([]ast.Stmt, 0, 2*len(stmts))
	for _, s := range stmts {
		if _, label := s.(*ast.LabelStmt); !label && s.Line() > 0 {
			out = append(out, t.mark(s.Line()))
		}
		t.stmt(s)
		out = append(out, s)
	}
	return out
}

func (t *tracing) mark(line int) ast.Stmt {
	if len(t.lines) == 0 || t.lines[len(t.lines)-1] != line {
		t.lines = append(t.lines, line)
	}
	name := &ast.IdentExpr{Value: traceName}
	file, number := &ast.StringExpr{Value: t.file}, &ast.NumberExpr{Value: strconv.Itoa(line)}
	call := &ast.FuncCallExpr{Func: name, Args: []ast.Expr{file, number}}
	stmt := &ast.FuncCallStmt{Expr: call}
	for _, n := range []ast.PositionHolder{name, file, number, call, stmt} {
		n.SetLine(line)
		n.SetLastLine(line)
	}
	return stmt
}

func (t *tracing) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.AssignStmt:
		t.exprs(s.Lhs...)
		t.exprs(s.Rhs...)
	case *ast.LocalAssignStmt:
		t.exprs(s.Exprs...)
	case *ast.FuncCallStmt:
		t.exprs(s.Expr)
	case *ast.DoBlockStmt:
		s.Stmts = t.block(s.Stmts)
	case *ast.WhileStmt:
		t.exprs(s.Condition)
		s.Stmts = t.block(s.Stmts)
	case *ast.RepeatStmt:
		t.exprs(s.Condition)
		s.Stmts = t.block(s.Stmts)
	case *ast.IfStmt:
		t.branches(s)
	case *ast.NumberForStmt:
		t.exprs(s.Init, s.Limit, s.Step)
		s.Stmts = t.block(s.Stmts)
	case *ast.GenericForStmt:
		t.exprs(s.Exprs...)
		s.Stmts = t.block(s.Stmts)
	case *ast.FuncDefStmt:
		s.Func.Stmts = t.block(s.Func.Stmts)
	case *ast.ReturnStmt:
		t.exprs(s.Exprs...)
	}
}

// branches goes along an if: an elseif is an if that is alone within the else, and has no statement of its own.
func (t *tracing) branches(s *ast.IfStmt) {
	for {
		t.exprs(s.Condition)
		s.Then = t.block(s.Then)
		if len(s.Else) == 1 {
			if next, ok := s.Else[0].(*ast.IfStmt); ok {
				s = next
				continue
			}
		}
		s.Else = t.block(s.Else)
		return
	}
}

func (t *tracing) exprs(es ...ast.Expr) {
	for _, e := range es {
		switch e := e.(type) {
		case *ast.FunctionExpr:
			e.Stmts = t.block(e.Stmts)
		case *ast.AttrGetExpr:
			t.exprs(e.Object, e.Key)
		case *ast.TableExpr:
			for _, f := range e.Fields {
				t.exprs(f.Key, f.Value)
			}
		case *ast.FuncCallExpr:
			t.exprs(e.Func, e.Receiver)
			t.exprs(e.Args...)
		case *ast.LogicalOpExpr:
			t.exprs(e.Lhs, e.Rhs)
		case *ast.RelationalOpExpr:
			t.exprs(e.Lhs, e.Rhs)
		case *ast.StringConcatOpExpr:
			t.exprs(e.Lhs, e.Rhs)
		case *ast.ArithmeticOpExpr:
			t.exprs(e.Lhs, e.Rhs)
		case *ast.UnaryMinusOpExpr:
			t.exprs(e.Expr)
		case *ast.UnaryNotOpExpr:
			t.exprs(e.Expr)
		case *ast.UnaryLenOpExpr:
			t.exprs(e.Expr)
		}
	}
}
