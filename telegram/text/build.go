package text

import (
	"errors"
	"net/url"
	"strings"

	"github.com/gotd/td/tg"
)

// Style is formatting that lies over a whole text, see [Styled].
type Style int

// The styles, and what their argument says.
const (
	Bold      Style = Style(bold)
	Italic    Style = Style(italic)
	Underline Style = Style(underline)
	Strike    Style = Style(strike)
	Spoiler   Style = Style(spoiler)
	Code      Style = Style(code)
	Pre       Style = Style(pre)     // the language
	Quote     Style = Style(quote)   // none
	Folded    Style = Style(folded)  // none: a quote that is folded until it is opened
	Link      Style = Style(link)    // the address
	Mention   Style = Style(mention) // the user's id
	Emoji     Style = Style(emoji)   // the id of a custom emoji
)

// Styled puts a style over all of a text. The text's own formatting stays within it.
func Styled(t Text, style Style, argument string) Text {
	n := Units(t.Plain)
	if n == 0 {
		return t
	}
	over := span{kind: kind(style), arg: argument}.entity(0, n)
	return Text{Plain: t.Plain, Entities: append([]tg.MessageEntityClass{over}, t.Entities...)}
}

// Join puts texts one behind another with a separator between them. The error is ErrTooLong.
func Join(separator Text, parts ...Text) (Text, error) {
	var b Builder
	add := func(t Text) bool {
		fits := b.fits(t)
		if fits {
			b.Add(t)
		}
		return fits
	}
	for i, part := range parts {
		if i > 0 && !add(separator) || !add(part) {
			return Text{}, ErrTooLong
		}
	}
	return b.Text(), nil
}

// Builder puts a text together. The zero value is empty.
type Builder struct {
	plain    strings.Builder
	entities []tg.MessageEntityClass
	units    int
}

// Add puts a text behind what is there.
func (b *Builder) Add(t Text) {
	for _, e := range t.Entities {
		if moved := movedTo(e, e.GetOffset()+b.units, e.GetLength()); moved != nil {
			b.entities = append(b.entities, moved)
		}
	}
	b.plain.WriteString(t.Plain)
	b.units += Units(t.Plain)
}

// Text is what was put together.
func (b *Builder) Text() Text { return Text{Plain: b.plain.String(), Entities: b.entities} }

// movedTo is an entity at another place; nil for what Telegram finds by itself.
func movedTo(e tg.MessageEntityClass, offset, length int) tg.MessageEntityClass {
	k, argument, ok := kindOf(e)
	if !ok {
		return nil
	}
	return span{kind: k, arg: argument}.entity(offset, length)
}

// Bounds of what is put together: far more than a message takes, and little enough to be made at once.
const (
	Longest      = 1 << 20 // bytes
	MostEntities = 10_000
)

// ErrTooLong says that a text would be longer, or have more formatting.
var ErrTooLong = errors.New("it gets longer than a megabyte, or has more than 10,000 pieces of formatting")

// fits says whether there is room for another text.
func (b *Builder) fits(t Text) bool {
	return b.plain.Len()+len(t.Plain) <= Longest && len(b.entities)+len(t.Entities) <= MostEntities
}

// Fill puts texts in the place of names in braces: {name}. What is put in is text, whatever is written in it, and has
// the formatting that lies over its place as well as its own; {{ and }} are braces. In the address of a link it is a
// part of the address, unless it is all of it. The error is that of value, ErrTooLong, or a *SyntaxError.
func Fill(t Text, value func(name string) (Text, error)) (Text, error) {
	if len(t.Plain) > Longest || len(t.Entities) > MostEntities {
		return Text{}, ErrTooLong
	}
	pieces, err := holes(t.Plain)
	if err != nil {
		return Text{}, err
	}
	// What is put in moves all that follows it. So it is noted where each byte of the template has come to, in units of
	// the result; then the template's own formatting is laid over that, around the formatting of what was put in.
	var b Builder
	at := make([]int, 0, len(t.Plain)+1)
	for _, p := range pieces {
		filled := Of(p.text)
		if p.hole {
			if filled, err = value(p.text); err != nil {
				return Text{}, err
			}
		}
		if !b.fits(filled) {
			return Text{}, ErrTooLong
		}
		before := b.units
		b.Add(filled)
		if !p.hole && p.length == len(p.text) {
			for _, unit := range offsets(p.text)[:p.length] {
				at = append(at, before+unit)
			}
			continue
		}
		for range p.length { // a hole, or a brace that is written twice
			at = append(at, before)
		}
	}
	at = append(at, b.units)
	out := b.Text()
	var over []tg.MessageEntityClass
	addresses := 0
	for _, s := range spansOf(t) {
		if s.kind == link {
			if s.arg, err = address(s.arg, value); err != nil {
				return Text{}, err
			}
			if addresses += len(s.arg); addresses > Longest {
				return Text{}, ErrTooLong
			}
		}
		if from, to := at[s.from], at[s.to]; from < to {
			over = append(over, s.entity(from, to-from))
		}
	}
	out.Entities = append(over, out.Entities...)
	return out, nil
}

// address fills the address of a link.
func address(template string, value func(name string) (Text, error)) (string, error) {
	pieces, err := holes(template)
	if err != nil {
		return template, nil //nolint:nilerr // an address may have braces that mean nothing
	}
	var b strings.Builder
	for _, p := range pieces {
		if !p.hole {
			b.WriteString(p.text)
			continue
		}
		filled, err := value(p.text)
		switch {
		case err != nil:
			return "", err
		case len(pieces) == 1:
			b.WriteString(filled.Plain)
		default:
			b.WriteString(strings.ReplaceAll(url.QueryEscape(filled.Plain), "+", "%20"))
		}
		if b.Len() > Longest {
			return "", ErrTooLong
		}
	}
	return b.String(), nil
}

// piece is a part of a template: text, or the name of what is put there.
type piece struct {
	text   string
	hole   bool
	length int // in the template
}

// Holes are the names in braces of a template, in their order, each as often as it stands there.
func Holes(template string) ([]string, error) {
	pieces, err := holes(template)
	var names []string
	for _, p := range pieces {
		if p.hole {
			names = append(names, p.text)
		}
	}
	return names, err
}

func holes(template string) (pieces []piece, err error) {
	for at := 0; at < len(template); {
		rest := template[at:]
		next := strings.IndexAny(rest, "{}")
		switch {
		case next < 0:
			return append(pieces, piece{rest, false, len(rest)}), nil
		case next > 0:
			pieces = append(pieces, piece{rest[:next], false, next})
			at += next
		case len(rest) > 1 && rest[1] == rest[0]:
			pieces = append(pieces, piece{rest[:1], false, 2})
			at += 2
		default:
			end := strings.IndexByte(rest, '}')
			if end <= 0 || strings.TrimSpace(rest[1:max(end, 1)]) == "" || strings.ContainsAny(rest[1:end], "{\n") {
				return nil, wrongBrace(template, at)
			}
			pieces = append(pieces, piece{strings.TrimSpace(rest[1:end]), true, end + 1})
			at += end + 1
		}
	}
	return pieces, nil
}

func wrongBrace(template string, at int) error {
	before := template[:at]
	return &SyntaxError{
		Line: strings.Count(before, "\n") + 1, Column: len(before) - strings.LastIndexByte(before, '\n'),
		Message: "a name in braces is written {name}, a brace itself {{ or }}",
	}
}
