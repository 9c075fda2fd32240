package wire

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"math/rand/v2"

	"github.com/gotd/td/crypto"

	"github.com/tgscript/tgscript/telegram/ige"
)

const (
	// sealHead is auth_key_id and msg_key, innerHead what comes before the body inside the encrypted
	// part: salt, session_id, msg_id, seq_no, length.
	sealHead  = 8 + 16
	innerHead = 8 + 8 + 8 + 4 + 4

	minPadding = 12
	maxPadding = 1024

	// Where in the auth key the parts of a client's and of a server's message key begin.
	fromClient = 0
	fromServer = 8
)

var errSeal = errors.New("encrypted message is malformed")

// plaintext is an opened message.
type plaintext struct {
	salt, session, id int64
	seq               int32
	body              []byte // inside the frame it came in
	quickAck          uint32
}

// sealer encrypts and decrypts in place, as MTProto 2.0 has it, with no allocation but the AES key
// schedule. One goroutine at a time.
//
// See https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector
type sealer struct {
	hash    hash.Hash
	sum     [sha256.Size]byte
	key, iv [32]byte
	noise   *rand.ChaCha8 // padding only
}

func newSealer(seed [32]byte) *sealer {
	return &sealer{hash: sha256.New(), noise: rand.NewChaCha8(seed)}
}

// open decrypts a client's frame within frame.
func (s *sealer) open(key *crypto.Key, frame []byte) (plaintext, error) {
	return s.openAs(fromClient, key, frame)
}

func (s *sealer) openAs(side int, key *crypto.Key, frame []byte) (plaintext, error) {
	data := frame[min(sealHead, len(frame)):]
	if len(data) < innerHead+minPadding || len(data)%aes.BlockSize != 0 {
		return plaintext{}, errSeal
	}
	msgKey := [16]byte(frame[8:sealHead])
	block, err := s.keys(key, &msgKey, side)
	if err != nil {
		return plaintext{}, err
	}
	ige.Decrypt(block, &s.iv, data)
	if sum := s.large(key, data, side); [16]byte(sum[8:24]) != msgKey {
		return plaintext{}, errSeal
	}
	le := binary.LittleEndian
	m := plaintext{
		salt:    int64(le.Uint64(data)),
		session: int64(le.Uint64(data[8:])),
		id:      int64(le.Uint64(data[16:])),
		seq:     int32(le.Uint32(data[24:])),
		// The first 32 bits of msg_key_large with the highest bit set: mtproto-transports#quick-ack
		quickAck: le.Uint32(s.sum[:4]) | 1<<31,
	}
	n := int(int32(le.Uint32(data[28:])))
	padding := len(data) - innerHead - n
	if n < 4 || n%4 != 0 || padding < minPadding || padding > maxPadding {
		return plaintext{}, errSeal
	}
	m.body = data[innerHead : innerHead+n : innerHead+n]
	return m, nil
}

// sealedLen is the length of a sealed message with n bytes of body.
func sealedLen(n int) int {
	return sealHead + (innerHead+n+minPadding+aes.BlockSize-1)/aes.BlockSize*aes.BlockSize
}

// seal encrypts buf, which has the length sealedLen(n) and holds the body at sealHead+innerHead.
func (s *sealer) seal(keyID int64, key *crypto.Key, m plaintext, n int, buf []byte) error {
	return s.sealAs(fromServer, keyID, key, m, n, buf)
}

func (s *sealer) sealAs(side int, keyID int64, key *crypto.Key, m plaintext, n int, buf []byte) error {
	le := binary.LittleEndian
	data := buf[sealHead:]
	le.PutUint64(data, uint64(m.salt))
	le.PutUint64(data[8:], uint64(m.session))
	le.PutUint64(data[16:], uint64(m.id))
	le.PutUint32(data[24:], uint32(m.seq))
	le.PutUint32(data[28:], uint32(n))
	if _, err := s.noise.Read(data[innerHead+n:]); err != nil {
		return err
	}
	msgKey := [16]byte(s.large(key, data, side)[8:24])
	block, err := s.keys(key, &msgKey, side)
	if err != nil {
		return err
	}
	ige.Encrypt(block, &s.iv, data)
	le.PutUint64(buf, uint64(keyID))
	copy(buf[8:], msgKey[:])
	return nil
}

// large is msg_key_large.
func (s *sealer) large(key *crypto.Key, data []byte, x int) []byte {
	s.hash.Reset()
	s.hash.Write(key[88+x : 88+x+32])
	s.hash.Write(data)
	return s.hash.Sum(s.sum[:0])
}

func (s *sealer) keys(key *crypto.Key, msgKey *[16]byte, x int) (cipher.Block, error) {
	var in [16 + 36]byte
	copy(in[:], msgKey[:])
	copy(in[16:], key[x:x+36])
	a := sha256.Sum256(in[:])
	copy(in[:], key[40+x:40+x+36])
	copy(in[36:], msgKey[:])
	b := sha256.Sum256(in[:])

	copy(s.key[:8], a[:8])
	copy(s.key[8:24], b[8:24])
	copy(s.key[24:], a[24:])
	copy(s.iv[:8], b[:8])
	copy(s.iv[8:24], a[8:24])
	copy(s.iv[24:], b[24:])
	return aes.NewCipher(s.key[:])
}
