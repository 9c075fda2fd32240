package session

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/alicebob/sqlittle"
)

// Bytes of what Pyrogram's strings hold before the key and behind it, by the length of all: that of today begins with
// data center, api_id and a mark of the test servers; older ones lack the api_id. Behind the key is who it is.
var pyrogramParts = map[int]struct{ before, behind int }{
	1 + 4 + 1 + authKeySize + 8 + 1: {1 + 4 + 1, 8 + 1},
	1 + 1 + authKeySize + 8 + 1:     {1 + 1, 8 + 1},
	1 + 1 + authKeySize + 4 + 1:     {1 + 1, 4 + 1},
}

// ParsePyrogram reads the string that Pyrogram's export_session_string makes, and those of its forks.
func ParsePyrogram(s string) (*Data, error) {
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
	parts, known := pyrogramParts[len(raw)]
	if err != nil || !known || raw[0] == 0 || raw[parts.before-1] > 1 || raw[len(raw)-1] > 1 {
		return nil, fmt.Errorf("read Pyrogram string: %w", errNotIt)
	}
	key := raw[parts.before : parts.before+authKeySize]
	return &Data{DC: int(raw[0]), AuthKey: key, AuthKeyID: keyID(key)}, nil
}

// ReadPyrogramFile reads the auth key out of Pyrogram's NAME.session, an SQLite file.
func ReadPyrogramFile(path string) (*Data, error) {
	return readSQLite(path, "Pyrogram", func(row sqlittle.Row) (*Data, error) {
		data := &Data{}
		err := row.Scan(&data.DC, &data.AuthKey)
		return data, err
	}, "dc_id", "auth_key")
}
