package text

import "strings"

// writeMarkdown writes text with spans in normal form.
func writeMarkdown(plain string, spans []span) string {
	w := markdownWriter{plain: plain, edges: map[int]bool{}, taken: map[int]bool{}, quoteEnds: map[int]bool{}, fenced: -1}
	for _, s := range spans {
		w.edges[s.from], w.edges[s.to] = true, true
		w.taken[s.from] = w.taken[s.from] || s.kind.isVerbatim() || rank(s.kind) == 0
		if rank(s.kind) == 0 {
			w.quoteEnds[s.to] = true
		}
	}
	return w.write(tree(spans), 0, len(plain), false)
}

type markdownWriter struct {
	plain string
	edges map[int]bool // where marks stand: a delimiter's character beside one must be escaped

	taken     map[int]bool // where code or a quote begins: a line break there is its own, and can't end a quote's line
	quoteEnds map[int]bool

	fenced int // where the last fence of backticks ended, while nothing was written since: another would run into it
}

// node is a span with the spans inside it.
type node struct {
	span
	inner []*node
}

// tree nests spans that are in normal form.
func tree(spans []span) []*node {
	root := &node{span: span{to: int(^uint(0) >> 1)}}
	stack := []*node{root}
	for _, s := range spans {
		for s.from >= stack[len(stack)-1].to {
			stack = stack[:len(stack)-1]
		}
		n := &node{span: s}
		top := stack[len(stack)-1]
		top.inner = append(top.inner, n)
		stack = append(stack, n)
	}
	return root.inner
}

func (w *markdownWriter) write(nodes []*node, from, to int, inLink bool) string {
	var b strings.Builder
	for _, n := range nodes {
		w.literal(&b, from, n.from, inLink)
		b.WriteString(w.node(n, inLink))
		from = n.to
	}
	w.literal(&b, from, to, inLink)
	return b.String()
}

func (w *markdownWriter) node(n *node, inLink bool) string {
	text := w.plain[n.from:n.to]
	switch n.kind {
	case quote, folded:
		body := w.write(n.inner, n.from, n.to, inLink)
		if !w.wholeLines(n.from, n.to) {
			return body
		}
		lines := "> " + strings.ReplaceAll(body, "\n", "\n> ")
		if n.kind == folded {
			return "**" + lines
		}
		return lines
	case pre:
		if n.from == w.fenced {
			return w.write(nil, n.from, n.to, inLink)
		}
		w.fenced = n.to
		fence := "```"
		for closingRun(text, len(fence)) >= 0 || strings.HasSuffix(text, fence) {
			fence += "`"
		}
		return fence + n.arg + "\n" + text + "\n" + fence
	case code:
		return w.code(n, inLink)
	case link:
		return "[" + w.fresh(n, true) + "](" + escapeAddress(n.arg) + ")"
	case mention:
		return "[" + w.fresh(n, true) + "](tg://user?id=" + n.arg + ")"
	case emoji:
		return "![" + w.fresh(n, true) + "](tg://emoji?id=" + n.arg + ")"
	}
	for c, k := range marks {
		if k == n.kind {
			d := string([]byte{c, c})
			return d + w.fresh(n, inLink) + d
		}
	}
	return text
}

// fresh writes what is inside a span whose delimiters keep fences apart.
func (w *markdownWriter) fresh(n *node, inLink bool) string {
	w.fenced = -1
	inner := w.write(n.inner, n.from, n.to, inLink)
	w.fenced = -1
	return inner
}

// code picks a fence that the text does not hold; text that holds both is written without its entity.
func (w *markdownWriter) code(n *node, inLink bool) string {
	text := w.plain[n.from:n.to]
	padded := strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`")
	before := w.fenced
	w.fenced = n.to
	switch {
	case n.from == before:
	case !padded && closingRun(text, 1) < 0:
		return "`" + text + "`"
	case closingRun(text, 2) < 0:
		return "`` " + text + " ``"
	}
	w.fenced = -1
	return w.write(nil, n.from, n.to, inLink)
}

func (w *markdownWriter) wholeLines(from, to int) bool {
	begins := from == 0 || w.plain[from-1] == '\n' && !w.quoteEnds[from]
	return begins && (to == len(w.plain) || w.plain[to] == '\n' && !w.taken[to])
}

// literal writes plain text so that nothing in it is markup.
func (w *markdownWriter) literal(b *strings.Builder, from, to int, inLink bool) {
	for i := from; i < to; i++ {
		if c := w.plain[i]; w.special(c, i, inLink) {
			b.WriteByte('\\')
		}
		b.WriteByte(w.plain[i])
	}
}

func (w *markdownWriter) special(c byte, i int, inLink bool) bool {
	neighbour := func(j int) bool { return j >= 0 && j < len(w.plain) && w.plain[j] == c }
	switch c {
	case '`', '[':
		return true
	case '\\':
		return i+1 == len(w.plain) || isPunctuation(w.plain[i+1]) || w.edges[i+1]
	case ']':
		return inLink
	case '!':
		return w.edges[i+1]
	case '>':
		return i == 0 || w.plain[i-1] == '\n' || w.edges[i]
	}
	return marks[c] != 0 && (neighbour(i-1) || neighbour(i+1) || w.edges[i] || w.edges[i+1])
}

// escapeAddress makes an address end where its own parenthesis stands.
func escapeAddress(url string) string {
	return strings.NewReplacer("\\", "\\\\", "(", "\\(", ")", "\\)", " ", "%20", "\t", "%09", "\n", "%0A").Replace(url)
}
