package session

import (
	"bytes"
	"crypto/aes"
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/gotd/ige"
	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
)

// writeTData makes a tdata folder as Telegram Desktop lays it out: key_datas holds the local key, encrypted
// with the passcode, and D877F783D5D3EF8Cs the authorization, encrypted with the local key.
func writeTData(t *testing.T, dir, passcode string, dc uint32, key []byte) {
	t.Helper()
	salt := bytes.Repeat([]byte{7}, 32)
	var local crypto.Key
	copy(local[:], bytes.Repeat([]byte{9}, 256))

	iterations := 1
	if passcode != "" {
		iterations = 100_000
	}
	seed := sha512.Sum512([]byte(string(salt) + passcode + string(salt)))
	derived, err := pbkdf2.Key(sha512.New, string(seed[:]), salt, iterations, 256)
	if err != nil {
		t.Fatal(err)
	}
	inner := binary.LittleEndian.AppendUint32(nil, 256+4)
	inner = append(append(inner, local[:]...), 0, 0, 0, 0)
	// The reader takes the length for that of the key: 256 and what follows.
	info := binary.BigEndian.AppendUint32(nil, 16)
	info = binary.BigEndian.AppendUint32(info, 1) // accounts
	info = binary.BigEndian.AppendUint32(info, 0) // the index of the first
	keys := array(salt)
	keys = append(keys, array(encrypt(t, inner, crypto.Key(derived)))...)
	keys = append(keys, array(encrypt(t, info, local))...)
	writeTDF(t, filepath.Join(dir, "key_datas"), append(keys, 0))

	auth := binary.BigEndian.AppendUint32(nil, 0)    // length, which nobody reads
	auth = binary.BigEndian.AppendUint32(auth, 0x4B) // MTP authorization
	auth = binary.BigEndian.AppendUint32(auth, 0)    // its length
	auth = binary.BigEndian.AppendUint32(auth, 777)  // user
	auth = binary.BigEndian.AppendUint32(auth, dc)
	auth = binary.BigEndian.AppendUint32(auth, 1) // keys
	auth = binary.BigEndian.AppendUint32(auth, dc)
	auth = append(auth, key...)
	writeTDF(t, filepath.Join(dir, "D877F783D5D3EF8Cs"), append(array(encrypt(t, auth, local)), 0))
}

func array(b []byte) []byte { return append(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b...) }

// encrypt is Telegram Desktop's local encryption: MTProto 1 with SHA-1 of the padded text as message key.
func encrypt(t *testing.T, plain []byte, key crypto.Key) []byte {
	t.Helper()
	plain = append(plain, make([]byte, (16-len(plain)%16)%16)...)
	sum := sha1.Sum(plain)
	var id bin.Int128
	copy(id[:], sum[:])
	aesKey, iv := crypto.OldKeys(key, id, crypto.Server)
	block, err := aes.NewCipher(aesKey[:])
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, len(plain))
	ige.EncryptBlocks(block, iv[:], out, plain)
	return append(id[:], out...)
}

func writeTDF(t *testing.T, path string, data []byte) {
	t.Helper()
	version := []byte{1, 0, 0, 0}
	h := md5.New()
	h.Write(data)
	h.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(data))))
	h.Write(version)
	h.Write([]byte("TDF$"))
	file := append(append([]byte("TDF$"), version...), data...)
	if err := os.WriteFile(path, h.Sum(file), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTData(t *testing.T) {
	key := bytes.Repeat([]byte{3}, authKeySize)
	for what, c := range map[string]struct{ passcode, given string }{
		"without a passcode": {"", ""},
		"with a passcode":    {"secret", "secret"},
	} {
		t.Run(what, func(t *testing.T) {
			root := t.TempDir()
			dir := filepath.Join(root, "tdata")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			writeTData(t, dir, c.passcode, 4, key)
			for _, from := range []string{root, dir} {
				data, format, err := Read(from, func() (string, error) { return c.given, nil })
				if err != nil {
					t.Fatal(err)
				}
				if format != TData || data.DC != 4 || !bytes.Equal(data.AuthKey, key) {
					t.Errorf("got %s, DC %d", format, data.DC)
				}
			}
		})
	}
	t.Run("with a wrong passcode", func(t *testing.T) {
		dir := t.TempDir()
		writeTData(t, dir, "secret", 4, key)
		if _, err := ReadTData(dir, "guess"); !errors.Is(err, ErrPassphrase) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("damaged at any place is an error", func(t *testing.T) {
		dir := t.TempDir()
		writeTData(t, dir, "", 4, key)
		path := filepath.Join(dir, "key_datas")
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for cut := 0; cut < len(whole); cut += 13 {
			if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := ReadTData(dir, ""); err == nil {
				t.Errorf("cut to %d bytes, it is read without an error", cut)
			}
		}
	})
}
