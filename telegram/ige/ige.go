// Package ige is AES-256 in the mode IGE, in place, as MTProto wants it: https://core.telegram.org/mtproto/description.
// github.com/gotd/ige needs a second buffer, which is too dear for files and for a server with many clients.
package ige

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
)

// Encrypt encrypts buf in place. What is beyond its last whole block of 16 bytes is left as it is: the caller pads.
// iv is the ciphered block before the first, then the plain one.
func Encrypt(block cipher.Block, iv *[32]byte, buf []byte) {
	chain(block, true, iv[:aes.BlockSize], iv[aes.BlockSize:], buf)
}

// Decrypt undoes Encrypt with the same iv.
func Decrypt(block cipher.Block, iv *[32]byte, buf []byte) {
	chain(block, false, iv[aes.BlockSize:], iv[:aes.BlockSize], buf)
}

// chain is both ways: a block is masked with the output before it, ciphered, and masked with the input before it.
// Encrypting, outputs are ciphered blocks and inputs plain ones; decrypting, it is the other way round. The masks are
// kept as numbers, since this loop sees every byte of a file.
func chain(block cipher.Block, encrypt bool, output, input, buf []byte) {
	le := binary.LittleEndian
	out0, out1, in0, in1 := le.Uint64(output), le.Uint64(output[8:]), le.Uint64(input), le.Uint64(input[8:])
	for len(buf) >= aes.BlockSize {
		b := buf[:aes.BlockSize:aes.BlockSize]
		next0, next1 := le.Uint64(b), le.Uint64(b[8:])
		le.PutUint64(b, next0^out0)
		le.PutUint64(b[8:], next1^out1)
		if encrypt {
			block.Encrypt(b, b)
		} else {
			block.Decrypt(b, b)
		}
		out0, out1 = le.Uint64(b)^in0, le.Uint64(b[8:])^in1
		le.PutUint64(b, out0)
		le.PutUint64(b[8:], out1)
		in0, in1 = next0, next1
		buf = buf[aes.BlockSize:]
	}
}
