package bindings_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/telegram"
)

// codeSent has Telegram write a login code to Alice, in the chat 777000, and is that message.
func codeSent(t *testing.T, w *world) *tg.Message {
	t.Helper()
	info := w.server.Info()
	_, err := w.account.API().AuthSendCode(w.ctx, &tg.AuthSendCodeRequest{PhoneNumber: "+427770001", APIID: info.APIID, APIHash: info.APIHash})
	w.try("ask for a code", err)
	dialogs, err := w.account.API().MessagesGetDialogs(w.ctx, &tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}, Limit: 50})
	w.try("look for the code", err)
	all, _ := dialogs.AsModified()
	for _, m := range all.GetMessages() {
		if m, ok := m.(*tg.Message); ok && telegram.MarkedID(m.PeerID) == telegram.ServiceChat && strings.Contains(m.Message, "12345") {
			return m
		}
	}
	t.Fatal("the program itself must see the code")
	return nil
}

// stolen are ways to a login code. Each prints what it got.
var stolen = map[string]string{
	"history":          `print(client:get_messages(777000)[1].raw_text)`,
	"history, raw":     `print(client.api.messages.getHistory{ peer = 777000, limit = 1 }.messages[1].message)`,
	"in a batch":       `print(client.api{ { "messages.getHistory", { peer = 777000, limit = 1 } } }[1].messages[1].message)`,
	"in an envelope":   `print(client.api.invokeWithoutUpdates{ query = { _ = "messages.getHistory", peer = 777000, limit = 1 } }.messages[1].message)`,
	"with patience":    `print(client:with({ timeout = "9s" }):get_messages(777000)[1].raw_text)`,
	"search":           `for m in client:iter_messages(nil, { search = "code", limit = 5 }) do print(m.raw_text) end`,
	"by its number":    `print(client.api.messages.getMessages{ id = { { _ = "inputMessageID", id = CODE } } }.messages[1].message)`,
	"its dialog":       `for d in client:iter_dialogs() do if d.id == 777000 then print(d.message.raw_text) end end`,
	"its dialog, raw":  `print(tostring(client.api.messages.getDialogs{ limit = 50 }))`,
	"forwarded":        `print(client:forward_messages("me", CODE, 777000)[1].raw_text)`,
	"forwarded, raw":   `print(client.api.messages.forwardMessages{ from_peer = 777000, to_peer = "me", id = { CODE } }.updates[1]._)`,
	"translated":       `print(client.api.messages.translateText{ peer = 777000, id = { CODE }, to_lang = "de" }.result[1].text)`,
	"missed updates":   `print(tostring(client.api.updates.getDifference{ pts = 1, date = 1, qts = 0 }))`,
	"a printed answer": `print(tostring(client.api.messages.getMessages{ id = { { _ = "inputMessageID", id = CODE } } }))`,
}

func TestLoginCodesAreKeptFromScripts(t *testing.T) {
	w := newWorld(t, "alice")
	code := codeSent(t, w)
	for way, source := range stolen {
		t.Run(way, func(t *testing.T) {
			source := strings.ReplaceAll(source, "CODE", strconv.Itoa(code.ID))
			if got := w.printed(t, source); strings.Contains(got, "12345") {
				t.Errorf("the script has it: %s", got)
			} else if !strings.Contains(got, "the script may not use the chat 777000") {
				t.Errorf("nothing is hidden, so this is no test: %s", got)
			}
		})
	}
	allow, err := permission.New("s", "/", permission.Rules{permission.Chats: {"777000"}}, nil)
	w.try("allow", err)
	w.permit(allow)
	if got := w.printed(t, stolen["history"]); !strings.Contains(got, "12345") {
		t.Errorf("who may read it reads %q", got)
	}
}

// printed runs a script and is what it has printed, or its error.
func (w *world) printed(t *testing.T, source string) string {
	t.Helper()
	w.local = nil
	w.run(t, `local ok, err = pcall(function() `+source+` end)
		if not ok then print(err.kind, err) end
		print("that is all")`, "")
	var all []string
	for {
		select {
		case line := <-w.lines:
			if line == "print: that is all" {
				return strings.Join(all, "\n")
			}
			if text, ok := strings.CutPrefix(line, "print: "); ok {
				all = append(all, text)
			}
		case <-w.ctx.Done():
			t.Fatal("the script did not end")
		}
	}
}

func TestLoginCodesAreNoEvents(t *testing.T) {
	for sentence, row := range map[string]struct {
		chats []string
		want  string
	}{
		"a script is not told of them": {nil, "print: 0"},
		"a script that may is told":    {[]string{"777000"}, "print: 2"},
	} {
		t.Run(sentence, func(t *testing.T) {
			w := newWorld(t, "alice")
			info := w.server.Info()
			allow, err := permission.New("s", "/", permission.Rules{permission.Chats: row.chats, permission.Methods: {"auth.sendCode"}}, nil)
			w.try("allow", err)
			w.permit(allow)
			w.run(t, fmt.Sprintf(`local codes = 0
				local function hear(text)
					if text:find("12345") then codes = codes + 1 end
					if text == "the end" then print(codes) end
				end
				client:on("raw", { types = "updateNewMessage" }, function(update) hear(update.message.message) end)
				client:on("message", {}, function(event) if event.raw_text ~= "the end" then hear(event.raw_text) end end)
				client.api.auth.sendCode{ phone_number = "+427770001", api_id = %d, api_hash = "%s", settings = { _ = "codeSettings" } }
				print("ready")`, info.APIID, info.APIHash), "print: ready\nbob> the end\n"+row.want)
		})
	}
}

func TestDeniedChats(t *testing.T) {
	w := newWorld(t, "alice")
	deny, err := permission.New("s", "/", nil, permission.Rules{permission.Chats: {"1002"}})
	w.try("deny", err)
	w.permit(deny)
	for sentence, source := range map[string]string{
		"nothing is sent there":        `client:send_message("bob", "hi")`,
		"nor by a call by name":        `client.api.messages.sendMessage{ peer = "bob", message = "hi" }`,
		"nothing is read there":        `client:get_messages("bob", { limit = 1 })`,
		"nothing is forwarded thence":  `client:forward_messages("me", 1, "bob")`,
		"nor by a call by name, again": `client.api.messages.forwardMessages{ from_peer = "bob", to_peer = "me", id = { 1 } }`,
	} {
		t.Run(sentence, func(t *testing.T) {
			if got := w.printed(t, source); !strings.HasPrefix(got, "PERMISSION_DENIED") || !strings.Contains(got, "config.yaml denies it") {
				t.Errorf("got %s", got)
			}
		})
	}
	if got := w.printed(t, `print(client:send_message("me", "hi").raw_text)`); got != "hi" {
		t.Errorf("in another chat: %s", got)
	}
}
