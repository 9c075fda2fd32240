package vm

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
	"github.com/yuin/gopher-lua/parse"
)

// MaxSource is the longest chunk that Compile takes.
const MaxSource = 1 << 20

// SyntaxError says where and why a chunk can't be compiled.
type SyntaxError struct {
	File    string
	Line    int
	Column  int // 0 when it isn't known
	Message string
	Excerpt string

	Incomplete bool // more text could mend it: a block, a bracket or a long string is open
}

// Error is one line: "file:line: message".
func (e *SyntaxError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message) }

// Detail is the message with the source around it.
func (e *SyntaxError) Detail() string {
	return strings.TrimSuffix(e.Error()+"\n"+e.Excerpt, "\n")
}

// chunk is the source of a Proto, kept for excerpts.
type chunk struct{ source []byte }

func (c *chunk) text() []byte {
	if c == nil {
		return nil
	}
	return c.source
}

// Compile compiles a chunk; file is the name that errors and tracebacks show. The result is shared by all who
// compile the same. Refused with a [*SyntaxError] is, beside what isn't Lua, what the interpreter would choke on.
func Compile(file string, source []byte) (*Proto, error) {
	return chunks().get(file, source, compile)
}

var gotoLine = regexp.MustCompile(`^(.*) for <goto> at line (\d+)$`)

func compile(file string, source []byte) (*Proto, error) { return compileWith(file, source, nil) }

// compileWith lets change see the statements, which it may replace, before they are prepared.
func compileWith(file string, source []byte, change func([]ast.Stmt) []ast.Stmt) (*Proto, error) {
	u := unit{file, source}
	text, err := u.text()
	if err != nil {
		return nil, err
	}
	stmts, err := u.parse(text)
	if err != nil {
		return nil, err
	}
	if change != nil {
		stmts = change(stmts)
	}
	if line, why := prepare(stmts); why != "" {
		return nil, u.fail(line, 0, "%s", why)
	}
	proto, err := lua.Compile(stmts, file)
	if err != nil {
		return nil, u.compileError(err)
	}
	shrink(proto)
	adopt(proto, &lua.LUserData{Value: &chunk{source: source}})
	return proto, nil
}

// unit is a chunk on its way to a Proto, and makes the errors of the way.
type unit struct {
	file   string
	source []byte
}

func (u unit) fail(line, column int, format string, args ...any) *SyntaxError {
	e := &SyntaxError{File: u.file, Line: max(line, 1), Column: column, Message: fmt.Sprintf(format, args...)}
	if len(u.source) <= MaxSource {
		e.Excerpt = excerpt(u.source, e.Line, column)
	}
	return e
}

// text is the source as the parser takes it, without what only files begin with: a byte order mark, a #! line (whose
// line break stays, for lines to keep their numbers). It refuses what isn't text, and what the parser would choke on.
func (u unit) text() ([]byte, error) {
	if len(u.source) > MaxSource {
		return nil, u.fail(1, 0, "the file has %d bytes; more than %d is not taken", len(u.source), MaxSource)
	}
	if bytes.HasPrefix(u.source, []byte("\x1bLua")) {
		return nil, u.fail(1, 0, "this is compiled Lua; only source text is taken")
	}
	text := bytes.TrimPrefix(u.source, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(text, []byte("#")) {
		_, rest, _ := bytes.Cut(text, []byte("\n"))
		text = append([]byte("\n"), rest...)
	}
	if line := tooDeep(text); line > 0 {
		return nil, u.fail(line, 0, nestedTooDeeply)
	}
	return text, nil
}

// parse gives the statements, or what is wrong in words of ours.
func (u unit) parse(text []byte) ([]ast.Stmt, error) {
	stmts, err := parse.Parse(bytes.NewReader(text), u.file)
	var bad *parse.Error
	switch {
	case err == nil:
		return stmts, nil
	case !errors.As(err, &bad):
		return nil, u.fail(1, 0, "%v", err)
	}
	line, column := bad.Pos.Line, bad.Pos.Column
	message := strings.Replace(bad.Message, "parse error", "syntax error", 1)
	switch {
	case line <= 0: // the parser has come to the end
		line = bytes.Count(bytes.TrimRight(text, spaces), []byte("\n")) + 1
		e := u.fail(line, 0, "%s at the end of the file: an 'end' or a bracket is missing?", message)
		e.Incomplete = !strings.HasPrefix(message, "unterminated string")
		return nil, e
	case strings.HasPrefix(message, "unterminated string") && column <= 1:
		line, column = line-1, 0 // the parser is behind the line break by then
	}
	return nil, u.fail(line, column, "%s near '%s'", message, bad.Token)
}

// compileError gives the compiler's error our form. Its line is where the function ends, but for a goto without a
// label, which tells its own.
func (u unit) compileError(err error) error {
	var bad *lua.CompileError
	if !errors.As(err, &bad) {
		return u.fail(1, 0, "%v", err)
	}
	line, message := bad.Line, bad.Message
	if m := gotoLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[2])
		message = m[1] + " for goto"
	}
	return u.fail(line, 0, "%s", message)
}

// adopt hangs the source on a Proto and those inside it, behind the constants that its code knows of.
func adopt(p *Proto, source *UserData) {
	p.Constants = append(p.Constants, source)
	for _, inner := range p.FunctionPrototypes {
		adopt(inner, source)
	}
}

// chunkOf is the source that adopt has hung on a Proto; nil for one that was made otherwise.
func chunkOf(p *Proto) *chunk {
	if n := len(p.Constants); n > 0 {
		if u, ok := p.Constants[n-1].(*UserData); ok {
			c, _ := u.Value.(*chunk)
			return c
		}
	}
	return nil
}

// excerpt shows a line with its neighbours, and a caret under the column if that is known.
func excerpt(source []byte, line, column int) string {
	if source == nil {
		return ""
	}
	lines := bytes.Split(source, []byte("\n"))
	var b strings.Builder
	for n := line - 1; n <= line+1; n++ {
		if n < 1 || n > len(lines) || n == len(lines) && len(lines[n-1]) == 0 && n != line {
			continue
		}
		mark := " "
		if n == line {
			mark = ">"
		}
		text := strings.TrimRight(string(lines[n-1]), "\r")
		if len(text) > 200 {
			text = text[:200] + "..."
		}
		fmt.Fprintf(&b, "  %s %4d | %s\n", mark, n, text)
		if n == line && column > 0 && column <= 200 {
			fmt.Fprintf(&b, "         | %s^\n", strings.Repeat(" ", column-1))
		}
	}
	return b.String()
}
