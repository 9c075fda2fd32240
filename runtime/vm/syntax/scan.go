package syntax

import "bytes"

// Word is a name or a short string in the source, with its place.
type Word struct {
	Text         string
	Line, Column int  // from 1; the column counts bytes
	Before       byte // what stands before it, white space left out: '.' or ':' tell a field; 0 at the start
	Quoted       bool // a string: Text is without its quotes, escapes as they were written
}

// Scan lists the names and the short strings of a chunk, in order. Comments and long strings are
// left out. Source that isn't Lua gives what can be had.
func Scan(source []byte) []Word {
	s := scanner{source: source, line: 1}
	if bytes.HasPrefix(source, []byte("\xef\xbb\xbf")) {
		s.at, s.start = 3, 3
	}
	if bytes.HasPrefix(source[s.at:], []byte("#")) {
		s.skipLine()
	}
	for s.at < len(source) {
		s.next()
	}
	return s.words
}

type scanner struct {
	source          []byte
	at, line, start int // start: where the line begins
	before          byte
	words           []Word
}

func (s *scanner) next() {
	c := s.source[s.at]
	switch {
	case c == '\n':
		s.at++
		s.line, s.start = s.line+1, s.at
	case c == ' ' || c == '\t' || c == '\r':
		s.at++
	case c == '-' && bytes.HasPrefix(s.source[s.at:], []byte("--")):
		s.at += 2
		if !s.long() {
			s.skipLine()
		}
	case c == '[' && s.long():
		s.before = ']'
	case c == '"' || c == '\'':
		s.quoted(c)
	case letter(c):
		from := s.at
		for s.at < len(s.source) && (letter(s.source[s.at]) || digit(s.source[s.at])) {
			s.at++
		}
		s.add(from, from, s.at, false)
	case digit(c):
		for s.at < len(s.source) && (letter(s.source[s.at]) || digit(s.source[s.at]) || s.source[s.at] == '.') {
			s.at++
		}
		s.before = '0'
	default:
		s.before = c
		s.at++
	}
}

func (s *scanner) add(place, from, to int, quoted bool) {
	s.words = append(s.words, Word{string(s.source[from:to]), s.line, place - s.start + 1, s.before, quoted})
	s.before = 'a'
}

func (s *scanner) quoted(quote byte) {
	from := s.at
	for s.at++; s.at < len(s.source) && s.source[s.at] != quote && s.source[s.at] != '\n'; s.at++ {
		if s.source[s.at] == '\\' {
			s.at++
		}
	}
	s.at = min(s.at, len(s.source))
	s.add(from, from+1, s.at, true)
	if s.at < len(s.source) && s.source[s.at] == quote {
		s.at++
	}
}

// long skips [[...]] and [=[...]=], and says whether there was one.
func (s *scanner) long() bool {
	if s.at >= len(s.source) || s.source[s.at] != '[' {
		return false
	}
	end := s.at + 1
	for end < len(s.source) && s.source[end] == '=' {
		end++
	}
	if end >= len(s.source) || s.source[end] != '[' {
		return false
	}
	closing := append(append([]byte("]"), s.source[s.at+1:end]...), ']')
	length := bytes.Index(s.source[end:], closing)
	to := len(s.source)
	if length >= 0 {
		to = end + length + len(closing)
	}
	for ; s.at < to; s.at++ {
		if s.source[s.at] == '\n' {
			s.line, s.start = s.line+1, s.at+1
		}
	}
	return true
}

func (s *scanner) skipLine() {
	for s.at < len(s.source) && s.source[s.at] != '\n' {
		s.at++
	}
}

func letter(c byte) bool { return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }
func digit(c byte) bool  { return c >= '0' && c <= '9' }
