package telegram

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/text"
)

// InlineOffer is one thing that a bot offers to an inline query: how it is shown, and what is sent if it is chosen.
type InlineOffer struct {
	ID                      string // comes back in InlineChosen; a hash of the offer if empty
	Type                    string // article, photo, gif, video, audio, voice, file, sticker, geo, venue, contact or game
	Title, Description, URL string
	Thumb                   *tg.InputWebDocument // a small picture beside it

	// What is shown and sent; at most one. Without any, it is the Message alone.
	Content  *tg.InputWebDocument  // a file on the web
	Photo    tg.InputPhotoClass    // one that Telegram has
	Document tg.InputDocumentClass // one that Telegram has
	Game     string                // short name
	Message  InlineMessage
}

// InlineMessage is what an offer says when it is sent. At most one of Geo, Venue, Contact and Invoice is set; with them
// there is no text.
type InlineMessage struct {
	Text        text.Text // of an article; the caption of a photo or file
	NoPreview   bool
	Instead     bool // Text is sent in the place of the photo or file, which are only shown in the list
	InvertMedia bool // text above the picture or the preview
	Geo         *tg.InputBotInlineMessageMediaGeo
	Venue       *tg.InputBotInlineMessageMediaVenue
	Contact     *tg.InputBotInlineMessageMediaContact
	Invoice     *tg.InputBotInlineMessageMediaInvoice
	Buttons     tg.ReplyMarkupClass
}

// ErrOfferContent says that an offer has no content, or more than one.
var ErrOfferContent = errors.New("an offer needs exactly one content: text, a photo or file, a place, a contact or a game")

// OfferError says what is wrong with an offer.
type OfferError struct {
	Number int // from 1; 0 for one that stands alone
	Err    error
}

func (e *OfferError) Error() string {
	if e.Number == 0 {
		return e.Err.Error()
	}
	return fmt.Sprintf("offer %d: %v", e.Number, e.Err)
}

func (e *OfferError) Unwrap() error { return e.Err }

// LuaFields are the fields of the error as scripts see it.
func (e *OfferError) LuaFields() map[string]any {
	return map[string]any{"kind": "OFFER_INVALID", "number": e.Number}
}

// offered makes an offer ready for Telegram.
func (a *Account) offered(ctx context.Context, o InlineOffer) (tg.InputBotInlineResultClass, error) {
	message, err := a.inlineMessage(ctx, o)
	if err != nil {
		return nil, err
	}
	var result tg.InputBotInlineResultClass
	var id *string
	switch {
	case o.Photo != nil:
		made := &tg.InputBotInlineResultPhoto{ID: o.ID, Type: o.Type, Photo: o.Photo, SendMessage: message}
		result, id = made, &made.ID
	case o.Document != nil:
		made := &tg.InputBotInlineResultDocument{ID: o.ID, Type: o.Type, Document: o.Document, SendMessage: message}
		setGiven(o.Title, made.SetTitle)
		setGiven(o.Description, made.SetDescription)
		result, id = made, &made.ID
	case o.Game != "":
		made := &tg.InputBotInlineResultGame{ID: o.ID, ShortName: o.Game, SendMessage: message}
		result, id = made, &made.ID
	default:
		made := &tg.InputBotInlineResult{ID: o.ID, Type: o.Type, SendMessage: message}
		setGiven(o.Title, made.SetTitle)
		setGiven(o.Description, made.SetDescription)
		setGiven(o.URL, made.SetURL)
		if o.Thumb != nil {
			made.SetThumb(*o.Thumb)
		}
		if o.Content != nil {
			made.SetContent(*o.Content)
		}
		result, id = made, &made.ID
	}
	if *id == "" {
		if *id, err = offerID(result); err != nil {
			return nil, err
		}
	}
	return result, nil
}

func setGiven(s string, set func(string)) {
	if s != "" {
		set(s)
	}
}

// offerID names an offer by what it is, so that the same offer keeps its name.
func offerID(result tg.InputBotInlineResultClass) (string, error) {
	var b bin.Buffer
	if err := result.Encode(&b); err != nil {
		return "", fmt.Errorf("name the offer: %w", err)
	}
	sum := sha256.Sum256(b.Buf)
	return hex.EncodeToString(sum[:16]), nil
}

// inlineMessage makes what an offer says.
func (a *Account) inlineMessage(ctx context.Context, o InlineOffer) (tg.InputBotInlineMessageClass, error) {
	m := o.Message
	shown := o.Photo != nil || o.Document != nil || o.Content != nil
	media := shown && !m.Instead
	if count(o.Photo != nil, o.Document != nil, o.Content != nil, o.Game != "") > 1 {
		return nil, ErrOfferContent
	}
	if count(m.Text.Plain != "" && !media, media && m.Geo == nil && m.Venue == nil && m.Contact == nil && m.Invoice == nil,
		m.Geo != nil, m.Venue != nil, m.Contact != nil, m.Invoice != nil, o.Game != "") != 1 {
		return nil, ErrOfferContent
	}
	markup, err := a.readyMarkup(ctx, m.Buttons)
	if err != nil {
		return nil, err
	}
	switch {
	case o.Game != "":
		return &tg.InputBotInlineMessageGame{ReplyMarkup: markup}, nil
	case m.Geo != nil:
		made := *m.Geo
		made.ReplyMarkup = markup
		return &made, nil
	case m.Venue != nil:
		made := *m.Venue
		made.ReplyMarkup = markup
		return &made, nil
	case m.Contact != nil:
		made := *m.Contact
		made.ReplyMarkup = markup
		return &made, nil
	case m.Invoice != nil:
		made := *m.Invoice
		made.ReplyMarkup = markup
		return &made, nil
	case media:
		return &tg.InputBotInlineMessageMediaAuto{
			Message: m.Text.Plain, Entities: a.entities(ctx, m.Text.Entities), InvertMedia: m.InvertMedia, ReplyMarkup: markup,
		}, nil
	}
	return &tg.InputBotInlineMessageText{
		Message: m.Text.Plain, Entities: a.entities(ctx, m.Text.Entities), NoWebpage: m.NoPreview, InvertMedia: m.InvertMedia, ReplyMarkup: markup,
	}, nil
}

func count(given ...bool) (n int) {
	for _, one := range given {
		if one {
			n++
		}
	}
	return n
}

// Kind is the type of an offer that goes by its content.
func (o InlineOffer) Kind() string {
	switch {
	case o.Game != "":
		return "game"
	case o.Photo != nil:
		return "photo"
	case o.Document != nil:
		return "file"
	case o.Message.Geo != nil:
		return "geo"
	case o.Message.Venue != nil:
		return "venue"
	case o.Message.Contact != nil:
		return "contact"
	}
	return "article"
}

// Headline is a title for an offer that has none: what it says, or where it is.
func (o InlineOffer) Headline() string {
	switch m := o.Message; {
	case m.Venue != nil:
		return m.Venue.Title
	case m.Contact != nil:
		return m.Contact.FirstName
	case m.Geo != nil:
		return "Location"
	default:
		line, _, _ := strings.Cut(m.Text.Plain, "\n")
		return line
	}
}
