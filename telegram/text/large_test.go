package text_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/telegram/text"
)

// TestSmallPartsManyTimes is text that would get larger than a process may be, or take hours.
func TestSmallPartsManyTimes(t *testing.T) {
	long := text.Of(strings.Repeat("x", 100_000))
	formatted := text.Of("x")
	for range 500 {
		formatted = text.Styled(formatted, text.Bold, "")
	}
	value := func(name string) (text.Text, error) {
		return map[string]text.Text{"long": long, "formatted": formatted}[name], nil
	}
	links := text.Text{}
	for range 40 {
		one, err := text.Join(text.Text{}, links, text.Styled(text.Of("x"), text.Link, "https://x.org/?{long}"))
		if err != nil {
			t.Fatal(err)
		}
		links = one
	}
	for sentence, template := range map[string]text.Text{
		"a long value": text.Of(strings.Repeat("{long}", 100_000)), "formatting": text.Of(strings.Repeat("{formatted}", 1000)),
		"an address": text.Styled(text.Of("x"), text.Link, strings.Repeat("{long}", 100)), "many addresses": links, "the template": text.Of(strings.Repeat("x", 2<<20)),
	} {
		if _, err := text.Fill(template, value); !errors.Is(err, text.ErrTooLong) {
			t.Errorf("%s: %v", sentence, err)
		}
	}
	many := make([]text.Text, 10_000)
	for i := range many {
		many[i] = long
	}
	if _, err := text.Join(text.Text{}, many...); !errors.Is(err, text.ErrTooLong) {
		t.Errorf("joined: %v", err)
	}
	if _, err := text.Join(long, make([]text.Text, 10_000)...); !errors.Is(err, text.ErrTooLong) {
		t.Errorf("joined by much: %v", err)
	}
	if _, err := text.Fill(text.Of(strings.Repeat("ü", 400_000)), value); err != nil {
		t.Error(err)
	}
}

// TestMuchFormatting must end in a moment: its time grew with the square of the number of pieces.
func TestMuchFormatting(t *testing.T) {
	for name, source := range map[string]string{"code": strings.Repeat("`a` ", 100_000), "spoilers": strings.Repeat("||a|| ", 50_000), "all": strings.Repeat("**_`[", 20_000)} {
		got, err := text.Parse(text.Markdown, source)
		if err != nil || len(got.Entities) > text.MostEntities {
			t.Errorf("%s: %d pieces, %v", name, len(got.Entities), err)
		}
		if again := text.Format(text.Markdown, got); len(again) == 0 {
			t.Errorf("%s: nothing", name)
		}
	}
}
