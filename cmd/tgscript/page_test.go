package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/docs"
)

func plainTerminal() *terminal {
	return &terminal{out: &bytes.Buffer{}, err: &bytes.Buffer{}, env: func(string) (string, bool) { return "", false }}
}

func TestPage(t *testing.T) {
	for name, row := range map[string][2]string{
		"a heading":               {"## Some `words`", "Some words\n"},
		"a paragraph":             {"one\ntwo **three**, `four`.", "one two three, four.\n"},
		"a long one":              {strings.Repeat("word ", 20), strings.TrimSpace(strings.Repeat("word ", 16)) + "\n" + strings.TrimSpace(strings.Repeat("word ", 4)) + "\n"},
		"a fence":                 {"```lua\nlocal a  = 1 -- `x`\n\n```\nb", "    local a  = 1 -- `x`\n\nb\n"},
		"a list":                  {"- one\n  two\n- " + strings.Repeat("word ", 17), "- one two\n- " + strings.TrimSpace(strings.Repeat("word ", 15)) + "\n  word word\n"},
		"numbers":                 {"1. one\n2. two", "1. one\n2. two\n"},
		"a table":                 {"| a | bb |\n|---|---|\n| `ccc` | d \\| e |", "a    bb\nccc  d | e\n"},
		"a table without a head":  {"| | |\n|---|---|\n| a | b |", "a  b\n"},
		"a wide table":            {"| key | " + strings.Repeat("word ", 20) + " |", "key  " + strings.TrimSpace(strings.Repeat("word ", 15)) + "\n     " + strings.TrimSpace(strings.Repeat("word ", 5)) + "\n"},
		"a link to a guide":       {"see [pages](files.md#x)", "see tgscript docs files\n"},
		"a link to somewhere":     {"see [lua](https://lua.org)", "see lua (https://lua.org)\n"},
		"a link within":           {"see [there](#there)", "see there\n"},
		"a fence that never ends": {"```\na", "    a\n"},
		"nothing":                 {"", "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := plainTerminal().page(row[0]); got != row[1] {
				t.Errorf("got\n%q, want\n%q", got, row[1])
			}
		})
	}
}

// TestGuidesFit shows every guide in 80 columns.
func TestGuidesFit(t *testing.T) {
	for _, g := range docs.Guides() {
		fenced := strings.Count(g.Text, "```")
		if fenced%2 != 0 {
			t.Errorf("%s: a fence without an end", g.Name)
		}
		for line := range strings.Lines(plainTerminal().page(g.Text)) {
			if visible(strings.TrimRight(line, "\n")) > 110 && !strings.HasPrefix(line, "    ") && !strings.Contains(line, "://") && g.Name != "sandbox-methods" {
				t.Errorf("%s: %q is %d wide", g.Name, line, visible(line))
			}
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add("# a\n| b | c\n|-\n- d `e` **f**\n```\ng")
	f.Fuzz(func(_ *testing.T, text string) { plainTerminal().page(text) })
}
