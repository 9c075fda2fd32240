package sandbox

import (
	"bytes"
	"io"
	"testing"

	"github.com/gotd/td/telegram/downloader"
	"github.com/gotd/td/telegram/uploader"
	"github.com/gotd/td/tg"
)

// benchSize is a file that gotd uploads by small parts, without a checksum of the whole.
const benchSize = 8 << 20

func BenchmarkUpload(b *testing.B) {
	s := serve(b, Options{Dir: b.TempDir()})
	alice := login(b, s, "alice")
	data := noise(benchSize)
	up := uploader.NewUploader(alice.api).WithPartSize(partAtMost).WithThreads(4)
	b.SetBytes(benchSize)
	b.ReportAllocs()
	for b.Loop() {
		in, err := up.FromBytes(b.Context(), "a", data)
		if err != nil {
			b.Fatal(err)
		}
		alice.sendMedia(b, &tg.InputPeerSelf{}, &tg.InputMediaUploadedDocument{File: in}, "")
	}
}

func BenchmarkDownload(b *testing.B) {
	s := serve(b, Options{Dir: b.TempDir()})
	alice := login(b, s, "alice")
	at := documentOf(b, alice.sendDocument(b, &tg.InputPeerSelf{}, "a", noise(benchSize))).AsInputDocumentFileLocation("")
	get := downloader.NewDownloader().WithPartSize(partAtMost)
	b.SetBytes(benchSize)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := get.Download(alice.api, at).Stream(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPhoto(b *testing.B) {
	store, p := newBlobs("", 1<<30), &painter{}
	original, err := store.put(picture(b, 1920, 1080, ""))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := p.sizes(store, original); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAssemble(b *testing.B) {
	store := newBlobs("", 1<<30)
	data := bytes.Repeat([]byte{1}, partAtMost)
	b.SetBytes(benchSize)
	for i := 0; b.Loop(); i++ {
		key := uploadKey{1, int64(i)}
		for n := range benchSize / partAtMost {
			if err := store.add(key, n, 0, data); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := store.assemble(key, benchSize/partAtMost, true); err != nil {
			b.Fatal(err)
		}
	}
}
