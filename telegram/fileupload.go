package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/transfer"
)

// UploadOptions say how a file is uploaded.
type UploadOptions = transfer.UploadOptions

// Upload sends a file to Telegram's servers, and to nobody yet: what it returns can be sent for some hours. What is
// wrong with the file is a *transfer.FileError. https://core.telegram.org/api/files#uploading-files
func (a *Account) Upload(ctx context.Context, source *transfer.Source, opts UploadOptions) (tg.InputFileClass, error) {
	t, err := a.files()
	if err != nil {
		return nil, fmt.Errorf("upload file: %w", err)
	}
	written(ctx) // what is sent after this call need not wait for the whole file
	return t.engine.Upload(ctx, source, opts)
}
