package bindings_test

import (
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

func TestAPI(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"a method is called by its name", `
local answer = client.api.messages.sendMessage{ peer = "me", message = "by name" }
print(answer._, answer.updates[1]._, #answer.updates)
local history = client.api.messages.getHistory{ peer = "me", limit = 1 }
local m = history.messages[1]
print(history._, m._, m.message, m.id > 0, m.peer_id._, m.peer_id.user_id == client.me.id, m.views)`, `
print: updates	updateMessageID	2
print: messages.messages	message	by name	true	peerUser	true	nil`,
		},
		{
			"one at the top takes no arguments, or an empty table", `
print(client.api.help.getConfig{}._, client.api.help.getConfig()._, client.api.updates.getState()._)`, `
print: config	config	updates.state`,
		},
		{
			"peers are what they are elsewhere", `
local found = client.api.users.getUsers{ id = { "me", "@sandbox_echo_bot", client.me } }
print(#found, found[1].self, found[2].username, found[3].id == client.me.id)
local one = client.api.users.getUsers{ id = "@sandbox_echo_bot" }
print(#one, one[1].bot)
local bot = client.api.users.getFullUser{ id = one[1] }
print(bot.full_user.id == one[1].id, bot.users[1].username)
print(client.api.messages.getPeerDialogs{ peers = "@sandbox_echo_bot" }._)`, `
print: 3	true	sandbox_echo_bot	true
print: 1	true
print: true	sandbox_echo_bot
print: messages.peerDialogs`,
		},
		{
			"objects of answers go back into calls", `
local sent = client.api.messages.sendMessage{ peer = "me", message = "to change" }
local id = sent.updates[1].id
local m = client.api.messages.getMessages{ id = { id } }.messages[1]
client.api.messages.editMessage{ peer = m, id = m.id, message = "changed", entities = { { _ = "messageEntityBold", offset = 0, length = 7 } } }
local again = client.api.messages.getMessages{ id = { { _ = "inputMessageID", id = id } } }.messages[1]
print(again.message, again.entities[1]._, again.entities[1].length)
local copy = client.api.messages.sendMessage{ peer = again.peer_id, message = again.message, entities = again.entities }
print(copy._, again == client.api.messages.getMessages{ id = id }.messages[1])
print(again:to_table().entities[1]._, again:to_table()._)`, `
print: changed	messageEntityBold	7
print: updates	true
print: messageEntityBold	message`,
		},
		{
			"wrong names get a suggestion", `
print(select(2, pcall(function() return client.api.mesages end)))
print(select(2, pcall(function() return client.api.messages.sendMesage end)))
print(select(2, pcall(client.api.messages.sendMessage, { peer = "me", mesage = "x" })))
print(select(2, pcall(client.api.messages.sendMessage, { peer = "me", message = "x", reply_to = { _ = "inputReplyToMesage" } })))
print(select(2, pcall(client.api.messages, { 1 })))`, `
print: Api: unknown field 'mesages': did you mean 'messages'?
print: Api: unknown field 'sendMesage': did you mean 'sendMessage'?
print: messages.sendMessage: unknown field 'mesage' of messages.sendMessage: did you mean 'message'?
print: messages.sendMessage: reply_to: unknown constructor 'inputReplyToMesage' of InputReplyTo: did you mean 'inputReplyToMessage'?
print: client.api.messages: call one of its methods, or client.api{ ... } for several calls at once`,
		},
		{
			"wrong values tell where they are", `
local function try(t) local _, e = pcall(client.api.messages.getHistory, t) print(e.kind, e.message) end
try{ peer = "me", limit = 2^40 }
try{ peer = "me", limit = "x" }
try{ peer = { _ = "inputPeerUser", user_id = {}, access_hash = "1" } }
try{ limit = 1 }
try{ peer = "@nobody_is_called_so" }
try{ 5 }
try("x")`, `
print: ARGUMENT	messages.getHistory: limit: a number within 32 bits expected, got 1099511627776
print: ARGUMENT	messages.getHistory: limit: whole number expected, got 'x'
print: ARGUMENT	messages.getHistory: peer.user_id: whole number expected, got table
print: ARGUMENT	messages.getHistory: peer is missing: InputPeer expected
print: PEER_UNKNOWN	can't find "@nobody_is_called_so" (tried the user names seen so far, contacts.resolveUsername): nobody has this user name; check the spelling
print: ARGUMENT	call: argument 1 (arguments): parameters have names, as in { limit = 10 }
print: ARGUMENT	call: argument 1 (arguments): table of parameters expected, got 'x'`,
		},
		{
			"Telegram's refusals are errors as everywhere", `
local ok, e = pcall(client.api.messages.editMessage, { peer = "me", id = 999999, message = "x" })
print(ok, e.kind, e.code, e.method)`, `
print: false	MESSAGE_ID_INVALID	400	messages.editMessage`,
		},
		{
			"calls of a batch are made in order", `
local answers = client.api{
  { "messages.sendMessage", { peer = "me", message = "batch 1" } },
  { client.api.messages.sendMessage, { peer = "me", message = "batch 2" } },
  { _ = "messages.sendMessage", peer = "me", message = "batch 3" },
}
print(#answers, answers[1]._)
local texts = {}
for i, m in ipairs(client.api.messages.getHistory{ peer = "me", limit = 3 }.messages) do texts[i] = m.message end
print(table.concat(texts, ", "))`, `
print: 3	updates
print: batch 3, batch 2, batch 1`,
		},
		{
			"what fails in a batch does not hide what went well", `
local calls = {
  { "messages.sendMessage", { peer = "me", message = "went well" } },
  { "messages.editMessage", { peer = "me", id = 999999, message = "x" } },
  { "messages.sendMessage", { peer = "@nobody_is_called_so", message = "x" } },
}
local ok, e = pcall(function() return client.api(calls) end)
print(ok, e.kind, e.message)
print(e.answers[1]._, e.answers[2], e.errors[1], e.errors[2].kind, e.errors[3].kind)
local some = client.api(calls, { partial = true })
print(some[1]._, some[2].kind, some[3].kind)
print(select(2, pcall(client.api, { { "messages.sendMessage", { peer = "me" } } })))
print(select(2, pcall(client.api, { { "messages.sendMesage" } })))
print(select(2, pcall(client.api, { 5 })))`, `
print: false	BATCH	2 of 3 calls failed: call 2: messages.editMessage: MESSAGE_ID_INVALID (400): there is no message of this id, or it can't be changed
print: updates	false	false	MESSAGE_ID_INVALID	PEER_UNKNOWN
print: updates	MESSAGE_ID_INVALID	PEER_UNKNOWN
print: messages.sendMessage: message is missing: string expected
print: unknown method 'messages.sendMesage': did you mean 'messages.sendMessage'?
print: batch: call 1: { "method", { parameters } } expected, got number`,
		},
		{
			"what a call by name sends is our own, and what it learns is known", `
client:on("message", function(event) print("event", event.raw_text) end)
client.api.messages.sendMessage{ peer = "me", message = "silent" }
client.api.messages.forwardMessages{ from_peer = "me", to_peer = "me", id = { client.api.messages.getHistory{ peer = "me", limit = 1 }.messages[1].id } }
client:send_message("me", "nothing came")
print("done")`, `
alice: silent
print: done
bob> hi
print: event	hi`,
		},
		{
			"other methods take what calls by name have shown", `
local sent = client.api.messages.sendMessage{ peer = "@bobby", message = "by name" }
local m = client.api.messages.getMessages{ id = sent.id }.messages[1]
local answer = client:send_message(m.peer_id, "to a peer", { reply_to = m })
print(answer.chat.username, answer.reply_to_msg_id == m.id)
print(client:send_message(client.api.users.getUsers{ id = "@bobby" }[1], "to a user").chat_id == answer.chat_id)
print(pcall(client.send_message, client, client.api.help.getConfig(), "x"))`, `
alice: by name
alice: to a peer
print: bobby	true
alice: to a user
print: true
print: false	send_message: argument 1 (chat): chat expected, got Object`,
		},
		{
			"it prints", `
print(client.api, client.api.messages, client.api.messages.sendMessage)
print(client.api.updates.getState().pts > 0, tostring(client.api.users.getUsers{ id = "@sandbox_echo_bot" }[1]):sub(1, 6))`, `
print: Api	Api(messages)	ApiMethod(messages.sendMessage)
print: true	user {`,
		},
		{
			"options of one call", `
local _, e = pcall(client.api.messages.getHistory, { peer = "me" }, { timeout = 1e-9 })
print(e.kind)
local hasty = client:with({ timeout = 1e-9 })
print(select(2, pcall(hasty.api.help.getConfig)).kind, select(2, pcall(hasty.api, { { "help.getConfig" } })).errors[1].kind)
print(hasty.api.help.getConfig({}, { timeout = 0 })._)
print(select(2, pcall(client.api.messages.getHistory, { peer = "me" }, { time_out = 1 })))`, `
print: TIMEOUT
print: TIMEOUT	TIMEOUT
print: config
print: call: unknown option 'time_out': did you mean 'timeout'?`,
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

// TestGuardedMethods tries to give the account away.
func TestGuardedMethods(t *testing.T) {
	w := newWorld(t, "alice")
	const denied = `print: PERMISSION_DENIED	methods	`
	for _, row := range [][3]string{
		{"signing out", `client.api.auth.logOut{}`, denied + "auth.logOut"},
		{"a session for another place", `client.api.auth.exportAuthorization{ dc_id = 2 }`, denied + "auth.exportAuthorization"},
		{"a stranger's QR code", `client.api.auth.acceptLoginToken{ token = "x" }`, denied + "auth.acceptLoginToken"},
		{"inside of another call", `client.api.invokeWithoutUpdates{ query = { _ = "auth.acceptLoginToken", token = "x" } }`, denied + "auth.acceptLoginToken"},
		{"inside of two", `client.api.invokeWithBusinessConnection{ connection_id = "x", query = { _ = "invokeWithoutUpdates", query = client.api.auth.logOut } }`, denied + "auth.logOut"},
		{"by its full name", `client.api["auth"]["logOut"]()`, denied + "auth.logOut"},
		{"in a batch", `client.api{ { "messages.sendMessage", { peer = "me", message = "not sent" } }, { "auth.logOut" } }`, denied + "auth.logOut"},
		{"by the namesake method", `client.api.auth.logOut:call{}`, denied + "auth.logOut"},
		{"the password", `client.api.account.getPassword{}`, denied + "account.getPassword"},
		{"other devices", `client.api.account.resetAuthorization{ hash = "1" }`, denied + "account.resetAuthorization"},
		{"the end of the account", `client.api.account.deleteAccount{ reason = "x" }`, denied + "account.deleteAccount"},
		{"everything at once", `client.api.account.initTakeoutSession{ contacts = true }`, denied + "account.initTakeoutSession"},
		{"another layer", `client.api.invokeWithLayer{ layer = 1, query = { _ = "auth.logOut" } }`, `print: ARGUMENT	nil	nil`},
		{"another client", `client.api.initConnection{ api_id = 1, device_model = "", system_version = "", app_version = "", system_lang_code = "", lang_pack = "", lang_code = "", query = { _ = "auth.logOut" } }`, `print: ARGUMENT	nil	nil`},
	} {
		t.Run(row[0], func(t *testing.T) {
			w.run(t, `local ok, e = pcall(function() return `+row[1]+` end) print(e.kind, e.permission, e.what)`, row[2])
		})
	}
	t.Run("with a permission", func(t *testing.T) {
		w.permit(allowing(t, permission.Rules{permission.Methods: {"account.getPassword", "messages.*"}}, permission.Rules{permission.Methods: {"messages.send*"}}))
		defer func() { w.permit(nil) }()
		w.run(t, `
print(client.api.account.getPassword{}._)
print(select(2, pcall(client.api.account.getAuthorizations)).kind)
print(select(2, pcall(client.api.messages.sendMessage, { peer = "me", message = "x" })))
print(client.api.messages.getHistory{ peer = "me", limit = 1 }._ ~= nil)`, `
print: account.password
print: PERMISSION_DENIED
print: the script may not call messages.sendMessage: config.yaml denies it
print: true`)
	})
}

func allowing(t *testing.T, allow, deny permission.Rules) *permission.Set {
	t.Helper()
	set, err := permission.New("script", t.TempDir(), allow, deny)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestRawEventTypes(t *testing.T) {
	w := newWorld(t, "alice")
	w.run(t, `
print(select(2, pcall(client.on, client, "raw", { types = "updateUserStatu" }, function() end)))
client:on("raw", { types = { "updateNewMessage", "updateUserTyping" } }, function(update) print(update._, update.message.message) end)`, `
print: on: unknown update 'updateUserStatu': did you mean 'updateUserStatus'?
bob> hello
print: updateNewMessage	hello`)
}
