package bindings

import (
	"fmt"
	"reflect"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/text"
)

// formattedText is text with its formatting as scripts put it together. It never changes.
type formattedText struct{ text.Text }

// String is the text alone.
func (t *formattedText) String() string { return t.Plain }

func formattedOfText(t text.Text) *formattedText { return &formattedText{t} }

// putTogether puts texts one behind another, if that isn't too long.
func putTogether(separator text.Text, parts ...text.Text) (*formattedText, error) {
	t, err := text.Join(separator, parts...)
	if err != nil {
		return nil, fmt.Errorf("put texts together: %w", err)
	}
	return formattedOfText(t), nil
}

// entityWeight is what a piece of formatting takes, about.
const entityWeight = 64

// Weight is what the text holds of its script's memory.
func (t *formattedText) Weight() int { return len(t.Plain) + entityWeight*len(t.Entities) }

// formattedTextClass is the class FormattedText.
var formattedTextClass = spec.Class{
	Name: "FormattedText", Call: "text", Go: reflect.TypeFor[*formattedText](),
	Doc: "Text that knows its formatting: tg.fmt makes it, `..` puts more behind or before it, and it can be given wherever a message's text or caption is. " +
		"What is put in is text, whatever is written in it. tostring gives the text alone.",
	Equal: func(a, b any) bool {
		return reflect.DeepEqual(a.(*formattedText).Normal(), b.(*formattedText).Normal())
	},
	Fields: []spec.Field{
		spec.Get("text", "What it says.", (*formattedText).String),
		spec.Get("entities", "Its formatting, as of a message.", func(t *formattedText) []textEntity {
			normal := t.Normal()
			return entitiesOf(normal.Plain, normal.Entities)
		}).Is("TextEntity[]"),
		spec.Get("length", "How long Telegram counts it: a message has room for 4096. Emoji count twice.", func(t *formattedText) int { return text.Units(t.Plain) }),
		spec.Get("markdown", "It as Markdown.", func(t *formattedText) string { return text.Format(text.Markdown, t.Text) }).OutOfTable(),
		spec.Get("html", "It as HTML.", func(t *formattedText) string { return text.Format(text.HTML, t.Text) }).OutOfTable(),
	},
	Concat: &concatText,
}

type concatArgs struct {
	Left  wording `lua:"left" doc:"What is before."`
	Right wording `lua:"right" doc:"What is behind."`
}

var concatText = spec.Function("..", "Put texts together.", func(_ *spec.Call, in concatArgs) (*formattedText, error) {
	return putTogether(text.Text{}, in.Left.literal(), in.Right.literal())
}).Direct()
