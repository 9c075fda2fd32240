package bindings_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"testing"
)

func TestMemberStories(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"members, one after another",
			`local names = {}
			for user in client:iter_participants("Workshop", { filter = "contacts" }) do
				names[#names + 1] = user.name .. ":" .. user.participant.role
			end
			print(table.concat(names, " "))`,
			"print: bob:member carol:member dave:member",
		},
		{
			"a list knows how many there are",
			`local some = client:get_participants("Friends", { limit = 2 })
			print(#some, some.total, some[1].participant.is_creator, some[2].participant.inviter_id, some[2].participant)`,
			"print: 2\t4\ttrue\t1001\tParticipant(member bob)",
		},
		{
			"nobody is asked for",
			`local none = client:get_participants("Workshop", { limit = 0 }) print(#none, none.total)
			for _ in client:iter_participants("Workshop", { limit = 0 }) do print("somebody") end`,
			"print: 0\t6",
		},
		{
			"by the chat itself",
			`local chat = client:get_entity("Friends")
			print(chat:get_participants({ search = "bo" })[1].name, chat:get_permissions("me").is_creator, chat:get_permissions().send_polls)
			for user in chat:iter_participants({ filter = "bots" }) do print(user) end`,
			"print: bob\ttrue\ttrue\nprint: Peer(bot 2001 EchoBot)",
		},
		{
			"an admin with a title, then only another title, then none",
			`client:edit_admin("Workshop", "@bobby", { is_admin = true, ban_users = false, title = "Boss" })
			local p = client:get_permissions("Workshop", "@bobby")
			print(p.is_admin, p.pin_messages, p.ban_users, p.add_admins, p.anonymous, p.participant.rank, p)
			client:edit_admin("Workshop", "@bobby", { title = "Chief" })
			local p = client:get_permissions("Workshop", "@bobby")
			print(p.pin_messages, p.ban_users, p.participant.rank, p.participant.admin_rights.pin_messages)
			client:edit_admin("Workshop", "@bobby", { pin_messages = true })
			local p = client:get_permissions("Workshop", "@bobby")
			print(p.pin_messages, p.change_info)
			client:edit_admin("Workshop", "@bobby", { is_admin = false })
			print(client:get_permissions("Workshop", "@bobby").is_admin)`,
			"print: true\ttrue\tfalse\tfalse\tfalse\tBoss\tPermissions(admin bob)\nprint: true\tfalse\tChief\ttrue\nprint: true\tfalse\nprint: false",
		},
		{
			"what members may do",
			`client:edit_permissions("Workshop", "@carol", { send_messages = false, until_date = "1h" })
			local p = client:get_permissions("Workshop", "@carol")
			print(p.send_messages, p.is_banned, p.has_left, p.participant.role, p.participant.until_date > os.time(), p.participant.banned_by)
			client:edit_permissions("Workshop", "@carol")
			print(client:get_permissions("Workshop", "@carol").has_default_permissions)
			client:edit_permissions("Workshop", nil, { send_polls = false })
			local all = client:get_permissions("Workshop")
			print(all.send_polls, all.send_messages, all.participant, all.default_banned_rights.send_polls, all)
			client:edit_permissions("Workshop", nil, {})`,
			"print: false\ttrue\tfalse\trestricted\ttrue\t1001\nprint: true\nprint: false\ttrue\tnil\ttrue\tPermissions(all members)",
		},
		{
			"out and in again",
			`print(client:kick_participant("Friends", "@carol").chat.title)
			client:ban_participant("Workshop", "@carol", { revoke = true })
			local ok, e = pcall(client.get_participant, client, "Friends", "@carol")
			print(e.kind, client:get_participant("Workshop", "@carol").role)
			client:unban_participant("Workshop", "@carol")
			print(#client:invite_to_chat("Friends", "@carol"), #client:invite_to_chat("Workshop", { "@carol" }))`,
			"print: Friends\nprint: USER_NOT_PARTICIPANT\tbanned\nprint: 0\t0",
		},
		{
			"the admin log",
			`client:edit_title("Workshop", "Workshop 2") client:edit_title("Workshop 2", "Workshop")
			local log = client:get_admin_log("Workshop", { info = true, limit = 1, admins = "me" })
			print(#log, log[1].kind, log[1].changed_title, log[1].joined, log[1].old, log[1].new, log[1].user.name, log[1])
			for event in client:iter_admin_log("Workshop", { promote = true }) do
				print(event.kind, event.new.role, event.action._) break
			end`,
			"print: 1\tchanged_title\ttrue\tfalse\tWorkshop 2\tWorkshop\talice\tAdminLogEvent(changed_title by alice)\nprint: changed_admin\tadmin\tchannelAdminLogEventActionParticipantToggleAdmin",
		},
		{
			"each right of an admin",
			`client:edit_admin("Workshop", "@bobby", {
				change_info = true, delete_messages = true, ban_users = true, invite_users = true, pin_messages = true,
				add_admins = true, manage_call = true, anonymous = true, post_messages = false, edit_messages = false,
				other = true, manage_topics = true, post_stories = true, edit_stories = true, delete_stories = true,
			})
			local p = client:get_permissions("Workshop", "@bobby")
			print(p.change_info, p.delete_messages, p.ban_users, p.invite_users, p.pin_messages, p.add_admins, p.manage_call, p.anonymous, p.post_messages)
			client:edit_admin("@sandbox_news", "@bobby", { post_messages = true, edit_messages = true, manage_direct_messages = false })
			local p = client:get_permissions("@sandbox_news", "@bobby") print(p.post_messages, p.edit_messages, p.pin_messages, p.send_messages)
			client:edit_admin("Workshop", "@bobby", { is_admin = false })`,
			"print: true\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue\tfalse\nprint: true\ttrue\tfalse\ttrue",
		},
		{
			"each right of members",
			`local rights = {
				send_messages = false, send_media = false, send_stickers = false, send_gifs = false, send_games = false, send_inline = false,
				embed_link_previews = false, send_polls = false, change_info = false, invite_users = false, pin_messages = false, manage_topics = false,
				send_photos = false, send_videos = false, send_round_videos = false, send_audios = false, send_voices = false, send_docs = false, send_plain = false,
			}
			client:edit_permissions("Workshop", "@carol", rights)
			local p, left = client:get_permissions("Workshop", "@carol"), {}
			for name in pairs(rights) do if p[name] then left[#left + 1] = name end end
			print(#left, p.participant.role)
			client:edit_permissions("Workshop", "@carol", { view_messages = true, send_media = true, until_date = 3600 })
			print(client:get_permissions("Workshop", "@carol").send_media)
			client:edit_permissions("Workshop", "@carol", { view_messages = false })
			print(client:get_permissions("Workshop", "@carol").has_left)
			client:unban_participant("Workshop", "@carol") client:invite_to_chat("Workshop", "@carol", { forward = 0 })`,
			"print: 0\trestricted\nprint: true\nprint: true",
		},
		{
			"parts of the admin log",
			`client:edit_about("Workshop", "one") client:edit_about("Workshop", "two")
			local all = client:get_admin_log("Workshop")
			local newest, next = all[1].id, all[2].id
			print(all[1].changed_about, all[1].new, all[2].new)
			for event in client:iter_admin_log("Workshop", { max_id = newest, min_id = next - 1, search = "" }) do print(event.id == next, event.new) end
			print(#client:get_admin_log("Workshop", { max_id = newest, limit = 1 }), #client:get_admin_log("Workshop", { limit = 0 }), #client:get_admin_log("Workshop", {
				join = true, leave = true, invite = true, restrict = true, unrestrict = true, ban = true, unban = true, promote = true, demote = true,
				info = true, settings = true, pinned = true, edit = true, delete = true, group_call = true, invites = true, send = true, forums = true,
			}) == #all)`,
			"print: true\ttwo\tone\nprint: true\tone\nprint: 1\t0\ttrue",
		},
		{
			"everybody, by force",
			`local n = 0 for user in client:iter_participants("Workshop", { aggressive = true, limit = 100, search = "" }) do n = n + 1 end
			print(n == client:get_participants("Workshop", { aggressive = true, search = "" }).total)`,
			"print: true",
		},
		{"a filter that isn't there", `client:get_participants("Workshop", { filter = "admin" })`,
			"load: get_participants: option 'filter': 'admin' is not one of 'recent', 'admins', 'bots', 'contacts', 'banned', 'kicked', 'mentions': did you mean 'admins'?"},
		{"a right that isn't there", `client:edit_admin("Workshop", "me", { pin_message = true })`, "load: edit_admin: unknown option 'pin_message': did you mean 'pin_messages'?"},
		{"an end that is none", `client:ban_participant("Workshop", "@bobby", { until_date = "tomorrow" })`, "load: ban_participant: option 'until_date': time or duration expected, got 'tomorrow'"},
		{"a chat without a log", `local ok, e = pcall(client.get_admin_log, client, "Friends") print(e.kind, e.hint)`, "print: CHAT_KIND\tupgrade_group makes a supergroup of a basic group"},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

