package vm

import "bytes"

// maxPending is how deep the parser may have to remember things. It needs hundreds of bytes for each, so a megabyte
// of opening brackets would cost it gigabytes.
const maxPending = 1000

// nesting looks at the tokens of a source only as far as needed to see that the parser could choke on it, and gives
// the line of that place, or 0.
type nesting struct {
	source []byte
	at     int
	line   int
	chains []int // operators that wait for their right side, for each open bracket or block
}

// tooDeep runs before the parser. It needn't know the grammar: what it takes for deeper than it is would have to be a
// thousand levels deep to be refused.
func tooDeep(source []byte) (line int) {
	n := &nesting{source: source, line: 1, chains: []int{0}}
	for n.at < len(source) {
		if n.token(); len(n.chains) > maxPending || n.chains[len(n.chains)-1] > maxPending {
			return n.line
		}
	}
	return 0
}

// open and close count brackets and blocks; reset and wait count, within one, operators that wait for their right side.
func (n *nesting) open() { n.chains = append(n.chains, 0) }

func (n *nesting) close() {
	if len(n.chains) > 1 {
		n.chains = n.chains[:len(n.chains)-1]
	}
}

func (n *nesting) reset() { n.chains[len(n.chains)-1] = 0 }
func (n *nesting) wait()  { n.chains[len(n.chains)-1]++ }

// token takes the next token, or at least one byte.
func (n *nesting) token() {
	rest := n.source[n.at:]
	switch c := rest[0]; {
	case bytes.HasPrefix(rest, []byte("--")):
		n.at += 2
		if !n.long() {
			n.skip(bytes.IndexByte(n.source[n.at:], '\n'))
		}
		return
	case c == '[' && n.long():
		return
	case c == '"' || c == '\'':
		n.quoted(c)
		return
	case c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80:
		n.word()
		return
	case c == '(' || c == '{' || c == '[':
		n.open()
	case c == ')' || c == '}' || c == ']':
		n.close()
	case c == '=' || c == ',' || c == ';':
		n.reset()
	case c == '^' || c == '-' || c == '#' || bytes.HasPrefix(rest, []byte("..")):
		n.wait()
	case c == '\n':
		n.line++
	}
	n.at++
}

// skip goes on by i bytes, or to the end if i is negative, and counts lines.
func (n *nesting) skip(i int) {
	if i < 0 {
		i = len(n.source) - n.at
	}
	n.line += bytes.Count(n.source[n.at:n.at+i], []byte("\n"))
	n.at += i
}

// long skips a long bracket, if there is one here.
func (n *nesting) long() bool {
	rest := n.source[n.at:]
	if len(rest) == 0 || rest[0] != '[' {
		return false
	}
	level := 1
	for level < len(rest) && rest[level] == '=' {
		level++
	}
	if level >= len(rest) || rest[level] != '[' {
		return false
	}
	end := append(append([]byte("]"), rest[1:level]...), ']')
	i := bytes.Index(rest, end)
	if i >= 0 {
		i += len(end)
	}
	n.skip(i)
	return true
}

func (n *nesting) quoted(quote byte) {
	i := 1
	for rest := n.source[n.at:]; i < len(rest) && rest[i] != quote && rest[i] != '\n'; i++ {
		if rest[i] == '\\' {
			i++
		}
	}
	n.skip(min(i+1, len(n.source)-n.at))
}

func (n *nesting) word() {
	i := 1
	for rest := n.source[n.at:]; i < len(rest); i++ {
		if c := rest[i]; c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c < 0x80 {
			break
		}
	}
	switch string(n.source[n.at : n.at+i]) {
	case "function", "do", "repeat", "if":
		n.open()
	case "end", "until":
		n.close()
	case "not":
		n.wait()
	case "local", "return", "then", "else", "elseif", "while", "for", "in", "and", "or":
		n.reset()
	}
	n.at += i
}
