package reference

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

// Need is a permission that a script will ask for.
type Need struct {
	Line int
	Call string // what asks for it: "tg.http.get"
	Kind permission.Kind
	What string // the rule of allow that permits it; empty if only a run can tell
}

// String is one line for people.
func (n Need) String() string {
	what := n.What
	if what == "" {
		what = "what, only a run can tell"
	}
	return fmt.Sprintf("line %d: %s: %s (%s)", n.Line, n.Kind, what, n.Call)
}

// Needs lists the permissions that a script will ask for, as far as reading it tells, in the order of its lines.
// guarded says whether a method of Telegram's API needs one. What a script requires is another source.
func Needs(file string, source []byte, guarded func(method string) bool) ([]Need, error) {
	statements, err := syntax.Parse(file, source)
	if err != nil {
		return nil, err
	}
	n := &needs{guarded: guarded, texts: map[string]syntax.Expr{}, often: map[string]int{}}
	n.names(statements)
	assignments{n.changed()}.block(statements)
	n.block(statements)
	slices.SortStableFunc(n.list, func(a, b Need) int { return a.Line - b.Line })
	return slices.Compact(n.list), nil
}

// needs collects what calls ask for.
type needs struct {
	guarded func(string) bool
	texts   map[string]syntax.Expr // values of locals, by name
	often   map[string]int         // how often a name is given
	set     map[string]bool        // names that are assigned to later
	list    []Need
}

func (n *needs) changed() map[string]bool {
	n.set = map[string]bool{}
	return n.set
}

// names notes what locals are at first, in the whole chunk and its functions.
func (n *needs) names(statements []syntax.Stmt) {
	everyStatement(statements, func(s syntax.Stmt) {
		local, ok := s.(*syntax.Local)
		if !ok {
			return
		}
		for i, name := range local.Names {
			n.often[name]++
			if i < len(local.Exprs) {
				n.texts[name] = local.Exprs[i]
			}
		}
	}, nil)
}

func (n *needs) block(statements []syntax.Stmt) {
	everyStatement(statements, func(syntax.Stmt) {}, func(e syntax.Expr) {
		if call, ok := e.(*syntax.Call); ok {
			n.call(call)
		}
	})
}

// everyStatement walks a block with all that is in it, functions too.
func everyStatement(statements []syntax.Stmt, statement func(syntax.Stmt), expr func(syntax.Expr)) {
	var block func([]syntax.Stmt)
	var exprs func(...syntax.Expr)
	exprs = func(list ...syntax.Expr) {
		for _, e := range list {
			if e == nil {
				continue
			}
			if expr != nil {
				expr(e)
			}
			if f, ok := e.(*syntax.Function); ok {
				block(f.Stmts)
				continue
			}
			exprs(children(e)...)
		}
	}
	block = func(statements []syntax.Stmt) {
		for _, s := range statements {
			statement(s)
			inner, outer := partsOf(s)
			exprs(outer...)
			for _, one := range inner {
				block(one)
			}
		}
	}
	block(statements)
}

// partsOf are the blocks and expressions that a statement is made of.
func partsOf(s syntax.Stmt) (blocks [][]syntax.Stmt, exprs []syntax.Expr) {
	switch s := s.(type) {
	case *syntax.Assign:
		return nil, append(slices.Clone(s.Lhs), s.Rhs...)
	case *syntax.Local:
		return nil, s.Exprs
	case *syntax.CallStmt:
		return nil, []syntax.Expr{s.Expr}
	case *syntax.Do:
		return [][]syntax.Stmt{s.Stmts}, nil
	case *syntax.While:
		return [][]syntax.Stmt{s.Stmts}, []syntax.Expr{s.Condition}
	case *syntax.Repeat:
		return [][]syntax.Stmt{s.Stmts}, []syntax.Expr{s.Condition}
	case *syntax.If:
		return [][]syntax.Stmt{s.Then, s.Else}, []syntax.Expr{s.Condition}
	case *syntax.NumberFor:
		return [][]syntax.Stmt{s.Stmts}, []syntax.Expr{s.Init, s.Limit, s.Step}
	case *syntax.ForIn:
		return [][]syntax.Stmt{s.Stmts}, s.Exprs
	case *syntax.FuncDef:
		return [][]syntax.Stmt{s.Func.Stmts}, nil
	case *syntax.Return:
		return nil, s.Exprs
	}
	return nil, nil
}

// text is what an expression is for certain. whole is false if that is only how it begins.
func (n *needs) text(e syntax.Expr, depth int) (text string, whole bool) {
	switch e := e.(type) {
	case *syntax.Text:
		return e.Value, true
	case *syntax.Numeral:
		return e.Value, true
	case *syntax.Concat:
		begin, whole := n.text(e.Lhs, depth)
		if !whole {
			return begin, false
		}
		rest, whole := n.text(e.Rhs, depth)
		return begin + rest, whole
	case *syntax.Ident:
		if value := n.texts[e.Value]; value != nil && n.often[e.Value] == 1 && !n.set[e.Value] && depth < 10 {
			return n.text(value, depth+1)
		}
	}
	return "", false
}

// exact is what an expression is, or empty if only a run can tell.
func (n *needs) exact(e syntax.Expr) string {
	text, whole := n.text(e, 0)
	if !whole {
		return ""
	}
	return text
}

// host is where a URL leads, as a rule has it: enough of it must be certain.
func (n *needs) host(e syntax.Expr) string {
	text, whole := n.text(e, 0)
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok || !whole && !strings.ContainsAny(rest, "/?#") {
		return ""
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	u, err := url.Parse(scheme + "://" + rest[:end])
	if err != nil || u.Hostname() == "" {
		return ""
	}
	if u.Port() != "" {
		return net.JoinHostPort(u.Hostname(), u.Port())
	}
	return u.Hostname()
}
