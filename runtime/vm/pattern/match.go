package pattern

// do matches pat[p:] at s and gives the end, or -1.
func (m *Matcher) do(s, p int) int {
	m.depth++
	if m.depth > maxDepth {
		panic(failure{ErrTooComplex})
	}
	end := m.items(s, p)
	m.depth--
	return end
}

// items matches item after item in a loop; only what may have to be taken back (captures, repetitions that have
// something behind them) goes deeper. So "%d%d%d" of any length takes one level.
func (m *Matcher) items(s, p int) int {
	for p < len(m.pat) {
		m.tick()
		switch m.pat[p] {
		case '(':
			if p+1 < len(m.pat) && m.pat[p+1] == ')' {
				return m.open(s, p+2, position)
			}
			return m.open(s, p+1, unclosed)
		case ')':
			return m.close(s, p+1)
		case '$':
			if p+1 == len(m.pat) {
				if s == len(m.src) {
					return s
				}
				return -1
			}
		case '%':
			if p+1 < len(m.pat) {
				if end, next, ok := m.escape(s, p+1); ok {
					if end < 0 {
						return -1
					}
					s, p = end, next
					continue
				}
			}
		}
		ep := m.itemEnd(p)
		var op byte
		if ep < len(m.pat) {
			op = m.pat[ep]
		}
		switch op {
		case '?':
			if m.single(s, p, ep) {
				if end := m.do(s+1, ep+1); end >= 0 {
					return end
				}
			}
			p = ep + 1
		case '+':
			return m.greedy(s, p, ep, 1)
		case '*':
			return m.greedy(s, p, ep, 0)
		case '-':
			return m.lazy(s, p, ep)
		default:
			if !m.single(s, p, ep) {
				return -1
			}
			s, p = s+1, ep
		}
	}
	return s
}

// open begins a capture at s, and gives it up if what follows doesn't match. n is unclosed, or position for "()".
func (m *Matcher) open(s, p, n int) int {
	if m.level >= MaxCaptures {
		fail("too many captures")
	}
	m.caps[m.level].start, m.caps[m.level].n = s, n
	m.level++
	end := m.do(s, p)
	if end < 0 {
		m.level--
	}
	return end
}

// close ends the capture that was opened last and is still open, and opens it again if what follows doesn't match.
func (m *Matcher) close(s, p int) int {
	l := m.level - 1
	for l >= 0 && m.caps[l].n != unclosed {
		l--
	}
	if l < 0 {
		fail("invalid pattern capture")
	}
	m.caps[l].n = s - m.caps[l].start
	end := m.do(s, p)
	if end < 0 {
		m.caps[l].n = unclosed
	}
	return end
}

// escape matches what is more than a single-character class behind a %: ok is false if p isn't the start of that.
func (m *Matcher) escape(s, p int) (end, next int, ok bool) {
	switch c := m.pat[p]; {
	case c == 'b':
		return m.balance(s, p+1), p + 3, true
	case c == 'f':
		p++
		if p >= len(m.pat) || m.pat[p] != '[' {
			fail("missing '[' after '%%f' in pattern")
		}
		ep := m.itemEnd(p)
		var before, at byte
		if s > 0 {
			before = m.src[s-1]
		}
		if s < len(m.src) {
			at = m.src[s]
		}
		if set := m.pat[p+1 : ep-1]; inSet(before, set) || !inSet(at, set) {
			return -1, ep, true
		}
		return s, ep, true
	case isDigit(c):
		return m.again(s, int(c)-'1'), p + 1, true
	}
	return 0, 0, false
}

// again matches what capture l has matched.
func (m *Matcher) again(s, l int) int {
	if l < 0 || l >= m.level || m.caps[l].n == unclosed {
		fail("invalid capture index %%%d", l+1)
	}
	c := m.caps[l]
	if c.n == position || len(m.src)-s < c.n || m.src[c.start:c.start+c.n] != m.src[s:s+c.n] {
		return -1
	}
	return s + c.n
}

// greedy takes as many of the item pat[p:ep] as there are, at least least, and then fewer until what follows matches.
func (m *Matcher) greedy(s, p, ep, least int) int {
	i := 0
	for m.single(s+i, p, ep) {
		i++
		m.tick()
	}
	if ep+1 == len(m.pat) { // nothing follows: no need to try
		if i < least {
			return -1
		}
		return s + i
	}
	for ; i >= least; i-- {
		if end := m.do(s+i, ep+1); end >= 0 {
			return end
		}
	}
	return -1
}

// lazy takes as few of the item as let what follows match.
func (m *Matcher) lazy(s, p, ep int) int {
	for {
		if end := m.do(s, ep+1); end >= 0 {
			return end
		}
		if !m.single(s, p, ep) {
			return -1
		}
		s++
		m.tick()
	}
}

// balance matches %bxy at s; p is where x is.
func (m *Matcher) balance(s, p int) int {
	if p+1 >= len(m.pat) {
		fail("missing arguments to '%%b' in pattern")
	}
	if s >= len(m.src) || m.src[s] != m.pat[p] {
		return -1
	}
	open, shut, n := m.pat[p], m.pat[p+1], 1
	for i := s + 1; i < len(m.src); i++ {
		m.tick()
		switch m.src[i] {
		case shut:
			if n--; n == 0 {
				return i + 1
			}
		case open:
			n++
		}
	}
	return -1
}
