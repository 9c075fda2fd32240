package sqlite

import (
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"
)

// functions are those of SQL that reach out of the database.
// The last two look through the whole first value for each name of the second, and can't be ended.
var functions = []string{"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "sqlite_dbpage", "json_patch", "jsonb_patch"}

// pragmas are those that statements may use: they tell something, or change the database that is open and nothing else.
var pragmas = []string{
	"application_id", "auto_vacuum", "collation_list", "data_version", "defer_foreign_keys", "encoding", "foreign_key_check", "foreign_key_list",
	"foreign_keys", "freelist_count", "function_list", "incremental_vacuum", "index_info", "index_list", "index_xinfo", "integrity_check", "journal_mode",
	"optimize", "page_count", "quick_check", "recursive_triggers", "schema_version", "secure_delete", "synchronous", "table_info", "table_list",
	"table_xinfo", "user_version", "wal_checkpoint",
}

// reading are pragmas that may be asked and not set.
var reading = []string{"page_size", "max_page_count", "cache_size", "schema_version", "encoding", "busy_timeout"}

// prepare reads the first statement of a text.
func (db *Database) prepare(sql string) (*sqlite3.Stmt, string, error) {
	db.preparing = true
	defer func() { db.preparing = false }()
	return db.conn.Prepare(sql)
}

// authorize says what statements may do. VACUUM attaches a database without a name while it runs. A statement that is
// read may attach none: where the name is computed, it seems to have none here.
func (db *Database) authorize(action sqlite3.AuthorizerActionCode, first, second, _, _ string) sqlite3.AuthorizerReturnCode {
	allowed := true
	switch action {
	case sqlite3.AUTH_ATTACH:
		allowed = first == "" && !db.preparing
	case sqlite3.AUTH_DETACH:
		allowed = first == "vacuum_db" && !db.preparing
	case sqlite3.AUTH_FUNCTION:
		allowed = !slices.Contains(functions, strings.ToLower(second))
	case sqlite3.AUTH_CREATE_VTABLE:
		allowed = false
	case sqlite3.AUTH_PRAGMA:
		name := strings.ToLower(first)
		allowed = slices.Contains(pragmas, name) || second == "" && slices.Contains(reading, name)
	}
	if !allowed {
		return sqlite3.AUTH_DENY
	}
	return sqlite3.AUTH_OK
}

// plain is an error without the library's name before it.
func plain(err error) string { return strings.ReplaceAll(err.Error(), "sqlite3: ", "") }
