package tgscript_test

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// journal is a log that can be read while it is written.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func me(scripts ...string) map[string]*tgscript.Account {
	return map[string]*tgscript.Account{"me": account("+42 777 0100", scripts...)}
}

const talking = `client:on("message", { incoming = true, pattern = "^talk" }, function(event)
	client:conversation(event, { timeout = 0 }, function(conv)
		conv:send_message("VERSION asks")
		conv:send_message("VERSION heard " .. conv:get_response().raw_text)
	end)
end)
client:on("message", { incoming = true, pattern = "^hello" }, function(event) event:respond("VERSION handles " .. event.raw_text) end)`

func TestAConversationFinishesWithinTheGraceOfAReload(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: me("bot.lua"), Limits: tgscript.Limits{Grace: tgscript.Duration(time.Hour)}}, tgscript.Options{NoReload: true},
		map[string]string{"bot.lua": strings.ReplaceAll(talking, "VERSION", "old")})
	s.run()
	s.send("@me_account", "talk")
	s.expect("old asks")
	s.save("bot.lua", strings.ReplaceAll(talking, "VERSION", "new"))
	if err := s.host.Reload(context.Background(), "bot"); err != nil {
		t.Fatal(err)
	}
	s.send("@me_account", "hello 1")
	s.expect("old heard hello 1")
	s.send("@me_account", "hello 2")
	s.expect("new handles hello 2")
	s.send("@me_account", "talk")
	s.expect("new asks")
}

func TestAConversationEndsAfterTheGraceOfAReload(t *testing.T) {
	log := &journal{}
	s := open(t, tgscript.Config{Accounts: me("bot.lua"), Limits: tgscript.Limits{Grace: tgscript.Duration(time.Millisecond)}},
		tgscript.Options{NoReload: true, Logger: slog.New(slog.NewTextHandler(log, nil))},
		map[string]string{"bot.lua": strings.ReplaceAll(talking, "VERSION", "old")})
	s.run()
	s.send("@me_account", "talk")
	s.expect("old asks")
	s.save("bot.lua", strings.ReplaceAll(talking, "VERSION", "new"))
	if err := s.host.Reload(context.Background(), "bot"); err != nil {
		t.Fatal(err)
	}
	if err := s.host.Settle(context.Background()); err != nil { // the old call is no more
		t.Fatal(err)
	}
	for s.host.Scripts()[0].Status().Calls > 0 {
		if err := s.host.Settle(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	s.send("@me_account", "hello")
	s.expect("new handles hello")
	if !strings.Contains(log.String(), "call was ended") || !strings.Contains(log.String(), "script was reloaded") {
		t.Errorf("the log doesn't say that the conversation was ended:\n%s", log)
	}
	s.send("@me_account", "talk") // the chat is free again
	s.expect("new asks")
}

func TestScriptsOfAnAccountKnowOfEachOthersConversations(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: me("*.lua")}, tgscript.Options{}, map[string]string{
		"first.lua": strings.ReplaceAll(talking, "VERSION", "first"),
		"second.lua": `local who
		client:on("message", { pattern = "^talk" }, function(event) who = event end)
		client:on("message", { pattern = "^too" }, function(event)
			local ok, err = pcall(client.conversation, client, who, function() end)
			event:respond(err.kind .. " " .. err.script)
		end)`,
	})
	s.run()
	s.send("@me_account", "talk")
	s.expect("first asks")
	if _, err := s.host.Sandbox().Person("bob").Send(context.Background(), "@me_account", "too", sandbox.SendOptions{}); err != nil {
		t.Fatal(err)
	}
	s.expect("CONVERSATION_BUSY first")
}