func TestJoiningStories(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"links are made, changed, listed and ended",
			`local link = client:create_invite_link("Workshop", { title = "friends", limit = 3, expire_date = "1d" })
			print(link.title, link.limit, link.expire_date > os.time(), link.permanent, link.admin.name, link.chat.title)
			print(client:edit_invite_link("Workshop", link, { limit = 0, forever = true }).expire_date)
			print(client:get_invite_link("Workshop", link.link) == link, client:get_invite_links("Workshop").total)
			print(client:revoke_invite_link("Workshop", link).revoked)
			for old in client:iter_invite_links("Workshop", { revoked = true }) do print(old == link) client:delete_invite_link("Workshop", old) end
			print(#client:get_invite_links("Workshop", { revoked = true }), client:export_invite_link("Workshop").permanent)
			client:delete_revoked_invite_links("Workshop")`,
			"print: friends\t3\ttrue\tfalse\talice\tWorkshop\nprint: nil\nprint: true\t2\nprint: true\nprint: true\nprint: 0\ttrue",
		},
		{
			"joining",
			`print(client:join_chat("@sandbox_news"), client:join_chat("https://t.me/+sandboxFriends1").already, client:join_chat("@sandbox_news").chat.title)
			local i = client:check_invite("https://t.me/+sandboxFriends1") print(i.joined, i.title, i.participants_count, i.chat.kind, i)`,
			"print: JoinResult(already there)\ttrue\tNews\nprint: true\tFriends\t4\tgroup\tInvitation(Friends)",
		},
		{
			"nobody asks, nobody has come",
			`print(client:get_join_requests("Workshop").total, #client:get_joiners("Workshop", { link = client:create_invite_link("Workshop", { title = "x" }) }))
			for joiner in client:iter_join_requests("Workshop") do joiner:approve() end
			for joiner in client:iter_joiners("Workshop", { limit = 0 }) do print(joiner) end`,
			"print: 0\t0",
		},
		{
			"chats are made and unmade",
			`local made = client:create_group("Hiking", "@bobby")
			print(made.chat.title, #made.missing, made.chat.is_creator, made.chat.kind, made.chat.default_banned_rights ~= nil)
			local big = client:upgrade_group("Hiking")
			print(big.kind, big.is_supergroup, client:upgrade_group(big) == big)
			client:delete_chat(big)
			local news = client:create_channel("Mine", { about = "what for" })
			print(news.is_channel, news:get_full().about, news:get_full().participants_count, news.has_photo)
			client:edit_username(news, "mine_news") print(client:get_entity("@mine_news") == news) client:edit_username(news)
			print(pcall(client.get_entity, client, "@mine_news"))
			client:leave_chat("@sandbox_news")`,
			"print: Hiking\t0\ttrue\tgroup\ttrue\nprint: supergroup\ttrue\ttrue\nprint: true\twhat for\t1\tfalse\nprint: true",
		},
		{
			"settings",
			`client:edit_chat("Workshop", { slow_mode = "30s", protected = true, history_hidden = true, ttl = "1d", about = "work" })
			local full = client:get_full("Workshop")
			print(full.slow_mode, full.history_hidden, full.ttl_period, full.about, full.peer.is_protected, full.available_reactions)
			client:edit_chat("Workshop", { slow_mode = 0, protected = false, history_hidden = false, ttl = 0 })
			client:set_available_reactions("Workshop", { "👍" }) print(client:get_full("Workshop").available_reactions[1])
			client:set_available_reactions("Workshop", "none") print(client:get_full("Workshop").available_reactions)
			client:set_sticker_set("Workshop", "Cherry") print(client:get_full("Workshop").sticker_set)
			client:edit_about("Workshop", "more work") print(client:get_entity("Workshop"):get_full().about)
			client:make_gigagroup("Workshop") print(client:get_entity("Workshop").is_gigagroup)`,
			"print: 30\ttrue\t86400\twork\ttrue\tall\nprint: 👍\nprint: none\nprint: Cherry\nprint: more work\nprint: true",
		},
		{
			"a discussion",
			`local group = client:create_channel("Talk", { kind = "supergroup" }) local news = client:create_channel("Told")
			client:set_discussion_group(news, group) print(news:get_full().linked_chat_id == group.id, client:get_entity(news).has_link)
			client:set_discussion_group(news) print(news:get_full().linked_chat_id)`,
			"print: true\ttrue\nprint: nil",
		},
		{
			"topics",
			`local forum = client:create_channel("Forum", { kind = "forum" })
			local hiking = client:create_topic(forum, "Hiking", { icon_color = 0x8EEE98 })
			print(hiking, hiking.icon_color == 0x8EEE98, hiking.is_mine, hiking.chat.is_forum)
			hiking:edit({ title = "Hiking 2", closed = true }) hiking:pin()
			local again = client:get_topics(forum, { ids = hiking })[1]
			print(again == hiking, again.title, again.is_closed, again.is_pinned, client:get_topics(forum).total)
			client:edit_topic(forum, hiking, { closed = false }) client:pin_topic(forum, hiking, { unpin = true })
			client:reorder_topics(forum, { hiking })
			for topic in client:iter_topics(forum, { search = "hik" }) do print(topic.title, topic.is_pinned, topic.is_closed) topic:unpin() end
			print(hiking:delete(), client:delete_topic(forum, client:create_topic(forum, "x")))`,
			"print: Topic(Hiking)\ttrue\ttrue\ttrue\nprint: true\tHiking 2\ttrue\ttrue\t2\nprint: Hiking 2\ttrue\tfalse\nprint: 3\t1",
		},
		{
			"statistics",
			`local stats = client:get_stats("@sandbox_news", nil, { graphs = false }) print(stats._)
			print(client:get_stats("Workshop")._)
			local m = client:send_message("@sandbox_news", "post") print(client:get_stats("@sandbox_news", m)._)`,
			"print: stats.broadcastStats\nprint: stats.megagroupStats\nprint: stats.messageStats",
		},
		{
			"what only its owner may give away",
			`local ok, e = pcall(client.transfer_chat, client, "Workshop", "@bobby", "secret") print(e.kind)`,
			"print: PERMISSION_DENIED",
		},
		{"no link", `client:get_invite_link("Workshop", 5)`, "load: get_invite_link: argument 2 (link): invite link expected, got number"},
		{"no reactions", `client:set_available_reactions("Workshop", 5)`, "load: set_available_reactions: argument 2 (reactions): 'all', 'none' or list of emoji expected, got number"},
		{"no topic", `client:delete_topic("Workshop", "x")`, "load: delete_topic: argument 2 (topic): topic or its id expected, got 'x'"},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

