package syntax

import (
	"bytes"
	"slices"
	"strings"
)

// Kind tells tokens apart.
type Kind byte

// The kinds of tokens.
const (
	Name Kind = iota
	Keyword
	Number
	Quoted   // 'text' or "text"
	Long     // [[text]]
	Comment  // of any form; a #! line is one, too
	Operator // and everything else that isn't a word
)

// Token is a piece of source that white space can't be put into.
type Token struct {
	Kind         Kind
	Text         string // as it stands in the source; a short comment is without the white space at its end
	Line, Column int    // from 1; the column counts bytes
	At           int    // bytes before it
}

// Tokens takes source apart. Between two tokens there is only white space. Source that isn't Lua gives what
// can be had; what other versions of Lua have beyond 5.1 (// << >> & | ~) comes as operators.
func Tokens(source []byte) []Token {
	t := tokenizer{source: source, line: 1}
	if bytes.HasPrefix(source, []byte("\xef\xbb\xbf")) {
		t.at, t.start = 3, 3
	}
	if bytes.HasPrefix(source[t.at:], []byte("#")) {
		t.add(Comment, t.lineEnd(t.at))
	}
	for t.at < len(source) {
		t.next()
	}
	return t.tokens
}

type tokenizer struct {
	source          []byte
	at, line, start int // start: where the line begins
	tokens          []Token
}

var keywords = strings.Fields("and break do else elseif end false for function goto if in local nil not or repeat return then true until while")

// operators of several bytes, longer ones first.
var operators = []string{"...", "..", "==", "~=", "<=", ">=", "::", "//", "<<", ">>"}

func (t *tokenizer) next() {
	rest := t.source[t.at:]
	c := rest[0]
	switch {
	case c == '\n':
		t.at++
		t.line, t.start = t.line+1, t.at
	case c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f':
		t.at++
	case bytes.HasPrefix(rest, []byte("--")):
		if end := t.long(t.at + 2); end > 0 {
			t.add(Comment, end)
			return
		}
		t.add(Comment, t.lineEnd(t.at))
	case c == '"' || c == '\'':
		t.add(Quoted, t.quoteEnd(c))
	case letter(c):
		end := t.at
		for end < len(t.source) && (letter(t.source[end]) || digit(t.source[end])) {
			end++
		}
		kind := Name
		if slices.Contains(keywords, string(t.source[t.at:end])) {
			kind = Keyword
		}
		t.add(kind, end)
	case digit(c) || c == '.' && len(rest) > 1 && digit(rest[1]):
		t.add(Number, t.at+numberLength(rest))
	default:
		if end := t.long(t.at); end > 0 {
			t.add(Long, end)
			return
		}
		length := 1
		for _, o := range operators {
			if bytes.HasPrefix(rest, []byte(o)) {
				length = len(o)
				break
			}
		}
		t.add(Operator, t.at+length)
	}
}

// add makes a token of all up to end, and counts the lines in it.
func (t *tokenizer) add(kind Kind, end int) {
	text := string(t.source[t.at:end])
	one := Token{Kind: kind, Text: text, Line: t.line, Column: t.at - t.start + 1, At: t.at}
	t.tokens = append(t.tokens, one)
	if n := strings.Count(text, "\n"); n > 0 {
		t.line += n
		t.start = t.at + strings.LastIndexByte(text, '\n') + 1
	}
	t.at = end
}

// lineEnd is where the text of a line ends, without white space.
func (t *tokenizer) lineEnd(from int) int {
	line, _, _ := bytes.Cut(t.source[from:], []byte("\n"))
	return from + len(bytes.TrimRight(line, " \t\r\v\f"))
}

func (t *tokenizer) quoteEnd(quote byte) int {
	end := t.at + 1
	for end < len(t.source) && t.source[end] != quote && t.source[end] != '\n' {
		if t.source[end] == '\\' {
			end++
			if end+1 < len(t.source) && t.source[end] == '\r' && t.source[end+1] == '\n' {
				end++
			}
		}
		end++
	}
	if end < len(t.source) && t.source[end] == quote {
		end++
	}
	return min(end, len(t.source))
}

// long is the end of [[...]] or [=[...]=] that begins at a place; 0 where none does.
func (t *tokenizer) long(from int) int {
	if from >= len(t.source) || t.source[from] != '[' {
		return 0
	}
	open := from + 1
	for open < len(t.source) && t.source[open] == '=' {
		open++
	}
	if open >= len(t.source) || t.source[open] != '[' {
		return 0
	}
	closing := "]" + string(t.source[from+1:open]) + "]"
	length := bytes.Index(t.source[open:], []byte(closing))
	if length < 0 {
		return len(t.source)
	}
	return open + length + len(closing)
}

func numberLength(s []byte) int {
	i := 0
	digits := func(is func(byte) bool) {
		for i < len(s) && is(s[i]) {
			i++
		}
	}
	if len(s) > 1 && s[0] == '0' && s[1]|0x20 == 'x' {
		i = 2
		digits(func(c byte) bool { return digit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' })
		return i
	}
	digits(digit)
	if i < len(s) && s[i] == '.' && !bytes.HasPrefix(s[i:], []byte("..")) {
		i++
		digits(digit)
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		digits(digit)
	}
	return i
}
