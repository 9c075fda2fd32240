package wire

import (
	"bytes"
	"crypto/aes"
	"crypto/rand"
	"testing"

	gotd "github.com/gotd/ige"
	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
)

func randomKey(t testing.TB) crypto.AuthKey {
	t.Helper()
	var key crypto.Key
	if _, err := rand.Read(key[:]); err != nil {
		t.Fatal(err)
	}
	return key.WithID()
}

// sealByGotd makes a client's frame with gotd's cipher.
func sealByGotd(t testing.TB, key crypto.AuthKey, m plaintext) []byte {
	t.Helper()
	var b bin.Buffer
	if err := crypto.NewClientCipher(rand.Reader).Encrypt(key, crypto.EncryptedMessageData{
		Salt: m.salt, SessionID: m.session, MessageID: m.id, SeqNo: m.seq,
		MessageDataLen: int32(len(m.body)), MessageDataWithPadding: m.body,
	}, &b); err != nil {
		t.Fatal(err)
	}
	return b.Buf
}

func TestOpenReadsWhatGotdSeals(t *testing.T) {
	key := randomKey(t)
	s := newSealer(seed())
	for _, n := range []int{4, 12, 16, 100, 4096, 1 << 20} {
		want := plaintext{salt: -1, session: 2, id: 4, seq: 5, body: bytes.Repeat([]byte{7}, n)}
		got, err := s.open(&key.Value, sealByGotd(t, key, want))
		if err != nil {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if got.salt != want.salt || got.session != want.session || got.id != want.id || got.seq != want.seq ||
			!bytes.Equal(got.body, want.body) {
			t.Errorf("%d bytes came out differently", n)
		}
		if cap(got.body) != n {
			t.Errorf("body of %d bytes reaches into its padding", n)
		}
	}
}

func TestGotdOpensWhatSealWrites(t *testing.T) {
	key := randomKey(t)
	s := newSealer(seed())
	for _, n := range []int{4, 8, 20, 1000} {
		body := bytes.Repeat([]byte{9}, n)
		buf := make([]byte, sealedLen(n))
		copy(buf[sealHead+innerHead:], body)
		m := plaintext{salt: 1, session: -2, id: 5, seq: 3}
		if err := s.seal(key.IntID(), &key.Value, m, n, buf); err != nil {
			t.Fatal(err)
		}
		got, err := crypto.NewClientCipher(rand.Reader).DecryptFromBuffer(key, &bin.Buffer{Buf: buf})
		if err != nil {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if got.Salt != 1 || got.SessionID != -2 || got.MessageID != 5 || got.SeqNo != 3 || !bytes.Equal(got.Data(), body) {
			t.Errorf("%d bytes came out differently", n)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	key := randomKey(t)
	body := make([]byte, 32)
	sealed := sealByGotd(t, key, plaintext{body: body})
	good := func() []byte { return bytes.Clone(sealed) }
	// lying seals a message whose length isn't that of its body.
	lying := func(n, size int) []byte { return relength(t, key, n, size) }
	for name, frame := range map[string][]byte{
		"a frame of nothing":              {},
		"a frame without data":            good()[:sealHead],
		"a cut frame":                     good()[:sealHead+innerHead],
		"a frame of broken blocks":        good()[:len(good())-1],
		"a changed message key":           flip(good(), 8),
		"changed data":                    flip(good(), sealHead+3),
		"changed padding":                 flip(good(), -1),
		"a key of somebody else":          sealByGotd(t, randomKey(t), plaintext{body: body}),
		"a length that isn't whole words": lying(5, 24+96),
		"a negative length":               lying(-4, 24+96),
		"a length of nothing":             lying(0, 24+64),
		"a length above the frame":        lying(1<<30, 24+96),
		"too little padding":              lying(96-32-8, 24+96),
		"too much padding":                lying(4, 24+2048),
	} {
		if _, err := newSealer(seed()).open(&key.Value, frame); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// relength seals a message of size bytes that claims a body of n.
func relength(t testing.TB, key crypto.AuthKey, n, size int) []byte {
	t.Helper()
	var b bin.Buffer
	b.Put(make([]byte, 28))
	b.PutInt(n)
	b.Put(make([]byte, size-sealHead-innerHead))
	msgKey := crypto.MessageKey(key.Value, b.Buf, crypto.Client)
	k, iv := crypto.Keys(key.Value, msgKey, crypto.Client)
	block, err := aes.NewCipher(k[:])
	if err != nil {
		t.Fatal(err)
	}
	m := crypto.EncryptedMessage{AuthKeyID: key.ID, MsgKey: msgKey, EncryptedData: make([]byte, b.Len())}
	gotd.EncryptBlocks(block, iv[:], m.EncryptedData, b.Buf)
	return encode(t, m)
}

func flip(frame []byte, at int) []byte {
	if at < 0 {
		at += len(frame)
	}
	frame[at] ^= 1
	return frame
}

func FuzzOpen(f *testing.F) {
	key := randomKey(f)
	f.Add(sealByGotd(f, key, plaintext{body: make([]byte, 8)}), 8)
	f.Add([]byte{}, 0)
	f.Fuzz(func(t *testing.T, frame []byte, n int) {
		s := newSealer(seed())
		_, _ = s.open(&key.Value, bytes.Clone(frame))
		// Whatever is inside a frame with a right message key must not harm either.
		size := sealHead + innerHead + len(frame)/aes.BlockSize*aes.BlockSize
		if m, err := s.open(&key.Value, relength(t, key, n, size)); err == nil && len(m.body) != int(int32(n)) {
			t.Errorf("length %d gives a body of %d", n, len(m.body))
		}
	})
}