func TestPeerStories(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"one or many",
			`print(client:get_entity("@bobby").name) local all = client:get_entity({ "@bobby", "Friends", 1003, "me" })
			print(#all, all[1].name, all[2].title, all[3].name, all[4].is_self, #client:get_entity({}))`,
			"print: bob\nprint: 4\tbob\tFriends\tcarol\ttrue\t0",
		},
		{
			"ids and addresses",
			`print(client:get_peer_id("t.me/sandbox_news/5"), client:get_peer_id("me"), client:resolve("https://telegram.dog/bobby").id, client:get_input_entity("Workshop")._)`,
			"print: -1000000003003\t1001\t1002\tinputPeerChannel",
		},
		{
			"objects stand for whom they are about",
			`local p = client:get_participant("Friends", "@bobby") print(client:get_peer_id(p), client:get_peer_id(client:get_full("Friends")))
			local topic = client:create_topic(client:create_channel("F", { kind = "forum" }), "x") print(client:get_peer_id(topic) == topic.chat.id)
			local ok, e = pcall(client.get_entity, client, { "me", false }) print(e.message)`,
			"print: 1002\t-3001\nprint: true\nprint: get_entity: argument 1 (who): chat expected, got boolean",
		},
		{
			"what is known of a user",
			`local bob = client:get_entity("@bobby")
			print(bob.status, bob.is_contact, bob.is_mutual_contact, bob.is_min, bob.has_photo, bob.color, bob.participant, bob.raw._, bob.is_creator, bob.emoji_status_id)
			local full = bob:get_full() print(full.common_chats_count, full.is_blocked, full.about, full.raw._, full)
			print(bob:refresh() == bob, bob:send_message("hi").text)`,
			"print: recently\ttrue\ttrue\tfalse\tfalse\t1\tnil\tuser\tfalse\tnil\nprint: 3\tfalse\tnil\tuserFull\tFullPeer(bob)\nprint: true\thi",
		},
		{
			"what is known of a chat",
			`local chat = client:get_entity("Workshop")
			print(chat.is_supergroup, chat.is_creator, chat.is_admin, chat.is_forum, chat.has_left, chat.date > 0, chat.raw.megagroup, chat.admin_rights.pin_messages, chat.banned_rights, chat.is_forbidden)
			local group = client:get_entity("Friends") print(group.is_creator, group.is_deactivated, group.migrated_to, group.status)`,
			"print: true\ttrue\ttrue\tfalse\tfalse\ttrue\ttrue\ttrue\tnil\tfalse\nprint: true\tfalse\tnil\tnil",
		},
		{
			"nobody, and what would help",
			`local ok, e = pcall(client.resolve, client, "https://t.me/addlist/AbCdEf") print(e.kind, e.hint)
			local ok, e = pcall(client.join_chat, client, "@bobby") print(e.kind)`,
			"print: PEER_UNKNOWN\tthe link leads to a folder of chats, not to a chat\nprint: CHAT_KIND",
		},
		{
			"photos",
			`print(client:get_profile_photos("me").total, #client:get_profile_photos("Workshop"), client:set_profile_photo(), client:delete_profile_photos({}))
			for photo in client:iter_profile_photos("@bobby") do print(photo) end
			local ok, e = pcall(client.edit_photo, client, "Workshop", "/etc/secret.jpg") print(e.kind)`,
			"print: 0\t0\tnil\t0\nprint: PERMISSION_DENIED",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

func TestProfilePhotoStories(t *testing.T) {
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 320, 320)), nil); err != nil {
		t.Fatal(err)
	}
	var lua strings.Builder
	for _, b := range picture.Bytes() {
		fmt.Fprintf(&lua, "\\%03d", b)
	}
	w := newWorld(t, "alice")
	w.run(t, `local picture = { name = "a.jpg", bytes = "`+lua.String()+`" }
			for i = 1, 3 do client:set_profile_photo(picture) end
			local mine = client:get_profile_photos("me", { limit = 2 })
			print(#mine, mine.total, mine[1].kind, mine[1].width, #client:get_profile_photos("me", { offset = 1 }))
			for photo in client:iter_profile_photos("me", { limit = 1, max_id = mine[1].raw.id, offset = 0 }) do print(photo.kind) end
			print(client:set_profile_photo(mine[2]) == client:get_profile_photos("me")[1], client:delete_profile_photos(client:get_profile_photos("me", { limit = 2 })))
			print(client:edit_photo("Workshop", picture).chat.has_photo ~= nil, client:edit_photo("Friends", picture).chat.title)
			print(#client:get_profile_photos("Workshop"), client:get_entity("Workshop"):get_profile_photos({ limit = 1 })[1].kind)
			print(client:edit_photo("Workshop").text, #client:get_profile_photos("Workshop", { limit = 0 }))`,
		"print: 2\t3\tphoto\t320\t2\nprint: photo\nprint: true\t2\nprint: true\tFriends\nprint: 1\tphoto")
}
