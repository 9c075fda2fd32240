package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/tgscript/tgscript/telegram/transfer"
)

// ChunkOptions say in what pieces a file is read. Offset says where it begins; Limit, Progress, Resume and Overwrite
// mean nothing.
type ChunkOptions struct {
	DownloadOptions
	Size   int   // bytes of a piece; 0 is 512 KiB
	Stride int64 // from the begin of one piece to that of the next; 0 is Size
	Count  int   // how many pieces; 0 is all
}

const defaultChunk = 512 << 10

// Chunks reads a file piece by piece, a few requests ahead. The last piece may be shorter.
func (a *Account) Chunks(f *File, opts ChunkOptions) *Cursor[[]byte] {
	return a.chunks(opts, func() (transfer.Location, []byte, error) { return f.part(opts.DownloadOptions) })
}

// ChunksAt reads what is kept at a location piece by piece.
func (a *Account) ChunksAt(at transfer.Location, opts ChunkOptions) *Cursor[[]byte] {
	return a.chunks(opts, func() (transfer.Location, []byte, error) { return at, nil, nil })
}

func (a *Account) chunks(o ChunkOptions, locate func() (transfer.Location, []byte, error)) *Cursor[[]byte] {
	if o.Size <= 0 {
		o.Size = defaultChunk
	}
	if o.Stride <= 0 {
		o.Stride = int64(o.Size)
	}
	c := &chunker{opts: o, at: o.Offset}
	return newCursor(o.Count, func(ctx context.Context) ([][]byte, int, error) {
		if c.open == nil {
			at, inside, err := locate()
			if err != nil {
				return nil, -1, fmt.Errorf("download file: %w", err)
			}
			t, err := a.files()
			if err != nil {
				return nil, -1, fmt.Errorf("download file: %w", err)
			}
			c.open = func(from transfer.DownloadOptions) *transfer.Reader {
				if inside != nil {
					return transfer.ReaderOf(cut(inside, DownloadOptions{Offset: from.Offset, Limit: from.Limit}))
				}
				return t.engine.Open(at, from)
			}
		}
		piece, err := c.next(ctx)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, -1, fmt.Errorf("download file: %w", err)
		}
		if len(piece) == 0 {
			return nil, -1, io.EOF
		}
		return [][]byte{piece}, -1, err
	})
}

// chunker cuts a file into pieces.
type chunker struct {
	opts   ChunkOptions
	open   func(transfer.DownloadOptions) *transfer.Reader
	reader *transfer.Reader // of pieces that follow one another
	held   bytes.Buffer     // read, but in no piece yet
	at     int64            // begin of the next piece, where there are gaps between them
}

// next is the next piece; io.EOF comes with the last, or after it.
func (c *chunker) next(ctx context.Context) ([]byte, error) {
	if c.opts.Stride == int64(c.opts.Size) {
		if c.reader == nil {
			c.reader = c.open(transfer.DownloadOptions{Offset: c.opts.Offset, Request: c.opts.Request})
		}
		return c.fill(ctx, c.reader)
	}
	r := c.open(transfer.DownloadOptions{Offset: c.at, Limit: int64(c.opts.Size), Request: c.opts.Request})
	c.at += c.opts.Stride
	c.held.Reset()
	piece, err := c.fill(ctx, r)
	if len(piece) == c.opts.Size && errors.Is(err, io.EOF) {
		err = nil // the end of the piece, but not of the file
	}
	return piece, errors.Join(err, r.Close())
}

func (c *chunker) fill(ctx context.Context, r *transfer.Reader) ([]byte, error) {
	var err error
	for c.held.Len() < c.opts.Size && err == nil {
		var data []byte
		if data, err = r.Next(ctx); err == nil {
			c.held.Write(data)
		}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if c.held.Len() > c.opts.Size {
		err = nil
	}
	return bytes.Clone(c.held.Next(c.opts.Size)), err
}
