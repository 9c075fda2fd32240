package sandbox

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"io"
	seeded "math/rand/v2"
)

// chance is where a world has its random numbers from. What protects a password or a key exchange
// has the system's, whatever Options.Random says.
type chance struct{ from io.Reader }

// newChance makes numbers that are the same for the same number but 0.
func newChance(number uint64) chance {
	if number == 0 {
		return chance{rand.Reader}
	}
	var seed [32]byte
	binary.LittleEndian.PutUint64(seed[:], number)
	return chance{seeded.NewChaCha8(seed)}
}

func (c chance) freshBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = io.ReadFull(c.from, b) // neither source fails
	return b
}

func (c chance) freshInt64() int64 { return int64(binary.LittleEndian.Uint64(c.freshBytes(8))) }

func (c chance) freshHash() string { return hex.EncodeToString(c.freshBytes(9)) }
