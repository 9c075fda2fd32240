package transfer

import (
	"bytes"
	"context"
	"errors"
	"os"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// one is a Telegram with one part.
type one struct{}

func (one) Call(_ context.Context, _ int, _ bin.Object, out bin.Decoder) error {
	var b bin.Buffer
	if err := (&tg.UploadFile{Type: &tg.StorageFileUnknown{}, Bytes: bytes.Repeat([]byte{1}, 1000)}).Encode(&b); err != nil {
		return err
	}
	return out.Decode(&b)
}

func TestFullDisk(t *testing.T) {
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	err = (&Engine{Calls: one{}}).fill(t.Context(), Location{Where: &tg.InputDocumentFileLocation{}}, f, "big.mp4", DownloadOptions{})
	var known *FileError
	if !errors.As(err, &known) || known.Kind != KindFull || known.Path != "big.mp4" {
		t.Errorf("got %#v", err)
	}
}

func TestAnswerIsReadAsGotdWritesIt(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 4, 253, 254, 255, 256, 1 << 16, 1<<20 - 1} {
		data := bytes.Repeat([]byte{7}, n)
		var b bin.Buffer
		if err := (&tg.UploadFile{Type: &tg.StorageFileJpeg{}, Mtime: 5, Bytes: data}).Encode(&b); err != nil {
			t.Fatal(err)
		}
		var got answer
		if err := got.Decode(&b); err != nil || !bytes.Equal(got.bytes, data) || got.kind != tg.StorageFileJpegTypeID || b.Len() != 0 {
			t.Errorf("%d bytes: got %d, %v, %d left", n, len(got.bytes), err, b.Len())
		}
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte{1, 2, 3})
	f.Fuzz(func(_ *testing.T, raw []byte) {
		head := bin.Buffer{}
		head.PutID(tg.UploadFileTypeID)
		head.PutID(tg.StorageFileJpegTypeID)
		head.PutInt(0)
		_ = (&answer{}).Decode(&bin.Buffer{Buf: append(head.Buf, raw...)})
	})
}
