package transfer

import (
	"crypto/aes"
	"crypto/rand"
	"errors"
	"io"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mtproto"

	"github.com/tgscript/tgscript/telegram/ige"
)

const (
	sealHead   = 8 + 16 // id of the key, key of the message
	minPadding = 12
	maxPadding = 1024
)

var errSeal = errors.New("encrypted message is malformed")

// inPlace is MTProto's encryption without the copies that gotd makes of every message: these are large here.
// https://core.telegram.org/mtproto/description
type inPlace struct{}

func newCipher() mtproto.Cipher { return inPlace{} }

// DecryptFromBuffer opens a message of the server within the buffer, and gives what was in it.
func (inPlace) DecryptFromBuffer(k crypto.AuthKey, b *bin.Buffer) (*crypto.EncryptedMessageData, error) {
	if len(b.Buf) < sealHead+32+minPadding || len(b.Buf)%aes.BlockSize != sealHead%aes.BlockSize {
		return nil, errSeal
	}
	if [8]byte(b.Buf) != k.ID {
		return nil, errors.New("message is for another key")
	}
	msgKey, data := bin.Int128(b.Buf[8:sealHead]), b.Buf[sealHead:]
	key, iv := crypto.Keys(k.Value, msgKey, crypto.Server)
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	ige.Decrypt(block, (*[32]byte)(&iv), data)
	if crypto.MessageKey(k.Value, data, crypto.Server) != msgKey {
		return nil, errSeal
	}
	msg := &crypto.EncryptedMessageData{}
	if err := msg.DecodeWithoutCopy(&bin.Buffer{Buf: data}); err != nil {
		return nil, err
	}
	n := int(msg.MessageDataLen)
	if padding := len(msg.MessageDataWithPadding) - n; n < 0 || n%4 != 0 || padding < minPadding || padding > maxPadding {
		return nil, errSeal
	}
	return msg, nil
}

// Encrypt seals a message for the server.
func (inPlace) Encrypt(k crypto.AuthKey, data crypto.EncryptedMessageData, b *bin.Buffer) error {
	b.Reset()
	b.Expand(sealHead)
	if err := data.EncodeWithoutCopy(b); err != nil {
		return err
	}
	// Some blocks more than are needed, so that lengths tell less.
	var some [1]byte
	if _, err := io.ReadFull(rand.Reader, some[:]); err != nil {
		return err
	}
	from := b.Len()
	padding := minPadding + (aes.BlockSize-(from-sealHead+minPadding)%aes.BlockSize)%aes.BlockSize + int(some[0]&15)*aes.BlockSize
	b.Expand(padding)
	if _, err := io.ReadFull(rand.Reader, b.Buf[from:]); err != nil {
		return err
	}
	inner := b.Buf[sealHead:]
	msgKey := crypto.MessageKey(k.Value, inner, crypto.Client)
	key, iv := crypto.Keys(k.Value, msgKey, crypto.Client)
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return err
	}
	ige.Encrypt(block, (*[32]byte)(&iv), inner)
	copy(b.Buf, k.ID[:])
	copy(b.Buf[8:], msgKey[:])
	return nil
}
