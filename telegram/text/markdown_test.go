package text

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/gotd/td/tg"
)

// sketch prints a text with its entities in a form that is easy to compare: kind[offset+length].
func sketch(t Text) string {
	var b strings.Builder
	b.WriteString(t.Plain)
	for _, e := range t.Entities {
		k, arg, _ := kindOf(e)
		name := map[kind]string{quote: "quote", folded: "folded", pre: "pre", link: "link", mention: "mention", bold: "bold", italic: "italic",
			underline: "underline", strike: "strike", spoiler: "spoiler", code: "code", emoji: "emoji"}[k]
		fmt.Fprintf(&b, " %s[%d+%d]", name, e.GetOffset(), e.GetLength())
		if arg != "" {
			b.WriteString("=" + arg)
		}
	}
	return b.String()
}

func TestMarkdown(t *testing.T) {
	for what, c := range map[string]struct{ in, want string }{
		"plain text stays":                      {"hello", "hello"},
		"bold":                                  {"a **b** c", "a b c bold[2+1]"},
		"italic":                                {"__a__", "a italic[0+1]"},
		"underline":                             {"--a--", "a underline[0+1]"},
		"strike":                                {"~~a~~", "a strike[0+1]"},
		"spoiler":                               {"||a||", "a spoiler[0+1]"},
		"code":                                  {"`a*b`", "a*b code[0+3]"},
		"code holding a backtick":               {"`` a`b ``", "a`b code[0+3]"},
		"a block with its language":             {"```python\nprint(1)\n```", "print(1) pre[0+8]=python"},
		"a block without a language":            {"```\nx\n```", "x pre[0+1]"},
		"a block on one line has no language":   {"```x```", "x pre[0+1]"},
		"a longer fence holds a shorter one":    {"````\n```\n````", "``` pre[0+3]"},
		"link":                                  {"[t](https://x.y)", "t link[0+1]=https://x.y"},
		"parentheses in an address":             {"[t](http://a/(c))", "t link[0+1]=http://a/(c)"},
		"marks inside a link's text":            {"[**t**](u)", "t link[0+1]=u bold[0+1]"},
		"mention by id":                         {"[Bob](tg://user?id=42)", "Bob mention[0+3]=42"},
		"custom emoji":                          {"![👍](tg://emoji?id=5)", "👍 emoji[0+2]=5"},
		"quote":                                 {"a\n> b\n> c\nd", "a\nb\nc\nd quote[2+3]"},
		"folded quote":                          {"**> b\n>c", "b\nc folded[0+3]"},
		"marks inside a quote":                  {"> **b**", "b quote[0+1] bold[0+1]"},
		"nested marks":                          {"**a __b__**", "a b bold[0+3] italic[2+1]"},
		"crossed marks keep their whole extent": {"__a **b__ c**", "a b c italic[0+1] bold[2+3] italic[2+1]"},
		"offsets count UTF-16 units":            {"👍**b**", "👍b bold[2+1]"},
		"marks within a word":                   {"2**3**4", "234 bold[1+1]"},
		"a mark alone is literal":               {"**", "**"},
		"marks around white space are literal":  {"** **", "** **"},
		"nothing between marks is literal":      {"****", "****"},
		"marks beside spaces are literal":       {"2 ** 3 ** 4", "2 ** 3 ** 4"},
		"an opened mark without end is literal": {"a **b", "a **b"},
		"options of a command are literal":      {"run --all or --some", "run --all or --some"},
		"single characters are literal":         {"*a* _b_ -c- ~d~ |e|", "*a* _b_ -c- ~d~ |e|"},
		"backslash escapes":                     {`\*\*a\*\* \[b](c)`, "**a** [b](c)"},
		"backslash before a letter is literal":  {`C:\new`, `C:\new`},
		"backticks without partner are literal": {"a ` b `` c", "a ` b `` c"},
		"brackets without address are literal":  {"[a] (b) [c](", "[a] (b) [c]("},
		"an address with a space is none":       {"[a](b c)", "[a](b c)"},
		"leading blanks are kept":               {"    code", "    code"},
		"an escaped > is no quote":              {`\> a`, "> a"},
		"a > within a line is no quote":         {"a > b", "a > b"},
		"marks in code are literal":             {"`**a**`", "**a** code[0+5]"},
		"marks over lines":                      {"**a\nb**", "a\nb bold[0+3]"},
		"three stars leave one":                 {"***a***", "*a* bold[0+2]"},
	} {
		t.Run(what, func(t *testing.T) {
			got, err := Parse(Markdown, c.in)
			if err != nil {
				t.Fatal(err)
			}
			if s := sketch(got); s != c.want {
				t.Errorf("%q\ngot  %q\nwant %q", c.in, s, c.want)
			}
		})
	}
}

