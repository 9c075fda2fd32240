package telegram

import (
	"context"
	"errors"
	"fmt"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/text"
)

// Buttons are the buttons of the message, row by row; nil if it has none.
func (m *Message) Buttons() [][]Button {
	var rows [][]Button
	switch markup := m.ReplyMarkup.(type) {
	case *tg.ReplyInlineMarkup:
		for _, row := range markup.Rows {
			var buttons []Button
			for _, b := range row.Buttons {
				buttons = append(buttons, Button{Text: b.Text, Style: b.Style, Inline: b.Type})
			}
			rows = append(rows, buttons)
		}
	case *tg.ReplyKeyboardMarkup:
		for _, row := range markup.Rows {
			var buttons []Button
			for _, b := range row.Buttons {
				buttons = append(buttons, Button{Text: b.Text, Style: b.Style, Reply: b.Type})
			}
			rows = append(rows, buttons)
		}
	}
	return rows
}

// PressOptions are what a button may ask of the account. Nothing of the account is given away that isn't named here.
type PressOptions struct {
	Password   string            // of this account, for buttons that ask for it
	SharePhone bool              // give this account's phone number
	Phone      string            // or another one
	ShareGeo   *tg.InputGeoPoint // give this place
	SharePeers []Target          // give these people or chats
	Login      bool              // sign in at the button's web site, and let its bot write
}

// Pressed is what came of pressing a button.
type Pressed struct {
	Answer *tg.MessagesBotCallbackAnswer // what the bot said; nil for other buttons, and for a bot that said nothing in time
	Sent   *Message                      // what the button said or shared
	URL    string                        // what a person's app would open; nothing is opened here
	Query  string                        // the inline query that a person would now be typing ...
	Bot    Peer                          // ... to this bot
	Copied string                        // what a person would now have in the clipboard
	User   Peer                          // whose profile a person would now see
}

// Errors about buttons that want something of the account.
var (
	ErrNoPhoneShared  = errors.New("the button asks for a phone number, and none may be shared")
	ErrNoGeoShared    = errors.New("the button asks for a place, and none may be shared")
	ErrNoPeerShared   = errors.New("the button asks for people or chats, and none may be shared")
	ErrPasswordWanted = errors.New("the button asks for the account's password, and none was given")
	ErrNoPress        = errors.New("this kind of button can't be pressed from here")
)

// Press presses a button below a message, as a person does. A button that asks for something that the options don't
// give is ErrNoPhoneShared, ErrNoGeoShared, ErrNoPeerShared or ErrPasswordWanted; one that opens what only an app can,
// and one that pays, is ErrNoPress.
func (m *Message) Press(ctx context.Context, b Button, opts PressOptions) (Pressed, error) {
	var done Pressed
	var err error
	if b.Inline != nil {
		done, err = m.pressInline(ctx, b, opts)
	} else {
		done, err = m.pressReply(ctx, b, opts)
	}
	if err != nil {
		return Pressed{}, fmt.Errorf("press %q: %w", b.Text, err)
	}
	return done, nil
}

func (m *Message) pressInline(ctx context.Context, b Button, opts PressOptions) (done Pressed, err error) {
	switch kind := b.Inline.(type) {
	case *tg.InlineButtonTypeCallback:
		request := &tg.MessagesGetBotCallbackAnswerRequest{Peer: m.Chat.Input, MsgID: m.ID}
		request.SetData(kind.Data)
		if kind.RequiresPassword {
			proof, err := m.Account.passwordProof(ctx, opts.Password)
			if err != nil {
				return done, err
			}
			request.SetPassword(proof)
		}
		done.Answer, err = m.callback(ctx, request)
	case *tg.InlineButtonTypeGame:
		done.Answer, err = m.callback(ctx, &tg.MessagesGetBotCallbackAnswerRequest{Peer: m.Chat.Input, MsgID: m.ID, Game: true})
	case *tg.InlineButtonTypeURL:
		done.URL = kind.URL
	case *tg.InlineButtonTypeURLAuth:
		done.URL, err = m.login(ctx, kind, opts)
	case *tg.InlineButtonTypeWebView:
		done.URL, err = m.Account.WebView(ctx, m.bot(), WebViewOptions{Chat: m.Chat, URL: kind.URL})
	case *tg.InlineButtonTypeSwitchInline:
		done.Query, done.Bot = kind.Query, m.bot()
	case *tg.InlineButtonTypeCopy:
		done.Copied = kind.CopyText
	case *tg.InlineButtonTypeUserProfile:
		done.User = m.Account.peers.get(kind.UserID)
	case *tg.InlineButtonTypeBuy:
		err = fmt.Errorf("%w: pay for an invoice on purpose, not by its button", ErrNoPress)
	default:
		err = ErrNoPress
	}
	if err == nil && done.Answer != nil {
		done.URL = done.Answer.URL
	}
	return done, err
}

