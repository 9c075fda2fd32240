package ige_test

import (
	"bytes"
	"crypto/aes"
	"crypto/rand"
	"testing"

	gotd "github.com/gotd/ige"

	"github.com/tgscript/tgscript/telegram/ige"
)

func TestInPlaceIsGotdsIGE(t *testing.T) {
	var key, iv [32]byte
	_, _ = rand.Read(key[:])
	_, _ = rand.Read(iv[:])
	block, err := aes.NewCipher(key[:])
	if err != nil {
		t.Fatal(err)
	}
	for _, blocks := range []int{0, 1, 2, 33} {
		plain := make([]byte, blocks*aes.BlockSize)
		_, _ = rand.Read(plain)
		want := make([]byte, len(plain))
		gotd.EncryptBlocks(block, iv[:], want, plain)
		got := bytes.Clone(plain)
		ige.Encrypt(block, &iv, got)
		if !bytes.Equal(got, want) {
			t.Errorf("%d blocks are encrypted differently", blocks)
		}
		if ige.Decrypt(block, &iv, got); !bytes.Equal(got, plain) {
			t.Errorf("%d blocks don't come back", blocks)
		}
	}
}
