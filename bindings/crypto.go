package bindings

import (
	"crypto/hmac"
	"crypto/md5" // many services still sign with it
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"hash"
	"strconv"

	"github.com/tgscript/tgscript/bindings/spec"
)

// hashes are the functions that scripts can name.
var hashes = map[string]func() hash.Hash{
	"md5": md5.New, "sha1": sha1.New, "sha256": sha256.New, "sha512": sha512.New,
}

// mostRandom is how many random bytes one call gives.
const mostRandom = 1 << 20

type digestArgs struct {
	Data string        `lua:"data,bytes" doc:"Any bytes."`
	Opts digestOptions `lua:"options,optional" doc:"How to return it."`
}

type digestOptions struct {
	Raw bool `lua:"raw,optional" doc:"As bytes; as hexadecimal digits if not given."`
}

func (o digestOptions) text(sum []byte) string {
	if o.Raw {
		return string(sum)
	}
	return hex.EncodeToString(sum)
}

func digest(name, doc string) spec.Func {
	return spec.Function(name, doc, func(_ *spec.Call, in digestArgs) (string, error) {
		h := hashes[name]()
		h.Write([]byte(in.Data)) // a hash takes everything
		return in.Opts.text(h.Sum(nil)), nil
	}).Direct().Example(`print(tg.crypto.` + name + `("hello"))`)
}

type hmacArgs struct {
	Key  string      `lua:"key,bytes" doc:"The secret: any bytes."`
	Data string      `lua:"data,bytes" doc:"What is signed: any bytes."`
	Opts hmacOptions `lua:"options,optional" doc:"How."`
}

type hmacOptions struct {
	Hash string `lua:"hash,optional" enum:"sha256,sha512,sha1,md5" doc:"With which function; sha256 if not given."`
	digestOptions
}

type randomArgs struct {
	Count int `lua:"count" doc:"How many bytes: up to 1048576."`
}

type equalArgs struct {
	A string `lua:"a,bytes" doc:"What was given."`
	B string `lua:"b,bytes" doc:"What is right."`
}

// cryptoSpace is tg.crypto.
var cryptoSpace = spec.Namespace{
	Name: "crypto", Doc: "Hashes, signatures and what can't be guessed.",
	Functions: []spec.Func{
		digest("sha256", "SHA-256 of bytes."),
		digest("sha512", "SHA-512 of bytes."),
		digest("sha1", "SHA-1 of bytes: for services that ask for it; it protects nothing any more."),
		digest("md5", "MD5 of bytes: for services that ask for it; it protects nothing any more."),
		spec.Function("hmac", "Sign bytes with a secret: HMAC.",
			func(_ *spec.Call, in hmacArgs) (string, error) {
				if in.Opts.Hash == "" {
					in.Opts.Hash = "sha256"
				}
				h := hmac.New(hashes[in.Opts.Hash], []byte(in.Key))
				h.Write([]byte(in.Data)) // a hash takes everything
				return in.Opts.text(h.Sum(nil)), nil
			},
		).Direct().Example(`local sign = tg.crypto.hmac("secret", "what is signed")
print(tg.crypto.equal(sign, tg.crypto.hmac("secret", "what was changed")))`),
		spec.Function("random", "Random bytes that nobody can guess.",
			func(_ *spec.Call, in randomArgs) (string, error) {
				if in.Count < 0 || in.Count > mostRandom {
					return "", &spec.ArgumentError{Function: "random", Place: "argument 1 (count)", Problem: "0 to " + strconv.Itoa(mostRandom) + " expected, got " + strconv.Itoa(in.Count)}
				}
				data := make([]byte, in.Count)
				_, err := rand.Read(data)
				return string(data), err
			},
		).Direct().Example(`print(tg.hex.encode(tg.crypto.random(16)))`),
		spec.Function("uuid", "A new random UUID, version 4.",
			func(*spec.Call, spec.None) (string, error) {
				var b [16]byte
				_, err := rand.Read(b[:])
				b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
				return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), err
			},
		).Direct().Example(`print(tg.crypto.uuid())`),
		spec.Function("equal", "Whether two texts are equal, in a time that doesn't tell where they differ: for signatures and secrets.",
			func(_ *spec.Call, in equalArgs) (bool, error) {
				return subtle.ConstantTimeCompare([]byte(in.A), []byte(in.B)) == 1, nil
			},
		).Direct().Example(`print(tg.crypto.equal("guess", "secret"))`),
	},
}
