package telegram

import (
	"context"

	"github.com/tgscript/tgscript/telegram/text"
)

// EditOptions say how a message is changed.
type EditOptions struct {
	NoPreview bool // without the preview of a link
}

// Edit replaces the text of a message.
func (a *Account) Edit(ctx context.Context, chat Target, id int, body text.Text, opts EditOptions) (*Message, error) {
	panic("edit")
}
