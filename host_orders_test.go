package tgscript_test

import (
	"testing"

	"github.com/tgscript/tgscript"
)

// ordering is a host whose script boss may give these orders.
func ordering(t *testing.T, allow tgscript.Access, files map[string]string) *stage {
	t.Helper()
	files["boss.lua"] = `
		client:on("message", { incoming = true, private = true, pattern = "^(%a+) ?(.*)$" }, function(event)
			local order, name = event.matches[1], event.matches[2]
			local ok, answer = pcall(function()
				if order == "scripts" then return #tg.host.scripts() end
				return tg.host[order](name)
			end)
			if not ok then answer = answer.kind == "SCRIPT_ERROR" and answer.kind or answer.kind .. ": " .. answer.message end
			if type(answer) == "table" then answer = answer.name .. " " .. answer.ended end
			event:reply("VERSION " .. answer, { parse_mode = "none" })
		end)`
	config := tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}}
	config.Accounts["me"].Allow = map[string]tgscript.Access{"boss": allow}
	s := open(t, config, tgscript.Options{NoReload: true}, files)
	s.run()
	return s
}

func (s *stage) say(text, answer string) {
	s.t.Helper()
	s.send("@me_account", text)
	s.expect(answer)
}

func TestAScriptLooksAfterOthers(t *testing.T) {
	s := ordering(t, tgscript.Access{Host: tgscript.Strings{"reload", "pause", "resume"}}, map[string]string{"work.lua": `print("work one")`})
	s.save("work.lua", `print("work two") client:on("message", function() end)`)
	s.say("reload work", "VERSION work")
	for _, want := range []string{"work one", "work two"} {
		if got := next(t, s.printed, "line"); got != want {
			t.Errorf("%q was printed, want %q", got, want)
		}
	}
	s.say("pause work", "VERSION work")
	if got := s.host.Status().Scripts; got[1].Paused != "by boss" {
		t.Errorf("paused for %q", got[1].Paused)
	}
	s.say("resume work", "VERSION work 1")
	s.say("resume work.lua", "VERSION work 0")
	s.say("pause wrok", `VERSION NO_SUCH_SCRIPT: no script "wrok" runs there: did you mean "work"?`)
	s.say("scripts", "VERSION PERMISSION_DENIED: the script may not ask the host for status: to allow it, write `allow: { boss: { host: [\"status\"] } }` under the account in config.yaml")
	s.say("pause", "VERSION ARGUMENT: pause: argument 1 (script): a name expected, got an empty one")
	s.save("work.lua", "x x")
	s.say("reload work", "VERSION SCRIPT_ERROR")
}

// TestAScriptReloadsItself has the old version answer, and the new one from then on.
func TestAScriptReloadsItself(t *testing.T) {
	s := ordering(t, tgscript.Access{Host: tgscript.Strings{"reload"}}, map[string]string{})
	s.save("boss.lua", version("two"))
	s.say("reload boss", "VERSION boss")
	s.say("hello", "two hello")
}

func TestOrdersMustBeNamed(t *testing.T) {
	const refused = "VERSION PERMISSION_DENIED: the script may not ask the host for reload: to allow it, write `allow: { boss: { host: [\"reload\"] } }` under the account in config.yaml"
	for name, allow := range map[string]tgscript.Access{"nothing": {}, "a star": {Host: tgscript.Strings{"*"}}, "another": {Host: tgscript.Strings{"pause"}}} {
		t.Run(name, func(t *testing.T) {
			ordering(t, allow, map[string]string{}).say("reload boss", refused)
		})
	}
}

// TestLoadsDontWaitForOneAnother has two scripts reload one another while they are loaded, which would last forever.
func TestLoadsDontWaitForOneAnother(t *testing.T) {
	s := ordering(t, tgscript.Access{}, map[string]string{"work.lua": `print(select(2, pcall(tg.host.reload, "boss")).kind)`})
	if got := next(t, s.printed, "line"); got != "PERMISSION_DENIED" {
		t.Errorf("without permission: %s", got)
	}
	config := tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}}
	config.Accounts["me"].Allow = map[string]tgscript.Access{"*": {Host: tgscript.Strings{"reload"}}}
	s = open(t, config, tgscript.Options{NoReload: true}, map[string]string{"work.lua": `print(select(2, pcall(tg.host.reload, "work")).kind)`})
	s.run()
	if got := next(t, s.printed, "line"); got != "HOST" {
		t.Errorf("while it is loaded: %s", got)
	}
}
