package transfer

import (
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mtproto"
)

func newCipher() mtproto.Cipher { return crypto.NewClientCipher(crypto.DefaultRand()) }
