package text

import (
	"strings"
)

// marks are the delimiters of Markdown: two equal characters on both sides.
var marks = map[byte]kind{'*': bold, '_': italic, '-': underline, '~': strike, '|': spoiler}

// longest is the most bytes that a link's text or address may have; a search for its end stops there, which
// bounds the work on hostile input.
const longest = 4096

// markdown reads one text. Delimiters are written out as they come and struck again once their partner is
// found, so that those without one stay as they are.
type markdown struct {
	src      string
	pos      int
	inQuote  bool
	inLink   bool
	inEmoji  bool
	out      []byte
	spans    []span
	struck   []int        // positions in out of two-byte delimiters that found their partners
	open     map[kind]int // position in out of the delimiter that waits
	unclosed map[int]bool // lengths of runs of backticks that have no partner any more
}

func parseMarkdown(src string) Text {
	m := markdown{src: src}
	plain, spans := m.parse()
	return textOf(plain, normal(plain, spans))
}

func (m *markdown) parse() (string, []span) {
	m.open, m.unclosed = map[kind]int{}, map[int]bool{}
	for m.pos < len(m.src) {
		if n := len(m.out); !m.inLink && (n == 0 || m.out[n-1] == '\n') && m.quoted() {
			continue
		}
		switch c := m.src[m.pos]; {
		case c == '\\' && m.pos+1 < len(m.src) && isPunctuation(m.src[m.pos+1]):
			m.out = append(m.out, m.src[m.pos+1])
			m.pos += 2
		case c == '`':
			m.code()
		case marks[c] != 0 && m.pos+1 < len(m.src) && m.src[m.pos+1] == c:
			m.mark(marks[c])
		case c == '[' && !m.inLink && m.link(m.pos, link):
		case c == '!' && !m.inEmoji && strings.HasPrefix(m.src[m.pos:], "![") && m.link(m.pos+1, emoji):
		default:
			m.out = append(m.out, c)
			m.pos++
		}
	}
	return m.strike()
}

func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7F && !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')
}

// mark opens or closes a style, or is literal.
func (m *markdown) mark(k kind) {
	at, waiting := m.open[k]
	switch {
	case waiting && len(m.out) > at+2 && !spaceBefore(m.src, m.pos):
		m.struck = append(m.struck, at, len(m.out))
		m.spans = append(m.spans, span{kind: k, from: at + 2, to: len(m.out)})
		delete(m.open, k)
	case !waiting && !spaceAfter(m.src, m.pos+2):
		m.open[k] = len(m.out)
	}
	m.out = append(m.out, m.src[m.pos:m.pos+2]...)
	m.pos += 2
}

// code reads a run of backticks and, if a run of the same length follows somewhere, what is between them.
func (m *markdown) code() {
	n := runLength(m.src[m.pos:])
	fence, rest := m.src[m.pos:m.pos+n], m.src[m.pos+n:]
	m.pos += n
	end := -1
	if !m.unclosed[n] {
		end = closingRun(rest, n)
	}
	if end <= 0 {
		m.unclosed[n] = end < 0
		m.out = append(m.out, fence...)
		return
	}
	m.pos += end + n
	if n < 3 {
		body := rest[:end]
		// As in CommonMark, one space on both sides makes room for backticks at the ends.
		if n == 2 && len(body) > 2 && body[0] == ' ' && body[len(body)-1] == ' ' {
			body = body[1 : len(body)-1]
		}
		m.append(span{kind: code}, body)
		return
	}
	language, body := "", rest[:end]
	if first, after, ok := strings.Cut(body, "\n"); ok && isLanguage(first) && after != "" {
		language, body = first, strings.TrimSuffix(after, "\n")
	}
	m.append(span{kind: pre, arg: language}, body)
}

// append writes text with a span over it.
func (m *markdown) append(s span, text string) {
	s.from = len(m.out)
	m.out = append(m.out, text...)
	s.to = len(m.out)
	m.spans = append(m.spans, s)
}

func runLength(s string) int { return len(s) - len(strings.TrimLeft(s, "`")) }

