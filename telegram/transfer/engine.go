package transfer

import (
	"context"

	"github.com/gotd/td/bin"
)

// The limits of https://core.telegram.org/api/files#uploading-files.
const (
	partSize   = 512 << 10
	smallLimit = 10 << 20 // bytes up to which a file is sent as a small one
	mostParts  = 8000     // 4 GB, which Premium may; Telegram itself refuses others above half of it
)

// defaultParallel is how many parts are on their way at once. More of them are no faster, and are all in memory.
const defaultParallel = 4

// Calls makes calls to data centers. It makes those again that were lost with their connection: all calls for
// files may be made twice.
type Calls interface {
	// Call makes one call to a data center; 0 is the account's own.
	Call(ctx context.Context, dc int, in bin.Object, out bin.Decoder) error
}

// Engine moves files. Its methods may be called from any goroutine.
type Engine struct {
	Calls    Calls
	Parallel int // parts on their way at once, of one file; 0 is 4

	saving keyed // files that are being written
}

func (e *Engine) parallel() int {
	if e.Parallel > 0 {
		return e.Parallel
	}
	return defaultParallel
}

// Progress is told how many bytes have come through, and how many there are; total is -1 if nobody knows. It is
// called from several goroutines, one at a time, and must not wait.
type Progress func(done, total int64)
