package transfer

import (
	"bytes"
	"crypto/rand"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
)

func testKey() crypto.AuthKey {
	var key crypto.Key
	for i := range key {
		key[i] = byte(i * 7)
	}
	return key.WithID()
}

// rawBytes encodes itself as it is.
type rawBytes []byte

func (r rawBytes) Encode(b *bin.Buffer) error {
	b.Put(r)
	return nil
}

// TestCipherAgainstGotd has each side's messages opened by gotd's own cipher, and the other way round.
func TestCipherAgainstGotd(t *testing.T) {
	key := testKey()
	server := crypto.NewServerCipher(rand.Reader)
	for n := 4; n < 3000; n += 4 {
		body := bytes.Repeat([]byte{byte(n)}, n)
		data := crypto.EncryptedMessageData{Salt: 1, SessionID: 2, MessageID: 3, SeqNo: 4, Message: rawBytes(body)}
		var b bin.Buffer
		if err := (inPlace{}).Encrypt(key, data, &b); err != nil {
			t.Fatal(err)
		}
		got, err := server.DecryptFromBuffer(key, &b)
		if err != nil || !bytes.Equal(got.Data(), body) || got.Salt != 1 || got.SessionID != 2 || got.MessageID != 3 || got.SeqNo != 4 {
			t.Fatalf("%d bytes: gotd reads %+v, %v", n, got, err)
		}
		b.Reset()
		if err := server.Encrypt(key, data, &b); err != nil {
			t.Fatal(err)
		}
		got, err = inPlace{}.DecryptFromBuffer(key, &b)
		if err != nil || !bytes.Equal(got.Data(), body) || got.Salt != 1 || got.SessionID != 2 || got.MessageID != 3 || got.SeqNo != 4 {
			t.Fatalf("%d bytes of gotd's: %+v, %v", n, got, err)
		}
	}
}

func TestCipherRefusesWhatWasChanged(t *testing.T) {
	key := testKey()
	var whole bin.Buffer
	data := crypto.EncryptedMessageData{MessageID: 3, Message: rawBytes(make([]byte, 40))}
	if err := crypto.NewServerCipher(rand.Reader).Encrypt(key, data, &whole); err != nil {
		t.Fatal(err)
	}
	for i := range whole.Buf {
		changed := bytes.Clone(whole.Buf)
		changed[i] ^= 1
		if _, err := (inPlace{}).DecryptFromBuffer(key, &bin.Buffer{Buf: changed}); err == nil {
			t.Errorf("byte %d was changed, and nobody noticed", i)
		}
		if _, err := (inPlace{}).DecryptFromBuffer(key, &bin.Buffer{Buf: bytes.Clone(whole.Buf[:i])}); err == nil {
			t.Errorf("it ended after %d bytes, and nobody noticed", i)
		}
	}
}

func FuzzDecrypt(f *testing.F) {
	key := testKey()
	f.Add([]byte("short"))
	f.Fuzz(func(_ *testing.T, raw []byte) {
		_, _ = inPlace{}.DecryptFromBuffer(key, &bin.Buffer{Buf: append(bytes.Clone(key.ID[:]), raw...)})
	})
}
