package telegram

import (
	"context"
	"fmt"
	"io"

	"github.com/tgscript/tgscript/telegram/transfer"
)

// DownloadFile writes what is kept at a location, or a part of it.
func (a *Account) DownloadFile(ctx context.Context, at transfer.Location, w io.Writer, opts transfer.DownloadOptions) (int64, error) {
	t, err := a.files()
	if err != nil {
		return 0, fmt.Errorf("download file: %w", err)
	}
	n, err := t.engine.Download(ctx, at, w, opts)
	if err != nil {
		return n, fmt.Errorf("download file: %w", err)
	}
	return n, nil
}
