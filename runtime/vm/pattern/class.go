package pattern

func isAlpha(c byte) bool { c |= 0x20; return c >= 'a' && c <= 'z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isPunct(c byte) bool { return c > 32 && c < 127 && !isAlpha(c) && !isDigit(c) }

// inClass says whether c is in the class %cl. Classes know ASCII only, whatever the locale.
func inClass(c, cl byte) bool {
	var in bool
	switch cl | 0x20 {
	case 'a':
		in = isAlpha(c)
	case 'c':
		in = c < 32 || c == 127
	case 'd':
		in = isDigit(c)
	case 'g':
		in = c > 32 && c < 127
	case 'l':
		in = c >= 'a' && c <= 'z'
	case 'p':
		in = isPunct(c)
	case 's':
		in = c == ' ' || c >= 9 && c <= 13
	case 'u':
		in = c >= 'A' && c <= 'Z'
	case 'w':
		in = isAlpha(c) || isDigit(c)
	case 'x':
		in = isDigit(c) || (c|0x20) >= 'a' && (c|0x20) <= 'f'
	case 'z':
		in = c == 0
	default:
		return cl == c
	}
	return in == (cl&0x20 != 0)
}

// inSet says whether c is in a set, given without its brackets.
func inSet(c byte, set string) bool {
	in := true
	if len(set) > 0 && set[0] == '^' {
		in, set = false, set[1:]
	}
	for i := 0; i < len(set); i++ {
		switch {
		case set[i] == '%' && i+1 < len(set):
			i++
			if inClass(c, set[i]) {
				return in
			}
		case i+2 < len(set) && set[i+1] == '-':
			if set[i] <= c && c <= set[i+2] {
				return in
			}
			i += 2
		case set[i] == c:
			return in
		}
	}
	return !in
}

// itemEnd gives the index behind the single-character item at p.
func (m *Matcher) itemEnd(p int) int {
	c := m.pat[p]
	p++
	switch c {
	case '%':
		if p >= len(m.pat) {
			fail("malformed pattern (ends with '%%')")
		}
		return p + 1
	case '[':
		if p < len(m.pat) && m.pat[p] == '^' {
			p++
		}
		for first := true; first || p < len(m.pat) && m.pat[p] != ']'; first = false {
			if p < len(m.pat) && m.pat[p] == '%' {
				p++
			}
			p++
		}
		if p >= len(m.pat) {
			fail("malformed pattern (missing ']')")
		}
		return p + 1
	}
	return p
}

// single says whether the item pat[p:ep] matches the byte at s.
func (m *Matcher) single(s, p, ep int) bool {
	if s >= len(m.src) {
		return false
	}
	c := m.src[s]
	switch m.pat[p] {
	case '.':
		return true
	case '%':
		return inClass(c, m.pat[p+1])
	case '[':
		return inSet(c, m.pat[p+1:ep-1])
	}
	return m.pat[p] == c
}
