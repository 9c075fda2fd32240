package bindings

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// filterTable runs Lua that returns a table.
func filterTable(t testing.TB, source string) (*vm.State, *vm.Table) {
	t.Helper()
	m := vm.New(vm.Options{MaxRun: -1})
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	m.Lock()
	proto, err := vm.Compile("filters", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	chunk := m.Root().NewFunctionFromProto(proto)
	m.Unlock()
	made, err := m.Run(context.Background(), chunk, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m.Root(), made[0].(*vm.Table)
}

// messageMatcher compiles filters as client:on does.
func messageMatcher(t testing.TB, filters string) (matcher, error) {
	t.Helper()
	if !strings.Contains(filters, "return") {
		filters = "return {" + filters + "}"
	}
	L, table := filterTable(t, filters)
	read, err := messageOptions.Decode(L, "on", table)
	if err != nil {
		return nil, err
	}
	return read.compile(L, "on")
}

func TestMessageFilters(t *testing.T) {
	with := func(change func(m *tg.Message)) *telegram.Message { return said("some text", friends, alice, change) }
	plain := said("some text", friends, alice)
	forwarded := with(func(m *tg.Message) { m.FwdFrom.Date = 5; m.FwdFrom.SetFromName("x") })
	answer := with(func(m *tg.Message) { m.ReplyTo = &tg.MessageReplyHeader{ReplyToMsgID: 3} })
	inTopic := with(func(m *tg.Message) { m.ReplyTo = &tg.MessageReplyHeader{ForumTopic: true, ReplyToMsgID: 3} })
	answerInTopic := with(func(m *tg.Message) {
		h := &tg.MessageReplyHeader{ForumTopic: true, ReplyToMsgID: 9}
		h.SetReplyToTopID(3)
		m.ReplyTo = h
	})
	toStory := with(func(m *tg.Message) { m.ReplyTo = &tg.MessageReplyStoryHeader{} })
	media := func(media tg.MessageMediaClass) *telegram.Message {
		return with(func(m *tg.Message) { m.Media = media })
	}
	file := func(attributes ...tg.DocumentAttributeClass) *telegram.Message {
		document := &tg.MessageMediaDocument{}
		document.SetDocument(&tg.Document{Attributes: attributes})
		return media(document)
	}
	photo := media(&tg.MessageMediaPhoto{})
	for _, row := range []struct {
		sentence, filters string
		message           *telegram.Message
		want              string // captures, or no
	}{
		{"no filters", ``, plain, "yes"},
		{"forwarded", `forwards = true`, forwarded, "yes"},
		{"forwarded, but isn't", `forwards = true`, plain, "no"},
		{"not forwarded", `forwards = false`, plain, "yes"},
		{"not forwarded, but is", `forwards = false`, forwarded, "no"},
		{"an answer", `reply = true`, answer, "yes"},
		{"no answer", `reply = false`, answer, "no"},
		{"a message of a topic is no answer", `reply = true`, inTopic, "no"},
		{"an answer in a topic", `reply = true`, answerInTopic, "yes"},
		{"an answer to a story", `reply = true`, toStory, "yes"},
		{"in a topic", `topic = 3`, inTopic, "yes"},
		{"in another topic", `topic = 4`, answerInTopic, "no"},
		{"any media", `media = true`, photo, "yes"},
		{"any media, and none", `media = true`, plain, "no"},
		{"no media", `media = false`, photo, "no"},
		{"a photo", `media = "photo"`, photo, "yes"},
		{"a photo is no video", `media = "video"`, photo, "no"},
		{"one of two", `media = { "photo", "poll" }`, media(&tg.MessageMediaPoll{}), "yes"},
		{"a file", `media = "document"`, file(), "yes"},
		{"a voice message", `media = "voice"`, file(&tg.DocumentAttributeAudio{Voice: true}), "yes"},
		{"a round video is no video", `media = "video"`, file(&tg.DocumentAttributeVideo{RoundMessage: true}), "no"},
		{"a sticker", `media = "sticker"`, file(&tg.DocumentAttributeSticker{}), "yes"},
		{"a file that is gone", `media = "document"`, media(&tg.MessageMediaDocument{}), "no"},
		{"a link", `media = "link"`, media(&tg.MessageMediaWebPage{}), "yes"},
		{"a live location", `media = "geo"`, media(&tg.MessageMediaGeoLive{}), "yes"},
		{"mentioned", `mentioned = true`, with(func(m *tg.Message) { m.Mentioned = true }), "yes"},
		{"not mentioned", `mentioned = true`, plain, "no"},
		{"by an inline bot", `via_bot = true`, with(func(m *tg.Message) { m.ViaBotID = 3 }), "yes"},
		{"by hand", `via_bot = false`, plain, "yes"},
		{"with buttons", `buttons = true`, with(func(m *tg.Message) { m.ReplyMarkup = &tg.ReplyInlineMarkup{} }), "yes"},
		{"without", `buttons = true`, plain, "no"},
		{"edited", `edited = true`, with(func(m *tg.Message) { m.EditDate = 3 }), "yes"},
		{"edited, but not shown so", `edited = true`, with(func(m *tg.Message) { m.EditDate = 3; m.EditHide = true }), "no"},
		{"of an album", `grouped = true`, with(func(m *tg.Message) { m.GroupedID = 3 }), "yes"},
		{"silent", `silent = false`, with(func(m *tg.Message) { m.Silent = true }), "no"},
		{"exactly this", `text = "some text"`, plain, "yes"},
		{"exactly this is more than a part", `text = "some"`, plain, "no"},
		{"one of these", `text = { "x", "some text" }`, plain, "yes"},
		{"a regular expression", `regex = "(?i)^SOME (\\w+)( x)?"`, plain, "[text ]"},
		{"one without groups", `regex = "t.xt"`, plain, "[text]"},
		{"one that doesn't match", `regex = "^text"`, plain, "no"},
		{"a pattern", `pattern = "so(.)e"`, plain, "[m]"},
		{"a pattern and an expression: the pattern's captures", `pattern = "so(.)e", regex = "(t)ext"`, plain, "[m]"},
		{"not in a chat", `not_chats = "Friends"`, plain, "no"},
		{"not in another", `not_chats = { "@news", -99 }`, plain, "yes"},
		{"not from somebody", `not_from = "@alice"`, plain, "no"},
		{"not from another", `not_from = "@bob"`, plain, "yes"},
		{"late", `late = true`, plain, "no"},
		{"not late", `late = false`, plain, "yes"},
		{"any of two", `any = { { media = "photo" }, { text = "some text" } }`, plain, "yes"},
		{"none of any", `any = { { media = "photo" }, { text = "x" } }`, plain, "no"},
		{"any with captures", `any = { { regex = "^x" }, { pattern = "s(.)m" } }`, plain, "[o]"},
		{"all", `all = { { group = true }, { from = "@alice" } }`, plain, "yes"},
		{"not all", `all = { { group = true }, { from = "@bob" } }`, plain, "no"},
		{"none", `none = { { media = true }, { from = "@bob" } }`, plain, "yes"},
		{"one that may not fit", `none = { { from = "@alice" } }`, plain, "no"},
		{"nested", `any = { { all = { { group = true }, { none = { { text = "x" } } } } } }`, plain, "yes"},
		{"any of nothing", `any = {}`, plain, "no"},
		{"all of nothing", `all = {}, none = {}`, plain, "yes"},
		{"one of no texts", `text = {}`, plain, "no"},
		{"in one of no chats", `chats = {}`, plain, "no"},
		{"not in one of no chats", `not_chats = {}, not_from = {}`, plain, "yes"},
		{"written by others", `outgoing = false`, plain, "yes"},
		{"written here", `incoming = false`, plain, "no"},
		{"not in a group", `group = false`, plain, "no"},
		{"in a group, of all that is not private", `private = false`, plain, "yes"},
		{"all filters together", `group = true, any = { { incoming = true } }, media = false, text = "some text"`, plain, "yes"},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			wanted, err := messageMatcher(t, row.filters)
			if err != nil {
				t.Fatal(err)
			}
			captures, ok := wanted(&telegram.Event{Message: row.message})
			got := map[bool]string{true: "yes", false: "no"}[ok]
			if list, found := captures.([]any); found && ok {
				got = fmt.Sprint(list)
			}
			if got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
		})
	}
	late, err := messageMatcher(t, `late = true`)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := late(&telegram.Event{Message: plain, Late: true}); !ok {
		t.Error("a late message isn't taken")
	}
}

