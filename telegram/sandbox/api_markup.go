package sandbox

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// Sizes of https://core.telegram.org/bots/api#inlinekeyboardbutton and of keyboards as a whole.
const (
	buttonData  = 64
	buttonCopy  = 256
	buttonQuery = 256
	buttonsRow  = 8
	buttonsAll  = 100
)

// markup checks what the caller wants below a message and returns what is kept of it. Telegram
// drops the markup of people: only bots have keyboards. See https://core.telegram.org/api/bots/buttons.
func (c *call) markup(in tg.ReplyMarkupClass, to peer) (tg.ReplyMarkupClass, error) {
	if !c.me.bot {
		return nil, nil
	}
	return c.keyboard(in, to, c.user)
}

// keyboard checks a markup; user finds whom its buttons name.
func (s *Server) keyboard(in tg.ReplyMarkupClass, to peer, user func(tg.InputUserClass) (*user, error)) (tg.ReplyMarkupClass, error) {
	switch in := in.(type) {
	case nil:
		return nil, nil
	case *tg.ReplyInlineMarkup:
		return inlineKeyboard(in, to, user)
	case *tg.ReplyKeyboardMarkup:
		return replyKeyboard(in, to)
	default:
		return in, nil
	}
}

func inlineKeyboard(in *tg.ReplyInlineMarkup, to peer, user func(tg.InputUserClass) (*user, error)) (tg.ReplyMarkupClass, error) {
	out := &tg.ReplyInlineMarkup{}
	count := 0
	for _, row := range in.Rows {
		if len(row.Buttons) == 0 {
			continue
		}
		if count += len(row.Buttons); count > buttonsAll || len(row.Buttons) > buttonsRow {
			return nil, bad("REPLY_MARKUP_TOO_LONG")
		}
		row.Buttons = slices.Clone(row.Buttons)
		for i := range row.Buttons {
			b := &row.Buttons[i]
			if strings.TrimSpace(b.Text) == "" {
				return nil, bad("REPLY_MARKUP_INVALID")
			}
			var err error
			if b.Type, err = inlineButton(b.Type, to, count-len(row.Buttons)+i, user); err != nil {
				return nil, err
			}
		}
		out.Rows = append(out.Rows, row)
	}
	if count == 0 {
		return nil, nil
	}
	return out, nil
}

// inlineButton checks what a button does, and turns what bots write into what clients read.
func inlineButton(kind tg.InlineButtonTypeClass, to peer, number int, user func(tg.InputUserClass) (*user, error)) (tg.InlineButtonTypeClass, error) {
	switch kind := kind.(type) {
	case *tg.InlineButtonTypeCallback:
		if len(kind.Data) == 0 || len(kind.Data) > buttonData {
			return nil, bad("BUTTON_DATA_INVALID")
		}
		return kind, nil
	case *tg.InlineButtonTypeURL:
		link, ok := buttonURL(kind.URL)
		if !ok {
			return nil, bad("BUTTON_URL_INVALID")
		}
		return &tg.InlineButtonTypeURL{URL: link}, nil
	case *tg.InputInlineButtonTypeURLAuth:
		if link, ok := buttonURL(kind.URL); !ok || !strings.HasPrefix(link, "https://") {
			return nil, bad("BUTTON_URL_INVALID")
		}
		shown := &tg.InlineButtonTypeURLAuth{URL: kind.URL, ButtonID: number}
		if text, given := kind.GetFwdText(); given {
			shown.SetFwdText(text)
		}
		return shown, nil
	case *tg.InlineButtonTypeWebView:
		if to.kind != peerUser {
			return nil, bad("BUTTON_TYPE_INVALID")
		}
		if link, ok := buttonURL(kind.URL); !ok || !strings.HasPrefix(link, "https://") {
			return nil, bad("BUTTON_URL_INVALID")
		}
		return kind, nil
	case *tg.InlineButtonTypeSwitchInline:
		if len([]rune(kind.Query)) > buttonQuery {
			return nil, bad("BUTTON_DATA_INVALID")
		}
		return kind, nil
	case *tg.InputInlineButtonTypeUserProfile:
		u, err := user(kind.UserID)
		if err != nil {
			return nil, bad("BUTTON_USER_INVALID")
		}
		return &tg.InlineButtonTypeUserProfile{UserID: u.id}, nil
	case *tg.InlineButtonTypeCopy:
		if n := len([]rune(kind.CopyText)); n == 0 || n > buttonCopy {
			return nil, bad("BUTTON_COPY_TEXT_INVALID")
		}
		return kind, nil
	default:
		// Games and payments, which go with media of theirs, and kinds of the other keyboard.
		return nil, bad("BUTTON_TYPE_INVALID")
	}
}

