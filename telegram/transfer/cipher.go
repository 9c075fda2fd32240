package transfer

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"io"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mtproto"
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
	igeDecrypt(block, (*[32]byte)(&iv), data)
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
	igeEncrypt(block, (*[32]byte)(&iv), inner)
	copy(b.Buf, k.ID[:])
	copy(b.Buf[8:], msgKey[:])
	return nil
}

// igeEncrypt and igeDecrypt work on whole blocks in place; github.com/gotd/ige can't.
func igeEncrypt(block cipher.Block, iv *[32]byte, buf []byte) {
	le := binary.LittleEndian
	c0, c1, m0, m1 := le.Uint64(iv[:]), le.Uint64(iv[8:]), le.Uint64(iv[16:]), le.Uint64(iv[24:])
	for len(buf) >= aes.BlockSize {
		b := buf[:aes.BlockSize:aes.BlockSize]
		p0, p1 := le.Uint64(b), le.Uint64(b[8:])
		le.PutUint64(b, p0^c0)
		le.PutUint64(b[8:], p1^c1)
		block.Encrypt(b, b)
		c0, c1 = le.Uint64(b)^m0, le.Uint64(b[8:])^m1
		le.PutUint64(b, c0)
		le.PutUint64(b[8:], c1)
		m0, m1 = p0, p1
		buf = buf[aes.BlockSize:]
	}
}

func igeDecrypt(block cipher.Block, iv *[32]byte, buf []byte) {
	le := binary.LittleEndian
	c0, c1, m0, m1 := le.Uint64(iv[:]), le.Uint64(iv[8:]), le.Uint64(iv[16:]), le.Uint64(iv[24:])
	for len(buf) >= aes.BlockSize {
		b := buf[:aes.BlockSize:aes.BlockSize]
		e0, e1 := le.Uint64(b), le.Uint64(b[8:])
		le.PutUint64(b, e0^m0)
		le.PutUint64(b[8:], e1^m1)
		block.Decrypt(b, b)
		m0, m1 = le.Uint64(b)^c0, le.Uint64(b[8:])^c1
		le.PutUint64(b, m0)
		le.PutUint64(b[8:], m1)
		c0, c1 = e0, e1
		buf = buf[aes.BlockSize:]
	}
}