func TestFiltersThatAreRefused(t *testing.T) {
	for filters, want := range map[string]string{
		`patern = "x"`:                "on: unknown option 'patern': did you mean 'pattern'?",
		`pattern = "("`:               "on: option 'pattern': malformed pattern: missing ')'",
		`regex = "("`:                 "on: option 'regex': malformed regular expression: missing closing ): `(`",
		`media = "phto"`:              "did you mean 'photo'?",
		`media = { "photo", 5 }`:      "on: option 'media': kind of media expected, got number",
		`media = {}`:                  "on: option 'media': true, false, or kinds of media expected, got table",
		`forwards = "yes"`:            "on: option 'forwards': boolean expected, got 'yes'",
		`chats = "t.me/+abcDEF123-"`:  "write the chat's id",
		`not_from = " "`:              "on: option 'not_from': chat expected",
		`any = { { regx = "x" } }`:    "did you mean 'regex'?",
		`any = { { pattern = "%" } }`: "on: option 'any': option 'pattern': malformed pattern: ends with '%'",
		`none = { { priority = 5 } }`: "unknown option 'priority'",
		`all = { pattern = "x" }`:     "on: option 'all': list expected, got table with names",
		`return (function() local t = {} t.any = { t } return t end)()`: "filters nest too deeply",
	} {
		if _, err := messageMatcher(t, filters); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", filters, err, want)
		}
	}
}

