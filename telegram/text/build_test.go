package text

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// join is Join of what is short.
func join(separator Text, parts ...Text) Text {
	t, err := Join(separator, parts...)
	if err != nil {
		panic(err)
	}
	return t
}

func TestStylesNest(t *testing.T) {
	name := Styled(Of("😀Al"), Bold, "")
	whole := join(Of(""), Of("ü "), Styled(join(Of(""), Of("a "), name), Link, "https://x"), Of("!"))
	if got := sketch(whole); got != sketch(Text{Plain: "ü a 😀Al!", Entities: whole.Entities}) || whole.Plain != "ü a 😀Al!" {
		t.Errorf("got %s", got)
	}
	if html := Format(HTML, whole); html != `ü <a href="https://x">a <b>😀Al</b></a>!` {
		t.Errorf("got %s", html)
	}
	if empty := Styled(Of(""), Bold, ""); len(empty.Entities) != 0 {
		t.Error("nothing has a style")
	}
	if html := Format(HTML, join(Styled(Of(", "), Italic, ""), name, Of("b"), Of("<c>"))); html != `<b>😀Al</b><i>,</i> b<i>,</i> &lt;c&gt;` {
		t.Errorf("got %s", html)
	}
}

func TestStyleArguments(t *testing.T) {
	for want, style := range map[string]struct {
		Style
		argument string
	}{
		`<pre><code class="language-lua">x</code></pre>`: {Pre, "lua"}, `<blockquote>x</blockquote>`: {Quote, ""}, `<blockquote expandable>x</blockquote>`: {Folded, ""},
		`<a href="tg://user?id=7">x</a>`: {Mention, "7"}, `<tg-emoji emoji-id="5">x</tg-emoji>`: {Emoji, "5"}, `<tg-spoiler>x</tg-spoiler>`: {Spoiler, ""},
		`<s>x</s>`: {Strike, ""}, `<u>x</u>`: {Underline, ""}, `<code>x</code>`: {Code, ""},
	} {
		if got := Format(HTML, Styled(Of("x"), style.Style, style.argument)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

var errNone = errors.New("none")

func fillings(name string) (Text, error) {
	switch name {
	case "evil":
		return Of(`**<b>[x](https://evil)</b>**{name}😀`), nil
	case "name":
		return Styled(Of("Al 😀"), Italic, ""), nil
	case "url":
		return Of("https://a/b?c=d&e"), nil
	case "empty":
		return Of(""), nil
	}
	return Text{}, errNone
}

func TestFill(t *testing.T) {
	for sentence, row := range map[string]struct{ template, want string }{
		"nothing to fill":                     {"a **b**", "a <b>b</b>"},
		"what is filled in is no markup":      {"Hi {evil}!", `Hi **&lt;b&gt;[x](https://evil)&lt;/b&gt;**{name}😀!`},
		"it has the format of its place":      {"**Hi {evil}**", `<b>Hi **&lt;b&gt;[x](https://evil)&lt;/b&gt;**{name}😀</b>`},
		"and its own":                         {"**Hi {name}!** ü", `<b>Hi <i>Al 😀</i>!</b> ü`},
		"several, and what comes behind them": {"{name}{name} __{ name }__ **x**", `<i>Al 😀Al 😀</i> <i>Al 😀</i> <b>x</b>`},
		"nothing":                             {"**{empty}** __{empty}a__", ` <i>a</i>`},
		"braces":                              {"{{name}} **{{}}** {name}", `{name} <b>{}</b> <i>Al 😀</i>`},
		"an address":                          {"[x]({url})", `<a href="https://a/b?c=d&amp;e">x</a>`},
		"part of an address":                  {"[x](https://q/?u={url}&n={name})", `<a href="https://q/?u=https%3A%2F%2Fa%2Fb%3Fc%3Dd%26e&amp;n=Al%20%F0%9F%98%80">x</a>`},
		"the words of a link":                 {"[{evil}](https://q)", `<a href="https://q">**&lt;b&gt;[x](https://evil)&lt;/b&gt;**{name}😀</a>`},
	} {
		t.Run(sentence, func(t *testing.T) {
			template, _ := Parse(Markdown, row.template)
			got, err := Fill(template, fillings)
			if html := Format(HTML, got); err != nil || html != row.want {
				t.Errorf("%v\ngot  %s\nwant %s", err, html, row.want)
			}
		})
	}
}

func TestFillFails(t *testing.T) {
	for template, want := range map[string]string{
		"a {b": "1:3: ", "a } b": "1:3: ", "x\n{}": "2:1: ", "{ }": "1:1: ", "{a{b}}": "1:1: ", "{unknown}": "none", "{a\nb}": "1:1: ",
	} {
		if _, err := Fill(Of(template), fillings); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", template, err)
		}
	}
	linked, _ := Parse(Markdown, "[x](https://a/{unknown})")
	if _, err := Fill(linked, fillings); !errors.Is(err, errNone) {
		t.Errorf("got %v", err)
	}
	if names, err := Holes("{a} {{b}} {c} { a }"); err != nil || strings.Join(names, " ") != "a c a" {
		t.Errorf("%q, %v", names, err)
	}
}

// FuzzFill fills what anybody may write into a template.
func FuzzFill(f *testing.F) {
	f.Add("Hi **{a}**, [{a}](https://x/{a})!", "**b** [c](https://d) {a} 😀")
	f.Add("{{{a}}}", "}")
	f.Fuzz(func(t *testing.T, template, value string) {
		if !utf8.ValidString(template) || !utf8.ValidString(value) {
			return
		}
		parsed, _ := Parse(Markdown, template)
		got, err := Fill(parsed, func(string) (Text, error) { return Of(value), nil })
		if err != nil {
			return
		}
		names, _ := Holes(parsed.Plain)
		if len(got.Entities) > len(parsed.Entities) {
			t.Fatalf("%q makes formatting in %q", value, template)
		}
		if strings.Count(got.Plain, value) < len(names) && value != "" && !strings.ContainsAny(value, "{}") {
			t.Fatalf("%q is not in %q", value, got.Plain)
		}
		for _, e := range got.Entities {
			if e.GetOffset() < 0 || e.GetOffset()+e.GetLength() > Units(got.Plain) {
				t.Fatalf("%v is outside of %q", e, got.Plain)
			}
		}
	})
}
