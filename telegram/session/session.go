// Package session reads and writes the forms in which Telegram sessions travel between programs: strings and
// SQLite files of Telethon and Pyrogram, GramJS's strings, Telegram Desktop's tdata folder, and a file of our own that
// a passphrase protects.
//
// A session is as good as the account: whoever holds it can read and write everything. It must not be used in
// two places at once, or Telegram ends it for good (AUTH_KEY_DUPLICATED).
package session

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gotd/td/session"
)

// Data is a session: data center, address and auth key.
type Data = session.Data

// Format is a form of session.
type Format string

// The formats that Read knows. Sealed and Telethon can be written, too.
const (
	Telethon     Format = "telethon"      // a string
	TelethonFile Format = "telethon-file" // NAME.session, SQLite
	Pyrogram     Format = "pyrogram"      // a string, of its forks too
	PyrogramFile Format = "pyrogram-file" // NAME.session, SQLite
	GramJS       Format = "gramjs"        // a string
	TData        Format = "tdata"         // Telegram Desktop's folder
	Sealed       Format = "sealed"        // ours, encrypted with a passphrase
)

// Facts about what was given to Read.
var (
	ErrUnknownFormat = errors.New("neither a string or file of Telethon, Pyrogram or GramJS, nor a tdata folder, nor a sealed session")
	ErrPassphrase    = errors.New("wrong passphrase")
	ErrNoSession     = errors.New("holds no session that is signed in")
)

// Read finds out what from is, a string or the path of a file or folder, and reads it. passphrase is asked
// only for what needs one: a sealed session, or a tdata folder with a local passcode.
func Read(from string, passphrase func() (string, error)) (*Data, Format, error) {
	if data, format := parse(from); data != nil {
		return data, format, nil
	}
	info, err := os.Stat(from)
	if err != nil {
		if mayBeSecret(from) {
			return nil, "", fmt.Errorf("read session: %w", ErrUnknownFormat)
		}
		return nil, "", fmt.Errorf("read session: %w", err)
	}
	if info.IsDir() {
		data, err := readTData(from, passphrase)
		return data, TData, err
	}
	return readFile(from, passphrase)
}

// parse reads what is known of strings; nil if it is none.
func parse(text string) (*Data, Format) {
	for format, read := range map[Format]func(string) (*Data, error){Telethon: ParseTelethon, Pyrogram: ParsePyrogram, GramJS: ParseGramJS} {
		if data, err := read(text); err == nil {
			return data, format
		}
	}
	return nil, ""
}

// mayBeSecret tells a string session that was cut or comes from another library from the path of a file that isn't
// there: no message may repeat it.
func mayBeSecret(from string) bool {
	const short, long = 60, 200 // a path of so many letters without a dot or blank is a rare thing
	if len(from) <= short || strings.Contains(from, "/") && len(from) <= long {
		return false
	}
	return !strings.ContainsFunc(from, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("+/=-_", r)
	})
}

// largest is more than any session file of people in this world has.
const largest = 256 << 20

func readFile(path string, passphrase func() (string, error)) (*Data, Format, error) {
	head, err := readHead(path)
	if err != nil {
		return nil, "", err
	}
	if bytes.HasPrefix(head, []byte("SQLite format 3\x00")) {
		if ofPyrogram(path) {
			data, err := ReadPyrogramFile(path)
			return data, PyrogramFile, err
		}
		data, err := ReadTelethonFile(path)
		return data, TelethonFile, err
	}
	if bytes.HasPrefix(head, []byte(sealHeader)) {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, "", fmt.Errorf("read session: %w", err)
		}
		word, err := passphrase()
		if err != nil {
			return nil, "", err
		}
		data, err := Unseal(content, word)
		return data, Sealed, err
	}
	if data, format := parse(strings.TrimSpace(string(head))); data != nil {
		return data, format, nil
	}
	return nil, "", fmt.Errorf("read session %s: %w", filepath.Base(path), ErrUnknownFormat)
}

func readHead(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read session: %w", err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() > largest {
		return nil, fmt.Errorf("read session %s: %w", filepath.Base(path), ErrUnknownFormat)
	}
	head := make([]byte, 1024)
	n, err := f.Read(head)
	if err != nil && n == 0 {
		return nil, fmt.Errorf("read session %s: %w", filepath.Base(path), ErrUnknownFormat)
	}
	return head[:n], nil
}