// The scene's filters are those of all events that are no messages.
func TestSceneFilters(t *testing.T) {
	at := func(chat, sender any) [2]telegram.Peer { return [2]telegram.Peer{of(chat), of(sender)} }
	yes, no := true, false
	for sentence, row := range map[string]struct {
		filters sceneFilters
		parties [2]telegram.Peer
		want    bool
	}{
		"none":                            {sceneFilters{}, at(friends, alice), true},
		"a chat":                          {sceneFilters{Chats: targets("Friends")}, at(friends, alice), true},
		"a chat that nobody knows":        {sceneFilters{Chats: targets("Friends")}, at(nil, alice), false},
		"a group that nobody knows":       {sceneFilters{kindFilters: kindFilters{Group: new(true)}}, at(nil, alice), false},
		"not a chat":                      {sceneFilters{NotChats: targets("Friends")}, at(friends, alice), false},
		"not a chat, and it isn't known":  {sceneFilters{NotChats: targets("Friends")}, at(nil, alice), true},
		"by somebody":                     {sceneFilters{From: targets("@alice")}, at(friends, alice), true},
		"by somebody, and nobody is told": {sceneFilters{From: targets("@alice")}, at(friends, nil), false},
		"not by somebody":                 {sceneFilters{NotFrom: targets("@alice")}, at(friends, alice), false},
		"a group":                         {sceneFilters{kindFilters: kindFilters{Group: new(true)}}, at(friends, alice), true},
		"a supergroup is no channel":      {sceneFilters{kindFilters: kindFilters{Channel: new(true)}}, at(shop, alice), false},
		"a channel":                       {sceneFilters{kindFilters: kindFilters{Channel: new(true)}}, at(news, alice), true},
		"private":                         {sceneFilters{kindFilters: kindFilters{Private: new(true)}}, at(alice, alice), true},
		"not private, and it is":          {sceneFilters{kindFilters: kindFilters{Private: &no}}, at(alice, alice), false},
		"not private":                     {sceneFilters{kindFilters: kindFilters{Private: &no}}, at(news, alice), true},
		"by one of nobody":                {sceneFilters{From: targets()}, at(friends, alice), false},
		"late, and it isn't":              {sceneFilters{Late: &yes}, at(friends, alice), false},
		"not late":                        {sceneFilters{Late: &no}, at(friends, alice), true},
	} {
		wanted, err := row.filters.compile()
		if err != nil {
			t.Fatal(err)
		}
		if got := wanted(&telegram.Event{}, row.parties[0], row.parties[1]); got != row.want {
			t.Errorf("%s: got %v", sentence, got)
		}
	}
	if _, err := (sceneFilters{NotChats: targets("t.me/+abcDEF123-")}).compile(); err == nil {
		t.Error("an invite link is taken for a chat")
	}
}

// BenchmarkMissedMessage measures what a message costs that the filters don't want: no Lua runs, nothing is allocated.
func BenchmarkMissedMessage(b *testing.B) {
	event := &telegram.Event{Message: said("some words that are no command", friends, alice)}
	for name, filters := range map[string]string{
		"one":  `private = true`,
		"all":  `group = true, not_chats = "@news", chats = { "Friends", -5 }, not_from = "@bob", forwards = false, reply = false, media = false, mentioned = false, via_bot = false, buttons = false, edited = false, silent = false, text = "x"`,
		"tree": `any = { { private = true }, { text = "x" } }, none = { { from = "@bob" } }`,
		"word": `regex = "^/roll (\\d+)$"`,
	} {
		b.Run(name, func(b *testing.B) {
			wanted, err := messageMatcher(b, filters)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := wanted(event); ok {
					b.Fatal("it is wanted")
				}
			}
		})
	}
}
