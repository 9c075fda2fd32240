package telegram

import (
	"context"
	"fmt"
	"slices"

	"github.com/gotd/td/tg"
)

// CallbackButton is an inline button that tells the bot its data; empty data stands for the text.
func CallbackButton(label, data string) Button {
	if data == "" {
		data = label
	}
	return Button{Text: label, Inline: &tg.InlineButtonTypeCallback{Data: []byte(data)}}
}

// URLButton is an inline button that opens a link.
func URLButton(label, url string) Button {
	return Button{Text: label, Inline: &tg.InlineButtonTypeURL{URL: url}}
}

// SwitchInlineButton is an inline button that begins an inline query to the bot: in this chat, or in one that the
// person chooses from those of the given kinds (all, if there are none).
func SwitchInlineButton(label, query string, here bool, kinds ...tg.InlineQueryPeerTypeClass) Button {
	kind := &tg.InlineButtonTypeSwitchInline{Query: query, SamePeer: here}
	if len(kinds) > 0 {
		kind.SetPeerTypes(kinds)
	}
	return Button{Text: label, Inline: kind}
}

// LoginOptions say how a login button works: https://core.telegram.org/api/url-authorization
type LoginOptions struct {
	Bot         Target // whose domain it is; nil for the bot that sends the button
	ForwardText string // what the button says in forwarded messages
	WriteAccess bool   // ask for the permission to write to the person
}

// LoginButton is an inline button that signs the person in at a web site.
func LoginButton(label, url string, o LoginOptions) Button {
	kind := &tg.InputInlineButtonTypeURLAuth{URL: url, RequestWriteAccess: o.WriteAccess, Bot: &tg.InputUserSelf{}}
	if o.Bot != nil {
		kind.Bot = &namedUser{&tg.InputUserEmpty{}, o.Bot}
	}
	if o.ForwardText != "" {
		kind.SetFwdText(o.ForwardText)
	}
	return Button{Text: label, Inline: kind}
}

// WebAppButton opens a mini app. It goes on both kinds of keyboard, in private chats.
func WebAppButton(label, url string) Button {
	return Button{Text: label, Inline: &tg.InlineButtonTypeWebView{URL: url}, Reply: &tg.ButtonTypeSimpleWebView{URL: url}}
}

// CopyButton is an inline button that puts a text into the clipboard.
func CopyButton(label, copied string) Button {
	return Button{Text: label, Inline: &tg.InlineButtonTypeCopy{CopyText: copied}}
}

// ProfileButton is an inline button that opens somebody's profile.
func ProfileButton(label string, who Target) Button {
	return Button{Text: label, Inline: &tg.InputInlineButtonTypeUserProfile{UserID: &namedUser{&tg.InputUserEmpty{}, who}}}
}

// BuyButton is the first button of an invoice.
func BuyButton(label string) Button { return Button{Text: label, Inline: &tg.InlineButtonTypeBuy{}} }

// GameButton is the first button of a game.
func GameButton(label string) Button { return Button{Text: label, Inline: &tg.InlineButtonTypeGame{}} }

// TextButton is a button of a reply keyboard that says what is written on it.
func TextButton(label string) Button { return Button{Text: label, Reply: &tg.ButtonTypeDefault{}} }

// PhoneButton is a button of a reply keyboard that shares the person's phone number.
func PhoneButton(label string) Button {
	return Button{Text: label, Reply: &tg.ButtonTypeRequestPhone{}}
}

// LocationButton is a button of a reply keyboard that shares where the person is.
func LocationButton(label string) Button {
	return Button{Text: label, Reply: &tg.ButtonTypeRequestGeoLocation{}}
}

// PollButton is a button of a reply keyboard that asks for a poll; quiz says whether for a quiz, nil for any.
func PollButton(label string, quiz *bool) Button {
	kind := &tg.ButtonTypeRequestPoll{}
	if quiz != nil {
		kind.SetQuiz(*quiz)
	}
	return Button{Text: label, Reply: kind}
}

// PeerButton is a button of a reply keyboard that asks for users, groups or channels.
func PeerButton(label string, request tg.InputButtonTypeRequestPeer) Button {
	return Button{Text: label, Reply: &request}
}

// HideKeyboard takes a reply keyboard away.
func HideKeyboard(selective bool) tg.ReplyMarkupClass {
	return &tg.ReplyKeyboardHide{Selective: selective}
}

// ForceReply makes the person's app act as if they had begun to answer.
func ForceReply(hint string, selective bool) tg.ReplyMarkupClass {
	markup := &tg.ReplyKeyboardForceReply{SingleUse: true, Selective: selective}
	if hint != "" {
		markup.SetPlaceholder(hint)
	}
	return markup
}

// namedUser stands in a markup for somebody who has to be found first. It must not reach the wire: see readyMarkup.
type namedUser struct {
	*tg.InputUserEmpty
	who Target
}

// readyMarkup finds those whom the buttons of a markup name.
func (a *Account) readyMarkup(ctx context.Context, markup tg.ReplyMarkupClass) (tg.ReplyMarkupClass, error) {
	inline, ok := markup.(*tg.ReplyInlineMarkup)
	if !ok {
		return markup, nil
	}
	ready := &tg.ReplyInlineMarkup{ForceReply: inline.ForceReply, Rows: make([]tg.KeyboardInlineButtonRow, len(inline.Rows))}
	for i, row := range inline.Rows {
		buttons := slices.Clone(row.Buttons) // the caller may send the markup elsewhere, too
		for j := range buttons {
			kind, err := a.readyButton(ctx, buttons[j].Type)
			if err != nil {
				return nil, fmt.Errorf("find whom button %d in row %d names: %w", j+1, i+1, err)
			}
			buttons[j].Type = kind
		}
		ready.Rows[i].Buttons = buttons
	}
	return ready, nil
}

func (a *Account) readyButton(ctx context.Context, kind tg.InlineButtonTypeClass) (tg.InlineButtonTypeClass, error) {
	switch kind := kind.(type) {
	case *tg.InputInlineButtonTypeURLAuth:
		if named, ok := kind.Bot.(*namedUser); ok {
			bot, err := a.userNamed(ctx, named.who)
			ready := *kind
			ready.Bot = bot
			return &ready, err
		}
	case *tg.InputInlineButtonTypeUserProfile:
		if named, ok := kind.UserID.(*namedUser); ok {
			user, err := a.userNamed(ctx, named.who)
			return &tg.InputInlineButtonTypeUserProfile{UserID: user}, err
		}
	}
	return kind, nil
}
