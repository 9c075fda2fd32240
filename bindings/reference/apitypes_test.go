package reference_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
	"github.com/tgscript/tgscript/telegram/schema"
)

func TestAPITypes(t *testing.T) {
	text := string(reference.APITypes())
	if _, err := syntax.Parse(reference.APITypesFile, []byte(text)); err != nil {
		t.Fatal(err)
	}
	defined := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^---@(?:class|alias) ([\w.]+)`).FindAllStringSubmatch(text, -1) {
		if defined[m[1]] {
			t.Errorf("%s is defined twice", m[1])
		}
		defined[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`\b(?:api|Api)\.[\w.]+`).FindAllString(text, -1) {
		if !defined[m] {
			t.Errorf("%s is not defined", m)
		}
	}
	for _, name := range schema.Names(false) {
		if !defined["api."+name] {
			t.Errorf("there is no class of %s", name)
		}
	}
	for _, name := range schema.Names(true) {
		if !defined["api.call."+name] {
			t.Errorf("there is no class of the parameters of %s", name)
		}
	}
	for _, want := range []string{
		"---@field peer api.given.InputPeer\n---@field offset_id? integer\n", // what may be left out
		"---@alias api.type.Bool api.boolFalse|api.boolTrue\n",
		"function messages.getHistory(args, options) end",
		"---@return api.type.messages.Messages\n",
		"---@field user_id integer\n",
		"---@field access_hash? string\n",
		"---@field access_hash integer|string\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not there", want)
		}
	}
	if len(text) > 1<<20 {
		t.Errorf("%d bytes are a lot for editors", len(text))
	}
}

const rightCalls = `
local history = client.api.messages.getHistory{ peer = "@durov", limit = 10 }
for _, m in ipairs(history.messages) do
  if m._ == "message" then print(m.message, m.id + 1) end
end
client.api.messages.sendMessage({ peer = client.me, message = "hi", reply_to = 5 }, { timeout = "5s" })
print(client.api.users.getUsers{ id = { "me", 5 } }[1])
client.api.messages.setTyping{ peer = "me", action = "sendMessageTypingAction" }
client.api.messages.setTyping{ peer = "me", action = { _ = "sendMessageUploadPhotoAction", progress = 5 } }
client.api.messages.sendMessage{ peer = "me", message = "hi", entities = { { _ = "messageEntityBold", offset = 0, length = 5 } } }
client.api.messages.sendMessage{ peer = { _ = "inputPeerUser", user_id = 5, access_hash = "5" }, message = "hi" }
print(client.api.help.getConfig().date, client.api.updates.getState():to_table())
print(client.api{ { "messages.sendMessage", { peer = "me", message = "x" } } })
`

const wrongCalls = `
client.api.messages.sendMesage{ peer = "me", message = "hi" }
client.api.messages.sendMessage{ peer = "me" }
client.api.messages.sendMessage{ peer = true, message = "hi" }
print(client.api.mesages)
print(client.api.updates.getState().ptz)
`

// TestEditorsUnderstandTheTypes asks EmmyLua's checker, where there is one (cargo install emmylua_check).
func TestEditorsUnderstandTheTypes(t *testing.T) {
	checker, err := exec.LookPath("emmylua_check")
	if err != nil {
		t.Log("no emmylua_check: only our own parser has seen the types")
		return
	}
	check := func(source string) (warnings int, text string) {
		dir := t.TempDir()
		for name, text := range map[string][]byte{
			reference.TypesFile: reference.LuaCATS(bindings.Table()), reference.APITypesFile: reference.APITypes(), "calls.lua": []byte(source),
		} {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		out, _ := exec.CommandContext(t.Context(), checker, dir).CombinedOutput()
		return strings.Count(string(out), "warning: ") + strings.Count(string(out), "error: "), string(out)
	}
	if n, text := check(rightCalls); n != 0 {
		t.Errorf("right calls are wrong:\n%s", text)
	}
	_, text := check(wrongCalls)
	for _, line := range []string{"2:21", "3:32", "4:34", "5:18", "6:37"} {
		if !strings.Contains(text, "calls.lua:"+line) {
			t.Errorf("what is wrong at %s was not found:\n%s", line, text)
		}
	}
}
