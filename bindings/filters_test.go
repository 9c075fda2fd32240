package bindings

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm/pattern"
	"github.com/tgscript/tgscript/telegram"
)

func targets(list ...any) []target {
	out := make([]target, len(list))
	for i, v := range list {
		switch v := v.(type) {
		case string:
			out[i].Target = telegram.Name(v)
		case int64:
			out[i].Target = telegram.ID(v)
		default:
			out[i].Target = of(v)
		}
	}
	return out
}

func TestChatFilters(t *testing.T) {
	out := func(m *tg.Message) { m.Out = true }
	self := *alice
	self.Self = true
	for _, row := range []struct {
		sentence string
		filters  chatFilters
		message  *telegram.Message
		want     bool
	}{
		{"no filters take all", chatFilters{}, said("x", friends, alice), true},
		{"incoming", chatFilters{Incoming: new(true)}, said("x", alice, alice), true},
		{"incoming is not what one wrote oneself", chatFilters{Incoming: new(true)}, said("x", alice, alice, out), false},
		{"outgoing", chatFilters{Outgoing: new(true)}, said("x", alice, alice, out), true},
		{"outgoing is not what others wrote", chatFilters{Outgoing: new(true)}, said("x", alice, alice), false},
		{"both ways", chatFilters{Outgoing: new(true), Incoming: new(true)}, said("x", alice, alice), true},
		{"not incoming is outgoing", chatFilters{Incoming: new(false)}, said("x", alice, alice), false},
		{"not outgoing is incoming", chatFilters{Outgoing: new(false)}, said("x", alice, alice), true},
		{"neither way", chatFilters{Outgoing: new(false), Incoming: new(false)}, said("x", alice, alice), false},
		{"private", chatFilters{kindFilters: kindFilters{Private: new(true)}}, said("x", alice, alice), true},
		{"private is no group", chatFilters{kindFilters: kindFilters{Private: new(true)}}, said("x", friends, alice), false},
		{"group", chatFilters{kindFilters: kindFilters{Group: new(true)}}, said("x", friends, alice), true},
		{"a supergroup is a group", chatFilters{kindFilters: kindFilters{Group: new(true)}}, said("x", shop, alice), true},
		{"a channel is no group", chatFilters{kindFilters: kindFilters{Group: new(true)}}, said("x", news, news), false},
		{"channel", chatFilters{kindFilters: kindFilters{Channel: new(true)}}, said("x", news, news), true},
		{"private or channel", chatFilters{kindFilters: kindFilters{Channel: new(true), Private: new(true)}}, said("x", alice, alice), true},
		{"not private", chatFilters{kindFilters: kindFilters{Private: new(false)}}, said("x", alice, alice), false},
		{"not private is all the rest", chatFilters{kindFilters: kindFilters{Private: new(false)}}, said("x", news, news), true},
		{"a group, and no channel", chatFilters{kindFilters: kindFilters{Channel: new(false), Group: new(true)}}, said("x", friends, alice), true},
		{"a list of chats that is empty", chatFilters{Chats: targets()}, said("x", friends, alice), false},
		{"a list of people that is empty", chatFilters{From: targets()}, said("x", friends, alice), false},
		{"a list of people to leave out that is empty", chatFilters{NotFrom: targets()}, said("x", friends, alice), true},
		{"a chat by id", chatFilters{Chats: targets(int64(-5))}, said("x", friends, alice), true},
		{"another chat", chatFilters{Chats: targets(int64(-6))}, said("x", friends, alice), false},
		{"a chat by object", chatFilters{Chats: targets(friends)}, said("x", friends, alice), true},
		{"a chat by name", chatFilters{Chats: targets("@NEWS")}, said("x", news, news), true},
		{"a chat by link", chatFilters{Chats: targets("https://t.me/news/5")}, said("x", news, news), true},
		{"a chat by a link in capitals", chatFilters{Chats: targets("HTTPS://T.ME/News")}, said("x", news, news), true},
		{"a chat by a link of another form", chatFilters{Chats: targets("tg://resolve?domain=news&post=5")}, said("x", news, news), true},
		{"a private channel by the link to a message", chatFilters{Chats: targets("https://t.me/c/9/5")}, said("x", news, news), true},
		{"another private channel", chatFilters{Chats: targets("https://t.me/c/11/5")}, said("x", news, news), false},
		{"a chat by an id in text", chatFilters{Chats: targets("-5")}, said("x", friends, alice), true},
		{"a title counts as it is written", chatFilters{Chats: targets("friends")}, said("x", friends, alice), false},
		{"a chat by its title", chatFilters{Chats: targets("Friends")}, said("x", friends, alice), true},
		{"one of several", chatFilters{Chats: targets("@nobody", int64(-5))}, said("x", friends, alice), true},
		{"from a person by name", chatFilters{From: targets("alice")}, said("x", friends, alice), true},
		{"from a person by number", chatFilters{From: targets("+42 777 001")}, said("x", friends, alice), true},
		{"from somebody else", chatFilters{From: targets("@bob", "Alice L")}, said("x", friends, alice), false},
		{"from nobody known", chatFilters{From: targets("@bob")}, said("x", friends, nil), false},
		{"me", chatFilters{Chats: targets("me")}, said("x", &self, &self), true},
		{"me is nobody else", chatFilters{Chats: targets("me")}, said("x", alice, alice), false},
		{"chat and sender", chatFilters{Chats: targets("Friends"), From: targets("@alice")}, said("x", friends, robot), false},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			wanted, err := row.filters.compile("on")
			if err != nil {
				t.Fatal(err)
			}
			if got := wanted(&telegram.Event{Message: row.message}); got != row.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestTargetsThatAreNoFilter(t *testing.T) {
	for name, want := range map[string]string{
		"https://t.me/+abcDEF123-":   "write the chat's id",
		"t.me/joinchat/abcDEF123-":   "write the chat's id",
		"tg://join?invite=abcDEF123": "write the chat's id",
		"https://t.me/+abc":          "names no chat",
		"tg://settings":              "names no chat",
		"  ":                         "chat expected",
	} {
		_, err := chatFilters{From: targets(name)}.compile("on")
		var wrong *spec.ArgumentError
		if !errors.As(err, &wrong) || wrong.Place != "option 'from'" || !strings.Contains(wrong.Problem, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPatterns(t *testing.T) {
	for _, row := range [][3]string{
		{"^/roll (%d+)$", "/roll 20", "[20]"},
		{"^/roll (%d+)$", "/roll x", "no"},
		{"b+", "abbb", "[bbb]"},
		{"(a)(b)()", "xab", "[a b 4]"},
		{"[]x]", "x", "[x]"},
		{"%b()", "f(a(b))", "[(a(b))]"},
		{"%f[%w]%w+", "  word", "[word]"},
		{"[%]]", "]", "[]]"},
		{"(%d", "", "malformed pattern: missing ')'"},
		{"%d)", "", "malformed pattern: ')' without '('"},
		{"[a", "", "malformed pattern: missing ']'"},
		{"[a%]", "", "malformed pattern: missing ']'"},
		{"a%", "", "malformed pattern: ends with '%'"},
		{"%f", "", "malformed pattern: missing '[' after '%f'"},
		{"%bx", "", "malformed pattern: two characters expected after '%b'"},
		{"(%a)%1", "abb", "[b]"},
		{"%1(a)", "", "malformed pattern: '%1' stands for no capture that has ended"},
		{"(%1)", "", "malformed pattern: '%1' stands for no capture that has ended"},
		{"%0", "", "malformed pattern: '%0' stands for no capture that has ended"},
		{strings.Repeat("(a)", 40), "", "too many captures"},
		{"(%w-)(%w-)(%w-)(%w-)(%w-)(%w-)(%w-)!", strings.Repeat("x", 4000), "no"}, // would take for ever
	} {
		t.Run(row[0], func(t *testing.T) {
			find, err := compilePattern(row[0])
			if err != nil {
				if err.Error() != row[2] {
					t.Fatalf("got the error %v", err)
				}
				return
			}
			got := "no"
			if captures, ok := find(row[1]); ok {
				got = fmt.Sprint(captures)
			}
			if got != row[2] {
				t.Errorf("got %s, want %s", got, row[2])
			}
		})
	}
}

// A pattern that is not refused must not make the matcher complain afterwards.
func FuzzPattern(f *testing.F) {
	for _, seed := range []string{"^/a (%d+)$", "[^]]", "%bxy", "%f[%a]", "(()", "[a-%z]", "%1(a)"} {
		f.Add(seed, "some text (x) 12")
	}
	f.Fuzz(func(t *testing.T, p, s string) {
		find, err := compilePattern(p)
		if err != nil || len(s) > 50 {
			return
		}
		find(s)
		var m pattern.Matcher
		var stop atomic.Bool
		defer time.AfterFunc(patience, func() { stop.Store(true) }).Stop()
		m.Reset(s, p, &stop)
		start, end, ok, err := m.Find(0)
		for i := range m.Captures() {
			if ok && err == nil {
				_, _, err = m.Capture(i, start, end)
			}
		}
		if err != nil && !errors.Is(err, pattern.ErrTooComplex) && !errors.Is(err, pattern.ErrStopped) {
			t.Errorf("%q is taken, but: %v", p, err)
		}
	})
}

func TestCommands(t *testing.T) {
	for _, row := range [][2]string{
		{"/start", "start||true"},
		{"/start ", "start||true"},
		{"/add 1  2", "add||1  2|true"},
		{"/add@robot 1", "add|robot|1|true"},
		{"/add\nnext line", "add||next line|true"},
		{"start", "false"},
		{" /start", "false"},
		{"/", "false"},
		{"/@robot", "false"},
		{"/start@", "false"},
		{"", "false"},
	} {
		t.Run(row[0], func(t *testing.T) {
			name, bot, rest, ok := parseCommand(row[0])
			got := fmt.Sprint(ok)
			if ok {
				got = name + "|" + bot + "|"
				if rest != "" {
					got += rest + "|"
				}
				got += "true"
			}
			if got != row[1] {
				t.Errorf("got %s, want %s", got, row[1])
			}
		})
	}
}

func TestCommandNames(t *testing.T) {
	names, err := commandNames([]string{"Start", "/help"})
	if err != nil || !names["start"] || !names["help"] {
		t.Errorf("got %v, %v", names, err)
	}
	for _, bad := range [][]string{{}, {""}, {"two words"}, {"a@b"}} {
		if _, err := commandNames(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
