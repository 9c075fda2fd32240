package bindings_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
)

// written is a message event without a Telegram, so that it can happen in a bubble.
func written(id int, text string) *telegram.Event {
	peer := telegram.Peer{ID: 7, User: &tg.User{ID: 7}}
	return &telegram.Event{Kind: telegram.EventMessage, Message: &telegram.Message{
		Message: &tg.Message{ID: id, Message: text, PeerID: &tg.PeerUser{UserID: 7}}, Chat: peer, Sender: peer,
	}}
}

// TestTimesOfConversations runs waits on a clock of its own.
func TestTimesOfConversations(t *testing.T) {
	for name, c := range map[string]struct {
		options, body string
		after         time.Duration // when the conversation is over
		want          string        // what it returns
	}{
		"a wait takes a minute by default":        {`{}`, `conv:get_response()`, time.Minute, "TIMEOUT 60"},
		"the conversation says otherwise":         {`{ timeout = "5m" }`, `conv:get_response()`, 5 * time.Minute, "TIMEOUT 300"},
		"and the wait itself":                     {`{ timeout = "5m" }`, `conv:get_edit({ timeout = 2 })`, 2 * time.Second, "TIMEOUT 2"},
		"all together have their time":            {`{ total_timeout = "90s" }`, `pcall(conv.get_response, conv) conv:get_response()`, 90 * time.Second, "TIMEOUT 90"},
		"a wait for ever ends with the total":     {`{ total_timeout = "1h", timeout = 0 }`, `conv:get_reply()`, time.Hour, "TIMEOUT 3600"},
		"what came before the total still counts": {`{ total_timeout = 3 }`, `tg.sleep(10) print(conv:get_response().raw_text) conv:get_response()`, 10 * time.Second, "TIMEOUT 3"},
		"each wait has a time of its own":         {`{ timeout = 3 }`, `print(conv:get_response().raw_text) conv:get_response()`, 4 * time.Second, "TIMEOUT 3"},
		"events that don't fit buy no time":       {`{}`, `conv:wait_event("message", { func = function() return false end }, { timeout = 3 })`, 3 * time.Second, "TIMEOUT 3"},
		"cancelled from elsewhere":                {`{}`, `tg.after(7, function() conv:cancel() end) conv:get_response({ timeout = 0 }) conv:get_response({ timeout = 0 })`, 7 * time.Second, "CANCELLED nil"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				said := make(chan string, 10)
				host := runtime.NewHost(runtime.Options{
					Library: bindings.Library,
					Print:   func(_ *runtime.Generation, line string) { said <- line },
					OnError: func(e *runtime.ScriptError) { said <- e.Error() },
				})
				defer func() { _ = host.Close(context.Background()) }()
				path := filepath.Join(t.TempDir(), "s.lua")
				source := `client:on("message", { pattern = "^begin" }, function(event)
					local ok, err = pcall(client.conversation, client, event, ` + c.options + `, function(conv) ` + c.body + ` end)
					print(err.kind .. " " .. tostring(err.seconds))
				end)`
				if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
					t.Fatal(err)
				}
				script, err := host.Add(t.Context(), runtime.ScriptConfig{Name: "s", Path: path, Value: &bindings.Env{}})
				if err != nil {
					t.Fatal(err)
				}
				deliver := func(e *telegram.Event) {
					if err := script.Deliver(t.Context(), bindings.Event(e)); err != nil {
						t.Error(err)
					}
				}
				start := time.Now()
				deliver(written(1, "begin"))
				synctest.Wait()
				if c.body[:5] == "print" || c.body[:8] == "tg.sleep" || c.body[:15] == "conv:wait_event" {
					time.Sleep(time.Second)
					deliver(written(2, "an answer"))
					if c.body[:15] != "conv:wait_event" {
						if got := <-said; got != "an answer" {
							t.Errorf("heard %q first", got)
						}
					}
				}
				if got := <-said; got != c.want || time.Since(start) != c.after {
					t.Errorf("%q after %v, want %q after %v", got, time.Since(start), c.want, c.after)
				}
			})
		})
	}
}