func TestHandlersThatFailArePaused(t *testing.T) {
	log := &journal{}
	s := open(t, tgscript.Config{Accounts: me("bot.lua"), Errors: tgscript.Errors{PauseAfter: 2}},
		tgscript.Options{Logger: slog.New(slog.NewTextHandler(log, nil))}, map[string]string{
			"bot.lua": `client:on("message", { incoming = true }, function() error("oops") end)
				client:on("message", { incoming = true }, function(event) event:respond("got " .. event.raw_text) end)
				tg.on_error(function(err, event) event:respond("failed at " .. event.raw_text) end)`,
		})
	s.run()
	status := func() (failing int, paused bool) {
		st := s.host.Scripts()[0].Status()
		if len(st.Failing) != 1 {
			t.Fatalf("status %+v", st)
		}
		return st.Failing[0].Errors, st.Failing[0].Paused
	}
	for _, text := range []string{"a", "b"} {
		s.send("@me_account", text)
		told := next(t, s.failures, "failure")
		if !strings.Contains(told.Error(), "message ") || !strings.Contains(told.Error(), " from ") || strings.Contains(told.Error(), "got") {
			t.Errorf("told %q, want the event's place and author", told)
		}
		s.expect("failed at " + text)
		s.expect("got " + text)
	}
	s.send("@me_account", "c")
	s.expect("got c")
	if n, paused := status(); n != 2 || !paused {
		t.Errorf("%d failures, paused %v", n, paused)
	}
	if n := strings.Count(log.String(), "handler is paused"); n != 1 {
		t.Errorf("the log says %d times that the handler is paused, want once", n)
	}
	if n := s.host.Scripts()[0].Resume(); n != 1 {
		t.Errorf("%d handlers resumed", n)
	}
	s.send("@me_account", "d")
	next(t, s.failures, "failure")
	s.expect("failed at d")
	s.expect("got d")
}

const stepping = `local order = tg.dialog("order", {
	start = function(event) event:respond("VERSION what") return "what" end,
	what = function(event, data) data.what = event.raw_text event:respond("VERSION many") return "many" end,
	many = function(event, data) event:respond("VERSION: " .. event.raw_text .. " " .. data.what) end,
})
client:on("message", { pattern = "^order$" }, function(event) order:start(event) end)`

func TestADialogOutlivesReloads(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: me("bot.lua")}, tgscript.Options{NoReload: true}, map[string]string{"bot.lua": strings.ReplaceAll(stepping, "VERSION", "1")})
	s.run()
	for i, said := range []string{"order", "tea", "3"} {
		s.send("@me_account", said)
		s.expect(strings.Fields("1 2 3")[i] + [...]string{" what", " many", ": 3 tea"}[i])
		if err := s.host.Settle(context.Background()); err != nil {
			t.Fatal(err)
		}
		s.save("bot.lua", strings.ReplaceAll(stepping, "VERSION", strings.Fields("2 3 4")[i]))
		if err := s.host.Reload(context.Background(), "bot"); err != nil {
			t.Fatal(err)
		}
	}
}

// TestADialogOutlivesTheProcess runs a second host on what the first has left.
func TestADialogOutlivesTheProcess(t *testing.T) {
	server, err := sandbox.New(sandbox.Options{Listen: "127.0.0.1:0", Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	info, dir := server.Info(), t.TempDir()
	config := tgscript.Config{
		Server: tgscript.Server{Kind: "custom", DC: info.DC, Address: info.Address, PublicKey: info.PublicKey}, APIID: info.APIID, APIHash: tgscript.Secret(info.APIHash),
		File: filepath.Join(dir, "config.yaml"), Accounts: map[string]*tgscript.Account{"bot": {BotToken: "2001:AAE-sandbox-echo-bot-token-000000001", Scripts: []string{"bot.lua"}}},
	}
	s := &stage{t: t, dir: dir}
	s.save("bot.lua", strings.ReplaceAll(stepping, "VERSION", "x"))
	heard := make(chan string, 100)
	defer server.Observe(func(e sandbox.Entry) { heard <- e.Text })()
	for _, row := range [][2]string{{"order", "x what"}, {"tea", "x many"}, {"3", "x: 3 tea"}} {
		host, err := tgscript.Open(&config, tgscript.Options{})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(context.Background())
		ended := make(chan error, 1)
		go func() { ended <- host.Run(ctx) }()
		if err := host.Ready(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := server.Person("alice").Send(ctx, "EchoBot", row[0], sandbox.SendOptions{}); err != nil {
			t.Fatal(err)
		}
		for next(t, heard, row[1]) != row[1] {
		}
		stop()
		<-ended
		if err := host.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
