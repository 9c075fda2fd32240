package wire

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mtproxy"
	"github.com/gotd/td/mtproxy/obfuscated2"
	"github.com/gotd/td/proto/codec"
)

// spoken is what a client of gotd writes first: its transport's beginning and one frame.
func spoken(t testing.TB, c codec.Codec, obfuscated bool, body []byte) []byte {
	t.Helper()
	var stream bytes.Buffer
	var w io.Writer = &stream
	if obfuscated {
		o := obfuscated2.NewObfuscated2(rand.Reader, &stream)
		if err := o.Handshake(c.(codec.TaggedCodec).ObfuscatedTag(), 2, mtproxy.Secret{}); err != nil {
			t.Fatal(err)
		}
		w = o
	} else if err := c.WriteHeader(w); err != nil {
		t.Fatal(err)
	}
	if err := c.Write(w, &bin.Buffer{Buf: bytes.Clone(body)}); err != nil {
		t.Fatal(err)
	}
	return stream.Bytes()
}

func TestTransportsAreDetected(t *testing.T) {
	body := bytes.Repeat([]byte{5}, 40)
	for kind, c := range codecs() {
		for _, obfuscated := range []bool{false, true} {
			if kind == full && obfuscated {
				continue // there's no tag for it
			}
			stream := spoken(t, c, obfuscated, body)
			for name, r := range map[string]io.Reader{
				"at once": bytes.NewReader(stream), "in bytes": iotest.OneByteReader(bytes.NewReader(stream)),
			} {
				f, err := detect(bufio.NewReader(r), io.Discard)
				if err != nil || f.kind != kind {
					t.Fatalf("%s (obfuscated %v, %s): %v, %v", kind, obfuscated, name, f, err)
				}
				frame, _, err := f.read()
				if err != nil || !bytes.HasPrefix(frame, body) {
					t.Errorf("%s (obfuscated %v, %s): %x, %v", kind, obfuscated, name, frame, err)
				}
			}
		}
	}
}

func TestOtherBeginningsAreRefused(t *testing.T) {
	for name, stream := range map[string]string{
		"nothing":                    "",
		"a cut tag":                  "\xee\xee",
		"a cut word":                 "abcdef",
		"HTTP":                       "GET / HTTP/1.1\r\n\r\n",
		"TLS":                        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
		"a cut obfuscated beginning": "0123456789abcdef",
		"64 bytes of something":      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
	} {
		if f, err := detect(bufio.NewReader(bytes.NewReader([]byte(stream))), io.Discard); err == nil {
			t.Errorf("%s is taken for %s", name, f.kind)
		} else if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, errFrame) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDetect(f *testing.F) {
	for kind, c := range codecs() {
		f.Add(spoken(f, c, false, make([]byte, 40)))
		if kind != full {
			f.Add(spoken(f, c, true, make([]byte, 40)))
		}
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		frames, err := detect(bufio.NewReader(bytes.NewReader(stream)), io.Discard)
		if err != nil {
			return
		}
		for {
			if _, _, err := frames.read(); err != nil {
				return
			}
		}
	})
}
