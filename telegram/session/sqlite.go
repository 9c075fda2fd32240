package session

import (
	"fmt"
	"slices"

	"github.com/alicebob/sqlittle"
)

// readSQLite reads the table sessions of a program's file; take makes a session of a row. Rows without a key are of
// sessions that are not signed in.
func readSQLite(path, program string, take func(sqlittle.Row) (*Data, error), columns ...string) (data *Data, err error) {
	defer func() { // the reader slices damaged files without looking at their lengths
		if p := recover(); p != nil {
			data, err = nil, fmt.Errorf("read %s file: it is damaged: %v", program, p)
		}
	}()
	db, err := sqlittle.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read %s file: %w", program, err)
	}
	defer db.Close()
	var scan error
	err = db.Select("sessions", func(row sqlittle.Row) {
		var one *Data
		if one, scan = take(row); scan == nil && len(one.AuthKey) == authKeySize {
			data = one
			data.AuthKeyID = keyID(data.AuthKey)
		}
	}, columns...)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s file: %w", program, err)
	case scan != nil:
		return nil, fmt.Errorf("read %s file: %w", program, scan)
	case data == nil:
		return nil, fmt.Errorf("read %s file: %w", program, ErrNoSession)
	}
	return data, nil
}

// ofPyrogram tells Pyrogram's SQLite files from Telethon's, which say where the data center is. A damaged one is
// nobody's: whoever reads it says so.
func ofPyrogram(path string) (yes bool) {
	defer func() {
		if recover() != nil {
			yes = false
		}
	}()
	db, err := sqlittle.Open(path)
	if err != nil {
		return false
	}
	defer db.Close()
	columns, err := db.Columns("sessions")
	return err == nil && slices.Contains(columns, "test_mode") && !slices.Contains(columns, "server_address")
}
