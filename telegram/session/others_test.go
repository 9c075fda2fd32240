package session

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// somebodysKey is that of testdata/pyrogram.session, whose table is as Pyrogram 2 makes it.
func somebodysKey(t *testing.T) []byte {
	t.Helper()
	data, err := ReadPyrogramFile(filepath.Join("testdata", "pyrogram.session"))
	if err != nil {
		t.Fatal(err)
	}
	return data.AuthKey
}

// pyrogramString packs as Pyrogram does: struct.pack(">BI?256sQ?", ...) and its older forms.
func pyrogramString(dc byte, before, key, behind []byte) string {
	return base64.RawURLEncoding.EncodeToString(append(append(append([]byte{dc}, before...), key...), behind...))
}

// gramjsString packs as GramJS does.
func gramjsString(dc byte, address string, key []byte) string {
	raw := binary.BigEndian.AppendUint16([]byte{dc}, uint16(len(address)))
	raw = binary.BigEndian.AppendUint16(append(raw, address...), 443)
	return "1" + base64.StdEncoding.EncodeToString(append(raw, key...))
}

func TestSessionsOfOtherLibraries(t *testing.T) {
	key := somebodysKey(t)
	file := filepath.Join(t.TempDir(), "session.txt")
	today := pyrogramString(4, []byte{0, 0, 48, 57, 0}, key, []byte{0, 0, 0, 0, 0, 0, 3, 233, 0})
	if err := os.WriteFile(file, []byte(today+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		from   string
		format Format
		dc     int
		addr   string
	}{
		"Pyrogram's file":             {filepath.Join("testdata", "pyrogram.session"), PyrogramFile, 4, ""},
		"Pyrogram's string":           {today, Pyrogram, 4, ""},
		"the same in a file":          {file, Pyrogram, 4, ""},
		"with its padding":            {today + strings.Repeat("=", -len(today)&3), Pyrogram, 4, ""},
		"one of Pyrogram 1":           {pyrogramString(2, []byte{0}, key, make([]byte, 9)), Pyrogram, 2, ""},
		"one of before ids were long": {pyrogramString(1, []byte{0}, key, make([]byte, 5)), Pyrogram, 1, ""},
		"of a bot":                    {pyrogramString(5, []byte{0, 0, 0, 1, 0}, key, []byte{0, 0, 0, 0, 0, 0, 0, 1, 1}), Pyrogram, 5, ""},
		"GramJS's string":             {gramjsString(2, "149.154.167.51", key), GramJS, 2, "149.154.167.51:443"},
		"one of a browser":            {gramjsString(4, "zws4.web.telegram.org", key), GramJS, 4, ""},
	} {
		t.Run(what, func(t *testing.T) {
			data, format, err := Read(c.from, noPassphrase)
			if err != nil || format != c.format {
				t.Fatalf("got %s, %v", format, err)
			}
			if data.DC != c.dc || data.Addr != c.addr || !bytes.Equal(data.AuthKey, key) || !bytes.Equal(data.AuthKeyID, keyID(key)) {
				t.Errorf("got DC %d at %q", data.DC, data.Addr)
			}
		})
	}
	for what, text := range map[string]string{
		"a Pyrogram string that is cut":         today[:len(today)-2],
		"one with bits that nobody sets":        pyrogramString(4, []byte{0, 0, 0, 1, 7}, key, make([]byte, 9)),
		"one of no data center":                 pyrogramString(0, []byte{0, 0, 0, 1, 0}, key, make([]byte, 9)),
		"a GramJS string that is cut":           gramjsString(2, "149.154.167.51", key)[:300],
		"one whose address is longer than told": gramjsString(2, "149.154.167.51", append([]byte{1}, key...)),
		"one with nothing in it":                "1",
	} {
		t.Run(what, func(t *testing.T) {
			if data, format := parse(text); data != nil {
				t.Errorf("is taken for %s", format)
			}
		})
	}
}

// FuzzParse: whatever is given, strings are read or refused.
func FuzzParse(f *testing.F) {
	key := bytes.Repeat([]byte{7}, authKeySize)
	f.Add(pyrogramString(4, []byte{0, 0, 0, 1, 0}, key, make([]byte, 9)))
	f.Add(gramjsString(2, "149.154.167.51", key))
	f.Add("1AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		if data, format := parse(text); data != nil && len(data.AuthKey) != authKeySize {
			t.Errorf("%s: key of %d bytes", format, len(data.AuthKey))
		}
	})
}
