// Package csvtext reads and writes comma-separated values.
package csvtext

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/tgscript/tgscript/bindings/service/shape"
)

// Delimiter is what stands between fields: one character that quotes and line ends aren't.
func Delimiter(s string) (rune, error) {
	if s == "" {
		return ',', nil
	}
	r, size := utf8.DecodeRuneInString(s)
	if size != len(s) || r == utf8.RuneError || strings.ContainsRune("\"\r\n", r) {
		return 0, fmt.Errorf("%q is no delimiter: it is one character, such as \";\" or \"\\t\"", s)
	}
	return r, nil
}

// Decode reads rows, which may be of different lengths.
func Decode(text string, delimiter rune) ([][]string, error) {
	text = strings.TrimPrefix(text, "\uFEFF") // spreadsheets write it
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord = delimiter, -1
	rows, left := [][]string{}, shape.Most
	for {
		row, err := in.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case errors.As(err, &parse):
			return nil, &shape.ParseError{Format: "CSV", Line: parse.Line, Column: parse.Column, Problem: parse.Err.Error()}
		case err != nil:
			return nil, &shape.ParseError{Format: "CSV", Problem: err.Error()}
		}
		if left -= len(row); left < 0 {
			return nil, &shape.ParseError{Format: "CSV", Problem: fmt.Sprintf("more than %d values", shape.Most)}
		}
		rows = append(rows, row)
	}
}

// Named makes objects of rows: the first row names the columns. Fields beyond it, and columns without a name, are
// left out.
func Named(rows [][]string) (objects []map[string]string) {
	objects = []map[string]string{}
	if len(rows) == 0 {
		return objects
	}
	for _, row := range rows[1:] {
		object := map[string]string{}
		for i, name := range rows[0] {
			if i < len(row) && name != "" {
				object[name] = row[i]
			}
		}
		objects = append(objects, object)
	}
	return objects
}

// Encode writes rows.
func Encode(rows [][]string, delimiter rune) (string, error) {
	var out strings.Builder
	to := csv.NewWriter(&out)
	to.Comma = delimiter
	size := 0
	for _, row := range rows {
		for _, field := range row {
			if size += len(field) + 1; size > shape.Longest {
				return "", &shape.EncodeError{Format: "CSV", Err: shape.ErrLongest}
			}
		}
	}
	if err := to.WriteAll(rows); err != nil {
		return "", &shape.EncodeError{Format: "CSV", Err: err}
	}
	return out.String(), nil
}
