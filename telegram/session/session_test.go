package session

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func fixture(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func noPassphrase() (string, error) { return "", errors.New("a passphrase was asked for") }

// The fixtures were written by Telethon itself.
func TestTelethon(t *testing.T) {
	for what, c := range map[string]struct {
		file, text string
		dc         int
		addr       string
	}{
		"IPv4": {"telethon.session", "telethon.txt", 2, "149.154.167.51:443"},
		"IPv6": {"six.session", "six.txt", 4, "[2001:67c:4e8:f004::a]:443"},
	} {
		t.Run(what, func(t *testing.T) {
			text := fixture(t, c.text)
			fromText, format, err := Read(text, noPassphrase)
			if err != nil || format != Telethon {
				t.Fatalf("read string: %s, %v", format, err)
			}
			fromFile, format, err := Read(filepath.Join("testdata", c.file), noPassphrase)
			if err != nil || format != TelethonFile {
				t.Fatalf("read file: %s, %v", format, err)
			}
			for _, d := range []*Data{fromText, fromFile} {
				if d.DC != c.dc || d.Addr != c.addr || len(d.AuthKey) != authKeySize || len(d.AuthKeyID) != 8 {
					t.Errorf("got DC %d at %s", d.DC, d.Addr)
				}
				back, err := TelethonString(d)
				if err != nil || back != text {
					t.Errorf("written again (%v):\n%s\nwant\n%s", err, back, text)
				}
			}
			if !bytes.Equal(fromText.AuthKey, fromFile.AuthKey) || !bytes.Equal(fromText.AuthKeyID, fromFile.AuthKeyID) {
				t.Error("string and file differ")
			}
		})
	}
}

func TestTelethonStringFindsAnAddress(t *testing.T) {
	key := bytes.Repeat([]byte{1}, authKeySize)
	for what, d := range map[string]*Data{
		"in Telegram's own list":            {DC: 2, AuthKey: key},
		"with the usual port for a bare IP": {DC: 2, Addr: "149.154.167.51", AuthKey: key},
	} {
		t.Run(what, func(t *testing.T) {
			s, err := TelethonString(d)
			if err != nil {
				t.Fatal(err)
			}
			back, err := ParseTelethon(s)
			if err != nil || !strings.HasSuffix(back.Addr, ":443") {
				t.Errorf("got %v, %v", back, err)
			}
		})
	}
	if _, err := TelethonString(&Data{DC: 99, AuthKey: key}); err == nil {
		t.Error("a data center without an address was written")
	}
	if _, err := TelethonString(&Data{DC: 2}); !errors.Is(err, ErrNoSession) {
		t.Errorf("a session without a key: %v", err)
	}
}

func TestSeal(t *testing.T) {
	d, err := ParseTelethon(fixture(t, "telethon.txt"))
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := seal(d, "correct horse", 10) // little work: this is no secret
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(sealed), "-----BEGIN AGE ENCRYPTED FILE-----") {
		t.Errorf("not an armored age file: %.40s", sealed)
	}
	path := filepath.Join(t.TempDir(), "me.age")
	if err := os.WriteFile(path, sealed, 0o600); err != nil {
		t.Fatal(err)
	}
	back, format, err := Read(path, func() (string, error) { return "correct horse", nil })
	if err != nil || format != Sealed || !bytes.Equal(back.AuthKey, d.AuthKey) || back.DC != d.DC {
		t.Errorf("got %v, %s, %v", back, format, err)
	}
	if _, err := Unseal(sealed, "wrong"); !errors.Is(err, ErrPassphrase) {
		t.Errorf("wrong passphrase: %v", err)
	}
	if _, err := Unseal(sealed, ""); !errors.Is(err, ErrPassphrase) {
		t.Errorf("empty passphrase: %v", err)
	}
	if _, err := Seal(d, ""); err == nil {
		t.Error("sealed with an empty passphrase")
	}
	if _, err := Unseal(sealed[:len(sealed)-60], "correct horse"); err == nil {
		t.Error("a cut file was read")
	}
}

func TestReadRefusesWhatItDoesNotKnow(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for what, c := range map[string]struct {
		from string
		want error
	}{
		"nothing there":                     {filepath.Join(dir, "nope"), os.ErrNotExist},
		"an empty file":                     {write("empty", ""), ErrUnknownFormat},
		"some other file":                   {write("other", "hello"), ErrUnknownFormat},
		"a string that is cut":              {fixture(t, "telethon.txt")[:300], ErrUnknownFormat},
		"a Telethon file not yet signed in": {filepath.Join("testdata", "empty.session"), ErrNoSession},
	} {
		t.Run(what, func(t *testing.T) {
			if _, _, err := Read(c.from, noPassphrase); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	t.Run("no message repeats what may be a session", func(t *testing.T) {
		whole := fixture(t, "telethon.txt")
		for _, secret := range []string{
			whole[:len(whole)-3], strings.NewReplacer("-", "+", "_", "/").Replace(whole[:len(whole)-1]), strings.Repeat("aB3/", 60),
		} {
			if _, _, err := Read(secret, noPassphrase); !errors.Is(err, ErrUnknownFormat) || strings.Contains(err.Error(), secret[40:60]) {
				t.Errorf("got %v", err)
			}
		}
	})
	t.Run("a Telethon file whose lengths lie", func(t *testing.T) {
		for _, at := range []int{3750, 4018} { // of cells in the first page; the SQLite reader panics
			lies := []byte(fixture(t, "telethon.session"))
			lies[at] = 0x7f
			if _, _, err := Read(write("lies.session", string(lies)), noPassphrase); err == nil || !strings.Contains(err.Error(), "damaged") {
				t.Errorf("byte %d: got %v", at, err)
			}
		}
	})
	t.Run("a damaged Telethon file", func(t *testing.T) {
		whole := fixture(t, "telethon.session")
		for _, cut := range []int{50, 500, 5000, 20000} {
			if data, _, err := Read(write("cut.session", whole[:cut]), noPassphrase); err == nil && len(data.AuthKey) != authKeySize {
				t.Errorf("cut to %d bytes it gives %v", cut, data)
			}
		}
	})
}
