package mtproxy

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

const (
	keyHex  = "00112233445566778899aabbccddeeff"
	siteHex = "7777772e6578616d706c652e636f6d" // www.example.com
)

func b64(enc *base64.Encoding, h string) string {
	b, err := hex.DecodeString(h)
	if err != nil {
		panic(err)
	}
	return enc.EncodeToString(b)
}

func TestParseSecret(t *testing.T) {
	zeros := strings.Repeat("0", 32)
	// A key whose base64 needs both characters in which the alphabets differ.
	odd := "fbefbefbefbeffffffffffffffffffff"
	for name, c := range map[string]struct{ text, domain, want string }{
		"32 hex digits are a plain key":                   {keyHex, "", keyHex},
		"upper case will do":                              {strings.ToUpper(keyHex), "", keyHex},
		"blanks around are cut":                           {" " + keyHex + "\n", "", keyHex},
		"all zeros are a key like any other":              {zeros, "", zeros},
		"dd asks for padding":                             {"dd" + keyHex, "", "dd" + keyHex},
		"DD does too":                                     {"DD" + strings.ToUpper(keyHex), "", "dd" + keyHex},
		"ee and a host in hex ask for fake TLS":           {"ee" + keyHex + siteHex, "", "ee" + keyHex + siteHex},
		"EE does too":                                     {strings.ToUpper("ee" + keyHex + siteHex), "", "ee" + keyHex + siteHex},
		"ee and a host in clear":                          {"ee" + keyHex + "www.example.com", "", "ee" + keyHex + siteHex},
		"a plain key that begins with dd stays plain":     {"dd" + keyHex[:30], "", "dd" + keyHex[:30]},
		"a plain key that begins with ee stays plain":     {"ee" + keyHex[:30], "", "ee" + keyHex[:30]},
		"a domain beside makes a plain key fake TLS":      {keyHex, "www.example.com", "ee" + keyHex + siteHex},
		"a domain beside wins over the secret's":          {"ee" + keyHex + "61", "www.example.com", "ee" + keyHex + siteHex},
		"a domain beside completes a bare ee":             {"ee" + keyHex, "www.example.com", "ee" + keyHex + siteHex},
		"base64 of a plain key":                           {b64(base64.StdEncoding, keyHex), "", keyHex},
		"base64 without padding":                          {b64(base64.RawStdEncoding, keyHex), "", keyHex},
		"base64 with its own characters":                  {b64(base64.StdEncoding, odd), "", odd},
		"base64url with its own characters":               {b64(base64.URLEncoding, odd), "", odd},
		"base64url without padding":                       {b64(base64.RawURLEncoding, odd), "", odd},
		"base64 of dd":                                    {b64(base64.StdEncoding, "dd"+keyHex), "", "dd" + keyHex},
		"base64 of ee and a host":                         {b64(base64.StdEncoding, "ee"+keyHex+siteHex), "", "ee" + keyHex + siteHex},
		"base64url of ee and a host":                      {b64(base64.RawURLEncoding, "ee"+odd+siteHex), "", "ee" + odd + siteHex},
		"base64 of a key that begins with ee stays plain": {b64(base64.StdEncoding, "ee"+keyHex[:30]), "", "ee" + keyHex[:30]},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := ParseSecret(c.text, c.domain)
			if err != nil || s.Hex() != c.want {
				t.Errorf("got %s, %v; want %s", s.Hex(), err, c.want)
			}
		})
	}
}

func TestParseSecretRefuses(t *testing.T) {
	for name, c := range map[string]struct{ text, domain, says string }{
		"nothing":                        {"", "", "no secret"},
		"a digit too few":                {keyHex[1:], "", "not understood"},
		"a digit too many":               {keyHex + "0", "", "not understood"},
		"another tag":                    {"ab" + keyHex, "", "not understood"},
		"dd with more behind":            {"dd" + keyHex + "00", "", "not understood"},
		"words":                          {"not a secret, this", "", "not understood"},
		"ee without a host":              {"ee" + keyHex, "", "without a host name"},
		"ee with bytes that are no host": {"ee" + keyHex + "00ff", "", "host name"},
		"ee with a host too long":        {"ee" + keyHex + strings.Repeat("61", 183), "", "host name"},
		"a domain that is no host":       {keyHex, "http://x", "host name"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseSecret(c.text, c.domain)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("got %v; want %q in it", err, c.says)
			}
			if c.text != "" && strings.Contains(err.Error(), c.text) {
				t.Errorf("error repeats the secret: %v", err)
			}
		})
	}
}

func TestTransport(t *testing.T) {
	plain := Secret{}
	dd := Secret{Padded: true}
	ee := Secret{Padded: true, Domain: "a.example"}
	for name, c := range map[string]struct {
		s    Secret
		want Transport
		got  Transport
	}{
		"a plain secret takes padding by itself": {plain, "", Padded},
		"a plain secret takes abridged":          {plain, Abridged, Abridged},
		"a plain secret takes intermediate":      {plain, Intermediate, Intermediate},
		"dd takes padding":                       {dd, Padded, Padded},
		"dd refuses abridged":                    {dd, Abridged, ""},
		"ee refuses intermediate":                {ee, Intermediate, ""},
		"an unknown name is refused":             {plain, "full", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.s.Transport(c.want)
			if got != c.got || (err == nil) != (c.got != "") {
				t.Errorf("got %q, %v; want %q", got, err, c.got)
			}
		})
	}
}

func TestSecretHidesItself(t *testing.T) {
	s, err := ParseSecret("ee"+keyHex+siteHex, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if got := fmt.Sprintf(verb, s); got != "secret" {
			t.Errorf("%s prints %q", verb, got)
		}
	}
}

func FuzzParseSecret(f *testing.F) {
	for _, s := range []string{keyHex, "dd" + keyHex, "ee" + keyHex + siteHex, "ee" + keyHex + "a.example", "3QARIjNEVWZ3iJmqu8zd7v8=", ""} {
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, text, domain string) {
		s, err := ParseSecret(text, domain)
		if err != nil {
			return
		}
		again, err := ParseSecret(s.Hex(), "")
		if err != nil || again != s {
			t.Fatalf("%s reads back as %s, %v", s.Hex(), again.Hex(), err)
		}
		if s.Domain != "" {
			if hello, err := clientHello(s.Domain); err != nil || len(hello) != helloSize {
				t.Fatalf("hello of %d bytes, %v", len(hello), err)
			}
		}
	})
}

func TestSecretBytes(t *testing.T) {
	key := bytes.Repeat([]byte{7}, 16)
	if s, err := SecretBytes(append([]byte{0xdd}, key...), ""); err != nil || !s.Padded {
		t.Errorf("got %+v, %v", s, err)
	}
	if _, err := SecretBytes(key[:15], ""); err == nil {
		t.Error("15 bytes were taken")
	}
}
