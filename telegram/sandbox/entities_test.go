package sandbox

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gotd/td/tg"
)

// show writes entities as kind:text, in order.
func showEntities(text string, entities []tg.MessageEntityClass) string {
	var list []string
	for _, e := range entities {
		kind := strings.TrimPrefix(e.TypeName(), "messageEntity")
		list = append(list, kind+":"+slice16(text, e.GetOffset(), e.GetLength()))
	}
	return strings.Join(list, " ")
}

func TestComposeFindsWhatTelegramFinds(t *testing.T) {
	s := serve(t, Options{})
	for name, row := range map[string]struct{ text, want string }{
		"a link":                   {"see https://example.org/a?b=c#d.", "Url:https://example.org/a?b=c#d"},
		"a link without a scheme":  {"see example.com/x, now", "Url:example.com/x"},
		"an address":               {"write to me@example.org", "Email:me@example.org"},
		"a mention":                {"hi @alice!", "Mention:@alice"},
		"no mention inside a word": {"a@b", ""},
		"a tag":                    {"so #nice, not #1", "Hashtag:#nice"},
		"a cashtag":                {"buy $GOTD", "Cashtag:$GOTD"},
		"a command":                {"/start now", "BotCommand:/start"},
		"a command for one bot":    {"ok /help@sandbox_echo_bot", "BotCommand:/help@sandbox_echo_bot"},
		"no command inside a path": {"in /usr/bin", "BotCommand:/usr"},
		"UTF-16 before":            {"😀😀 @alice", "Mention:@alice"},
		"nothing in plain text":    {"just words.", ""},
		"several":                  {"@alice #tag", "Mention:@alice Hashtag:#tag"},
	} {
		t.Run(name, func(t *testing.T) {
			text, entities, err := s.compose(row.text, nil, s.inputUser)
			if err != nil {
				t.Fatal(err)
			}
			if got := showEntities(text, entities); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestComposeKeepsWhatIsGiven(t *testing.T) {
	s := serve(t, Options{})
	for name, row := range map[string]struct {
		text string
		in   []tg.MessageEntityClass
		want string
	}{
		"moved along when space is cut off": {"  bold ", []tg.MessageEntityClass{&tg.MessageEntityBold{Offset: 2, Length: 4}}, "Bold:bold"},
		"cut where the text ends":           {"bold  ", []tg.MessageEntityClass{&tg.MessageEntityBold{Offset: 0, Length: 6}}, "Bold:bold"},
		"no mention inside code":            {"@alice", []tg.MessageEntityClass{&tg.MessageEntityCode{Length: 6}}, "Code:@alice"},
		"a mention by id":                   {"Al", []tg.MessageEntityClass{&tg.InputMessageEntityMentionName{Length: 2, UserID: &tg.InputUser{UserID: 1001}}}, "MentionName:Al"},
		"no mention of nobody":              {"Al", []tg.MessageEntityClass{&tg.InputMessageEntityMentionName{Length: 2, UserID: &tg.InputUser{UserID: 5}}}, ""},
		"not what only servers find":        {"Al", []tg.MessageEntityClass{&tg.MessageEntityHashtag{Length: 2}}, ""},
		"a link behind words":               {"go", []tg.MessageEntityClass{&tg.MessageEntityTextURL{Length: 2, URL: "https://go.dev"}}, "TextUrl:go"},
		"every kind of style": {"abcdefg", []tg.MessageEntityClass{
			&tg.MessageEntityBold{Offset: 0, Length: 1}, &tg.MessageEntityItalic{Offset: 1, Length: 1}, &tg.MessageEntityUnderline{Offset: 2, Length: 1},
			&tg.MessageEntityStrike{Offset: 3, Length: 1}, &tg.MessageEntitySpoiler{Offset: 4, Length: 1}, &tg.MessageEntityPre{Offset: 5, Length: 1},
			&tg.MessageEntityBlockquote{Offset: 6, Length: 1},
		}, "Bold:a Italic:b Underline:c Strike:d Spoiler:e Pre:f Blockquote:g"},
	} {
		t.Run(name, func(t *testing.T) {
			text, entities, err := s.compose(row.text, row.in, s.inputUser)
			if err != nil {
				t.Fatal(err)
			}
			if got := showEntities(text, entities); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func FuzzCompose(f *testing.F) {
	f.Add("hello @alice https://x.org", 0, 5)
	f.Add("😀 /x #y", 2, 1)
	f.Add("\xff\xfe", 0, 1)
	s := &Server{limits: Limits{}.withDefaults(), world: newWorld()}
	f.Fuzz(func(t *testing.T, text string, offset, length int) {
		out, entities, err := s.compose(text, []tg.MessageEntityClass{&tg.MessageEntityBold{Offset: offset, Length: length}}, s.inputUser)
		if err != nil {
			return
		}
		for _, e := range entities {
			if e.GetOffset() < 0 || e.GetLength() <= 0 || e.GetOffset()+e.GetLength() > len16(out) {
				t.Errorf("%v is outside of %q", e, out)
			}
		}
	})
}

func TestSlice16(t *testing.T) {
	for _, row := range []struct {
		offset, length int
		want           string
	}{{0, 1, "a"}, {1, 2, "😀"}, {3, 1, "b"}, {3, 9, "b"}, {9, 1, ""}} {
		if got := slice16("a😀b", row.offset, row.length); got != row.want {
			t.Errorf("%v: got %q", fmt.Sprint(row), got)
		}
	}
}
