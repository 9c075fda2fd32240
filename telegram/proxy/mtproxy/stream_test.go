package mtproxy

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mtproxy/obfuscated2"
	"github.com/gotd/td/proto/codec"
)

// wire is a connection whose far end is two buffers.
type wire struct {
	net.Conn
	in     io.Reader
	out    bytes.Buffer
	writes int
}

func (w *wire) Read(p []byte) (int, error)  { return w.in.Read(p) }
func (w *wire) Write(p []byte) (int, error) { w.writes++; return w.out.Write(p) }

// trickle gives no more than n bytes at a time.
type trickle struct {
	r io.Reader
	n int
}

func (t trickle) Read(p []byte) (int, error) { return t.r.Read(p[:min(len(p), t.n)]) }

func TestObfuscationIsUnderstoodByGotd(t *testing.T) {
	key := []byte("0123456789abcdef")
	for _, secret := range [][]byte{nil, key} {
		w := &wire{in: strings.NewReader("")}
		conn, err := Obfuscate(w, Intermediate, -10002, secret)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := io.WriteString(conn, "first "); n != 6 || err != nil {
			t.Fatal(n, err)
		}
		_, _ = io.WriteString(conn, "second")
		if w.writes != 2 {
			t.Errorf("%d writes: the header must go with the first packet", w.writes)
		}
		far, meta, err := obfuscated2.Accept(&w.out, secret)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := io.ReadAll(far)
		if string(got) != "first second" || int16(meta.DC) != -10002 || meta.Protocol != codec.IntermediateClientStart {
			t.Errorf("got %q to %d by %x", got, int16(meta.DC), meta.Protocol)
		}
	}
}

func TestObfuscationReadsAByteAtATime(t *testing.T) {
	w := &wire{in: strings.NewReader("")}
	conn, _ := Obfuscate(w, Padded, 2, nil)
	_, _ = io.WriteString(conn, "x")
	both := &bytes.Buffer{}
	far, _, err := obfuscated2.Accept(struct {
		io.Reader
		io.Writer
	}{&w.out, both}, nil)
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("a long answer ", 1000)
	_, _ = io.WriteString(far, long)
	w.in = trickle{both, 1}
	if got, _ := io.ReadAll(conn); string(got) != long {
		t.Error("the answer came out wrong")
	}
}

func TestHeaderLooksLikeNothingElse(t *testing.T) {
	for start, bad := range map[string]bool{
		"\xefxxxxxxx": true, "HEADxxxx": true, "POSTxxxx": true, "GET xxxx": true, "OPTIxxxx": true,
		"\x16\x03\x01\x02xxxx": true, "\xdd\xdd\xdd\xddxxxx": true, "\xee\xee\xee\xeexxxx": true, "xxxx\x00\x00\x00\x00": true,
		"xxxxxxxx": false, "\xeexxxxxxx": false,
	} {
		if looksLikeOther([]byte(start)) != bad {
			t.Errorf("%q: want %v", start, bad)
		}
	}
}

func TestRecordsAreSmallAndCountedRight(t *testing.T) {
	w := &wire{}
	c := &records{Conn: w}
	big := bytes.Repeat([]byte("0123456789abcdef"), 70_000/16)
	if n, err := c.Write(big); n != len(big) || err != nil {
		t.Fatal(n, err)
	}
	_, _ = c.Write([]byte("more"))
	if w.writes != 2 || !bytes.HasPrefix(w.out.Bytes(), []byte{0x14, 3, 3, 0, 1, 1, 0x17, 3, 3, 0x40, 0}) {
		t.Errorf("%d writes, begins % x", w.writes, w.out.Bytes()[:11])
	}
	back := &records{Conn: &wire{in: &w.out}}
	got, err := io.ReadAll(back)
	if err != nil || !bytes.Equal(got, append(big, "more"...)) {
		t.Errorf("read %d bytes back, %v", len(got), err)
	}
}

