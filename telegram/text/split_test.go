package text

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/gotd/td/tg"
)

func TestSplit(t *testing.T) {
	bold := func(offset, length int) tg.MessageEntityClass {
		return &tg.MessageEntityBold{Offset: offset, Length: length}
	}
	for sentence, row := range map[string]struct {
		plain       string
		entities    []tg.MessageEntityClass
		limit, most int
		want        string
	}{
		"a text that fits":                        {"short", nil, 10, 5, "short"},
		"between paragraphs":                      {"one two\n\nthree\nfour", nil, 14, 5, "one two|three\nfour"},
		"between lines":                           {"one two\nthree four", nil, 12, 5, "one two|three four"},
		"between words":                           {"one two three", nil, 9, 5, "one two|three"},
		"in a word if it must":                    {"abcdefgh", nil, 3, 5, "abc|def|gh"},
		"never in a character":                    {"👍👍👍", nil, 3, 5, "👍|👍|👍"},
		"an early break is no good one":           {"a\n\nbcd efgh ijkl", nil, 12, 5, "a\n\nbcd efgh|ijkl"},
		"an entity stays whole":                   {"one two three", []tg.MessageEntityClass{bold(4, 9)}, 11, 5, "one|two three bold 0+9"},
		"a word that is an entity stays whole":    {"abcdef", []tg.MessageEntityClass{bold(2, 3)}, 4, 5, "ab|cdef bold 0+3"},
		"an entity that is too long goes on":      {"abcdefgh", []tg.MessageEntityClass{bold(1, 7)}, 4, 5, "abcd bold 1+3|efgh bold 0+4"},
		"too many entities":                       {"a b c d", []tg.MessageEntityClass{bold(0, 1), bold(2, 1), bold(4, 1), bold(6, 1)}, 10, 2, "a b bold 0+1 bold 2+1|c d bold 0+1 bold 2+1"},
		"white space alone stays what it is":      {"      ", nil, 3, 5, "      "},
		"white space where it is cut is left out": {"abc     def", nil, 5, 5, "abc|def"},
	} {
		var got []string
		for _, piece := range Split(Text{Plain: row.plain, Entities: row.entities}, row.limit, row.most) {
			s := piece.Plain
			for _, e := range piece.Entities {
				s += fmt.Sprintf(" bold %d+%d", e.GetOffset(), e.GetLength())
			}
			got = append(got, s)
		}
		if all := strings.Join(got, "|"); all != row.want {
			t.Errorf("%s: got %q, want %q", sentence, all, row.want)
		}
	}
}

// FuzzSplit holds the promises of Split against any text and any entities.
func FuzzSplit(f *testing.F) {
	f.Add("one two\n\nthree 👍 four", 7, 3, 4, 9, 2, 5)
	f.Add("   ", 1, 1, 0, 0, 0, 0)
	f.Add(strings.Repeat("word ", 50), 20, 1, 10, 40, 30, 3)
	f.Fuzz(func(t *testing.T, plain string, limit, most, from, length, from2, length2 int) {
		if limit > 1<<20 || most > 1<<20 {
			return
		}
		in := Text{Plain: strings.ToValidUTF8(plain, ""), Entities: []tg.MessageEntityClass{
			&tg.MessageEntityBold{Offset: from, Length: length}, &tg.MessageEntityCode{Offset: from2, Length: length2},
		}}
		pieces := Split(in, limit, most)
		words := ""
		for _, p := range pieces {
			words += p.Plain
			if len(pieces) > 1 && (Units(p.Plain) > max(limit, 2) || len(p.Entities) > max(most, 1) || strings.TrimSpace(p.Plain) == "") {
				t.Errorf("piece %q of %d units with %d entities", p.Plain, Units(p.Plain), len(p.Entities))
			}
			for _, e := range p.Entities {
				if len(pieces) > 1 && (e.GetOffset() < 0 || e.GetLength() <= 0 || e.GetOffset()+e.GetLength() > Units(p.Plain)) {
					t.Errorf("entity %v beyond %q", e, p.Plain)
				}
			}
		}
		if black(words) != black(in.Plain) {
			t.Errorf("%q became %q", in.Plain, words)
		}
	})
}

// black is a text without white space.
func black(s string) string {
	return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), "")
}

func TestFirstLink(t *testing.T) {
	link := Text{Plain: "see here and https://b.org", Entities: []tg.MessageEntityClass{&tg.MessageEntityTextURL{Offset: 4, Length: 4, URL: "https://a.org"}}}
	for want, in := range map[string]Text{
		"":                      Of("no link"),
		"https://b.org/x":       Of("(https://b.org/x)."),
		"http://c.org":          Of("http://c.org https://b.org"),
		"https://a.org":         link,
		"https://long.org/?q=1": Of("https://long.org/?q=1"),
	} {
		if got := FirstLink(in); got != want {
			t.Errorf("%q: got %q, want %q", in.Plain, got, want)
		}
	}
	if n := Units("a👍é"); n != 4 {
		t.Errorf("counted %d units", n)
	}
	if !slices.Equal(Split(Of("x"), 0, 0)[0].Entities, nil) {
		t.Error("entities out of nothing")
	}
}