// buttonURL completes a link as Telegram does; only some schemes may be opened from a button.
func buttonURL(link string) (string, bool) {
	link = strings.TrimSpace(link)
	if link == "" || strings.ContainsAny(link, " \n\t") {
		return "", false
	}
	if !strings.Contains(link, ":") || !strings.Contains(link, "://") && !strings.HasPrefix(link, "mailto:") {
		link = "http://" + link
	}
	u, err := url.Parse(link)
	if err != nil {
		return "", false
	}
	switch strings.ToLower(u.Scheme) {
	case "tg", "ton", "tonsite":
		return link, true
	case "http", "https":
		host := u.Hostname()
		if !strings.Contains(strings.Trim(host, "."), ".") {
			return "", false
		}
		if u.Path == "" {
			link = u.Scheme + "://" + u.Host + "/" + strings.TrimPrefix(link[len(u.Scheme)+3:], u.Host)
		}
		return link, true
	}
	return "", false
}

func replyKeyboard(in *tg.ReplyKeyboardMarkup, to peer) (tg.ReplyMarkupClass, error) {
	count := 0
	for _, row := range in.Rows {
		count += len(row.Buttons)
		for i, b := range row.Buttons {
			if strings.TrimSpace(b.Text) == "" {
				return nil, bad("REPLY_MARKUP_INVALID")
			}
			if asks, ok := b.Type.(*tg.InputButtonTypeRequestPeer); ok {
				b.Type = &tg.ButtonTypeRequestPeer{ButtonID: asks.ButtonID, PeerType: asks.PeerType, MaxQuantity: asks.MaxQuantity}
				row.Buttons[i] = b // as clients read it
			}
			switch kind := b.Type.(type) {
			case *tg.ButtonTypeDefault, *tg.ButtonTypeRequestPoll:
			case *tg.ButtonTypeRequestPhone, *tg.ButtonTypeRequestGeoLocation, *tg.ButtonTypeRequestPeer:
				if to.kind != peerUser {
					return nil, bad("BUTTON_TYPE_INVALID")
				}
			case *tg.ButtonTypeSimpleWebView:
				if to.kind != peerUser {
					return nil, bad("BUTTON_TYPE_INVALID")
				}
				if !strings.HasPrefix(kind.URL, "https://") {
					return nil, bad("BUTTON_URL_INVALID")
				}
			default:
				return nil, bad("BUTTON_TYPE_INVALID")
			}
		}
	}
	switch {
	case count == 0:
		return nil, bad("REPLY_MARKUP_INVALID")
	case count > 3*buttonsAll:
		return nil, bad("REPLY_MARKUP_TOO_LONG")
	}
	return in, nil
}

// inlineOnly is the markup of an edit: there is no other kind below a message that was sent.
func (c *call) inlineOnly(in tg.ReplyMarkupClass, to peer) (tg.ReplyMarkupClass, error) {
	switch in.(type) {
	case nil, *tg.ReplyInlineMarkup:
		return c.markup(in, to)
	}
	if !c.me.bot {
		return nil, nil
	}
	return nil, bad("REPLY_MARKUP_INVALID")
}

// sameMarkup compares without the flags, which encoding fills in.
func sameMarkup(a, b tg.ReplyMarkupClass) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return sameTL(a, b)
}

func sameTL(a, b bin.Encoder) bool {
	var left, right bin.Buffer
	return a.Encode(&left) == nil && b.Encode(&right) == nil && string(left.Buf) == string(right.Buf)
}
