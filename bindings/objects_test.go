package bindings

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// lua runs a chunk whose `...` are objects of Go values, in a machine with the classes alone, and
// returns what it returned as text.
func lua(t testing.TB, source string, values ...any) string {
	t.Helper()
	m := vm.New(vm.Options{})
	defer func() { _ = m.Close() }()
	m.Lock()
	in := (&spec.Table{Classes: Table().Classes}).Install(m.Root(), nil)
	proto, err := vm.Compile("objects.lua", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	chunk := m.Root().NewFunctionFromProto(proto)
	m.Unlock()
	got, err := m.Run(context.Background(), chunk, func(*vm.State) []vm.Value {
		args := make([]vm.Value, len(values))
		for i, v := range values {
			switch e, ok := v.(*message); {
			case ok && e.command != nil:
				args[i] = in.Object("CommandEvent", v)
			case ok && e.matches != nil:
				args[i] = in.Object("MessageEvent", v)
			default:
				args[i] = in.Value(v)
			}
		}
		return args
	})
	if err != nil {
		return "error: " + err.Error()
	}
	words := make([]string, len(got))
	for i, v := range got {
		words[i] = vm.Text(v)
	}
	return strings.Join(words, " ")
}

var (
	alice   = &tg.User{ID: 7, FirstName: "Alice", LastName: "Liddell", Username: "alice", Phone: "42777001"}
	robot   = &tg.User{ID: 8, FirstName: "Robot", Bot: true, Usernames: []tg.Username{{Username: "robot", Active: true}, {Username: "old"}}}
	friends = &tg.Chat{ID: 5, Title: "Friends", ParticipantsCount: 3}
	news    = &tg.Channel{ID: 9, Title: "News", Broadcast: true, Username: "news", Verified: true}
	shop    = &tg.Channel{ID: 10, Title: "Workshop", Megagroup: true}
)

func of(v any) telegram.Peer {
	switch v := v.(type) {
	case *tg.User:
		return telegram.Peer{ID: v.ID, User: v}
	case *tg.Chat:
		return telegram.Peer{ID: -v.ID, Chat: v}
	case *tg.Channel:
		return telegram.Peer{ID: -1_000_000_000_000 - v.ID, Chat: v}
	}
	return telegram.Peer{}
}

func said(words string, chat, sender any, change ...func(m *tg.Message)) *telegram.Message {
	m := &tg.Message{ID: 12, Date: 1_700_000_000, Message: words}
	for _, c := range change {
		c(m)
	}
	m.SetFlags()
	return &telegram.Message{Message: m, Chat: of(chat), Sender: of(sender)}
}

func TestMessages(t *testing.T) {
	bold := said("so bold 👍 x", friends, alice, func(m *tg.Message) {
		m.Entities = []tg.MessageEntityClass{
			&tg.MessageEntityBold{Offset: 3, Length: 4}, &tg.MessageEntityTextURL{Offset: 8, Length: 2, URL: "https://x.org"},
			&tg.MessageEntityBold{Offset: 90, Length: 4},
		}
		answers := &tg.MessageReplyHeader{ReplyToMsgID: 3}
		answers.SetFlags()
		m.ReplyTo = answers
		m.GroupedID = 1 << 60
		m.Mentioned = true
	})
	command := said("/help --all", alice, alice, func(m *tg.Message) {
		m.Entities = []tg.MessageEntityClass{&tg.MessageEntityBotCommand{Length: 5}}
	})
	for _, row := range []struct {
		sentence, source, want string
		message                *message
	}{
		{"what and where", `local m = ... return m.id, m.raw_text, m.chat_id, m.sender_id, m.date`, "12 hi 7 7 1700000000", messageOf(said("hi", alice, alice))},
		{"text has its formatting", `local m = ... return m.text`, "so **bold** [👍](https://x.org) x", messageOf(bold)},
		{"text that nobody formatted stays as it is", `local m = ... return m.text`, "/help --all", messageOf(command)},
		{"formatting counts bytes", `local e = (...).entities return #e, e[1].type, e[1].text, e[2].type, e[2].url, (...).raw_text:sub(e[2].offset, e[2].offset + e[2].length - 1)`,
			"2 bold bold text_link https://x.org 👍", messageOf(bold)},
		{"a group", `local m = ... return m.is_private, m.is_group, m.is_channel, m.chat.title`, "false true false Friends", messageOf(bold)},
		{"a private chat has no title, which is no error", `local m = ... return m.is_private, m.chat.title, m.chat.name`, "true nil Alice Liddell", messageOf(said("x", alice, alice))},
		{"a channel", `local m = ... return m.is_group, m.is_channel, m.chat.kind, m.sender.name`, "false true channel News", messageOf(said("x", news, news))},
		{"a supergroup is a group", `local m = ... return m.is_group, m.is_channel, m.chat.kind`, "true false supergroup", messageOf(said("x", shop, alice))},
		{"nobody known sent it", `local m = ... return m.sender, m.sender_id`, "nil nil", messageOf(said("x", friends, nil))},
		{"an answer", `local m = ... return m.is_reply, m.reply_to_msg_id, m.mentioned`, "true 3 true", messageOf(bold)},
		{"no answer", `local m = ... return m.is_reply, m.reply_to_msg_id, m.mentioned`, "false nil false", messageOf(command)},
		{"64 bits are text", `local m = ... return m.grouped_id`, "1152921504606846976", messageOf(bold)},
		{"the same message is equal", `local a, b = ... return a == b, a.chat == b.sender`, "true false", messageOf(bold)},
		{"it prints", `return tostring(...)`, "Message(12 in -5)", messageOf(bold)},
		{"as Telegram has it", `local m = ... return m.raw._, m.raw.message, m.raw.entities[1]._, m.raw.via_bot_id, m.raw.reply_to.reply_to_msg_id`,
			"message so bold 👍 x messageEntityBold nil 3", messageOf(bold)},
		{"a table", `local t = (...):to_table() return t.id, t.chat.title, t.sender.username, t.entities[1].type, t.raw`, "12 Friends alice bold nil", messageOf(bold)},
		{"an event's own fields", `local e = ... return e.matches[1], e.matches[2], e.late`, "a 3 false",
			&message{Message: bold, matches: []any{"a", 3}}},
		{"a command's fields", `local e = ... return e.command, #e.args, e.args[2], e.rest, #e.matches, e.text`, "add 2 b a  b 0 /help --all",
			&message{Message: command, command: &botCommand{"add", "a  b"}}},
		{"a message that is no event has no matches", `return (...).matches`, "error: objects.lua:1: Message: unknown field 'matches'", messageOf(bold)},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			if got := lua(t, row.source, row.message, row.message); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestPeers(t *testing.T) {
	for _, row := range [][4]any{
		{"a user", `local p = ... return p.id, p.kind, p.name, p.first_name, p.username, p.phone, p.is_user, p.is_bot`, "7 user Alice Liddell Alice alice 42777001 true false", alice},
		{"a bot with several names", `local p = ... return p.kind, p.username, #p.usernames, p.is_bot`, "bot robot 1 true", robot},
		{"a group", `local p = ... return p.id, p.kind, p.title, p.name, p.first_name, p.participants_count, p.username`, "-5 group Friends Friends nil 3 nil", friends},
		{"a channel", `local p = ... return p.id, p.kind, p.username, p.is_channel, p.is_verified, p.is_premium`, "-1000000000009 channel news true true false", news},
		{"it prints", `return tostring(...)`, "Peer(user 7 Alice Liddell)", alice},
		{"nobody has a name", `return (...).name`, "4", &tg.User{ID: 4}},
	} {
		t.Run(row[0].(string), func(t *testing.T) {
			if got := lua(t, row[1].(string), &peer{Peer: of(row[3])}); got != row[2] {
				t.Errorf("got  %s\nwant %s", got, row[2])
			}
		})
	}
}

func TestRawObjects(t *testing.T) {
	update := &tg.UpdateUserStatus{UserID: 1 << 40, Status: &tg.UserStatusOnline{Expires: 5}}
	callback := &tg.UpdateBotCallbackQuery{QueryID: 1 << 60, UserID: 7, Peer: &tg.PeerUser{UserID: 7}, Data: []byte("a\x00b")}
	callback.SetFlags()
	deleted := &tg.UpdateDeleteMessages{Messages: []int{3, 4}, Pts: 9}
	for _, row := range [][4]any{
		{"what it is", `local u = ... return u._, u.status._, u.status.expires`, "updateUserStatus userStatusOnline 5", update},
		{"ids are numbers", `local u = ... return u.user_id, type(u.user_id)`, "1099511627776 number", update},
		{"other large numbers are text", `local u = ... return u.query_id, u.peer.user_id`, "1152921504606846976 7", callback},
		{"bytes are text", `return #(...).data`, "3", callback},
		{"absent fields are nil", `return (...).game_short_name`, "nil", callback},
		{"lists", `local u = ... return #u.messages, u.messages[2], u.pts`, "2 4 9", deleted},
		{"a misspelt name", `return (...).sttus`, "error: objects.lua:1: Object: unknown field 'sttus': did you mean 'status'?", update},
		{"a table, through and through", `local t = (...):to_table() return t._, t.status._, t.user_id`, "updateUserStatus userStatusOnline 1099511627776", update},
		{"it prints", `return tostring(...)`, "updateUserStatus { user_id = 1099511627776, status = userStatusOnline { expires = 5 } }", update},
	} {
		t.Run(row[0].(string), func(t *testing.T) {
			if got := lua(t, row[1].(string), objectOf(row[3])); got != row[2] {
				t.Errorf("got  %s\nwant %s", got, row[2])
			}
		})
	}
}

func TestEveryTypeOfTelegramCanBeRead(t *testing.T) {
	constructors := tg.TypesConstructorMap()
	for id, make := range constructors {
		object := objectOf(make())
		if object == nil {
			t.Fatalf("%#x: no object", id)
		}
		for _, f := range object.dynamic() {
			_ = f.Get()
		}
	}
	if len(constructors) < 1000 {
		t.Fatalf("only %d types", len(constructors))
	}
	if objectOf((*tg.UpdateNewMessage)(nil)) != nil || objectOf(nil) != nil {
		t.Error("nothing is an object")
	}
	if plainValue(reflect.ValueOf([2]byte{1, 2}), false) == nil {
		t.Error("arrays are lost")
	}
}
