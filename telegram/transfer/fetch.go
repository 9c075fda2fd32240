package transfer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// Location is a file that Telegram keeps.
type Location struct {
	DC    int // where it is kept; 0 is the account's own data center
	Where tg.InputFileLocationClass
	Size  int64 // -1 or 0 if it isn't known

	// Refresh gives the location with a new file reference, when the old one has expired; nil if there is no way.
	// https://core.telegram.org/api/file-references
	Refresh func(ctx context.Context) (tg.InputFileLocationClass, error)
}

// chunk is what a request must lie within: https://core.telegram.org/api/files#downloading-files
const chunk = 1 << 20

// remote is a location in use: requests beside each other learn of moves and new references from one another.
type remote struct {
	calls Calls

	mu      sync.Mutex
	at      Location
	age     int        // how often the reference was renewed
	renewal sync.Mutex // held by who renews it
}

func (r *remote) now() (Location, int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at, r.age
}

// own is a location for one request: gotd writes into those that have flags when it encodes them, and requests of one
// file are made beside each other.
func own(l tg.InputFileLocationClass) tg.InputFileLocationClass {
	switch l := l.(type) {
	case *tg.InputPeerPhotoFileLocation:
		c := *l
		return &c
	case *tg.InputGroupCallStream:
		c := *l
		return &c
	}
	return l
}

// hops is how often one request may be sent elsewhere, or be told that its reference is old.
const hops = 3

// get reads up to n bytes from offset on; offset and n are multiples of 1 KB. Less than n is the end of the file.
func (r *remote) get(ctx context.Context, offset int64, n int) ([]byte, error) {
	for try := 0; ; try++ {
		at, age := r.now()
		var got answer
		err := r.calls.Call(ctx, at.DC, &tg.UploadGetFileRequest{
			Location: own(at.Where), Offset: offset, Limit: n, Precise: n%4096 != 0 || chunk%n != 0 || offset%4096 != 0,
		}, &got)
		if err == nil {
			return got.bytes, nil
		}
		if try == hops {
			return nil, err
		}
		switch rpc, _ := tgerr.As(err); {
		case rpc == nil:
			return nil, err
		case rpc.IsType("FILE_MIGRATE"):
			r.move(rpc.Argument)
		case IsStale(rpc):
			if err := r.renew(ctx, age, err); err != nil {
				return nil, err
			}
		default:
			return nil, err
		}
	}
}

// IsStale says whether Telegram refused an old file reference: FILE_REFERENCE_EXPIRED, or FILE_REFERENCE_0_EXPIRED for
// the first of several.
func IsStale(err error) bool {
	rpc, ok := tgerr.As(err)
	if !ok || rpc.Code != 400 {
		return false
	}
	for _, end := range []string{"_EXPIRED", "_EMPTY", "_INVALID"} {
		if strings.HasPrefix(rpc.Message, "FILE_REFERENCE_") && strings.HasSuffix(rpc.Message, end) {
			return true
		}
	}
	return false
}

func (r *remote) move(dc int) {
	r.mu.Lock()
	r.at.DC = dc
	r.mu.Unlock()
}

// renew asks for a new reference, once for all who found the same one expired.
func (r *remote) renew(ctx context.Context, age int, refused error) error {
	r.renewal.Lock()
	defer r.renewal.Unlock()
	at, now := r.now()
	if now != age {
		return nil
	}
	if at.Refresh == nil {
		return refused
	}
	where, err := at.Refresh(ctx)
	if err != nil {
		return fmt.Errorf("renew the file reference: %w", errors.Join(err, refused))
	}
	r.mu.Lock()
	r.at.Where = where
	r.age++
	r.mu.Unlock()
	return nil
}

// span reads any range; less than n is the end of the file. It asks for as little as Telegram lets one ask for, and
// never across the border of a chunk.
func (r *remote) span(ctx context.Context, offset int64, n int) ([]byte, error) {
	const unit = 1024
	from := offset / unit * unit
	skip := int(offset - from)
	size := (skip + n + unit - 1) / unit * unit
	if size == 0 {
		return nil, nil
	}
	data, err := r.get(ctx, from, size)
	if err != nil {
		return nil, err
	}
	data = data[min(skip, len(data)):]
	return data[:min(n, len(data))], nil
}
