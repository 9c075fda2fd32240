package bindings

import (
	"reflect"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// inlineBuilder makes offers.
type inlineBuilder struct{ account *telegram.Account }

// inlineBuilderClass is the class InlineBuilder.
var inlineBuilderClass = spec.Class{
	Name: "InlineBuilder", Call: "builder", Go: reflect.TypeFor[*inlineBuilder](),
	Doc:  "Makes offers for event:answer of an inline query. Each has one content: text, a file, a place, an address, a contact or a game.",
	Text: func(any) string { return "InlineBuilder" },
	Methods: []spec.Func{
		spec.Method("article", "Offer a text, a place, an address or a contact.",
			func(c *spec.Call, b *inlineBuilder, in articleArgs) (*offer, error) {
				t := offerTable{Title: in.Title, offerOptions: in.Opts}
				t.Type = "article"
				return b.made(c, t)
			},
		).Example(`event:answer({ event.builder:article("Hello", { text = "Hello, **world**!", thumb = "https://example.com/world.png" }) })`).Raises("OFFER_INVALID"),
		spec.Method("photo", "Offer a photo: of the web, of a message, or of this machine, which is uploaded.",
			func(c *spec.Call, b *inlineBuilder, in offerPhotoArgs) (*offer, error) {
				t := offerTable{File: in.File, Title: in.Opts.Title, offerOptions: in.Opts.offerOptions, offerFileOptions: in.Opts.offerFileOptions}
				t.Type = "photo"
				return b.made(c, t)
			},
		).Example(`event:answer({ event.builder:photo("https://example.com/cat.jpg", { text = "A cat" }) }, { gallery = true })`).Raises("OFFER_INVALID"),
		spec.Method("document", "Offer a file: of the web, of a message, or of this machine, which is uploaded.",
			func(c *spec.Call, b *inlineBuilder, in offerDocumentArgs) (*offer, error) {
				t := offerTable{Type: in.Opts.Type, File: in.File, Title: in.Title, offerOptions: in.Opts.offerOptions, offerFileOptions: in.Opts.offerFileOptions}
				return b.made(c, t)
			},
		).Example(`event:answer({ event.builder:document("https://example.com/song.mp3", "A song", { type = "audio", performer = "Ada", duration = "3m" }) })`).Raises("OFFER_INVALID"),
		spec.Method("game", "Offer a game of this bot.",
			func(c *spec.Call, b *inlineBuilder, in offerGameArgs) (*offer, error) {
				t := offerTable{Type: "game", Game: in.Name}
				t.ID, t.Buttons = in.Opts.ID, in.Opts.Buttons
				return b.made(c, t)
			},
		).Example(`event:answer({ event.builder:game("chess") })`).Raises("OFFER_INVALID"),
	},
}

func (b *inlineBuilder) made(c *spec.Call, t offerTable) (*offer, error) {
	made, err := t.made(c, b.account)
	if err != nil {
		return nil, &telegram.OfferError{Err: err}
	}
	return &offer{made}, nil
}

type articleArgs struct {
	Title words        `lua:"title" doc:"Its title."`
	Opts  offerOptions `lua:"options,optional" doc:"What is sent, and what else is shown."`
}

type offerPhotoArgs struct {
	File fileSource        `lua:"file" doc:"The photo: an address on the web, a message that has it, or a path."`
	Opts offerPhotoOptions `lua:"options,optional" doc:"Caption, and what else is shown."`
}

type offerPhotoOptions struct {
	Title words `lua:"title,optional" doc:"Its title."`
	offerOptions
	offerFileOptions
}

type offerDocumentArgs struct {
	File  fileSource           `lua:"file" doc:"The file: an address on the web, a message that has it, or a path."`
	Title words                `lua:"title,optional" doc:"Its title."`
	Opts  offerDocumentOptions `lua:"options,optional" doc:"Caption, and what else is shown."`
}

type offerDocumentOptions struct {
	Type string `lua:"type,optional" enum:"gif,video,audio,voice,sticker,file" doc:"What it is shown as; goes by the file if not given."`
	offerOptions
	offerFileOptions
}

type offerGameArgs struct {
	Name string           `lua:"short_name" doc:"Short name of the game."`
	Opts offerGameOptions `lua:"options,optional" doc:"How."`
}

type offerGameOptions struct {
	ID      string  `lua:"id,optional" doc:"Up to 64 bytes, told by inline_chosen."`
	Buttons buttons `lua:"buttons,optional" doc:"Buttons below it; the first one plays."`
}
