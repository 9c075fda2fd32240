package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
)

// DownloadOptions say which part of a file is wanted, and how.
type DownloadOptions struct {
	Offset   int64 // first byte
	Limit    int64 // how many bytes; 0 is all that follow
	Request  int   // bytes of one request, of which a file takes several; 0 is 512 KiB
	Progress Progress
}

// Reader reads a file from its beginning to its end, several parts ahead. It is not for several goroutines.
type Reader struct {
	from    *remote
	fetch   sync.WaitGroup
	ahead   []asked // in order
	width   int
	next    int64 // where the next request begins
	end     int64 // where the last one ends; -1 if nobody knows
	request int
	failed  error
	done    int64
	total   int64 // -1 if nobody knows
	report  Progress
}

// asked is a request on its way.
type asked struct {
	offset int64
	want   int
	answer chan piece // has room for it
	cancel context.CancelFunc
}

type piece struct {
	data []byte
	err  error
}

// Open begins to read a file; nothing is asked for before Next. Who doesn't read to the end closes it.
func (e *Engine) Open(at Location, opts DownloadOptions) *Reader {
	r := &Reader{
		from: &remote{calls: e.Calls, at: at}, width: e.parallel(), next: opts.Offset, end: -1, request: requestSize(opts.Request),
		total: -1, report: opts.Progress,
	}
	if at.Size > 0 {
		r.end = at.Size
	}
	if limited := opts.Offset + opts.Limit; opts.Limit > 0 && (r.end < 0 || limited < r.end) {
		r.end = limited
	}
	if r.end >= 0 {
		r.total = max(0, r.end-opts.Offset)
	}
	return r
}

// requestSize makes a size that Telegram takes: a power of two from 4 KiB to 1 MiB.
func requestSize(n int) int {
	if n <= 0 {
		return partSize
	}
	size := 4096
	for size < n && size < chunk {
		size *= 2
	}
	return size
}

// Next gives the next bytes, which are the caller's; io.EOF comes after the last. Requests that are made ahead end
// with ctx, and are made again if the next Next has another one.
func (r *Reader) Next(ctx context.Context) ([]byte, error) {
	if r.failed != nil {
		return nil, r.failed
	}
	r.ask(ctx)
	if len(r.ahead) == 0 {
		return nil, r.fail(io.EOF)
	}
	first := r.ahead[0]
	var got piece
	select {
	case got = <-first.answer:
	case <-ctx.Done():
		return nil, r.fail(context.Cause(ctx))
	}
	first.cancel()
	r.ahead = r.ahead[1:]
	if got.err != nil && errors.Is(got.err, context.Canceled) && ctx.Err() == nil { // of an earlier Next
		got.data, got.err = r.from.span(ctx, first.offset, first.want)
	}
	if got.err != nil {
		return nil, r.fail(got.err)
	}
	return r.take(ctx, first, got.data)
}

// take counts what has come. Less than was asked for is the end of the file, whatever was said of its size.
func (r *Reader) take(ctx context.Context, asked asked, data []byte) ([]byte, error) {
	r.done += int64(len(data))
	if len(data) == asked.want {
		r.ask(ctx)
	} else {
		if size := r.from.at.Size; size > 0 && asked.offset+int64(len(data)) < size {
			return nil, r.fail(&FileError{Verb: "download", Kind: KindShort, Cause: fmt.Errorf("only %d of %d bytes came", asked.offset+int64(len(data)), size)})
		}
		r.total = r.done
		_ = r.fail(io.EOF)
	}
	if r.report != nil {
		r.report(r.done, r.total)
	}
	if len(data) == 0 {
		return nil, io.EOF
	}
	return data, nil
}

// ask keeps requests on their way. They end at the same borders whatever the offset is.
func (r *Reader) ask(ctx context.Context) {
	for len(r.ahead) < r.width && (r.end < 0 || r.next < r.end) {
		ctx, cancel := context.WithCancel(ctx)
		one := asked{offset: r.next, want: r.request - int(r.next%int64(r.request)), answer: make(chan piece, 1), cancel: cancel}
		if r.end >= 0 {
			one.want = int(min(int64(one.want), r.end-one.offset))
		}
		r.fetch.Go(func() {
			data, err := r.from.span(ctx, one.offset, one.want)
			one.answer <- piece{data, err}
		})
		r.ahead = append(r.ahead, one)
		r.next += int64(one.want)
	}
}

func (r *Reader) fail(err error) error {
	r.failed = err
	for _, one := range r.ahead {
		one.cancel()
	}
	r.ahead = nil
	return err
}

// copy writes all that is left.
func (r *Reader) copy(ctx context.Context, w io.Writer) (written int64, err error) {
	for {
		data, err := r.Next(ctx)
		if errors.Is(err, io.EOF) {
			return written, nil
		}
		if err != nil {
			return written, err
		}
		n, err := w.Write(data)
		written += int64(n)
		if err == nil && n < len(data) {
			err = io.ErrShortWrite
		}
		if err != nil {
			return written, err
		}
	}
}

// Close ends what is on its way, and waits for it.
func (r *Reader) Close() error {
	if r.failed == nil {
		_ = r.fail(io.ErrClosedPipe)
	}
	r.fetch.Wait()
	return nil
}

// Download writes a file to w, in order, and returns how many bytes it has written, also with an error. Less than
// Location.Size is a *FileError of KindShort.
func (e *Engine) Download(ctx context.Context, at Location, w io.Writer, opts DownloadOptions) (int64, error) {
	r := e.Open(at, opts)
	n, err := r.copy(ctx, w)
	return n, errors.Join(err, r.Close())
}
