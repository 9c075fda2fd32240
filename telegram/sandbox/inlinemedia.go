package sandbox

import "github.com/gotd/td/tg"

// storedKinds are the kinds of documents that can be offered.
var storedKinds = map[string]bool{"file": true, "gif": true, "video": true, "audio": true, "voice": true, "sticker": true}

// stored makes an offer of a photo, a document or a game that Telegram has already.
//
// See https://core.telegram.org/api/bots/inline.
func (c *call) stored(in tg.InputBotInlineResultClass) (tg.BotInlineResultClass, *inlineResult, error) {
	out := &tg.BotInlineMediaResult{}
	var media tg.MessageMediaClass
	var message tg.InputBotInlineMessageClass
	lead := tg.KeyboardInlineButton{}
	switch in := in.(type) {
	case *tg.InputBotInlineResultPhoto:
		f, err := c.photo(in.Photo, "PHOTO_INVALID")
		if err != nil {
			return nil, nil, err
		}
		if in.Type != "photo" && in.Type != "sticker" {
			return nil, nil, bad("RESULT_TYPE_INVALID")
		}
		out.ID, out.Type, message = in.ID, in.Type, in.SendMessage
		out.SetPhoto(c.photoTG(f))
		if media, err = c.photoMedia(f, false, 0); err != nil {
			return nil, nil, err
		}
	case *tg.InputBotInlineResultDocument:
		f, err := c.document(in.Document)
		if err != nil {
			return nil, nil, err
		}
		if !storedKinds[in.Type] {
			return nil, nil, bad("RESULT_TYPE_INVALID")
		}
		out.ID, out.Type, message = in.ID, in.Type, in.SendMessage
		out.SetDocument(c.documentTG(f))
		if title, given := in.GetTitle(); given {
			out.SetTitle(title)
		}
		if text, given := in.GetDescription(); given {
			out.SetDescription(text)
		}
		if media, err = c.documentMedia(f, false, 0); err != nil {
			return nil, nil, err
		}
	case *tg.InputBotInlineResultGame:
		game, err := c.game(c.me, in.ShortName)
		if err != nil {
			return nil, nil, err
		}
		out.ID, out.Type, message, lead = in.ID, "game", in.SendMessage, playButton(game.Title)
		out.SetTitle(game.Title)
		out.SetDescription(game.Description)
		media = &tg.MessageMediaGame{Game: game}
	default:
		return nil, nil, bad("RESULT_TYPE_INVALID")
	}
	if err := resultID(out.ID); err != nil {
		return nil, nil, err
	}
	shown, says, err := c.storedMessage(message, media, lead)
	out.SendMessage = shown
	return out, says, err
}

func resultID(id string) error {
	switch {
	case id == "":
		return bad("RESULT_ID_EMPTY")
	case len(id) > inlineName:
		return bad("RESULT_ID_INVALID")
	}
	return nil
}

// storedMessage is what is sent of an offer: the media itself, with a text, or something else.
func (c *call) storedMessage(in tg.InputBotInlineMessageClass, media tg.MessageMediaClass, lead tg.KeyboardInlineButton) (tg.BotInlineMessageClass, *inlineResult, error) {
	says := &inlineResult{media: media}
	var err error
	switch m := in.(type) {
	case *tg.InputBotInlineMessageMediaAuto:
		if lead.Type != nil {
			return nil, nil, bad("SEND_MESSAGE_GAME_INVALID")
		}
		if says.text, says.entities, err = c.caption(m.Message, m.Entities)(); err != nil {
			return nil, nil, err
		}
		if says.markup, err = c.keyboard(m.ReplyMarkup, peer{peerGroup, 0}, c.user); err != nil {
			return nil, nil, err
		}
		return &tg.BotInlineMessageMediaAuto{InvertMedia: m.InvertMedia, Message: says.text, Entities: says.entities, ReplyMarkup: says.markup}, says, nil
	case *tg.InputBotInlineMessageGame:
		if lead.Type == nil {
			return nil, nil, bad("SEND_MESSAGE_GAME_INVALID")
		}
		if says.markup, err = c.ledMarkup(m.ReplyMarkup, peer{peerGroup, 0}, lead); err != nil {
			return nil, nil, err
		}
		return &tg.BotInlineMessageMediaAuto{ReplyMarkup: says.markup}, says, nil
	default:
		return c.offered(&tg.InputBotInlineResult{SendMessage: in})
	}
}
