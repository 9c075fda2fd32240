package bindings_test

import (
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// pictures are files for an album.
func pictures(n int) (files []sandbox.File) {
	for i := range n {
		files = append(files, sandbox.File{Name: string(rune('a'+i)) + ".txt", Data: []byte{byte(i)}})
	}
	return files
}

func TestEventStories(t *testing.T) {
	w := newWorld(t, "alice")
	bob, news := w.server.Person("bob"), &tg.PeerChannel{ChannelID: 3003}
	tell := func(update tg.UpdateClass) func() error {
		return func() error { return w.server.Person("alice").Tell(w.ctx, update) }
	}
	w.deeds = map[string]func() error{
		"bob deletes":       func() error { return bob.Delete(w.ctx, "alice", w.last.ID) },
		"bob deletes there": func() error { return bob.Delete(w.ctx, "Workshop", w.last.ID) },
		"bob reads":         func() error { return bob.Read("alice") },
		"bob types":         func() error { return bob.Type(w.ctx, "Friends") },
		"bob leaves":        func() error { return bob.Leave("Friends") },
		"bob joins":         func() error { return bob.Join("Friends") },
		"bob reacts":        func() error { return bob.React(w.ctx, "Workshop", w.last.ID, "👍") },
		"bob sends an album": func() error {
			_, err := bob.SendAlbum(w.ctx, "alice", pictures(3), "three **files**", sandbox.SendOptions{})
			return err
		},
		"bob sends a big one": func() error {
			_, err := bob.SendAlbum(w.ctx, "Friends", pictures(10), "", sandbox.SendOptions{})
			return err
		},
		"bob pins":             func() error { return bob.Pin(w.ctx, "alice", w.last.ID, true) },
		"bob unpins":           func() error { return bob.Pin(w.ctx, "alice", w.last.ID, false) },
		"bob comes":            tell(&tg.UpdateUserStatus{UserID: 1002, Status: &tg.UserStatusOnline{Expires: 77}}),
		"bob goes":             tell(&tg.UpdateUserStatus{UserID: 1002, Status: &tg.UserStatusOffline{WasOnline: 78}}),
		"bob sends a file":     tell(&tg.UpdateUserTyping{UserID: 1002, Action: &tg.SendMessageUploadPhotoAction{Progress: 40}}),
		"bob is renamed":       tell(&tg.UpdateUserName{UserID: 1002, FirstName: "Robert", Usernames: []tg.Username{{Username: "rob", Active: true}}}),
		"bob has a new number": tell(&tg.UpdateUserPhone{UserID: 1002, Phone: "4299"}),
		"bob tells a story":    tell(&tg.UpdateStory{Peer: &tg.PeerUser{UserID: 1002}, Story: &tg.StoryItem{ID: 4, Caption: "my day", Media: &tg.MessageMediaEmpty{}}}),
		"bob likes a story":    tell(&tg.UpdateNewStoryReaction{Peer: &tg.PeerUser{UserID: 1002}, StoryID: 5, Reaction: &tg.ReactionEmoji{Emoticon: "🔥"}}),
		"a post is seen":       tell(&tg.UpdateChannelMessageViews{ChannelID: 3003, ID: 6, Views: 70}),
		"a post is forwarded":  tell(&tg.UpdateChannelMessageForwards{ChannelID: 3003, ID: 6, Forwards: 7}),
		"bob is blocked":       tell(&tg.UpdatePeerBlocked{PeerID: &tg.PeerUser{UserID: 1002}, Blocked: true}),
		"people wait":          tell(&tg.UpdatePendingJoinRequests{Peer: news, RequestsPending: 2, RecentRequesters: []int64{1002}}),
		"a poll changes":       tell(&tg.UpdateMessagePoll{Peer: news, MsgID: 6, PollID: 1 << 60, Results: tg.PollResults{TotalVoters: 9}}),
	}
	for _, row := range [][3]string{
		{
			"deleted messages, with the chat where it is known",
			`client:on("delete", { private = true, chats = "@bobby" }, function(event) print("private", #event.deleted_ids, event.chat.username, event.sender, event.is_private) end)
			client:on("delete", { group = true }, function(event) print("group", event.deleted_id == event.deleted_ids[1], event.chat_id, event.raw._, event) end)
			client:on("message", { text = "oops" }, function(event) print("said") end)`,
			"bob> oops\nprint: said\nit does> bob deletes\nprint: private\t1\tbobby\tnil\ttrue\nbob@Workshop> oops\nprint: said\nit does> bob deletes there\nprint: group\ttrue\t-1000000003002\tupdateDeleteChannelMessages\tDeleteEvent(in -1000000003002)",
		},
		{
			"read by others",
			`local sent = client:send_message("@bobby", "dinner?")
			client:on("read", { inbox = false, contents = false }, function(event)
				print(event.outbox, event.inbox, event.contents, event.max_id == sent.id, event:is_read(sent), event:get_messages()[1].text, event.sender.username, event.unread_count, event.topic_id, #event.message_ids)
			end)
			client:on("read", { inbox = true }, function(event) print("never") end)`,
			"it does> bob reads\nprint: true\tfalse\tfalse\ttrue\ttrue\tdinner?\tbobby\t0\tnil\t0",
		},
		{
			"who does what",
			`client:on("user_update", { action = "typing", chats = "Friends" }, function(event) print("types", event.typing, event.user.username, event.chat.title, event.online) end)
			client:on("user_update", { action = { "online", "offline" } }, function(event) print(event.action, event.online, event.until_date, event.last_seen, event.recently, event.user_id) end)
			client:on("user_update", { private = true, not_chats = "@carol" }, function(event) if event.uploading then print("uploads", event.photo, event.progress, event.recording, event.playing, event.cancel, event.video, event.topic_id) end end)
			print(select(2, pcall(client.on, client, "user_update", { action = "typnig" }, print)))`,
			"print: on: option 'action': unknown word 'typnig': did you mean 'typing'?\nit does> bob types\nprint: types\ttrue\tbobby\tFriends\tfalse\nit does> bob comes\nprint: online\ttrue\t77\tnil\tfalse\t1002\n" +
				"it does> bob goes\nprint: offline\tfalse\tnil\t78\tfalse\t1002\nit does> bob sends a file\nprint: uploads\ttrue\t40\tfalse\tfalse\tfalse\tfalse\tnil",
		},
		{
			"new names and numbers",
			`client:on("user_changed", { what = "name" }, function(event) print(event.what, event.first_name, event.last_name, event.usernames[1], event.user_id) end)
			client:on("user_changed", { what = "phone", from = "@bobby" }, function(event) print(event.what, event.phone, event.user.id) end)`,
			"it does> bob is renamed\nprint: name\tRobert\tnil\trob\t1002\nit does> bob has a new number\nprint: phone\t4299\t1002",
		},
		{
			"what is done to a chat",
			`client:on("chat_action", { chats = "Friends" }, function(event)
				print(event.action, event.user_left, event.user_joined, event.user.username, event.user_id, #event.users, event.user_ids[1], event.sender.username, event.action_message.action_name, event.kicked_by, event.added_by)
				event:reply("so long")
			end)
			print(select(2, pcall(client.on, client, "chat_action", { action = "joind" }, print)))`,
			"print: on: option 'action': unknown word 'joind': did you mean 'joined'?\nit does> bob leaves\nprint: left\ttrue\tfalse\tbobby\t1002\t1\t1002\tbobby\tchat_delete_user\tnil\tnil\nalice@Friends: so long\n" +
				"it does> bob joins\nprint: joined\tfalse\ttrue\tbobby\t1002\t1\t1002\tbobby\tchat_joined_by_link\tnil\tnil\nalice@Friends: so long",
		},
		{
			"pinned messages",
			`client:on("chat_action", { action = { "new_pin", "unpin" } }, function(event) print(event.action, event.new_pin, event.unpin, #event.pinned_ids, event:get_pinned_messages()[1].text, event.new_title, event.new_score, event.created, event.new_photo, event.photo) end)`,
			"bob> look\nit does> bob pins\nprint: new_pin\ttrue\tfalse\t1\tlook\tnil\tnil\tfalse\tfalse\tnil\nit does> bob unpins\nprint: unpin\tfalse\ttrue\t1\tlook\tnil\tnil\tfalse\tfalse\tnil",
		},
		{
			"pins, also without a word",
			`client:on("pinned", { pinned = true }, function(event) print("pinned", event.pinned, #event.message_ids) end)
			client:on("pinned", { pinned = false }, function(event) print("unpinned", event.pinned, #event.message_ids) end)`,
			"bob> look\nit does> bob pins\nprint: pinned\ttrue\t1\nit does> bob unpins\nprint: unpinned\tfalse\t1",
		},
		{
			"albums, once and complete",
			`client:on("album", { incoming = true, private = true }, function(event)
				print(#event.messages, event.text, event.raw_text, #event.grouped_id > 0, event.out, event.own, event.is_reply, event.forward, event.sender.username, event:get_reply_message())
				event:reply("thanks")
				event:respond("more")
				print(#event:forward_to("me"), event:forward_to("me")[1].grouped_id ~= nil, event:mark_read())
				print(event:delete())
			end)
			client:on("album", { window = "1h", group = true, chats = "Friends" }, function(event) print("of ten", #event.messages) end)
			client:on("album", { outgoing = true }, function(event) print("never") end)
			client:on("message", { grouped = true, media = "document", private = true }, function(event) print("part", event.file.name) end)`,
			"it does> bob sends an album\nprint: part\ta.txt\nprint: part\tb.txt\nprint: part\tc.txt\nprint: 3\tthree **files**\tthree **files**\ttrue\tfalse\tfalse\tfalse\tnil\tbobby\tnil\nalice: thanks\nalice: more\nprint: 3\ttrue\nprint: 3\nit does> bob sends a big one\nprint: of ten\t10",
		},
		{
			"reactions",
			`client:on("reaction", { reaction = "👍", group = true }, function(event)
				print(event.message_id > 0, event.counts[1].reaction, event.counts[1].count, event.recent[1].sender_id, event.recent[1].mine, #event.new, #event.old, event.date, event:get_message().text)
				event:reply("seen")
			end)
			client:on("reaction", { reaction = "👎" }, function(event) print("never") end)`,
			"bob@Workshop> good\nit does> bob reacts\nprint: true\t👍\t1\t1002\tfalse\t0\t0\tnil\tgood\nalice@Workshop: seen",
		},
		{
			"polls",
			`client:on("poll", { channel = true }, function(event) print(event.poll_id, event.message_id, event.voters, event.poll, event.results.total_voters) end)`,
			"it does> a poll changes\nprint: 1152921504606846976\t6\t9\tnil\t9",
		},
		{
			"posts, stories, people who wait",
			`client:on("message_views", { chats = "@sandbox_news" }, function(event) print(event.message_id, event.views, event.forwards) end)
			client:on("story", { what = "posted" }, function(event) print(event.what, event.story_id, event.caption, event.reaction, event.story._) end)
			client:on("story", { what = "reaction" }, function(event) print(event.what, event.story_id, event.caption, event.reaction, event.story, event:get_sender().username) end)
			client:on("join_request", function(event) print(event.pending, event.recent[1].username, event.about, event.date, event.invite_link, event.sender, event:get_sender(), event:get_chat().title) end)
			client:on("blocked", { from = "@bobby" }, function(event) print(event.blocked, event.stories) end)`,
			"it does> a post is seen\nprint: 6\t70\tnil\nit does> a post is forwarded\nprint: 6\tnil\t7\nit does> bob tells a story\nprint: posted\t4\tmy day\tnil\tstoryItem\n" +
				"it does> bob likes a story\nprint: reaction\t5\tnil\t🔥\tnil\tbobby\nit does> people wait\nprint: 2\tbobby\tnil\tnil\tnil\tnil\tnil\tNews\nit does> bob is blocked\nprint: true\tfalse",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

func TestEventStoriesOfBots(t *testing.T) {
	w := newWorld(t, "EchoBot")
	bot := w.server.Person("EchoBot")
	tell := func(update tg.UpdateClass) func() error { return func() error { return bot.Tell(w.ctx, update) } }
	friends := &tg.PeerChat{ChatID: 3001}
	w.deeds = map[string]func() error{
		"alice reacts":  func() error { return w.server.Person("alice").React(w.ctx, "EchoBot", w.last.ID, "🔥") },
		"alice blocks":  tell(&tg.UpdateBotStopped{UserID: 1001, Stopped: true, Date: 5}),
		"alice boosts":  tell(&tg.UpdateBotChatBoost{Peer: friends, Boost: tg.Boost{ID: "b1", UserID: 1001, Date: 5, Expires: 9, Gift: true}}),
		"alice votes":   tell(&tg.UpdateMessagePollVote{PollID: 12, Peer: &tg.PeerUser{UserID: 1001}, Options: [][]byte{{1}}, Positions: []int{1}}),
		"carol asks":    tell(&tg.UpdateBotChatInviteRequester{Peer: friends, UserID: 1003, About: "me", Date: 6, Invite: &tg.ChatInviteExported{Link: "https://t.me/+x"}}),
		"carol is here": tell(&tg.UpdateChatParticipant{ChatID: 3001, UserID: 1003, ActorID: 1001, Date: 7, NewParticipant: &tg.ChatParticipant{UserID: 1003}}),
	}
	for _, row := range [][3]string{
		{
			"a reaction",
			`client:on("reaction", { from = "@alice" }, function(event) print(event.new[1], #event.old, event.sender.username, event.date ~= nil) end)`,
			"alice> hi\nit does> alice reacts\nprint: 🔥\t0\talice\ttrue",
		},
		{
			"blocks, boosts, votes",
			`client:on("bot_stopped", function(event) print(event.stopped, event.date, event.sender_id) end)
			client:on("chat_boost", { group = true }, function(event) print(event.boost_id, event.date, event.expires, event.multiplier, event.gift, event.giveaway, event.boost.id) end)
			client:on("poll_vote", { poll_id = { "12" } }, function(event) print(event.poll_id, event.answers[1], event.options[1] == "\1", event.sender_id) end)
			client:on("poll_vote", { poll_id = "13" }, function(event) print("never") end)`,
			"it does> alice blocks\nprint: true\t5\t1001\nit does> alice boosts\nprint: b1\t5\t9\t1\ttrue\tfalse\tb1\nit does> alice votes\nprint: 12\t2\ttrue\t1001",
		},
		{
			"members and those who want to be",
			`client:on("member", { new = "member", user = "@carol" }, function(event) print(event.old, event.new, event.user.username, event.user_id, event.sender.username, event.date, event.invite_link, event.before, event.after._) end)
			client:on("join_request", { from = "@carol" }, function(event) print(event.about, event.date, event.invite_link, event.pending, #event.recent, pcall(event.approve, event)) end)
			print(select(2, pcall(client.on, client, "member", { new = "bannd" }, print)))`,
			"print: on: option 'new': unknown word 'bannd': did you mean 'banned'?\nit does> carol is here\nprint: left\tmember\tcarol\t1003\talice\t7\tnil\tnil\tchatParticipant\nit does> carol asks",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

// What a script sends itself is told to those who ask for it, once.
func TestOwnStories(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"own messages and edits",
			`client:on("message", { own = true, outgoing = true }, function(event) print("message", event.own, event.text) end)
			client:on("edit", { own = true }, function(event) print("edit", event.own, event.text) end)
			client:on("message", function(event) print("others", event.own, event.text) end)
			client:on("message", { private = true, incoming = true }, function(event) event:reply("one"):edit("two") end)`,
			"bob> hi\nprint: others\tfalse\thi\nprint: message\ttrue\tone\nprint: edit\ttrue\ttwo",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

func TestScriptStories(t *testing.T) {
	w := newWorld(t, "alice")
	w.run(t, `client:on("script", { state = "loaded" }, function(event) print(event.state, event.generation, event) end)
		client:on("script", { state = "stopping" }, function(event) client:send_message("@bobby", "bye") end)
		print(select(2, pcall(client.on, client, "script", { state = "stoping" }, print)))`,
		"print: on: option 'state': unknown word 'stoping': did you mean 'stopping'?\nprint: loaded\t1\tScriptEvent(loaded)")
	w.expect(t, "alice: bye")
}

func TestMiddlewareStories(t *testing.T) {
	w := newWorld(t, "EchoBot")
	for _, row := range [][3]string{
		{
			"around all handlers, the first outermost, whenever they were registered",
			`client:on("message", function(event) print("handler", event.text) end)
			tg.use(function(event, next) print("outer in"); next(); print("outer out") end)
			local inner = tg.use({ events = "message" }, function(event, next) print("inner in"); next(); print("inner out") end)
			client:on("edit", function(event) print("edited"); inner:off() end)`,
			"alice> a\nprint: outer in\nprint: inner in\nprint: handler\ta\nprint: inner out\nprint: outer out\n" +
				"alice edits> b\nprint: outer in\nprint: edited\nprint: outer out\nalice> c\nprint: outer in\nprint: handler\tc\nprint: outer out",
		},
		{
			"it may keep an event from the handler, which stop does for the others",
			`tg.use(function(event, next) if event.text == "stop" then event:stop() end; if event.text ~= "no" then return next() end end)
			client:on("message", { priority = 1 }, function(event) print("first", event.text) end)
			client:on("message", function(event) print("second", event.text) end)`,
			"alice> no\nalice> stop\nprint: first\tstop\nalice> yes\nprint: first\tyes\nprint: second\tyes",
		},
		{
			"errors come out of next, and waiting works",
			`tg.use(function(event, next)
				local ok, e = pcall(next)
				print(ok, tostring(e):match("[^:]+$"))
				if not ok then error(e, 0) end
			end)
			client:on("message", function(event) tg.sleep(0.01); if event.text == "bad" then error("so bad", 0) end end)`,
			"alice> good\nprint: true\tnil\nalice> bad\nprint: false\tso bad\nerror: so bad",
		},
		{
			"a Lua filter is asked first",
			`tg.use(function(event, next) print("around"); next() end)
			client:on("message", { func = function(event) print("filter"); return event.text == "b" end, once = true }, function(event) print("handler") end)`,
			"alice> a\nprint: filter\nalice> b\nprint: filter\nprint: around\nprint: handler",
		},
		{
			"names of events are checked",
			`print(select(2, pcall(tg.use, { events = { "mesage" } }, print)))`,
			"print: use: unknown event 'mesage': did you mean 'message'?",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

// priority, stop, once, off and sequential are the same for events of every kind.
func TestHandlerOptionsOfAllKinds(t *testing.T) {
	w := newWorld(t, "alice")
	w.deeds = map[string]func() error{"bob types": func() error { return w.server.Person("bob").Type(w.ctx, "alice") }}
	w.run(t, `client:on("user_update", function(event) print("low") end)
		client:on("user_update", { priority = 2, sequential = "chat" }, function(event) print("high") end)
		client:on("user_update", { priority = 3, once = true }, function(event) print("once"); event:stop() end)
		local h; h = client:on("user_update", { priority = 1, func = function(event) return event.typing end }, function(event) print("middle"); h:off() end)
		print(#client:handlers({ event = "user_update" }), client:handlers({ event = "user_update" })[1].event)`,
		"print: 4\tuser_update\nit does> bob types\nprint: once\nit does> bob types\nprint: high\nprint: middle\nprint: low\nit does> bob types\nprint: high\nprint: low")
}
