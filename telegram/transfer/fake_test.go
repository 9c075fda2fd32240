package transfer_test

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// fake is a Telegram that has one file to give, and takes any number of parts.
type fake struct {
	mu        sync.Mutex
	content   []byte
	reference string
	home      int // where the file is; 0 doesn't care
	fail      func(in bin.Object) error
	parts     map[int64]map[int][]byte
	totals    map[int64]int
	small     map[int64]bool
	asked     []*tg.UploadGetFileRequest
	inFlight  int
	most      int
	gate      chan struct{} // closed lets calls through; nil doesn't hold them
}

func (f *fake) Call(ctx context.Context, dc int, in bin.Object, out bin.Decoder) error {
	f.mu.Lock()
	f.inFlight++
	f.most = max(f.most, f.inFlight)
	gate := f.gate
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.inFlight--
		f.mu.Unlock()
	}()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail != nil {
		if err := f.fail(in); err != nil {
			return err
		}
	}
	var answer bin.Encoder
	switch in := in.(type) {
	case *tg.UploadSaveFilePartRequest:
		f.keep(in.FileID, in.FilePart, -2, in.Bytes)
		answer = &tg.BoolTrue{}
	case *tg.UploadSaveBigFilePartRequest:
		f.keep(in.FileID, in.FilePart, in.FileTotalParts, in.Bytes)
		answer = &tg.BoolTrue{}
	case *tg.UploadGetFileRequest:
		file, err := f.give(dc, in)
		if err != nil {
			return err
		}
		answer = file
	default:
		return fmt.Errorf("unexpected %T", in)
	}
	var b bin.Buffer
	if err := answer.Encode(&b); err != nil {
		return err
	}
	return out.Decode(&b)
}

func (f *fake) keep(id int64, n, total int, data []byte) {
	if f.parts == nil {
		f.parts, f.totals, f.small = map[int64]map[int][]byte{}, map[int64]int{}, map[int64]bool{}
	}
	if f.parts[id] == nil {
		f.parts[id] = map[int][]byte{}
	}
	f.parts[id][n] = bytes.Clone(data)
	f.small[id] = total == -2
	if total > 0 {
		f.totals[id] = total
	}
}

// give follows the rules of https://core.telegram.org/api/files#downloading-files.
func (f *fake) give(dc int, in *tg.UploadGetFileRequest) (*tg.UploadFile, error) {
	f.asked = append(f.asked, in)
	unit := 4096
	if in.Precise {
		unit = 1024
	}
	switch at := in.Location.(*tg.InputDocumentFileLocation); {
	case in.Limit <= 0 || in.Limit > 1<<20 || in.Limit%unit != 0 || !in.Precise && (1<<20)%in.Limit != 0:
		return nil, tgerr.New(400, "LIMIT_INVALID")
	case in.Offset < 0 || in.Offset%int64(unit) != 0 || in.Offset>>20 != (in.Offset+int64(in.Limit)-1)>>20:
		return nil, tgerr.New(400, "OFFSET_INVALID")
	case f.home != 0 && dc != f.home:
		return nil, tgerr.New(303, fmt.Sprintf("FILE_MIGRATE_%d", f.home))
	case f.reference != "" && string(at.FileReference) != f.reference:
		return nil, tgerr.New(400, "FILE_REFERENCE_EXPIRED")
	}
	from := min(in.Offset, int64(len(f.content)))
	to := min(in.Offset+int64(in.Limit), int64(len(f.content)))
	return &tg.UploadFile{Type: &tg.StorageFileUnknown{}, Bytes: f.content[from:to]}, nil
}

// assembled is what an upload brought, if all that was said of it is right.
func (f *fake) assembled(in tg.InputFileClass) ([]byte, error) {
	var id int64
	var count int
	sum := ""
	switch in := in.(type) {
	case *tg.InputFile:
		id, count, sum = in.ID, in.Parts, in.MD5Checksum
		if !f.small[id] {
			return nil, errors.New("a small file came in big parts")
		}
	case *tg.InputFileBig:
		id, count = in.ID, in.Parts
		if f.small[id] {
			return nil, errors.New("a big file came in small parts")
		}
		if f.totals[id] != count {
			return nil, fmt.Errorf("parts said that there are %d, not %d", f.totals[id], count)
		}
	}
	if len(f.parts[id]) != count {
		return nil, fmt.Errorf("%d parts came, not %d", len(f.parts[id]), count)
	}
	var whole []byte
	for n := range count {
		data, ok := f.parts[id][n]
		if !ok || len(data) == 0 || n < count-1 && len(data) != 512<<10 {
			return nil, fmt.Errorf("part %d has %d bytes", n, len(data))
		}
		whole = append(whole, data...)
	}
	if got := md5.Sum(whole); sum != "" && hex.EncodeToString(got[:]) != sum {
		return nil, errors.New("the checksum is wrong")
	}
	return whole, nil
}

func noise(n int) []byte {
	data := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(data)
	return data
}
