package sandbox

import (
	"slices"

	"github.com/gotd/td/tg"
)

// ledMarkup is the markup of media that has a button of its own, the first: a game's is for
// playing, an invoice's for paying. Without markup it is the only one.
func (c *call) ledMarkup(in tg.ReplyMarkupClass, to peer, lead tg.KeyboardInlineButton) (tg.ReplyMarkupClass, error) {
	if in == nil {
		return &tg.ReplyInlineMarkup{Rows: []tg.KeyboardInlineButtonRow{{Buttons: []tg.KeyboardInlineButton{lead}}}}, nil
	}
	inline, ok := in.(*tg.ReplyInlineMarkup)
	if !ok || len(inline.Rows) == 0 || len(inline.Rows[0].Buttons) == 0 {
		return nil, bad("REPLY_MARKUP_INVALID")
	}
	first := inline.Rows[0].Buttons[0]
	if first.Type == nil || first.Type.TypeID() != lead.Type.TypeID() {
		return nil, bad("BUTTON_TYPE_INVALID")
	}
	// The others are as they are anywhere; what stands in for the first is allowed everywhere.
	others := &tg.ReplyInlineMarkup{Rows: slices.Clone(inline.Rows)}
	others.Rows[0].Buttons = slices.Clone(others.Rows[0].Buttons)
	others.Rows[0].Buttons[0].Type = &tg.InlineButtonTypeSwitchInline{}
	checked, err := c.keyboard(others, to, c.user)
	if err != nil {
		return nil, err
	}
	checked.(*tg.ReplyInlineMarkup).Rows[0].Buttons[0].Type = lead.Type
	return checked, nil
}
