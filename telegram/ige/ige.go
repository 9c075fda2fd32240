// Package ige is AES-256 in the mode IGE, in place, as MTProto wants it: https://core.telegram.org/mtproto/description.
// github.com/gotd/ige needs a second buffer, which is too dear for files and for a server with many clients.
package ige

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
)

// Encrypt encrypts buf, a whole number of blocks.
func Encrypt(block cipher.Block, iv *[32]byte, buf []byte) {
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

// Decrypt decrypts buf, a whole number of blocks.
func Decrypt(block cipher.Block, iv *[32]byte, buf []byte) {
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
