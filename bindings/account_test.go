package bindings_test

import (
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// allow gives the scripts of a world permissions.
func (w *world) allow(t *testing.T, rules permission.Rules) {
	t.Helper()
	set, err := permission.New("s", t.TempDir(), rules, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.permit(set)
}

func TestDialogStories(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"chats, newest first",
			`client:send_message("Friends", "later")
			local dialogs = client:get_dialogs({ limit = 1 })
			local d = dialogs[1]
			print(d.name, d.title, d.id, d.message.text, d.is_group, d.is_user, d.pinned, d.archived, dialogs.total > 1, d, d == client:get_dialog("Friends"))`,
			"print: Friends\tFriends\t-3001\tlater\ttrue\tfalse\tfalse\tfalse\ttrue\tDialog(Friends -3001)\ttrue",
		},
		{
			"a dialog stands for its chat",
			`local d = client:get_dialog("@bobby")
			d:send_message("**hi**") client:send_message(d, "ho")
			print(d.entity.username, client:get_entity(d).id)`,
			"alice: hi\nalice: ho\nprint: bobby\t1002",
		},
		{
			"going through all, leaving early",
			`local n = 0
			for dialog in client:iter_dialogs() do n = n + 1 if n == 2 then break end end
			print(n, #client:get_dialogs({ ignore_pinned = true }) > 2)`,
			"print: 2\ttrue",
		},
		{
			"pin, archive, mute, mark",
			`local d = client:get_dialog("Friends")
			d:pin() d:mark_unread() d:mute("1h")
			local now = client:get_dialog("Friends")
			print(now.pinned, now.unread_mark, now.muted_until > client:server_time())
			d:pin(false) d:mark_unread(false) client:unmute_chat("Friends") d:mark_read()
			now = client:get_dialog("Friends")
			print(now.pinned, now.unread_mark, now.muted_until)
			d:archive()
			print(client:get_dialogs({ archived = true })[1].name, client:get_dialogs({ folder = 1 })[1].folder_id)
			client:edit_folder({ d, "@bobby" }, 0)
			print(#client:get_dialogs({ folder = 1 }))`,
			"print: true\ttrue\ttrue\nprint: false\tfalse\tnil\nprint: Friends\t1\nprint: 0",
		},
		{
			"order of those pinned",
			`client:pin_dialog("@bobby") client:pin_dialog("@sandbox_news")
			client:reorder_pinned_dialogs({ "@bobby", "@sandbox_news" })
			print(client:get_dialogs({ limit = 2 })[1].name)
			client:pin_dialog("@bobby", false) client:mark_unread("@bobby")
			print(client:get_dialog("@bobby").unread_mark)`,
			"print: bob\nprint: true",
		},
		{
			"delete",
			`client:send_message("@carol", "x") client:delete_dialog("@carol", { revoke = true })
			for dialog in client:iter_dialogs() do if dialog.id == 1003 then print("still there") end end
			client:send_message("@carol", "y") client:get_dialog("@carol"):delete({ revoke = true })
			print("gone")`,
			"print: gone",
		},
		{"folders of one's own are something else", `client:get_dialogs({ folder = 2 })`, "load: iter_dialogs: option 'folder': 0 or 1 expected: folders that the account made itself are client:get_folders()"},
		{"to_table", `local t = client:get_dialog("@bobby"):to_table() print(t.name, t.entity.username, t.raw)`, "print: bob\tbobby\tnil"},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

func TestDraftAndFolderStories(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"drafts",
			`local m = client:send_message("@bobby", "question")
			client:save_draft("@bobby", "an **answer**", { reply_to = m, link_preview = false })
			local d = client:get_drafts("@bobby")[1]
			print(d.text, d.raw_text, d.reply_to_msg_id == m.id, d.link_preview, d.is_empty, d.chat_id, d.entity.name, d.entities[1].type, d)
			print(client:get_dialog("@bobby").draft.text)
			d:set_message("better")
			for draft in client:iter_drafts() do print(draft.text) local sent = draft:send() print(sent.text) end
			print(#client:get_drafts(), client:get_dialog("@bobby").draft)
			client:save_draft("me", "x") client:get_drafts("me")[1]:delete() print(client:get_drafts("me")[1].is_empty)`,
			"print: an **answer**\tan answer\ttrue\tfalse\tfalse\t1002\tbob\tbold\tDraft(1002)\nprint: an **answer**\nprint: better\nalice: better\nprint: better\nprint: 0\tnil\nprint: true",
		},
		{
			"folders",
			`local f = client:create_folder("Work", { groups = true, include = { "@bobby", "me" }, exclude = "Friends" })
			print(f.title, f.groups, f.bots, #f.include, f.include[2].name, f.exclude[1] == nil, f)
			local g = client:create_folder("Other", { contacts = true })
			client:reorder_folders({ g, f.id })
			local all = client:get_folders()
			print(all[1].title, all[2] == f, all[2].include[1].username, all[2].exclude[1].id)
			local h = all[2]:edit({ title = "Play", exclude = {} })
			print(h.title, h.id == f.id, #client:get_folders()[2].exclude, client:get_folders()[2].groups)
			h:delete() client:delete_folder(g)
			print(#client:get_folders())`,
			"print: Work\ttrue\tfalse\t2\talice\tfalse\tFolder(2 Work)\nprint: Other\ttrue\tbobby\t-3001\nprint: Play\ttrue\t0\ttrue\nprint: 0",
		},
		{
			"notifications",
			`client:mute_chat("@bobby", "1h") client:set_notify_settings({ chat = "@bobby", silent = true })
			local s = client:get_notify_settings({ chat = "@bobby" })
			print(s.silent, s.muted_until > 0, s.show_previews)
			client:set_notify_settings({ chat = "@bobby", unmuted = true })
			print(client:get_notify_settings({ chat = "@bobby" }).muted_until, client:get_notify_settings({ scope = "groups" }).silent)
			client:get_dialog("@bobby"):mute() print(client:get_dialog("@bobby").muted_until)`,
			"print: true\ttrue\tnil\nprint: nil\tfalse\nprint: 2147483647",
		},
		{"notifications of what", `client:get_notify_settings({})`, "load: get_notify_settings: name a chat, or a scope, one of both: { chat = ... } or { scope = 'groups' }"},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

func TestContactAndProfileStories(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"contacts",
			`client:delete_contacts({ "@bobby", 1003 })
			local before = #client:get_contacts()
			print(client:add_contact("@bobby").is_contact, client:import_contact("+42 777 0003", { first_name = "Carol" }).id, client:import_contact("+42 999 9999"))
			print(#client:get_contacts() - before, #client:search_contacts("sandbox").public > 0, client:search_contacts("bob").own[1].username)`,
			"print: true\t1003\tnil\nprint: 2\ttrue\tbobby",
		},
		{
			"blocks",
			`client:block("@bobby") client:block("@carol")
			print(client:get_blocked().total, client:get_blocked({ limit = 1 })[1].name ~= nil)
			client:unblock("@bobby")
			for p in client:iter_blocked() do print(p.username) end
			client:unblock("@carol")`,
			"print: 2\ttrue\nprint: carol",
		},
		{
			"profile",
			`print(client:update_profile({ last_name = "Smith", about = "tea" }).last_name, client.me.last_name)
			print(client:update_username("@alice_smith").username)
			client:set_online() client:set_online(false) client:set_emoji_status()
			client:set_birthday({ day = 29, month = 2 }) client:set_birthday() client:set_colour(3) client:set_colour()
			local ok, e = pcall(client.set_birthday, client, { day = 1, month = 13 }) print(e.kind)
			ok, e = pcall(client.update_username, client, "bobby") print(e.kind)
			print(client:update_profile({ last_name = "" }).last_name)`,
			"print: Smith\tSmith\nprint: alice_smith\nprint: BIRTHDAY_INVALID\nprint: USERNAME_OCCUPIED\nprint: nil",
		},
		{"a birthday needs a month", `client:set_birthday({ day = 1 })`, "load: set_birthday: argument 1 (birthday): set_birthday: option 'month' is missing"},
		{
			"privacy",
			`print(client:get_privacy("phone").allow)
			local r = client:set_privacy("phone", { allow = "contacts", always = "@carol", never = { "@bobby", "Friends" }, bots = false })
			print(r.allow, r.always[1].username, r.never[1].username, r.never[2].name, r.bots, r.premium)
			print(client:get_privacy("phone").never[1].id)`,
			"print: everyone\nprint: contacts\tcarol\tbobby\tFriends\tfalse\tfalse\nprint: 1002",
		},
		{"privacy of what", `local ok, e = pcall(client.get_privacy, client, "phones") print(e.message:match("did you mean 'phone'"))`, "print: did you mean 'phone'"},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

func TestWhatGivesTheAccountAwayHasToBeAllowed(t *testing.T) {
	w := newWorld(t, "alice")
	for _, call := range []string{
		"client:get_sessions()", "client:terminate_other_sessions()", "client:log_out()", `client:accept_qr_login("tg://login?token=abcd")`,
		"client:set_account_ttl(90)", `client:change_phone("+42 777 0666", print)`, "client:get_password_info()", `client:edit_2fa({ new_password = "x" })`,
		"client:takeout({}, print)",
	} {
		w.run(t, `local ok, e = pcall(function() return `+call+` end) print(ok, e.kind, e.permission)`, "print: false\tPERMISSION_DENIED\tmethods")
	}
	w.allow(t, permission.Everything())
	for _, row := range [][3]string{
		{
			"sessions",
			`local s = client:get_sessions()
			print(#s, s[1].current, s[1].app, s[1].device ~= "", s[1].hash, s[1])
			client:terminate_other_sessions()
			local ok, e = pcall(s[1].terminate, s[1]) print(ok, e.kind)
			ok, e = pcall(client.accept_qr_login, client, "tg://login?token=abcd") print(ok, e.kind)`,
			"print: 1\ttrue\ttgscript sandbox\ttrue\t0\tSession(tgscript sandbox on tgscript)\nprint: false\tHASH_INVALID\nprint: false\tAUTH_TOKEN_INVALID",
		},
		{"lifetime", `client:set_account_ttl(90) print(client:get_account_ttl())`, "print: 90"},
		{
			"password",
			`client:edit_2fa({ new_password = "tea", hint = "drink" })
			local p = client:get_password_info() print(p.enabled, p.hint, p.has_recovery, p.unconfirmed_email)
			local ok, e = pcall(client.edit_2fa, client, { current_password = "coffee" }) print(ok, e.kind)
			client:edit_2fa({ current_password = "tea" }) print(client:get_password_info().enabled)`,
			"print: true\tdrink\tfalse\tnil\nprint: false\tPASSWORD_HASH_INVALID\nprint: false",
		},
		{
			"takeout",
			`client:takeout({ contacts = true, max_file_size = 1000 }, function(takeout)
				print(takeout:get_dialogs({ limit = 1 })[1] ~= nil, takeout.name, #takeout:get_contacts() > 0)
			end)
			local ok, e = pcall(client.takeout, client, {}, function(takeout) print(takeout:end_takeout(true)) error("broken") end)
			print(ok, tostring(e):match("broken"), client:end_takeout(true))`,
			"print: true\tme\ttrue\nprint: true\nprint: false\tbroken\tfalse",
		},
		{
			"another number",
			`local ok, e = pcall(client.change_phone, client, "+42 777 0666", function() return "1" end) print(ok, e.kind)
			print(client:change_phone("+42 777 0666", function() return 12345 end).phone)`,
			"print: false\tPHONE_CODE_INVALID\nprint: 427770666",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

func TestAnAddressIsConfirmedByItsCode(t *testing.T) {
	w := newWorld(t, "alice")
	w.allow(t, permission.Rules{permission.Methods: {"account.updatePasswordSettings"}})
	w.server.Inject(sandbox.Fault{Method: "account.updatePasswordSettings", Times: 1, Code: 400, Message: "EMAIL_UNCONFIRMED_6"})
	w.run(t, `local ok, e = pcall(client.edit_2fa, client, { new_password = "x", email = "a@example.com", email_code = function(length) print(length) return "123456" end })
	print(ok, e.kind)`, "print: 6\nprint: false\tEMAIL_HASH_EXPIRED")
}

func TestPresentStories(t *testing.T) {
	w := newWorld(t, "alice")
	w.run(t, `print(client:is_connected(), client:is_bot(), client:is_user_authorized(), client.dc, client:get_config().this_dc, math.abs(client:server_time() - os.time()) < 60)
	client:catch_up()
	local p = client:get_pacing() print(#p.classes, #p.floods)`, "print: true\tfalse\ttrue\t2\t2\ttrue\nprint: 0\t0")
	w.server.Inject(sandbox.FloodWait("contacts.resolveUsername", 100))
	w.run(t, `local hasty = client:with({ flood_limit = 1 }) pcall(hasty.get_entity, hasty, "@bobby")
	local f = client:get_pacing().floods[1] print(f.kind, f.method, f.seconds > 90, f.chat_id, f.waiting)`, "print: FLOOD_WAIT\tcontacts.resolveUsername\ttrue\tnil\t0")
}

func TestHandlersAreListed(t *testing.T) {
	w := newWorld(t, "alice")
	w.run(t, `client:on("raw", function() end)
	client:on("message", { incoming = true }, function(event) print("late " .. event.raw_text) end)
	client:on("message", { incoming = true, priority = 5 }, function(event) print("early " .. event.raw_text) end)
	local all = client:handlers() print(#all, all[1].event, all[1].site:match("%d+$"), all[2].site:match("%d+$"), #client:handlers({ event = "raw" }))
	all[1]:off() print(#client:handlers())`,
		"print: 3\tmessage\t3\t2\t1\nprint: 2\nbob> hi\nprint: late hi")
}

func TestTheSessionEndsWithLogOut(t *testing.T) {
	w := newWorld(t, "alice")
	w.allow(t, permission.Rules{permission.Methods: {"auth.logOut"}})
	w.run(t, `client:log_out() print("out")`, "print: out")
}
