package reference_test

import (
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
)

func TestCheckAPI(t *testing.T) {
	for _, row := range [][3]string{
		{"good calls", `client.api.messages.getHistory{ peer = "me", limit = 3 } client.api.help.getConfig() client.api.messages.sendMessage({ peer = { _ = "peerUser", user_id = 5 } }, { timeout = 5 })`, ""},
		{"good calls at once", `client.api{ { "messages.sendMessage", {} } } client.api:batch({}, { partial = true })`, ""},
		{"a method in a local", `local get = client.api.messages.getHistory get{ peer = "me", limt = 5 }`, "x.lua:1:62: messages.getHistory: unknown field 'limt': did you mean 'limit'?"},
		{"a misspelt namespace", `client.api.mesages.getHistory{}`, "x.lua:1:12: Api: unknown field 'mesages': did you mean 'messages'?"},
		{"a misspelt method", `client.api.messages.getHistry{}`, "x.lua:1:21: Api: unknown field 'getHistry': did you mean 'getHistory'?"},
		{"a misspelt parameter", `client.api.messages.sendMessage{ peer = "me", mesage = "x" }`, "x.lua:1:47: messages.sendMessage: unknown field 'mesage': did you mean 'message'?"},
		{"a misspelt constructor", `client.api.messages.sendMessage{ reply_to = { _ = "inputReplyToMesage" } }`, "x.lua:1:51: InputReplyTo: unknown constructor 'inputReplyToMesage': did you mean 'inputReplyToMessage'?"},
		{"a misspelt field within", `client.api.messages.sendMessage{ entities = { { _ = "messageEntityBold", ofset = 1 } } }`, "x.lua:1:74: messageEntityBold: unknown field 'ofset': did you mean 'offset'?"},
		{"a misspelt field of the only constructor", `client.api.messages.translateText{ text = { { txt = "x" } } }`, "x.lua:1:47: textWithEntities: unknown field 'txt': did you mean 'text'?"},
		{"a call within a call", `client.api.invokeWithoutUpdates{ query = { _ = "messages.getHistory", per = "me" } }`, "x.lua:1:71: messages.getHistory: unknown field 'per': did you mean 'peer'?"},
		{"a misspelt option", `client.api.help.getConfig({}, { timeot = 1 })`, "x.lua:1:33: call: unknown option 'timeot': did you mean 'timeout'?"},
		{"what only the script knows", `local t = {} client.api.messages.sendMessage(t) client.api.messages.sendMessage{ peer = t, reply_to = { _ = t.x, whatever = 1 } }`, ""},
		{"an undefined variable within", `client.api.messages.getHistory{ peer = whom }`, "x.lua:1:40: undefined variable 'whom'"},
	} {
		t.Run(row[0], func(t *testing.T) {
			got := ""
			for _, f := range reference.Check(bindings.Table(), "x.lua", []byte(row[1])) {
				got += f.String()
			}
			if got != row[2] {
				t.Errorf("got  %s\nwant %s", got, row[2])
			}
		})
	}
}
