package csvtext_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/service/csvtext"
	"github.com/tgscript/tgscript/bindings/service/shape"
)

func TestDelimiters(t *testing.T) {
	for text, want := range map[string]rune{"": ',', ";": ';', "\t": '\t', "é": 'é', ",,": 0, "\"": 0, "\n": 0, "\xff": 0} {
		got, err := csvtext.Delimiter(text)
		if got != want || (err == nil) != (want != 0) {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

func TestNamedRows(t *testing.T) {
	got := csvtext.Named([][]string{{"a", "", "b"}, {"1", "2", "3", "4"}, {"5"}})
	want := []map[string]string{{"a": "1", "b": "3"}, {"a": "5"}}
	if !reflect.DeepEqual(got, want) || len(csvtext.Named(nil)) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestTooManyFields(t *testing.T) {
	_, err := csvtext.Decode(strings.Repeat(",", shape.Most+1), ',')
	var parse *shape.ParseError
	if !errors.As(err, &parse) {
		t.Errorf("got %v", err)
	}
}

// FuzzCSV reads what was written: line ends within fields are the only thing that may change.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\nc,d", "\"a\"\"b\",c", "a;b", "\"\n\"", "\uFEFFa", "a\r\nb"} {
		f.Add(seed, ",")
	}
	f.Fuzz(func(t *testing.T, text, delimiter string) {
		comma, err := csvtext.Delimiter(delimiter)
		if err != nil {
			return
		}
		rows, err := csvtext.Decode(text, comma)
		if err != nil || strings.Contains(text, "\r") || strings.Contains(text, "\uFEFF") {
			return
		}
		for _, row := range rows {
			if len(row) == 1 && row[0] == "" {
				return // written as an empty line, which is skipped
			}
		}
		written, err := csvtext.Encode(rows, comma)
		if err != nil {
			t.Fatal(err)
		}
		again, err := csvtext.Decode(written, comma)
		if err != nil || !reflect.DeepEqual(again, rows) {
			t.Fatalf("%q, then %q, %v", rows, again, err)
		}
	})
}
