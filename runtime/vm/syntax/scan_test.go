package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

func TestScan(t *testing.T) {
	for _, row := range [][3]string{
		{"names have places", "a = b\n  c()", "a1:1 b1:5 c2:3"},
		{"fields and methods tell what stands before", "x.y : z", "x1:1 .y1:3 :z1:7"},
		{"strings are without quotes", `f("a b", 'c')`, `f1:1 "a b"1:3 "c"1:10`},
		{"an escaped quote doesn't end a string", `f("a\"b", c)`, `f1:1 "a\"b"1:3 c1:11`},
		{"comments are left out", "a -- b\nc --[[ d\n e ]] f", "a1:1 c2:1 f3:7"},
		{"a comment with levels", "--[==[ ]] ]==] a", "a1:16"},
		{"long strings are left out", "a = [[ b\n c ]] d", "a1:1 d2:7"},
		{"indexing is no long string", "a[b]", "a1:1 b1:3"},
		{"numbers are no names", "x = 0xFF + 1e5", "x1:1"},
		{"a #! line is left out", "#!/usr/bin/tgscript run\na", "a2:1"},
		{"a byte order mark has no column", "\xef\xbb\xbfa", "a1:1"},
		{"an unfinished string ends with its line", "\"a\nb", `"a"1:1 b2:1`},
		{"an unfinished comment ends with the file", "a --[[ b", "a1:1"},
		{"nothing", "", ""},
	} {
		t.Run(row[0], func(t *testing.T) {
			var got []string
			for _, w := range syntax.Scan([]byte(row[1])) {
				text := w.Text
				if w.Quoted {
					text = `"` + text + `"`
				}
				if w.Before == '.' || w.Before == ':' {
					text = string(w.Before) + text
				}
				got = append(got, fmt.Sprintf("%s%d:%d", text, w.Line, w.Column))
			}
			if s := strings.Join(got, " "); s != row[2] {
				t.Errorf("got  %s\nwant %s", s, row[2])
			}
		})
	}
}

func TestParse(t *testing.T) {
	for _, row := range []struct {
		sentence, source string
		statements       int
		fails            bool
	}{
		{"a chunk", "local a = 1\nprint(a)", 2, false},
		{"a #! line keeps the lines' numbers", "#!/bin/x\nprint(1)", 1, false},
		{"what isn't Lua", "local = 1", 0, true},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			got, err := syntax.Parse("x.lua", []byte(row.source))
			if len(got) != row.statements || (err != nil) != row.fails {
				t.Fatalf("got %d statements and %v", len(got), err)
			}
			if len(got) == 1 && got[0].Line() != 2 {
				t.Fatalf("the statement is on line %d", got[0].Line())
			}
		})
	}
}

func FuzzScan(f *testing.F) {
	f.Add([]byte("a = \"b\\\" --[[ c ]] [==[ d ]==] e:f() "))
	f.Fuzz(func(t *testing.T, source []byte) {
		lines := strings.Count(string(source), "\n") + 1
		for _, w := range syntax.Scan(source) {
			if w.Line < 1 || w.Line > lines || w.Column < 1 || w.Column > len(source) {
				t.Fatalf("%+v is outside the source", w)
			}
		}
	})
}
