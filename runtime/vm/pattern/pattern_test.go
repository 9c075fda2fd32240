package pattern

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
)

// find gives what string.find and string.match would, as text.
func find(src, pat string, from int) (string, error) {
	var m Matcher
	m.Reset(src, pat, nil)
	start, end, ok, err := m.Find(from)
	if err != nil || !ok {
		return "nothing", err
	}
	out := src[start:end]
	for i := range m.Captures() {
		text, pos, err := m.Capture(i, start, end)
		if err != nil {
			return "", err
		}
		if pos > 0 {
			text = "@" + string(rune('0'+pos))
		}
		out += "," + text
	}
	return out, nil
}

func TestFind(t *testing.T) {
	for name, c := range map[string]struct{ src, pat, want string }{
		"a literal":                        {"hello", "l+", "ll"},
		"captures":                         {"key = value", "(%w+)%s*=%s*(%w+)", "key = value,key,value"},
		"nested captures":                  {"abc", "(a(b)c)", "abc,abc,b"},
		"positions":                        {"hello", "()ll()", "ll,@3,@5"},
		"lazy":                             {"<a><b>", "<(.-)>", "<a>,a"},
		"greedy":                           {"<a><b>", "<(.*)>", "<a><b>,a><b"},
		"optional":                         {"color", "colou?r", "color"},
		"an anchor":                        {"ab", "^b", "nothing"},
		"the end":                          {"a$b", "a$", "nothing"},
		"a dollar inside is itself":        {"a$b", "a$b", "a$b"},
		"balanced":                         {"f(a(b)c)d", "%b()", "(a(b)c)"},
		"not balanced":                     {"f((", "%b()", "nothing"},
		"a frontier":                       {"THE (quick) fox", "%f[%a]%a+%f[%A]", "THE"},
		"a frontier at the end":            {"abc", "c%f[%z]", "c"},
		"the same again":                   {`say "it's"`, `(["'])(.-)%1`, `"it's",",it's`},
		"sets":                             {"x-]y", "[]-]+", "-]"},
		"a set of others":                  {"abc1", "[^%a]", "1"},
		"a range":                          {"xyzb", "[a-c]", "b"},
		"a hyphen at the end of a set":     {"a-", "[b-]", "-"},
		"printable":                        {" a", "%g", "a"},
		"control":                          {"a\tb", "%c", "\t"},
		"not a class":                      {"a.b", "%.", "."},
		"upper, lower, hexadecimal, space": {"aB f", "%l%u%s%x", "aB f"},
		"zero bytes":                       {"a\x00b", "%z", "\x00"},
		"nothing matches nothing":          {"", "", ""},
		"a letter of German":               {"ä", "%a", "nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := find(c.src, c.pat, 0); got != c.want || err != nil {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestMalformed(t *testing.T) {
	for pat, want := range map[string]string{
		"%":                        "ends with '%'",
		"[a":                       "missing ']'",
		"[]":                       "missing ']'",
		"[^":                       "missing ']'",
		"[a%":                      "missing ']'",
		"(a":                       "unfinished capture",
		"a)":                       "invalid pattern capture",
		"%1":                       "invalid capture index %1",
		"%0":                       "invalid capture index %0",
		"(a%1)":                    "invalid capture index %1",
		"%b":                       "missing arguments",
		"%bx":                      "missing arguments",
		"%fa":                      "missing '['",
		"%f":                       "missing '['",
		strings.Repeat("()", 33):   "too many captures",
		strings.Repeat("a?", 300):  "too complex",
		strings.Repeat("(", 40000): "too many captures",
	} {
		if _, err := find(strings.Repeat("a", 300), pat, 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: got %v, want %q", pat, err, want)
		}
	}
	var m Matcher
	m.Reset("abc", "b", nil)
	if _, _, err := m.Capture(3, 0, 1); err == nil {
		t.Error("capture 4 of none")
	}
	if text, _, err := m.Capture(-1, 1, 3); text != "bc" || err != nil {
		t.Error(text, err)
	}
}

func TestMatchAt(t *testing.T) {
	var m Matcher
	m.Reset("^a", "^a", nil)
	if end, ok, err := m.MatchAt(0, false); !ok || end != 2 || err != nil {
		t.Error("^ isn't an ordinary character", end, ok, err)
	}
	if end, ok, err := m.MatchAt(1, true); !ok || end != 2 || err != nil {
		t.Error("^ doesn't anchor", end, ok, err)
	}
}

func TestStop(t *testing.T) {
	var stop atomic.Bool
	stop.Store(true)
	var m Matcher
	m.Reset(strings.Repeat("a", 1000), ".-.-.-.-.-b", &stop)
	if _, _, _, err := m.Find(0); !errors.Is(err, ErrStopped) {
		t.Errorf("got %v", err)
	}
}

func TestPlain(t *testing.T) {
	for pat, want := range map[string]bool{"abc": true, "a.c": false, "": true, "a-b": false, "a)b": true, "50%": false} {
		if Plain(pat) != want {
			t.Errorf("%q", pat)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, pat := range []string{"(a*(.)%w(%s*))", "%f[%w]%b()", "[^]%-a-c]+$", "^(.-)%1?", "%bxy", "()()"} {
		f.Add("hello (world) xyy", pat, 0)
	}
	f.Fuzz(func(t *testing.T, src, pat string, from int) {
		if from < 0 || from > len(src) || len(src) > 200 || len(pat) > 60 {
			return
		}
		var stop atomic.Bool
		stop.Store(true) // after some thousand steps
		var m Matcher
		m.Reset(src, pat, &stop)
		start, end, ok, err := m.Find(from)
		if err == nil && ok && (start < from || end < start || end > len(src)) {
			t.Errorf("match at %d to %d", start, end)
		}
		for i := range m.Captures() {
			if ok {
				m.Capture(i, start, end)
			}
		}
	})
}

func BenchmarkCommand(b *testing.B) {
	var m Matcher
	b.ReportAllocs()
	for b.Loop() {
		m.Reset("/roll 2d6 please", "^/(%w+)@?%w*%s*(.*)$", nil)
		if _, _, ok, _ := m.Find(0); !ok {
			b.Fatal("no match")
		}
	}
}
