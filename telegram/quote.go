package telegram

import (
	"context"
	"strings"
	"unicode/utf16"

	"github.com/gotd/td/tg"
)

// quote adds a quotation to a reply. Telegram compares the text and its formatting with the message, so both
// are taken from there. https://core.telegram.org/api/replies#replying-to-specific-text
func (a *Account) quote(ctx context.Context, reply *tg.InputReplyToMessage, chat Peer, o SendOptions) error {
	reply.QuoteText, reply.QuoteOffset = o.Quote, o.QuoteOffset
	if o.QuoteOffset != 0 {
		return nil
	}
	found, err := a.messagesByID(ctx, chat, []int{o.ReplyTo}, false)
	if err != nil {
		return err
	}
	if len(found) == 0 || found[0] == nil {
		return nil // Telegram will say what is wrong with it
	}
	original := found[0]
	at := strings.Index(original.Message.Message, o.Quote)
	if at < 0 {
		return ErrQuoteNotFound
	}
	from := utf16Length(original.Message.Message[:at])
	reply.QuoteOffset = from
	reply.QuoteEntities = entitiesWithin(original.Entities, from, from+utf16Length(o.Quote))
	return nil
}

func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// entitiesWithin is the formatting that a quotation keeps, counted from its beginning.
func entitiesWithin(entities []tg.MessageEntityClass, from, to int) (kept []tg.MessageEntityClass) {
	for _, e := range entities {
		begin, end := max(e.GetOffset(), from), min(e.GetOffset()+e.GetLength(), to)
		if begin >= end {
			continue
		}
		offset, length := begin-from, end-begin
		switch e := e.(type) {
		case *tg.MessageEntityBold:
			kept = append(kept, &tg.MessageEntityBold{Offset: offset, Length: length})
		case *tg.MessageEntityItalic:
			kept = append(kept, &tg.MessageEntityItalic{Offset: offset, Length: length})
		case *tg.MessageEntityUnderline:
			kept = append(kept, &tg.MessageEntityUnderline{Offset: offset, Length: length})
		case *tg.MessageEntityStrike:
			kept = append(kept, &tg.MessageEntityStrike{Offset: offset, Length: length})
		case *tg.MessageEntitySpoiler:
			kept = append(kept, &tg.MessageEntitySpoiler{Offset: offset, Length: length})
		case *tg.MessageEntityCustomEmoji:
			kept = append(kept, &tg.MessageEntityCustomEmoji{Offset: offset, Length: length, DocumentID: e.DocumentID})
		}
	}
	return kept
}