// closingRun is where a run of exactly n backticks begins in s, or -1.
func closingRun(s string, n int) int {
	for i := 0; i < len(s); {
		j := strings.IndexByte(s[i:], '`')
		if j < 0 {
			return -1
		}
		i += j
		length := runLength(s[i:])
		if length == n {
			return i
		}
		i += length
	}
	return -1
}

func isLanguage(s string) bool {
	for i := range len(s) {
		if c := s[i]; isPunctuation(c) && !strings.ContainsRune("+-#._", rune(c)) || c <= ' ' || c == 0x7F {
			return false
		}
	}
	return len(s) <= 40
}

// link reads [text](address) with its bracket at position at, or returns false and reads nothing.
func (m *markdown) link(at int, k kind) bool {
	end := closing(m.src, at, '[', ']')
	if end < 0 || !strings.HasPrefix(m.src[end:], "](") {
		return false
	}
	stop := closing(m.src, end+1, '(', ')')
	if stop < 0 {
		return false
	}
	s := span{kind: k, arg: unescaped(m.src[end+2 : stop])}
	if s.arg == "" || strings.ContainsAny(s.arg, " \t\n") {
		return false
	}
	if k == emoji {
		id, ok := strings.CutPrefix(s.arg, "tg://emoji?id=")
		if !ok || !isNumber(id) {
			return false
		}
		s.arg = id
	} else {
		s.kind, s.arg = destination(s.arg)
	}
	inner := markdown{src: m.src[at+1 : end], inLink: true, inEmoji: k == emoji, inQuote: true}
	m.nest(s, &inner)
	m.pos = stop + 1
	return true
}

// nest appends what the inner text gives, with a span over it.
func (m *markdown) nest(s span, inner *markdown) {
	plain, spans := inner.parse()
	for _, in := range spans {
		in.from, in.to = in.from+len(m.out), in.to+len(m.out)
		m.spans = append(m.spans, in)
	}
	m.append(s, plain)
}

// closing is the position of the bracket that closes the one at position at, or -1. Escaped brackets and
// those in code don't count.
func closing(s string, at int, opens, closes byte) int {
	depth := 0
	for i := at; i < len(s) && i < at+longest; i++ {
		switch s[i] {
		case '\\':
			i++
		case '`':
			if opens == '[' {
				n := runLength(s[i:])
				if end := closingRun(s[i+n:min(len(s), at+longest)], n); end > 0 {
					i += n + end
				}
				i += n - 1
			}
		case opens:
			depth++
		case closes:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// unescaped is an address without its backslashes.
func unescaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && isPunctuation(s[i+1]) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// quoted reads the lines of a quote, if one begins here.
func (m *markdown) quoted() bool {
	rest := m.src[m.pos:]
	k := quote
	if after, ok := strings.CutPrefix(rest, "**>"); ok {
		k, rest = folded, ">"+after
	}
	if m.inQuote || !strings.HasPrefix(rest, ">") {
		return false
	}
	var lines []string
	for strings.HasPrefix(rest, ">") {
		line, after, more := strings.Cut(rest[1:], "\n")
		lines = append(lines, strings.TrimPrefix(line, " "))
		if rest = after; !more {
			break
		}
	}
	inner := markdown{src: strings.Join(lines, "\n"), inQuote: true}
	m.nest(span{kind: k}, &inner)
	m.pos = len(m.src) - len(rest)
	if m.src[m.pos-1] == '\n' {
		m.out = append(m.out, '\n')
	}
	return true
}

// strike takes the delimiters out that found their partners, and moves the spans accordingly.
func (m *markdown) strike() (string, []span) {
	if len(m.struck) == 0 {
		return string(m.out), m.spans
	}
	gone := make([]bool, len(m.out)+1)
	for _, at := range m.struck {
		gone[at], gone[at+1] = true, true
	}
	moved := make([]int, len(m.out)+1)
	kept := m.out[:0]
	for i, c := range m.out {
		moved[i] = len(kept)
		if !gone[i] {
			kept = append(kept, c)
		}
	}
	moved[len(m.out)] = len(kept)
	for i := range m.spans {
		m.spans[i].from, m.spans[i].to = moved[m.spans[i].from], moved[m.spans[i].to]
	}
	return string(kept), m.spans
}
