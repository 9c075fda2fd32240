package tgscript_test

import (
	"testing"

	"github.com/tgscript/tgscript"
)

func TestABotOfTheSandboxHasTheIDOfItsToken(t *testing.T) {
	config := tgscript.Config{Accounts: map[string]*tgscript.Account{"helper": {BotToken: "7000:AAH-anything", Scripts: tgscript.Strings{"s.lua"}}}}
	s := open(t, config, tgscript.Options{NoReload: true}, map[string]string{"s.lua": `
		print(client.me.is_bot, client.me.username, client.me.id)
		client:on("message", function() end)`})
	s.run()
	if got, want := next(t, s.printed, "line"), "true\thelper_bot\t7000"; got != want {
		t.Errorf("the script says %q, not %q", got, want)
	}
}
