package tgscript_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
)

func TestTheOwnerIsToldOfFailures(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{
		"me": {Phone: "+427770002", Scripts: tgscript.Strings{"*.lua"}, Notify: "me"},
	}}, tgscript.Options{}, map[string]string{
		"s.lua": "client:on(\"message\", function(event)\n  local t = nil\n  print(t.x, event.raw_text)\nend)\nclient:on(\"message\", { own = true }, function() error('again', 0) end)",
	})
	s.host.NoticeEvery(time.Hour)
	s.run()
	s.send("bob", "a secret")
	for limit := time.After(time.Minute); ; {
		select {
		case e := <-s.entries:
			if !strings.HasPrefix(e.Text, "⚠️ s\n") {
				continue
			}
			for _, want := range []string{"s.lua:3: ", "  local t = nil", "in the handler of message from", "script s on account me"} {
				if !strings.Contains(e.Text, want) {
					t.Errorf("%q is missing in\n%s", want, e.Text)
				}
			}
			if strings.Contains(e.Text, "a secret") {
				t.Errorf("what was said is told:\n%s", e.Text)
			}
			return
		case <-limit:
			t.Fatal("the owner was not told")
		}
	}
}

func TestFailuresAreTold(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{
		"bot": {BotToken: "2001:AAE-sandbox-echo-bot-token-000000001", Scripts: tgscript.Strings{"*.lua"}, Notify: "1001"},
	}}, tgscript.Options{}, map[string]string{
		"s.lua": "client:on(\"message\", function(event) error(event.raw_text, 0) end)",
	})
	s.host.NoticeEvery(time.Millisecond)
	s.run()
	for _, text := range []string{"one", "two", "three"} {
		s.send("EchoBot", text)
	}
	s.send("EchoBot", "four 2001:AAE-sandbox-echo-bot-token-000000001") // as an error of a server would have it
	told := map[string]bool{}
	for limit := time.After(time.Minute); len(told) < 4; {
		select {
		case e := <-s.entries:
			if e.From == "EchoBot" && strings.Contains(e.Text, "AAE-sandbox") {
				t.Fatalf("a secret is told:\n%s", e.Text)
			}
			for _, text := range []string{"one", "two", "three", "four"} {
				if e.From == "EchoBot" && strings.HasPrefix(e.Text, "⚠️ s\n") && strings.Contains(e.Text, "s.lua:1: "+text) {
					told[text] = true
				}
			}
		case <-limit:
			t.Fatalf("told of %v", told)
		}
	}
}

func TestABotCantWriteToItself(t *testing.T) {
	s := &stage{t: t, dir: t.TempDir()}
	s.save("config.yaml", botConfig("    notify: me\n"))
	_, err := tgscript.Load(filepath.Join(s.dir, "config.yaml"), tgscript.Overrides{})
	if err == nil || !strings.Contains(err.Error(), "config.yaml:6:13: notify: me means Saved Messages") {
		t.Errorf("got %v", err)
	}
}
