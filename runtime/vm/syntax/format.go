package syntax

import (
	"errors"
	"strings"
)

// ErrUnformatted is source that would not keep its tokens.
var ErrUnformatted = errors.New("format: the tokens would change")

// Style says how source is laid out. The zero value indents by two spaces.
type Style struct {
	Indent string // of one level; empty is two spaces
}

// Format lays source out anew: indentation by blocks and brackets, spaces between tokens, no white space at ends of
// lines, one empty line at most. It moves no token to another line, and changes neither tokens nor comments. The source
// must be Lua that compiles.
func Format(source []byte, style Style) ([]byte, error) {
	if style.Indent == "" {
		style.Indent = "  "
	}
	tokens := Tokens(source)
	f := formatter{style: style}
	if strings.HasPrefix(string(source), "\xef\xbb\xbf") {
		f.out.WriteString("\xef\xbb\xbf")
	}
	end := 0 // the line on which the last token ended
	for i := 0; i < len(tokens); {
		next := i + 1
		for next < len(tokens) && tokens[next].Line == lastLine(tokens[next-1]) {
			next++
		}
		if end > 0 && tokens[i].Line > end+1 {
			f.out.WriteByte('\n')
		}
		f.line(tokens[i:next])
		end = lastLine(tokens[next-1])
		i = next
	}
	formatted := []byte(f.out.String())
	if !sameTokens(tokens, Tokens(formatted)) {
		return nil, ErrUnformatted
	}
	return formatted, nil
}

func lastLine(t Token) int { return t.Line + strings.Count(t.Text, "\n") }

func sameTokens(a, b []Token) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Kind != b[i].Kind || a[i].Text != b[i].Text {
			return false
		}
	}
	return true
}

type formatter struct {
	style Style
	out   strings.Builder
	open  []opening
	last  Token // the last one that is no comment
	unary bool  // and it is an operator of one operand
}

// opening is a block or a bracket that is open, or the head of one: if ... then.
type opening struct {
	indent int // of the line on which it was opened
	kind   openingKind
}

type openingKind byte

const (
	head openingKind = iota
	block
	bracket
)

// line writes the tokens that stand on one line.
func (f *formatter) line(tokens []Token) {
	indent := f.indentOf(tokens[0])
	if !strings.HasPrefix(tokens[0].Text, "#!") {
		f.out.WriteString(strings.Repeat(f.style.Indent, indent))
	}
	for i, t := range tokens {
		unary := f.isUnary(t)
		if i > 0 {
			before := tokens[i-1]
			gap := t.At - before.At - len(before.Text)
			f.out.WriteString(between(before, f.unary && before.Kind != Comment, t, unary, gap))
		}
		f.out.WriteString(t.Text)
		if t.Kind != Comment {
			f.take(t, indent)
			f.last, f.unary = t, unary
		}
	}
	f.out.WriteByte('\n')
}

// indentOf is how far a line is indented that begins with a token.
func (f *formatter) indentOf(first Token) int {
	if len(f.open) == 0 {
		return f.continuation(first, block)
	}
	top := f.open[len(f.open)-1]
	if first.Kind == Keyword || first.Kind == Operator {
		switch first.Text {
		case "end", "until", "else", "elseif", ")", "]", "}":
			return top.indent
		case "then", "do":
			if top.kind == head {
				return top.indent
			}
		}
	}
	return top.indent + 1 + f.continuation(first, top.kind)
}

// continuation is 1 for a line that goes on with the statement or value of the line before it.
func (f *formatter) continuation(first Token, in openingKind) int {
	last := f.last
	switch {
	case in == head, last.Text == "":
		return 0 // the head's own level does
	case first.Kind == Keyword && (first.Text == "and" || first.Text == "or"),
		first.Kind == Operator && (isBinary(first.Text) || first.Text == "." || first.Text == ":") && !f.isUnary(first),
		last.Kind == Operator && (isBinary(last.Text) || last.Text == "." || last.Text == ":" || last.Text == "#"),
		last.Kind == Operator && last.Text == "," && in != bracket,
		last.Kind == Keyword && (last.Text == "and" || last.Text == "or" || last.Text == "not" || last.Text == "return" || last.Text == "local"):
		return 1
	}
	return 0
}

// take opens and closes what a token opens and closes.
func (f *formatter) take(t Token, indent int) {
	if t.Kind != Keyword && t.Kind != Operator {
		return
	}
	switch t.Text {
	case "if", "while", "for":
		f.push(indent, head)
	case "function", "repeat":
		f.push(indent, block)
	case "(", "[", "{":
		f.push(indent, bracket)
	case "then":
		f.becomesBlock()
	case "do":
		if !f.becomesBlock() {
			f.push(indent, block)
		}
	case "else":
		f.push(f.pop(indent), block)
	case "elseif":
		f.push(f.pop(indent), head)
	case "end", "until", ")", "]", "}":
		f.pop(indent)
	}
}

func (f *formatter) push(indent int, kind openingKind) {
	f.open = append(f.open, opening{indent, kind})
}

// pop closes the innermost opening and says how far its line is indented.
func (f *formatter) pop(otherwise int) int {
	n := len(f.open)
	if n == 0 {
		return otherwise // what compiles has none too many
	}
	top := f.open[n-1]
	f.open = f.open[:n-1]
	return top.indent
}

// becomesBlock ends a head.
func (f *formatter) becomesBlock() bool {
	if n := len(f.open); n > 0 && f.open[n-1].kind == head {
		f.open[n-1].kind = block
		return true
	}
	return false
}

// isUnary tells whether an operator has one operand: nothing that could be its left one stands before it.
func (f *formatter) isUnary(t Token) bool {
	if t.Kind == Keyword {
		return t.Text == "not"
	}
	if t.Kind != Operator || t.Text != "-" {
		return t.Kind == Operator && t.Text == "#"
	}
	switch last := f.last; last.Kind {
	case Keyword:
		return !isValue(last.Text)
	case Operator:
		return last.Text != ")" && last.Text != "]" && last.Text != "}" && last.Text != "..."
	case Name:
		return last.Text == ""
	}
	return false
}
