package text

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// normal gives spans the form that Text.Normal promises.
func normal(plain string, spans []span) []span {
	if len(spans) == 0 {
		return nil
	}
	spans = slices.Clone(spans[:min(len(spans), MostEntities)]) // a message has room for a hundred
	slices.SortStableFunc(spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(rank(a.kind), rank(b.kind)), cmp.Compare(a.kind, b.kind), cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	spans = joined(spans)
	var done []span // grows kind by kind; its members never cross
	var place func(span)
	place = func(s span) {
		for _, piece := range cut(s, done) {
			from, to := piece.from, piece.to
			if s.kind.isMark() || s.kind == link || s.kind == mention {
				from, to = trimmed(plain, from, to)
			}
			switch {
			case from >= to:
			case from == piece.from && to == piece.to:
				done = append(done, piece)
			default: // what is left may now end inside code
				place(span{s.kind, from, to, s.arg})
			}
		}
	}
	for _, s := range spans {
		place(s)
	}
	slices.SortStableFunc(done, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to), cmp.Compare(a.kind, b.kind))
	})
	return done
}

// rank orders kinds by whose shape matters more when two cross.
func rank(k kind) int {
	switch {
	case k == quote || k == folded:
		return 0
	case k.isVerbatim():
		return 1
	case k == link || k == mention:
		return 2
	}
	return 3
}

// joined makes one of marks of a kind that overlap or touch. The spans are sorted by kind and beginning.
func joined(spans []span) []span {
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.kind.isMark() && out[n-1].kind == s.kind && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// cut splits s where it crosses one of the spans, and takes out of it what may not be there: anything inside
// code, a quote inside a quote, a link inside a link.
func cut(s span, spans []span) []span {
	pieces := []span{s}
	for _, other := range spans {
		if other.to <= s.from || other.from >= s.to {
			continue
		}
		var next []span
		for _, p := range pieces {
			next = append(next, p.against(other)...)
		}
		pieces = next
	}
	return pieces
}

// against is what is left of s beside other.
func (s span) against(other span) []span {
	if s.to <= other.from || s.from >= other.to {
		return []span{s}
	}
	contains := s.from <= other.from && s.to >= other.to
	inside := s.from >= other.from && s.to <= other.to
	excluded := other.kind.isVerbatim() && (!contains || s.kind.isVerbatim()) ||
		rank(s.kind) == rank(other.kind) && (rank(s.kind) == 0 || rank(s.kind) == 2)
	switch {
	case excluded:
		return nonempty(span{s.kind, s.from, other.from, s.arg}, span{s.kind, other.to, s.to, s.arg})
	case contains && rank(other.kind) == 0: // a quote is a block of its own: marks go inside it
		return nonempty(span{s.kind, s.from, other.from, s.arg}, span{s.kind, other.from, other.to, s.arg}, span{s.kind, other.to, s.to, s.arg})
	case contains || inside:
		return []span{s}
	case s.from < other.from:
		return nonempty(span{s.kind, s.from, other.from, s.arg}, span{s.kind, other.from, s.to, s.arg})
	}
	return nonempty(span{s.kind, s.from, other.to, s.arg}, span{s.kind, other.to, s.to, s.arg})
}

func nonempty(spans ...span) []span {
	return slices.DeleteFunc(spans, func(s span) bool { return s.from >= s.to })
}

// trimmed is the range without white space at its ends.
func trimmed(plain string, from, to int) (int, int) {
	if from >= to {
		return from, from
	}
	inner := plain[from:to]
	from += len(inner) - len(strings.TrimLeftFunc(inner, unicode.IsSpace))
	return from, max(from, to-(len(inner)-len(strings.TrimRightFunc(inner, unicode.IsSpace))))
}

// spaceBefore and spaceAfter tell whether white space or an end of the text stands there.
func spaceBefore(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return i == 0 || unicode.IsSpace(r)
}

func spaceAfter(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return i >= len(s) || unicode.IsSpace(r)
}
