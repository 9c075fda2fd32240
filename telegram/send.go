package telegram

import (
	"context"
	"time"

	"github.com/tgscript/tgscript/telegram/text"
)

// SendOptions say how a message goes out. The zero value sends now and quotes nothing.
type SendOptions struct {
	ReplyTo   int       // message to answer; 0 answers none
	Silent    bool      // without a sound
	NoPreview bool      // without the preview of a link
	At        time.Time // send later; the zero time means now
}

// Send sends a text message and returns it as Telegram has stored it.
func (a *Account) Send(ctx context.Context, to Target, body text.Text, opts SendOptions) (*Message, error) {
	panic("send")
}
