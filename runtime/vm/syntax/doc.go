// Package syntax reads Lua source for those who look at scripts without running them. Check sources
// with vm.Compile first: it refuses what nests too deeply to be walked.
package syntax

import (
	"bytes"
	"fmt"

	"github.com/yuin/gopher-lua/ast"
	"github.com/yuin/gopher-lua/parse"
)

// The tree's nodes. They know their line; a token's column is found with [Scan].
type (
	Stmt      = ast.Stmt
	Expr      = ast.Expr
	Field     = ast.Field
	Assign    = ast.AssignStmt
	Local     = ast.LocalAssignStmt
	CallStmt  = ast.FuncCallStmt
	Do        = ast.DoBlockStmt
	While     = ast.WhileStmt
	Repeat    = ast.RepeatStmt
	If        = ast.IfStmt
	NumberFor = ast.NumberForStmt
	ForIn     = ast.GenericForStmt
	FuncDef   = ast.FuncDefStmt
	Return    = ast.ReturnStmt
	Break     = ast.BreakStmt
	Goto      = ast.GotoStmt
	Label     = ast.LabelStmt

	Text       = ast.StringExpr
	Ident      = ast.IdentExpr
	Varargs    = ast.Comma3Expr
	Get        = ast.AttrGetExpr
	TableExpr  = ast.TableExpr
	Call       = ast.FuncCallExpr
	Logical    = ast.LogicalOpExpr
	Relational = ast.RelationalOpExpr
	Concat     = ast.StringConcatOpExpr
	Arithmetic = ast.ArithmeticOpExpr
	Minus      = ast.UnaryMinusOpExpr
	Not        = ast.UnaryNotOpExpr
	Length     = ast.UnaryLenOpExpr
	Function   = ast.FunctionExpr
	Nil        = ast.NilExpr
	True       = ast.TrueExpr
	False      = ast.FalseExpr
	Numeral    = ast.NumberExpr
)

// Parse reads a chunk.
func Parse(file string, source []byte) ([]Stmt, error) {
	text := bytes.TrimPrefix(source, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(text, []byte("#")) { // a #! line
		_, rest, _ := bytes.Cut(text, []byte("\n"))
		text = append([]byte("\n"), rest...)
	}
	statements, err := parse.Parse(bytes.NewReader(text), file)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", file, err)
	}
	return statements, nil
}
