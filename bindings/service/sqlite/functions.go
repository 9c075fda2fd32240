package sqlite

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/ncruces/go-sqlite3"
)

// SQLite looks whether a statement is to end between two of its steps, and a call of a function is one step. With long
// values some of its functions take hours (their time grows with the product of two lengths), so they are ours.

// longestPattern of LIKE and GLOB: they compare each place of a text with all of it.
const longestPattern = 500

var errUnhex = errors.New("unhex takes one value: take other characters out with replace")

// own replaces them.
func own(conn *sqlite3.Conn) error {
	conn.Limit(sqlite3.LIMIT_LIKE_PATTERN_LENGTH, longestPattern)
	refuse := func(ctx sqlite3.Context, _ ...sqlite3.Value) { ctx.ResultError(errUnhex) }
	for _, f := range []struct {
		name   string
		values int
		do     sqlite3.ScalarFunction
	}{
		{"instr", 2, strict(instr)},
		{"replace", 3, strict(replace)},
		{"trim", 1, trim(true, true)},
		{"trim", 2, trim(true, true)},
		{"ltrim", 1, trim(true, false)},
		{"ltrim", 2, trim(true, false)},
		{"rtrim", 1, trim(false, true)},
		{"rtrim", 2, trim(false, true)},
		{"unhex", 2, refuse},
	} {
		if err := conn.CreateFunction(f.name, f.values, sqlite3.DETERMINISTIC|sqlite3.INNOCUOUS, f.do); err != nil {
			return err
		}
	}
	return nil
}

// strict makes a function that says NULL of NULL.
func strict(do sqlite3.ScalarFunction) sqlite3.ScalarFunction {
	return func(ctx sqlite3.Context, args ...sqlite3.Value) {
		for _, v := range args {
			if v.Type() == sqlite3.NULL {
				ctx.ResultNull()
				return
			}
		}
		do(ctx, args...)
	}
}

func instr(ctx sqlite3.Context, args ...sqlite3.Value) {
	if args[0].Type() == sqlite3.BLOB && args[1].Type() == sqlite3.BLOB {
		ctx.ResultInt(bytes.Index(args[0].Blob(nil), args[1].Blob(nil)) + 1)
		return
	}
	text, part := args[0].Text(), args[1].Text()
	at := strings.Index(text, part)
	if at >= 0 {
		at = utf8.RuneCountInString(text[:at])
	}
	ctx.ResultInt(at + 1)
}

func replace(ctx sqlite3.Context, args ...sqlite3.Value) {
	text, part, by := args[0].Text(), args[1].Text(), args[2].Text()
	if part == "" {
		ctx.ResultText(text)
		return
	}
	if len(text)+strings.Count(text, part)*(len(by)-len(part)) > mostText {
		ctx.ResultError(sqlite3.TOOBIG)
		return
	}
	ctx.ResultText(strings.ReplaceAll(text, part, by))
}

func trim(left, right bool) sqlite3.ScalarFunction {
	return strict(func(ctx sqlite3.Context, args ...sqlite3.Value) {
		text, drop := args[0].Text(), map[rune]bool{' ': true}
		if len(args) > 1 {
			clear(drop)
			for _, r := range args[1].Text() {
				drop[r] = true
			}
		}
		if left {
			text = strings.TrimLeftFunc(text, func(r rune) bool { return drop[r] })
		}
		if right {
			text = strings.TrimRightFunc(text, func(r rune) bool { return drop[r] })
		}
		ctx.ResultText(text)
	})
}
