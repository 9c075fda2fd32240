package text

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gotd/td/tg"
)

// kind is a kind of entity that markup can make. The order is that of nesting: a lower kind goes around a
// higher one over the same text, and keeps its shape when the two cross.
type kind int

const (
	quote kind = iota
	folded
	pre
	link
	mention
	bold
	italic
	underline
	strike
	spoiler
	code
	emoji
)

// isMark tells the kinds that are mere style: they may be cut, joined and trimmed freely.
func (k kind) isMark() bool { return k >= bold && k <= spoiler }

// isVerbatim tells the kinds that hold no other entity.
func (k kind) isVerbatim() bool { return k == pre || k == code || k == emoji }

// span is an entity over bytes: easier to reason about than UTF-16 while parsing and writing.
type span struct {
	kind     kind
	from, to int
	arg      string // URL, user id, emoji id or language
}

// entity makes Telegram's value of a span over units [offset, offset+length).
func (s span) entity(offset, length int) tg.MessageEntityClass {
	switch s.kind {
	case quote, folded:
		return &tg.MessageEntityBlockquote{Offset: offset, Length: length, Collapsed: s.kind == folded}
	case pre:
		return &tg.MessageEntityPre{Offset: offset, Length: length, Language: s.arg}
	case link:
		return &tg.MessageEntityTextURL{Offset: offset, Length: length, URL: s.arg}
	case mention:
		id, _ := strconv.ParseInt(s.arg, 10, 64)
		return &tg.MessageEntityMentionName{Offset: offset, Length: length, UserID: id}
	case bold:
		return &tg.MessageEntityBold{Offset: offset, Length: length}
	case italic:
		return &tg.MessageEntityItalic{Offset: offset, Length: length}
	case underline:
		return &tg.MessageEntityUnderline{Offset: offset, Length: length}
	case strike:
		return &tg.MessageEntityStrike{Offset: offset, Length: length}
	case spoiler:
		return &tg.MessageEntitySpoiler{Offset: offset, Length: length}
	case code:
		return &tg.MessageEntityCode{Offset: offset, Length: length}
	}
	id, _ := strconv.ParseInt(s.arg, 10, 64)
	return &tg.MessageEntityCustomEmoji{Offset: offset, Length: length, DocumentID: id}
}

// kindOf is the reverse of entity; ok is false for what Telegram finds by itself.
func kindOf(e tg.MessageEntityClass) (k kind, arg string, ok bool) {
	switch e := e.(type) {
	case *tg.MessageEntityBlockquote:
		if e.Collapsed {
			return folded, "", true
		}
		return quote, "", true
	case *tg.MessageEntityPre:
		return pre, e.Language, true
	case *tg.MessageEntityTextURL:
		return link, e.URL, e.URL != ""
	case *tg.MessageEntityMentionName:
		return mention, strconv.FormatInt(e.UserID, 10), true
	case *tg.InputMessageEntityMentionName:
		if user, known := e.UserID.(*tg.InputUser); known {
			return mention, strconv.FormatInt(user.UserID, 10), true
		}
	case *tg.MessageEntityBold:
		return bold, "", true
	case *tg.MessageEntityItalic:
		return italic, "", true
	case *tg.MessageEntityUnderline:
		return underline, "", true
	case *tg.MessageEntityStrike:
		return strike, "", true
	case *tg.MessageEntitySpoiler:
		return spoiler, "", true
	case *tg.MessageEntityCode:
		return code, "", true
	case *tg.MessageEntityCustomEmoji:
		return emoji, strconv.FormatInt(e.DocumentID, 10), true
	}
	return 0, "", false
}

// units is how many UTF-16 units a rune takes.
func units(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// offsets maps byte positions of a text to UTF-16 positions: entry i is for byte i, and bytes inside a rune
// belong to its beginning.
func offsets(plain string) []int {
	at := make([]int, len(plain)+1)
	n := 0
	for i, r := range plain {
		_, size := utf8.DecodeRuneInString(plain[i:])
		for j := range size {
			at[i+j] = n
		}
		n += units(r)
	}
	at[len(plain)] = n
	return at
}

// textOf turns spans into entities.
func textOf(plain string, spans []span) Text {
	if len(spans) == 0 {
		return Of(plain)
	}
	at := offsets(plain)
	entities := make([]tg.MessageEntityClass, len(spans))
	for i, s := range spans {
		entities[i] = s.entity(at[s.from], at[s.to]-at[s.from])
	}
	return Text{Plain: plain, Entities: entities}
}

// spansOf turns entities into spans. Positions beyond the text are cut; one inside a surrogate pair moves to
// the pair's beginning.
func spansOf(t Text) []span {
	if len(t.Entities) == 0 {
		return nil
	}
	total := 0
	for _, r := range t.Plain {
		total += units(r)
	}
	bytes := make([]int, total+1)
	n := 0
	for i, r := range t.Plain {
		for range units(r) {
			bytes[n] = i
			n++
		}
	}
	bytes[total] = len(t.Plain)
	position := func(unit int) int { return bytes[min(max(unit, 0), total)] }
	var spans []span
	for _, e := range t.Entities {
		if k, arg, ok := kindOf(e); ok {
			from := e.GetOffset()
			// The sum may overflow where an untrusted length is near the end of int.
			length := min(max(e.GetLength(), 0), total)
			spans = append(spans, span{kind: k, from: position(from), to: position(min(from, total) + length), arg: arg})
		}
	}
	return spans
}

// destination says what a link's address stands for.
func destination(url string) (k kind, arg string) {
	if id, ok := strings.CutPrefix(url, "tg://user?id="); ok && isNumber(id) {
		return mention, id
	}
	return link, url
}

func isNumber(s string) bool {
	n, err := strconv.ParseInt(s, 10, 64)
	return err == nil && strconv.FormatInt(n, 10) == s
}
