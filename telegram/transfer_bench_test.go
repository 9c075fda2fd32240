package telegram_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime/metrics"
	"sync/atomic"
	"testing"

	"github.com/gotd/td/session"
	gotd "github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/telegram/downloader"
	"github.com/gotd/td/telegram/uploader"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/transfer"
)

const (
	benchFile    = 64 << 20
	echoBotToken = "2001:AAE-sandbox-echo-bot-token-000000001"
)

func noise(n int) []byte {
	data := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(data)
	return data
}

// transferWorld keeps files in a folder, for 64 MiB many times are more than its memory may hold.
func transferWorld(b *testing.B) *sandbox.Server {
	b.Helper()
	s, err := sandbox.New(sandbox.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}

// withAccount runs f with an account of ours.
func withAccount(b *testing.B, s *sandbox.Server, f func(ctx context.Context, a *telegram.Account)) {
	b.Helper()
	opts := options(s)
	opts.BotToken = echoBotToken
	ready, err := s.ReadySession(0)
	if err != nil {
		b.Fatal(err)
	}
	opts.Session = ready
	a, err := telegram.Open(opts)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	err = a.Run(b.Context(), func(ctx context.Context) error {
		if _, err := a.SignIn(ctx, &person{}); err != nil {
			return err
		}
		f(ctx, a)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// withGotd runs f with a bare gotd client and its defaults.
func withGotd(b *testing.B, s *sandbox.Server, f func(ctx context.Context, api *tg.Client)) {
	b.Helper()
	info := s.Info()
	ready, err := s.ReadySession(0)
	if err != nil {
		b.Fatal(err)
	}
	kept := &session.StorageMemory{}
	if err := kept.StoreSession(b.Context(), ready); err != nil {
		b.Fatal(err)
	}
	client := gotd.NewClient(info.APIID, info.APIHash, gotd.Options{
		DC: info.DC, DCList: dcs.List{Options: s.DCOptions()}, PublicKeys: s.Keys(), SessionStorage: kept, NoUpdates: true,
	})
	err = client.Run(b.Context(), func(ctx context.Context) error {
		if _, err := client.Auth().Bot(ctx, echoBotToken); err != nil {
			return err
		}
		f(ctx, client.API())
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// heap watches how much memory is in use, garbage included.
type heap struct{ most atomic.Uint64 }

func (h *heap) look(int64, int64) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	for now := sample[0].Value.Uint64(); ; {
		most := h.most.Load()
		if now <= most || h.most.CompareAndSwap(most, now) {
			return
		}
	}
}

// BenchmarkTransferMemory shows that a file eight times as large takes no more memory, client and server together.
func BenchmarkTransferMemory(b *testing.B) {
	for _, size := range []int64{32 << 20, 256 << 20} {
		b.Run(fmt.Sprintf("%dMiB", size>>20), func(b *testing.B) {
			s := transferWorld(b)
			withAccount(b, s, func(ctx context.Context, a *telegram.Account) {
				var h heap
				for b.Loop() {
					source := transfer.Stream("a", io.LimitReader(rand.NewChaCha8([32]byte{1}), size), size)
					if _, err := a.Upload(ctx, source, telegram.UploadOptions{Progress: h.look}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(h.most.Load())/(1<<20), "heap-MiB")
			})
		})
	}
}

func BenchmarkTransferUpload(b *testing.B) {
	s, data := transferWorld(b), noise(benchFile)
	b.Run("tgscript", func(b *testing.B) {
		withAccount(b, s, func(ctx context.Context, a *telegram.Account) {
			b.SetBytes(benchFile)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := a.Upload(ctx, transfer.Bytes("a", data), telegram.UploadOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
	b.Run("gotd", func(b *testing.B) {
		withGotd(b, s, func(ctx context.Context, api *tg.Client) {
			b.SetBytes(benchFile)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := uploader.NewUploader(api).FromBytes(ctx, "a", data); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}

func BenchmarkTransferDownload(b *testing.B) {
	s, data := transferWorld(b), noise(benchFile)
	var at tg.InputFileLocationClass
	withAccount(b, s, func(ctx context.Context, a *telegram.Account) {
		file, err := a.Upload(ctx, transfer.Stream("a", bytes.NewReader(data), benchFile), telegram.UploadOptions{})
		if err != nil {
			b.Fatal(err)
		}
		media, err := a.API().MessagesUploadMedia(ctx, &tg.MessagesUploadMediaRequest{
			Peer: &tg.InputPeerSelf{}, Media: &tg.InputMediaUploadedDocument{File: file},
		})
		if err != nil {
			b.Fatal(err)
		}
		document, ok := media.(*tg.MessageMediaDocument).Document.AsNotEmpty()
		if !ok {
			b.Fatal("no document")
		}
		at = document.AsInputDocumentFileLocation("")
	})
	b.Run("tgscript", func(b *testing.B) {
		withAccount(b, s, func(ctx context.Context, a *telegram.Account) {
			b.SetBytes(benchFile)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := a.DownloadFile(ctx, transfer.Location{Where: at}, io.Discard, transfer.DownloadOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
	b.Run("gotd", func(b *testing.B) {
		withGotd(b, s, func(ctx context.Context, api *tg.Client) {
			b.SetBytes(benchFile)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := downloader.NewDownloader().Download(api, at).Stream(ctx, io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}
