package bindings_test

import (
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

func TestWhatPeopleDoNow(t *testing.T) {
	w := newWorld(t, "alice")
	w.serve(t, `client:on("user_update", { chats = "Friends" }, function(event) print(event.action, event.round, event.video, event.recording, event.chat.title) end)
		client:on("user_update", { action = { "last_week", "last_month", "recently" } }, function(event) print(event.action, event.recently, event.within_weeks, event.within_months) end)`)
	for _, row := range []struct {
		update tg.UpdateClass
		want   string
	}{
		{&tg.UpdateChatUserTyping{ChatID: 3001, FromID: &tg.PeerUser{UserID: 1002}, Action: &tg.SendMessageRecordRoundAction{}}, "print: record_round\ttrue\tfalse\ttrue\tFriends"},
		{&tg.UpdateChatUserTyping{ChatID: 3001, FromID: &tg.PeerUser{UserID: 1002}, Action: &tg.SendMessageUploadRoundAction{}}, "print: upload_round\ttrue\tfalse\tfalse\tFriends"},
		{&tg.UpdateUserStatus{UserID: 1002, Status: &tg.UserStatusRecently{}}, "print: recently\ttrue\ttrue\ttrue"},
		{&tg.UpdateUserStatus{UserID: 1002, Status: &tg.UserStatusLastWeek{}}, "print: last_week\tfalse\ttrue\ttrue"},
		{&tg.UpdateUserStatus{UserID: 1002, Status: &tg.UserStatusLastMonth{}}, "print: last_month\tfalse\tfalse\ttrue"},
	} {
		w.try("tell", w.server.Person("alice").Tell(w.ctx, row.update))
		w.expect(t, row.want)
	}
}

func TestWhoIsBroughtAndThrownOut(t *testing.T) {
	w := newWorld(t, "EchoBot")
	w.serve(t, `client:on("chat_action", { chats = "Friends" }, function(event)
		print(event.action, event.user_added, event.user_kicked, event.user.first_name, (event.added_by or event.kicked_by).first_name)
	end)`)
	worldOn(t, w.server, "alice").run(t, `client:kick_participant("Friends", "@bobby") client:invite_to_chat("Friends", "@bobby") print("done")`, "print: done")
	w.expect(t, "print: kicked\tfalse\ttrue\tbob\talice")
	w.expect(t, "print: added\ttrue\tfalse\tbob\talice")
}

func TestFiltersThatLeaveOut(t *testing.T) {
	w := newWorld(t, "alice")
	w.serve(t, `client:on("message", { not_chats = { "Friends", "@carol" }, incoming = true }, function(event) print("said " .. event.raw_text) end)
		client:on("message", { forwards = true }, function(event) print("forwarded " .. event.raw_text) end)
		client:on("message", { forwards = false, chats = "@carol" }, function(event) print("not forwarded " .. event.raw_text) end)
		client:on("album", { chats = "Friends" }, function(event) print("album", event.raw_text) end)`)
	bob, carol := w.server.Person("bob"), w.server.Person("carol")
	send := func(who *sandbox.Person, chat, text string) sandbox.Message {
		m, err := who.Send(w.ctx, chat, text, sandbox.SendOptions{})
		w.try("send", err)
		return m
	}
	send(bob, "Friends", "one")
	first := send(carol, "alice", "two")
	w.expect(t, "print: not forwarded two")
	send(bob, "alice", "three")
	w.expect(t, "print: said three")
	_, err := carol.Forward(w.ctx, "alice", []int{first.ID}, "alice")
	w.try("forward", err)
	w.expect(t, "print: forwarded two")
	files := []sandbox.File{{Name: "a.txt", Data: []byte("a")}, {Name: "b.txt", Data: []byte("b")}}
	for _, chat := range []string{"alice", "Friends"} {
		_, err := bob.SendAlbum(w.ctx, chat, files, "in "+chat, sandbox.SendOptions{})
		w.try("send an album", err)
	}
	w.expect(t, "print: album\tin Friends")
}

func TestPressesElsewhere(t *testing.T) {
	newWorld(t, "EchoBot").run(t, `client:on("message", { pattern = "^/" }, function(event) event:respond("Press", { buttons = { text = "P", data = "p" } }) end)
		client:on("callback", { not_chats = "Friends" }, function(event) event:answer("not among friends") end)
		client:on("callback", { chats = "Friends" }, function(event) event:answer("among friends") end)`,
		"alice@Friends> /go\nEchoBot@Friends: Press\nbob@Friends presses> P\nbob is told: among friends\nalice> /go\nEchoBot: Press\nalice presses> P\nalice is told: not among friends")
}

func TestConversationsEnd(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"when all their time is over",
			`local ok, e = pcall(client.conversation, client, "@bobby", { timeout = 0, total_timeout = 0.05 }, function(conv)
				conv:send_message("hello?")
				conv:get_response()
			end)
			print(ok, e.kind)`,
			"alice: hello?\nprint: false\tTIMEOUT",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
	w.serve(t, `tg.spawn(function()
		client:conversation("@bobby", { total_timeout = "1m" }, function(conv)
			local question = conv:send_message("which?")
			conv:wait_read(question) print("read")
			print(conv:get_reply().reply_to_msg_id == question.id)
		end)
	end)`)
	w.expect(t, "alice: which?")
	bob := w.server.Person("bob")
	w.try("read", bob.Read("alice"))
	w.expect(t, "print: read")
	_, err := bob.Send(w.ctx, "alice", "no reply", sandbox.SendOptions{})
	w.try("send", err)
	sent, err := bob.Messages("alice")
	w.try("list", err)
	_, err = bob.Send(w.ctx, "alice", "this one", sandbox.SendOptions{ReplyTo: sent[len(sent)-2].ID})
	w.try("reply", err)
	w.expect(t, "print: true")
}
