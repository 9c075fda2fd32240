package parity

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tgscript/tgscript/bindings"
)

// TestEveryRowIsThere is what the page promises: each line has an implementation that a test uses, or
// a reason why not.
func TestEveryRowIsThere(t *testing.T) {
	rows, err := List()
	if err != nil {
		t.Fatal(err)
	}
	tests, err := Tests(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	table := bindings.Table()
	for _, row := range rows {
		for _, ref := range row.Ours {
			if err := Find(table, ref); err != nil {
				t.Errorf("%s: %s: %v", row.Theirs, ref, err)
				continue
			}
			if ref.Owner == "config" || ref.Owner == "command" {
				continue // the root's tests know those
			}
			if _, missing := TestedBy(ref, tests); len(missing) > 0 {
				t.Errorf("%s: no test of scripts uses %s of %s", row.Theirs, strings.Join(missing, ", "), ref)
			}
		}
	}
}

func TestParse(t *testing.T) {
	for name, row := range map[string]struct{ list, want, err string }{
		"a row":                       {"## A\nf(x) | client:f{x, y}, on:message | as well", "A f(x) [client:f{x, y} on:message] as well", ""},
		"a field":                     {"a | Message.id |", " a [Message.id] ", ""},
		"a key of the config":         {"a | config:accounts.NAME.proxy |", " a [config:accounts.NAME.proxy] ", ""},
		"not there, with a reason":    {"a | - | nobody wants it", " a [] nobody wants it", ""},
		"not there, without a reason": {"a | - |", "", "read line 1: a is not there, without a reason"},
		"a comment and an empty line": {"# x | y\n\n", "", ""},
		"a column too few":            {"## A\n\na | b", "", "read line 3: 2 columns, want 3"},
		"nothing in the middle":       {"a | | b", "", `read line 1: "a | | b": a column is empty`},
		"what names nothing":          {"a | client f |", "", `read line 1: a: "client f" names nothing`},
		"braces that don't close":     {"a | client:f{x |", "", `read line 1: a: "client:f{x" names nothing`},
		"a namespace within another":  {"a | tg.button.url |", " a [tg.button.url] ", ""},
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := parse(row.list)
			if err != nil {
				if err.Error() != row.err {
					t.Errorf("error %q, want %q", err, row.err)
				}
				return
			}
			got := ""
			for _, r := range rows {
				words := make([]string, len(r.Ours))
				for i, ref := range r.Ours {
					words[i] = ref.String()
				}
				got += r.Section + " " + r.Theirs + " [" + strings.Join(words, " ") + "] " + r.Note
			}
			if got != row.want || row.err != "" {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestFind(t *testing.T) {
	for ref, problem := range map[string]string{
		"client:send_message{silent}": "",
		"Client:send_message":         "",
		"client:send_mesage":          "Client has no method send_mesage",
		"client:send_message{slient}": "send_message has no option slient",
		"Message.id":                  "",
		"MessageEvent.id":             "", // the parent's
		"Message.ID":                  "Message has no field ID",
		"Message:reply":               "",
		"Massage:reply":               "there is no Massage",
		"on:message{pattern}":         "",
		"on:mesage":                   "there is no event mesage",
		"on:message{patern}":          "message has no option patern",
		"tg.sleep":                    "",
		"tg.log":                      "",
		"tg.log.warn":                 "",
		"tg.args":                     "",
		"tg.slep":                     "tg has no slep",
		"config:proxy":                "",
		"command:login":               "",
	} {
		t.Run(ref, func(t *testing.T) {
			parsed, err := parseRef(ref)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if err := Find(bindings.Table(), parsed); err != nil {
				got = err.Error()
			}
			if got != problem {
				t.Errorf("got %q, want %q", got, problem)
			}
		})
	}
}

func TestTestedBy(t *testing.T) {
	tests, err := Tests(fstest.MapFS{
		"bindings/a_test.go": {Data: []byte("package a\nfunc TestOne(t *testing.T) {\n run(`client:send(1, { silent = true })`)\n}\nfunc TestTwo(t *testing.T) {\n run(`client:send(1, { at=1 }) print(m.views)`)\n}\n" +
			"const script = `client:on('raw', f)`\nconst other = `client:unused()`\nfunc TestThree() { serve(script) }\n")},
		"bindings/a.go": {Data: []byte("`client:unseen()`")},
		"cmd/tgscript/testdata/stories/story.txtar": {Data: []byte(`-- a.lua --` + "\n" + `client:on("edit", { chats = 1 }, f)`)},
		"examples/x.lua": {Data: []byte(`tg.sleep(1)`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[string]string{
		"client:send":             "TestOne; ",
		"client:send{silent}":     "TestOne; ",
		"client:send{at}":         "TestTwo; ",
		"client:send{silent, at}": "TestOne TestTwo; ",
		"client:send{loud}":       "TestOne; loud",
		"client:unseen":           "; unseen",
		"on:raw":                  "TestThree; ", // the script stands outside
		"client:unused":           "; unused",    // no test names it
		"Message.views":           "TestTwo; ",
		"on:edit{chats}":          "stories/story.txtar; ",
		"on:message":              "; message",
		"tg.sleep":                "examples/x.lua; ",
	} {
		t.Run(ref, func(t *testing.T) {
			parsed, err := parseRef(ref)
			if err != nil {
				t.Fatal(err)
			}
			names, missing := TestedBy(parsed, tests)
			if got := strings.Join(names, " ") + "; " + strings.Join(missing, " "); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestPage(t *testing.T) {
	if _, err := parse("## Talk\nsend(a|b) | client:send |\n"); err == nil {
		t.Fatal("a bar within a column was read")
	}
	rows, err := parse("## Talk\nsend(a) | client:send{silent}, on:edit{chats}, config:proxy, command:login | faster\nnothing | - | why\n")
	if err != nil {
		t.Fatal(err)
	}
	page := string(Page(rows, []Test{{"TestSend", `client:send{ silent = true }`}}).Text)
	for _, want := range []string{
		"1 of 2 lines", "## Talk\n",
		"| `send(a)` | `client:send{silent}`, `client:on(\"edit\", { chats })`, `proxy`, `tgscript login` | faster | TestSend |\n",
		"| `nothing` | - | why |  |\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing in\n%s", want, page)
		}
	}
}
