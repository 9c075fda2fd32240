package text

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split cuts a text into pieces of at most limit UTF-16 units and most entities each: between paragraphs if it can,
// else between lines, else between words. An entity that fits into a piece stays whole; a longer one goes on in
// the next. White space where it cuts is left out, and so are pieces that are nothing else. A text that fits comes
// back as it is; the entities of others are those that markup can make.
func Split(t Text, limit, most int) []Text {
	limit, most = max(limit, 2), max(most, 1) // a character has up to two units
	at := offsets(t.Plain)
	if at[len(t.Plain)] <= limit && len(t.Entities) <= most {
		return []Text{t}
	}
	s := splitter{plain: t.Plain, at: at, limit: limit, most: most, spans: spansOf(t)}
	slices.SortStableFunc(s.spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	var pieces []Text
	for from := 0; from < len(t.Plain); {
		to := s.cut(from)
		if piece := s.piece(from, to); strings.TrimSpace(piece.Plain) != "" {
			pieces = append(pieces, piece)
		}
		from = to
	}
	if len(pieces) == 0 {
		return []Text{t} // white space alone: Telegram will say what it thinks of it
	}
	return pieces
}

type splitter struct {
	plain       string
	at          []int // of bytes, in units
	limit, most int
	spans       []span
}

// cut is where the piece that begins at from ends.
func (s *splitter) cut(from int) int {
	end := s.reach(from)
	if end == len(s.plain) {
		return end
	}
	inside := s.forbidden(from)
	window := s.plain[from:end]
	half := len(window) / 2
	breaks := []func(int) bool{
		func(i int) bool { return i > half && strings.HasSuffix(window[:i], "\n\n") },
		func(i int) bool { return i > half && window[i-1] == '\n' },
		func(i int) bool { return i > half && spaceBefore(window, i) },
		func(i int) bool { return spaceBefore(window, i) },
		func(i int) bool { return utf8.RuneStart(s.plain[from+i]) },
	}
	for _, fits := range breaks {
		for i := len(window); i > 0; i-- {
			if fits(i) && utf8.RuneStart(s.plain[from+i]) && !inside(from+i) {
				return from + i
			}
		}
	}
	return end // more entities over one place than a piece may have
}

// reach is the furthest end of a piece: as far as its units and entities allow.
func (s *splitter) reach(from int) int {
	end := from
	for end < len(s.plain) {
		_, size := utf8.DecodeRuneInString(s.plain[end:])
		if s.at[min(end+size, len(s.plain))]-s.at[from] > s.limit {
			break
		}
		end += size
	}
	n := 0
	for _, span := range s.spans {
		if span.to <= from || span.from >= end {
			continue
		}
		if n++; n > s.most && span.from > from {
			return span.from
		}
	}
	return end
}

// forbidden tells the places that lie within an entity that fits into a piece.
func (s *splitter) forbidden(from int) func(at int) bool {
	var whole []span
	for _, span := range s.spans {
		if span.from >= from && s.at[span.to]-s.at[span.from] <= s.limit {
			whole = append(whole, span)
		}
	}
	return func(at int) bool {
		for _, span := range whole {
			if span.from < at && at < span.to {
				return true
			}
			if span.from >= at {
				break
			}
		}
		return false
	}
}

// piece is what stands between two places, without white space at its ends.
func (s *splitter) piece(from, to int) Text {
	from, to = trimmed(s.plain, from, to)
	plain := s.plain[from:to]
	var spans []span
	for _, one := range s.spans {
		one.from, one.to = max(one.from, from)-from, min(one.to, to)-from
		if one.from < one.to && len(spans) < s.most {
			spans = append(spans, one)
		}
	}
	return textOf(plain, spans)
}

// Units is how long Telegram counts a text: in UTF-16 units.
func Units(plain string) (n int) {
	for _, r := range plain {
		n += units(r)
	}
	return n
}

// FirstLink is the address of the first link in a text, written out or behind words; "" if there is none.
func FirstLink(t Text) string {
	first, at := "", len(t.Plain)
	for _, scheme := range []string{"https://", "http://"} {
		if i := strings.Index(t.Plain, scheme); i >= 0 && i < at {
			end := strings.IndexFunc(t.Plain[i:], unicode.IsSpace)
			if end < 0 {
				end = len(t.Plain) - i
			}
			first, at = strings.TrimRight(t.Plain[i:i+end], ".,;:!?)]}\"'"), i
		}
	}
	for _, s := range spansOf(t) {
		if s.kind == link && (first == "" || s.from < at) && strings.HasPrefix(s.arg, "http") {
			first, at = s.arg, s.from
		}
	}
	return first
}
