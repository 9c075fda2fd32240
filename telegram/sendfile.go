package telegram

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/text"
	"github.com/tgscript/tgscript/telegram/transfer"
)

// SendFileOptions say how files go out.
type SendFileOptions struct {
	SendOptions
	Progress transfer.Progress // of all files together
}

// SendFile uploads a file, if it must be, and sends it. caption may be empty. A file that Telegram has is looked up
// anew if its reference has expired, and one of which Telegram has lost a part is uploaded once more, if it can be read
// again. What is wrong with the file is a *transfer.FileError; one that can't be found any more is ErrFileGone.
func (a *Account) SendFile(ctx context.Context, to Target, at Attachment, caption text.Text, opts SendFileOptions) (*Message, error) {
	chat, err := a.Resolve(ctx, to) // before the upload: it would be in vain
	if err != nil {
		return nil, fmt.Errorf("send file: %w", err)
	}
	if _, named := to.(Name); !named { // a name is kept: withPeer can look it up anew
		to = chat
	}
	for again := false; ; again = true {
		media, err := a.InputMedia(ctx, at, opts.Progress)
		if err != nil {
			return nil, fmt.Errorf("send file: %w", err)
		}
		sent, err := a.sendAttached(ctx, to, at, media, caption, opts)
		if again || !partMissing(err) || at.Source == nil || !at.Source.Rewind() {
			return sent, err
		}
	}
}

// partMissing says that Telegram has lost a part of an upload: https://core.telegram.org/api/files#uploading-files
func partMissing(err error) bool {
	rpc, ok := asRPC(err)
	return ok && strings.HasPrefix(rpc.Message, "FILE_PART_") && strings.HasSuffix(rpc.Message, "_MISSING")
}

// sendAttached sends media, once more if the file's reference had expired.
func (a *Account) sendAttached(
	ctx context.Context, to Target, at Attachment, media tg.InputMediaClass, caption text.Text, opts SendFileOptions,
) (*Message, error) {
	sent, err := a.SendMedia(ctx, to, media, caption, opts.SendOptions)
	if at.File == nil || !transfer.IsStale(err) {
		return sent, err
	}
	fresh := *at.File
	if lookup := fresh.Refresh(ctx); lookup != nil {
		return nil, errors.Join(err, lookup)
	}
	at.File = &fresh
	return a.SendMedia(ctx, to, at.again(), caption, opts.SendOptions)
}
