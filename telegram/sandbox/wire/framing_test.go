package wire

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/proto/codec"
)

// codecs are gotd's, by our names.
func codecs() map[framing]codec.Codec {
	return map[framing]codec.Codec{
		abridged: codec.Abridged{}, intermediate: codec.Intermediate{},
		padded: codec.PaddedIntermediate{}, full: &codec.Full{},
	}
}

func reading(kind framing, r io.Reader) *frames {
	return &frames{kind: kind, r: r, started: func() {}}
}

// lengths are those where framings change; a sealed message is 24 + 16 k long.
var lengths = []int{40, 56, 72, 88, 504, 520, 4 * 1024, 24 + 16*20000}

func TestFramesOfGotdAreRead(t *testing.T) {
	for kind, c := range codecs() {
		var stream bytes.Buffer
		for _, n := range lengths {
			if err := c.Write(&stream, &bin.Buffer{Buf: bytes.Repeat([]byte{byte(n)}, n)}); err != nil {
				t.Fatal(err)
			}
		}
		f := reading(kind, iotest.OneByteReader(&stream))
		for _, n := range lengths {
			frame, quick, err := f.read()
			if err != nil || quick {
				t.Fatalf("%s: %d bytes: %v, quick %v", kind, n, err, quick)
			}
			if len(frame) < n || len(frame)-n > 15 || !bytes.Equal(frame[:n], bytes.Repeat([]byte{byte(n)}, n)) {
				t.Errorf("%s: %d bytes came as %d", kind, n, len(frame))
			}
		}
		if _, _, err := f.read(); !errors.Is(err, io.EOF) {
			t.Errorf("%s: the end is %v", kind, err)
		}
	}
}

func TestGotdReadsOurFrames(t *testing.T) {
	for kind, c := range codecs() {
		f := &frames{kind: kind}
		var stream []byte
		for _, n := range append([]int{4}, lengths...) {
			body := make([]byte, n)
			_, _ = rand.Read(body)
			if n == 4 {
				body = transportFrame(404)
			}
			stream = f.end(append(f.begin(stream, n), body...), n)

			var b bin.Buffer
			err := c.Read(bytes.NewReader(stream), &b)
			stream = nil
			var code *codec.ProtocolErr
			switch {
			case n == 4 && (!errors.As(err, &code) || code.Code != 404):
				t.Errorf("%s: transport error is %v", kind, err)
			case n != 4 && (err != nil || !bytes.Equal(b.Buf, body)):
				t.Errorf("%s: %d bytes: %v", kind, n, err)
			}
		}
	}
}

func TestQuickAcksAreAskedForAndGiven(t *testing.T) {
	for kind, asked := range map[framing][]byte{
		abridged:     {0x80 | 2, 1, 2, 3, 4, 5, 6, 7, 8},
		intermediate: {8, 0, 0, 0x80, 1, 2, 3, 4, 5, 6, 7, 8},
		padded:       {8, 0, 0, 0x80, 1, 2, 3, 4, 5, 6, 7, 8},
	} {
		frame, quick, err := reading(kind, bytes.NewReader(asked)).read()
		if err != nil || !quick || !bytes.Equal(frame, []byte{1, 2, 3, 4, 5, 6, 7, 8}) {
			t.Errorf("%s: %x, %v, %v", kind, frame, quick, err)
		}
	}
	for kind, want := range map[framing][]byte{
		abridged: {0x84, 3, 2, 1}, intermediate: {1, 2, 3, 0x84}, padded: {1, 2, 3, 0x84}, full: nil,
	} {
		if got := (&frames{kind: kind}).quickAck(nil, 0x84030201); !bytes.Equal(got, want) {
			t.Errorf("%s: %x", kind, got)
		}
	}
}

func TestFramesAreRefused(t *testing.T) {
	fullFrame := func(n, seq uint32, body ...byte) []byte {
		b := binary.LittleEndian.AppendUint32(nil, n)
		return append(binary.LittleEndian.AppendUint32(b, seq), body...)
	}
	for _, c := range []struct {
		name  string
		kind  framing
		bytes []byte
	}{
		{"abridged of no length", abridged, []byte{0}},
		{"abridged of no long length", abridged, []byte{0x7f, 0, 0, 0}},
		{"abridged over the limit", abridged, []byte{0x7f, 0xff, 0xff, 0xff}},
		{"intermediate of no length", intermediate, []byte{0, 0, 0, 0}},
		{"intermediate over the limit", intermediate, []byte{0xff, 0xff, 0xff, 0x7f}},
		{"padded over the limit", padded, []byte{0, 0, 0, 0x10}},
		{"full too short to hold itself", full, fullFrame(8, 0)},
		{"full of a broken length", full, fullFrame(13, 0, 0, 0, 0, 0, 0)},
		{"full of the wrong number", full, fullFrame(16, 1, 1, 2, 3, 4, 0, 0, 0, 0)},
		{"full with a wrong checksum", full, fullFrame(16, 0, 1, 2, 3, 4, 0, 0, 0, 0)},
		{"full over the limit", full, fullFrame(1<<31, 0)},
		{"full without a body", full, fullFrame(12, 0, 0, 0, 0, 0)},
	} {
		if _, _, err := reading(c.kind, bytes.NewReader(c.bytes)).read(); !errors.Is(err, errFrame) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// greedy notes how much is asked for at once.
type greedy struct {
	r    io.Reader
	most int
}

func (g *greedy) Read(p []byte) (int, error) {
	g.most = max(g.most, len(p))
	return g.r.Read(p)
}

func TestMemoryIsOnlySetAsideForWhatHasCome(t *testing.T) {
	g := &greedy{r: bytes.NewReader([]byte{0, 0, 0x1f, 0, 1, 2, 3})} // a head of nearly 2 MiB
	if _, _, err := reading(intermediate, g).read(); err == nil || g.most > readChunk {
		t.Errorf("%d bytes asked for, %v", g.most, err)
	}
}

func FuzzFrames(f *testing.F) {
	for kind, c := range codecs() {
		var stream bytes.Buffer
		_ = c.Write(&stream, &bin.Buffer{Buf: make([]byte, 40)})
		f.Add(byte(kind), stream.Bytes())
	}
	f.Fuzz(func(t *testing.T, kind byte, stream []byte) {
		f := reading(framing(kind%4)+abridged, bytes.NewReader(stream))
		total := 0
		for {
			frame, _, err := f.read()
			if err != nil {
				return
			}
			if total += len(frame); len(frame) == 0 || total > len(stream) {
				t.Fatalf("%d bytes out of %d", total, len(stream))
			}
		}
	})
}