func TestEscapeIsReadBackAsItWas(t *testing.T) {
	for _, s := range []string{"**a** __b__ --c-- ~~d~~ ||e||", "`a` ```b```", "[a](b)", "![a](tg://emoji?id=1)", "> a\n**> b", `a\b \* \\`, "<b>&amp;\r\n", "***", "[", "]"} {
		for _, mode := range []Mode{Plain, Markdown, HTML} {
			if got, err := Parse(mode, Escape(mode, s)); err != nil || !reflect.DeepEqual(got, Of(s)) {
				t.Errorf("mode %d: %q escaped as %q is read as %q (%v)", mode, s, Escape(mode, s), sketch(got), err)
			}
		}
	}
}

// entities makes a text out of bytes: the first part is said, the rest places entities over it.
func entities(plain string, places []byte) Text {
	t := Of(plain)
	for len(places) >= 3 {
		o, n := int(places[1]), int(places[2])
		var e tg.MessageEntityClass
		switch places[0] % 12 {
		case 0:
			e = &tg.MessageEntityBold{Offset: o, Length: n}
		case 1:
			e = &tg.MessageEntityItalic{Offset: o, Length: n}
		case 2:
			e = &tg.MessageEntityUnderline{Offset: o, Length: n}
		case 3:
			e = &tg.MessageEntityStrike{Offset: o, Length: n}
		case 4:
			e = &tg.MessageEntitySpoiler{Offset: o, Length: n}
		case 5:
			e = &tg.MessageEntityCode{Offset: o, Length: n}
		case 6:
			e = &tg.MessageEntityPre{Offset: o, Length: n, Language: "go"}
		case 7:
			e = &tg.MessageEntityTextURL{Offset: o, Length: n, URL: "https://x/(y)\\"}
		case 8:
			e = &tg.MessageEntityMentionName{Offset: o, Length: n, UserID: 7}
		case 9:
			e = &tg.MessageEntityCustomEmoji{Offset: o, Length: n, DocumentID: 9}
		case 10:
			e = &tg.MessageEntityBlockquote{Offset: o, Length: n}
		case 11:
			e = &tg.MessageEntityBlockquote{Offset: o, Length: n, Collapsed: true}
		}
		t.Entities = append(t.Entities, e)
		places = places[3:]
	}
	return t
}

func FuzzFormatRoundTrip(f *testing.F) {
	f.Add("hello world", []byte{0, 0, 5, 1, 3, 6})
	f.Add("👍 a\nb `c` **d**", []byte{6, 0, 2, 10, 5, 1, 7, 3, 9, 5, 4, 3})
	f.Add("a\\b", []byte{0, 1, 1})
	f.Fuzz(func(t *testing.T, plain string, places []byte) {
		if len(plain) > 300 || len(places) > 60 || strings.ToValidUTF8(plain, "") != plain || strings.Contains(plain, "\x00") {
			return
		}
		in := entities(plain, places)
		want := in.Normal()
		if again := want.Normal(); !reflect.DeepEqual(again, want) {
			t.Fatalf("normal form is not stable:\n%q\n%q", sketch(want), sketch(again))
		}
		got, err := Parse(HTML, Format(HTML, in))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("HTML %q\ngot  %q (%v)\nwant %q", Format(HTML, in), sketch(got), err, sketch(want))
		}
		// Markdown must give the same text; its entities may lack what it has no words for.
		got, _ = Parse(Markdown, Format(Markdown, in))
		if got.Plain != plain {
			t.Fatalf("Markdown %q\ngot  %q\nwant %q", Format(Markdown, in), got.Plain, plain)
		}
		for _, e := range want.Entities {
			if k, _, _ := kindOf(e); k == quote || k == folded || k == code || k == pre {
				return
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("Markdown %q\ngot  %q\nwant %q", Format(Markdown, in), sketch(got), sketch(want))
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("**a** [b](c) `d` > e")
	f.Add("<b>a</b><a href=x>")
	f.Fuzz(func(t *testing.T, s string) {
		for _, mode := range []Mode{Markdown, HTML} {
			got, err := Parse(mode, s)
			if err != nil {
				continue
			}
			units := offsets(got.Plain)
			for _, e := range got.Entities {
				if e.GetOffset() < 0 || e.GetLength() <= 0 || e.GetOffset()+e.GetLength() > units[len(got.Plain)] {
					t.Fatalf("entity outside the text: %q", sketch(got))
				}
			}
		}
	})
}

func BenchmarkMarkdown(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		parseMarkdown("Hello **world**, see [the page](https://example.org) or `code`.")
	}
}
