package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/transfer"
)

// DownloadOptions say what of a file is downloaded, and how. The zero value downloads all of it.
type DownloadOptions struct {
	Thumb      string // a smaller picture instead, by its letter: see https://core.telegram.org/api/files#image-thumbnail-types
	ThumbPlace int    // the same by its place, from 1 for the smallest; -1 is the greatest; 0 is the file itself
	Offset     int64
	Limit      int64 // how many bytes; 0 is all that follow
	Request    int   // bytes that are asked for at once; 0 is 512 KiB
	Progress   transfer.Progress

	Resume    bool // keep what has come of a failed download, and go on from there the next time
	Overwrite bool // replace what has the name already
}

func (o DownloadOptions) engine() transfer.DownloadOptions {
	return transfer.DownloadOptions{Offset: o.Offset, Limit: o.Limit, Request: o.Request, Progress: o.Progress}
}

// ErrNothingToDownload says that there is no file.
var ErrNothingToDownload = errors.New("there is no file to download")

// part of a file that is downloaded: where it is, and its bytes if they are here already.
func (f *File) part(o DownloadOptions) (transfer.Location, []byte, error) {
	if f == nil {
		return transfer.Location{}, nil, ErrNothingToDownload
	}
	kind, size := "", f.Size()
	switch {
	case o.Thumb != "" || o.ThumbPlace != 0:
		thumb, err := f.thumb(o.Thumb, o.ThumbPlace)
		if err != nil {
			return transfer.Location{}, nil, err
		}
		if thumb.inside != nil {
			return transfer.Location{}, thumb.inside, nil
		}
		kind, size = thumb.kind, thumb.size
	case f.Photo != nil:
		best := f.largest()
		if best.inside != nil {
			return transfer.Location{}, best.inside, nil
		}
		if kind = best.kind; kind == "" {
			return transfer.Location{}, nil, ErrNothingToDownload
		}
	}
	at := f.location(kind, size)
	at.Refresh = func(ctx context.Context) (tg.InputFileLocationClass, error) {
		fresh := *f // others may read it meanwhile
		if err := fresh.Refresh(ctx); err != nil {
			return nil, err
		}
		return fresh.where(kind), nil
	}
	return at, nil, nil
}

// Download writes a file, or the part of it that the options name, to w, in order, and returns how many bytes it has
// written, also with an error. A file reference that has expired is renewed where the file was seen; ErrFileGone says
// that it isn't there any more. ErrNoThumb and ErrNothingToDownload say that there is no such picture, or no file.
// https://core.telegram.org/api/files#downloading-files
func (a *Account) Download(ctx context.Context, f *File, w io.Writer, opts DownloadOptions) (int64, error) {
	at, inside, err := f.part(opts)
	if err == nil && inside != nil {
		var n int
		n, err = w.Write(cut(inside, opts))
		return int64(n), err
	}
	if err != nil {
		return 0, fmt.Errorf("download file: %w", err)
	}
	return a.DownloadFile(ctx, at, w, opts.engine())
}

// cut is the part of bytes that are here already.
func cut(data []byte, o DownloadOptions) []byte {
	data = data[min(max(0, o.Offset), int64(len(data))):]
	if o.Limit > 0 {
		data = data[:min(o.Limit, int64(len(data)))]
	}
	return data
}

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

// DownloadBytes gives a file as bytes. One with more than limit bytes is a *transfer.FileError; 0 sets none.
func (a *Account) DownloadBytes(ctx context.Context, f *File, limit int64, opts DownloadOptions) ([]byte, error) {
	var b bytes.Buffer
	_, err := a.Download(ctx, f, &transfer.Limited{W: &b, Limit: limit}, opts)
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Save downloads a file into path, and returns the name that it got. A folder gets the name that the file has, made
// safe; "" is the folder that one is in. Until the file is whole it has another name, so that what is under path was
// never half of it. Opts.Overwrite is for names: in a folder nothing is replaced. The errors are those of Download, and
// a *transfer.FileError for what is wrong on this machine.
func (a *Account) Save(ctx context.Context, f *File, path string, opts DownloadOptions) (string, error) {
	at, inside, err := f.part(opts)
	if err != nil {
		return "", fmt.Errorf("download file: %w", err)
	}
	if folder, ok := asFolder(path); ok {
		path, opts.Overwrite = filepath.Join(folder, f.NameFor(opts)), false
	}
	if inside != nil {
		return transfer.Put(path, cut(inside, opts), opts.Overwrite)
	}
	id := fmt.Sprintf("%x", uint64(f.ID()))
	if opts.Offset != 0 || opts.Limit != 0 || opts.Thumb != "" || opts.ThumbPlace != 0 {
		id += fmt.Sprintf("-%s%d-%d-%d", opts.Thumb, opts.ThumbPlace, opts.Offset, opts.Limit)
	}
	return a.SaveFile(ctx, at, path, transfer.SaveOptions{
		DownloadOptions: opts.engine(), ID: id, Resume: opts.Resume, Overwrite: opts.Overwrite,
	})
}

// NameFor is what a file, or a picture of it, is called in a folder of ours.
func (f *File) NameFor(o DownloadOptions) string {
	if o.Thumb == "" && o.ThumbPlace == 0 {
		return f.SaveName()
	}
	return "thumb_" + strconv.FormatInt(f.ID(), 10) + ".jpg"
}

// asFolder says whether path names a folder: it is there, or ends like one.
func asFolder(path string) (string, bool) {
	if path == "" {
		return ".", true
	}
	if info, err := os.Stat(path); err == nil {
		return path, info.IsDir()
	}
	return path, os.IsPathSeparator(path[len(path)-1])
}

// SaveFile writes what is kept at a location under a name, and returns the name that it got.
func (a *Account) SaveFile(ctx context.Context, at transfer.Location, path string, opts transfer.SaveOptions) (string, error) {
	t, err := a.files()
	if err != nil {
		return "", fmt.Errorf("download file: %w", err)
	}
	return t.engine.Save(ctx, at, path, opts)
}
