package transfer

import (
	"context"
	"crypto/md5" //nolint:gosec // Telegram's checksum of small files
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"sync"

	"github.com/gotd/td/tg"
)

// UploadOptions say how a file is uploaded.
type UploadOptions struct {
	Name     string // for Telegram; "" is the source's
	Progress Progress
	Limit    int64 // most bytes; 0 leaves it to Telegram
}

// upload is one file on its way.
type upload struct {
	engine  *Engine
	source  *Source
	id      int64
	big     bool
	total   int // parts; -1 until a stream has ended
	sum     hash.Hash
	size    int64 // -1 until a stream has ended
	known   int64 // size as it was when the first part went out; -1 if it wasn't known
	report  Progress
	buffers sync.Pool

	telling sync.Mutex
	done    int64 // bytes that are there
}

// part is a piece of the file.
type part struct {
	n, total int
	data     []byte
	buffer   *[]byte
}

// Upload sends a file, and returns what Telegram's other calls know it by. Parts that are lost are sent again, each
// by itself; a file that changes meanwhile is a *FileError.
func (e *Engine) Upload(ctx context.Context, source *Source, opts UploadOptions) (tg.InputFileClass, error) {
	name := opts.Name
	if name == "" {
		name = source.Name
	}
	u := &upload{engine: e, source: source, id: newID(), size: source.Size, report: opts.Progress}
	u.buffers.New = func() any { b := make([]byte, partSize); return &b }
	if err := u.measure(); err != nil {
		return nil, err
	}
	limit := opts.Limit
	if limit == 0 {
		limit = mostParts * partSize
	}
	if u.size > limit {
		return nil, tooLarge("send", source.Name, u.size, limit)
	}
	parts, err := u.run(ctx, limit)
	if err != nil {
		return nil, fmt.Errorf("upload %s: %w", name, err)
	}
	if err := source.check(); err != nil {
		return nil, err
	}
	if u.big {
		return &tg.InputFileBig{ID: u.id, Parts: parts, Name: name}, nil
	}
	return &tg.InputFile{ID: u.id, Parts: parts, Name: name, MD5Checksum: hex.EncodeToString(u.sum.Sum(nil))}, nil
}

// measure decides whether the file is a big one. A stream that nobody knows the size of is read up to where it would
// be one: small files have another call, and a checksum.
func (u *upload) measure() error {
	if u.size < 0 {
		head := make([]byte, smallLimit+1)
		n, err := io.ReadFull(u.source, head)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			u.size = int64(n)
		case err != nil:
			return fileError("read", u.source.Name, err)
		}
		u.source.Rest(head[:n])
	}
	switch {
	case u.size == 0:
		return &FileError{Verb: "send", Path: u.source.Name, Kind: KindEmpty, Cause: errors.New("it is empty, and Telegram takes no empty files")}
	case u.size < 0:
		u.big, u.total = true, -1
	default:
		u.big = u.size > smallLimit
		u.total = int((u.size + partSize - 1) / partSize)
	}
	u.known = u.size
	if !u.big {
		u.sum = md5.New() //nolint:gosec // see above
	}
	return nil
}

// run reads the source and has workers send its parts; it returns how many there are.
func (u *upload) run(ctx context.Context, limit int64) (parts int, err error) {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	queue := make(chan part)
	var workers sync.WaitGroup
	for range u.engine.parallel() {
		workers.Go(func() {
			for p := range queue {
				if err := u.send(ctx, p); err != nil {
					fail(fmt.Errorf("part %d: %w", p.n, err))
				}
				u.buffers.Put(p.buffer)
			}
		})
	}
	parts, err = u.read(ctx, limit, queue)
	close(queue)
	if err != nil {
		fail(err)
	}
	workers.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return 0, cause
	}
	return parts, nil
}

// read cuts the source into parts. Of a stream it reads one part ahead, since the last one has to tell how many
// there are: https://core.telegram.org/api/files#streamed-uploads
func (u *upload) read(ctx context.Context, limit int64, queue chan<- part) (parts int, err error) {
	var read int64
	next, err := u.piece(0)
	for err == nil && len(next.data) > 0 {
		p := next
		read += int64(len(p.data))
		if read > limit {
			return 0, tooLarge("send", u.source.Name, read, limit)
		}
		next = part{}
		if len(p.data) == partSize {
			if next, err = u.piece(p.n + 1); err != nil {
				return 0, err
			}
		}
		p.total = u.total
		if u.total < 0 && len(next.data) == 0 {
			p.total, u.size = p.n+1, read
		}
		parts++
		select {
		case queue <- p:
		case <-ctx.Done():
			return 0, context.Cause(ctx)
		}
	}
	switch {
	case err != nil:
		return 0, err
	case u.size >= 0 && read < u.size:
		return 0, u.source.short(read)
	}
	return parts, nil
}

// piece reads part n; its data is empty at the end. More than was announced is not read.
func (u *upload) piece(n int) (part, error) {
	want := int64(partSize)
	if u.size >= 0 {
		want = min(want, u.size-int64(n)*partSize)
	}
	if want <= 0 {
		return part{}, nil
	}
	buffer := u.buffers.Get().(*[]byte)
	got, err := io.ReadFull(u.source, (*buffer)[:want])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return part{}, fileError("read", u.source.Name, err)
	}
	if u.sum != nil {
		_, _ = u.sum.Write((*buffer)[:got]) // never fails
	}
	return part{n: n, data: (*buffer)[:got], buffer: buffer}, nil
}

func (u *upload) send(ctx context.Context, p part) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	var ok tg.BoolBox
	var err error
	if u.big {
		err = u.engine.Calls.Call(ctx, 0, &tg.UploadSaveBigFilePartRequest{FileID: u.id, FilePart: p.n, FileTotalParts: p.total, Bytes: p.data}, &ok)
	} else {
		err = u.engine.Calls.Call(ctx, 0, &tg.UploadSaveFilePartRequest{FileID: u.id, FilePart: p.n, Bytes: p.data}, &ok)
	}
	if err != nil {
		return err
	}
	if _, saved := ok.Bool.(*tg.BoolTrue); !saved {
		return errors.New("it was not kept")
	}
	if u.report != nil {
		u.telling.Lock() // parts end beside each other, and what is told never goes back
		defer u.telling.Unlock()
		u.done += int64(len(p.data))
		total := u.known
		if total < 0 && p.total == p.n+1 { // the end of the stream
			total = int64(p.n)*partSize + int64(len(p.data))
		}
		u.report(u.done, total)
	}
	return nil
}

// newID names an upload.
func newID() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return int64(binary.LittleEndian.Uint64(b[:]))
}