func TestRecordsRead(t *testing.T) {
	data := "\x17\x03\x03\x00\x02hi"
	for name, c := range map[string]struct {
		in, want string
		err      error
	}{
		"one record":                     {data, "hi", nil},
		"empty ones and changes between": {"\x17\x03\x03\x00\x00\x14\x03\x03\x00\x01\x01" + data + data, "hihi", nil},
		"an alert ends it":               {data + "\x15\x03\x03\x00\x02\x01\x00", "hi", nil},
		"an end inside a head is an end": {data + "\x17\x03", "hi", io.ErrUnexpectedEOF},
		"an end inside a record":         {data[:6], "h", io.ErrUnexpectedEOF},
		"an end inside a change":         {"\x14\x03\x03\x00\x04a", "", io.ErrUnexpectedEOF},
		"a length beyond TLS":            {"\x17\x03\x03\xff\xff", "", ErrNotTLS},
		"something else":                 {"HTTP/1.1 400 Bad", "", ErrNotTLS},
	} {
		t.Run(name, func(t *testing.T) {
			for _, step := range []int{1, 3, 1000} {
				got, err := io.ReadAll(&records{Conn: &wire{in: trickle{strings.NewReader(c.in), step}}})
				if string(got) != c.want || !errors.Is(err, c.err) {
					t.Errorf("steps of %d: got %q, %v; want %q, %v", step, got, err, c.want, c.err)
				}
			}
		})
	}
}

func TestRecordsRefuseAnotherHandshake(t *testing.T) {
	_, err := io.ReadAll(&records{Conn: &wire{in: strings.NewReader("\x16\x03\x03\x00\x00")}})
	if err == nil || !strings.Contains(err.Error(), "0x16") {
		t.Error(err)
	}
}

func TestFakeTLSRefusesStrangers(t *testing.T) {
	site := "\x16\x03\x03\x00\x04\x02\x00\x00\x00\x14\x03\x03\x00\x01\x01\x17\x03\x03\x00\x40" + strings.Repeat("x", 64)
	for name, c := range map[string]struct {
		answer string
		err    error
	}{
		"a web site":           {site, ErrForeignTLS},
		"an alert":             {"\x15\x03\x03\x00\x02\x02\x28", ErrAlert},
		"HTTP":                 {"HTTP/1.1 400 Bad Request\r\n\r\n", ErrNotTLS},
		"data first":           {"\x17\x03\x03\x00\x01x", ErrNotTLS},
		"nobody":               {"", io.EOF},
		"one that stops short": {site[:50], io.ErrUnexpectedEOF},
		"one without end":      {strings.Repeat("\x16\x03\x03\x40\x00"+strings.Repeat("x", 0x4000), 5), ErrForeignTLS},
	} {
		t.Run(name, func(t *testing.T) {
			s := Secret{Domain: "a.example"}
			_, err := FakeTLS(&wire{in: trickle{strings.NewReader(c.answer), 7}}, s, time.Now())
			if !errors.Is(err, c.err) {
				t.Errorf("got %v; want %v", err, c.err)
			}
		})
	}
}

func TestPaddedTakesAllPaddingOff(t *testing.T) {
	sealed := make([]byte, 24+32)
	sealed[0] = 1
	plain := make([]byte, 20+8)
	binary.LittleEndian.PutUint32(plain[16:], 8)
	liar := make([]byte, 20)
	binary.LittleEndian.PutUint32(liar[16:], 1<<31)
	for name, packet := range map[string][]byte{"sealed": sealed, "plain": plain, "plain with a wrong length": liar} {
		for n := range 16 {
			frame := binary.LittleEndian.AppendUint32(nil, uint32(len(packet)+n))
			frame = append(append(frame, packet...), make([]byte, n)...)
			var b bin.Buffer
			err := padded{}.Read(bytes.NewReader(frame), &b)
			if err != nil || name != "plain with a wrong length" && !bytes.Equal(b.Buf, packet) {
				t.Errorf("%s, %d of padding: %d bytes, %v", name, n, len(b.Buf), err)
			}
		}
	}
	for n := range 16 {
		frame := binary.LittleEndian.AppendUint32(nil, uint32(4+n))
		frame = append(append(frame, 0x6c, 0xfe, 0xff, 0xff), bytes.Repeat([]byte{9}, n)...)
		var code *codec.ProtocolErr
		if err := (padded{}).Read(bytes.NewReader(frame), &bin.Buffer{}); !errors.As(err, &code) || code.Code != 404 {
			t.Errorf("%d of padding: %v", n, err)
		}
	}
}

func FuzzPacketsFromAnyone(f *testing.F) {
	f.Add([]byte("\x17\x03\x03\x00\x08\x04\x00\x00\x00\x6c\xfe\xff\xff"))
	f.Add([]byte("\x17\x03\x03\x00\x01\x7f"))
	f.Fuzz(func(t *testing.T, in []byte) {
		for transport := range transports {
			for _, conn := range []net.Conn{&wire{in: bytes.NewReader(in)}, &records{Conn: &wire{in: bytes.NewReader(in)}}} {
				var b bin.Buffer
				for transports[transport].codec.Read(conn, &b) == nil {
				}
			}
		}
		_, _ = readServerHello(bytes.NewReader(in))
	})
}