// bot is whose buttons the message has.
func (m *Message) bot() Peer {
	if m.ViaBotID != 0 {
		return m.Account.peers.get(m.ViaBotID)
	}
	return m.Sender
}

// callback waits for what the bot says; nil if it says nothing in time.
func (m *Message) callback(ctx context.Context, request *tg.MessagesGetBotCallbackAnswerRequest) (*tg.MessagesBotCallbackAnswer, error) {
	answer, err := m.Account.API().MessagesGetBotCallbackAnswer(ctx, request)
	if tgerr.Is(err, "BOT_RESPONSE_TIMEOUT") {
		return nil, nil
	}
	return answer, err
}

// login is what a login button opens: https://core.telegram.org/api/url-authorization
func (m *Message) login(ctx context.Context, kind *tg.InlineButtonTypeURLAuth, opts PressOptions) (string, error) {
	if !opts.Login {
		return kind.URL, nil
	}
	request := &tg.MessagesAcceptURLAuthRequest{WriteAllowed: true}
	request.SetPeer(m.Chat.Input)
	request.SetMsgID(m.ID)
	request.SetButtonID(kind.ButtonID)
	answer, err := m.Account.API().MessagesAcceptURLAuth(ctx, request)
	if err != nil {
		return "", err
	}
	if accepted, ok := answer.(*tg.URLAuthResultAccepted); ok && accepted.URL != "" {
		return accepted.URL, nil
	}
	return kind.URL, nil
}

func (m *Message) pressReply(ctx context.Context, b Button, opts PressOptions) (done Pressed, err error) {
	a := m.Account
	how := SendOptions{}
	if !m.Chat.IsUser() { // so that the bot knows that it is meant
		how.ReplyTo = m.ID
	}
	switch kind := b.Reply.(type) {
	case *tg.ButtonTypeDefault:
		done.Sent, err = a.Send(ctx, m.Chat, text.Of(b.Text), how)
	case *tg.ButtonTypeRequestPhone:
		contact, err := a.ownContact(opts)
		if err != nil {
			return done, err
		}
		done.Sent, err = a.SendMedia(ctx, m.Chat, contact, text.Text{}, how)
		return done, err
	case *tg.ButtonTypeRequestGeoLocation:
		if opts.ShareGeo == nil {
			return done, ErrNoGeoShared
		}
		done.Sent, err = a.SendMedia(ctx, m.Chat, &tg.InputMediaGeoPoint{GeoPoint: opts.ShareGeo}, text.Text{}, how)
	case *tg.ButtonTypeRequestPeer:
		err = m.sharePeers(ctx, kind, opts.SharePeers)
	case *tg.ButtonTypeSimpleWebView:
		done.URL, err = a.WebView(ctx, m.bot(), WebViewOptions{URL: kind.URL, Simple: true})
	default:
		err = ErrNoPress
	}
	return done, err
}

// ownContact is the phone number that may be shared.
func (a *Account) ownContact(opts PressOptions) (tg.InputMediaClass, error) {
	self := a.Self()
	switch {
	case opts.Phone == "" && !opts.SharePhone:
		return nil, ErrNoPhoneShared
	case self == nil || self.User == nil:
		return nil, ErrNotRunning
	case opts.Phone == "":
		opts.Phone = self.Phone
	}
	return &tg.InputMediaContact{PhoneNumber: opts.Phone, FirstName: self.FirstName, LastName: self.LastName}, nil
}

// sharePeers tells the bot of the people or chats that it asked for.
func (m *Message) sharePeers(ctx context.Context, kind *tg.ButtonTypeRequestPeer, peers []Target) error {
	if len(peers) == 0 {
		return ErrNoPeerShared
	}
	request := &tg.MessagesSendBotRequestedPeerRequest{Peer: m.Chat.Input, ButtonID: kind.ButtonID}
	request.SetMsgID(m.ID)
	for _, who := range peers {
		peer, err := m.Account.Resolve(ctx, who)
		if err != nil {
			return err
		}
		request.RequestedPeers = append(request.RequestedPeers, peer.Input)
	}
	_, err := m.Account.API().MessagesSendBotRequestedPeer(ctx, request)
	return err
}

// passwordProof shows that we know the account's password, for calls that want to be sure:
// https://core.telegram.org/api/srp
func (a *Account) passwordProof(ctx context.Context, password string) (tg.InputCheckPasswordSRPClass, error) {
	if password == "" {
		return nil, ErrPasswordWanted
	}
	challenge, err := a.API().AccountGetPassword(ctx)
	if err != nil {
		return nil, err
	}
	if !challenge.HasPassword {
		return nil, ErrNoPassword
	}
	return proofOf(challenge, password)
}
