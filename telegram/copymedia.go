package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/text"
)

// MediaAgain is what media are sent as once more, without uploading them; nil for a message that has none, and for
// the preview of a link. Media that show once, games, invoices and stories are ErrNotCopied.
func MediaAgain(media tg.MessageMediaClass) (tg.InputMediaClass, error) {
	switch m := media.(type) {
	case nil, *tg.MessageMediaEmpty, *tg.MessageMediaWebPage:
		return nil, nil
	case *tg.MessageMediaPhoto:
		if photo, ok := m.Photo.(*tg.Photo); ok && m.TTLSeconds == 0 {
			return &tg.InputMediaPhoto{ID: photo.AsInput(), Spoiler: m.Spoiler}, nil
		}
	case *tg.MessageMediaDocument:
		if document, ok := m.Document.(*tg.Document); ok && m.TTLSeconds == 0 {
			return &tg.InputMediaDocument{ID: document.AsInput(), Spoiler: m.Spoiler}, nil
		}
	case *tg.MessageMediaContact:
		return &tg.InputMediaContact{PhoneNumber: m.PhoneNumber, FirstName: m.FirstName, LastName: m.LastName, Vcard: m.Vcard}, nil
	case *tg.MessageMediaDice:
		return &tg.InputMediaDice{Emoticon: m.Emoticon}, nil
	case *tg.MessageMediaGeo:
		if point := pointAgain(m.Geo); point != nil {
			return &tg.InputMediaGeoPoint{GeoPoint: point}, nil
		}
	case *tg.MessageMediaGeoLive: // where it was last
		if point := pointAgain(m.Geo); point != nil {
			return &tg.InputMediaGeoPoint{GeoPoint: point}, nil
		}
	case *tg.MessageMediaVenue:
		if point := pointAgain(m.Geo); point != nil {
			return &tg.InputMediaVenue{
				GeoPoint: point, Title: m.Title, Address: m.Address, Provider: m.Provider, VenueID: m.VenueID, VenueType: m.VenueType,
			}, nil
		}
	case *tg.MessageMediaPoll:
		return pollAgain(m), nil
	}
	return nil, ErrNotCopied
}

func pointAgain(geo tg.GeoPointClass) tg.InputGeoPointClass {
	if p, ok := geo.(*tg.GeoPoint); ok {
		return &tg.InputGeoPoint{Lat: p.Lat, Long: p.Long, AccuracyRadius: p.AccuracyRadius}
	}
	return nil
}

// pollAgain is the same question without its votes. A quiz keeps its right answers if they are known.
func pollAgain(m *tg.MessageMediaPoll) tg.InputMediaClass {
	p := Poll{
		Question: text.Text{Plain: m.Poll.Question.Text, Entities: m.Poll.Question.Entities},
		Solution: text.Text{Plain: m.Results.Solution, Entities: m.Results.SolutionEntities},
		Public:   m.Poll.PublicVoters, Multiple: m.Poll.MultipleChoice, Final: m.Poll.RevotingDisabled,
		Shuffle: m.Poll.ShuffleAnswers, Hidden: m.Poll.HideResultsUntilClose,
	}
	for n, one := range m.Poll.Answers {
		answer, ok := one.(*tg.PollAnswer)
		if !ok {
			continue
		}
		p.Answers = append(p.Answers, text.Text{Plain: answer.Text.Text, Entities: answer.Text.Entities})
		for _, r := range m.Results.Results {
			if r.Correct && string(r.Option) == string(answer.Option) {
				p.Correct = append(p.Correct, n)
			}
		}
	}
	return p.Media()
}

// CopyOptions say how a message is copied.
type CopyOptions struct {
	SendOptions
	Text *text.Text // in place of its own text; nil keeps it
}

// Copy sends what a message says as a message of this account, without telling where it is from. Buttons that
// open an address are kept unless others are given, if a bot copies. It fails with ErrNotCopied for service messages
// and for media that MediaAgain doesn't know.
func (a *Account) Copy(ctx context.Context, to Target, m *Message, opts CopyOptions) (*Message, error) {
	if m.Service != nil {
		return nil, fmt.Errorf("copy message: %w", ErrNotCopied)
	}
	body := text.Text{Plain: m.Message.Message, Entities: m.Entities}
	if opts.Text != nil {
		body = *opts.Text
	}
	media, err := MediaAgain(m.Media)
	if err != nil {
		return nil, fmt.Errorf("copy message: %w", err)
	}
	if inline, ok := m.ReplyMarkup.(*tg.ReplyInlineMarkup); ok && opts.Buttons == nil && a.isBot() {
		opts.Buttons = inline
	}
	opts.InvertMedia = opts.InvertMedia || m.InvertMedia
	if media == nil {
		_, preview := m.Media.(*tg.MessageMediaWebPage)
		opts.NoPreview = opts.NoPreview || !preview
		return a.Send(ctx, to, body, opts.SendOptions)
	}
	return a.SendMedia(ctx, to, media, body, opts.SendOptions)
}
