package tgscript_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/runtime"
)

// waiting is a script whose top level ends when alice says so. It hears her only if the account's events flow.
const waiting = `client:on("message", { pattern = "^hello" }, function(event) event:respond("slow handles " .. event.raw_text) end)
client:conversation("@alice", { share = true, timeout = 0 }, function(conv)
	conv:send_message("shall I begin?")
	repeat until conv:get_response().raw_text == "begin"
end)`

const prompt = `client:on("message", { pattern = "^hello" }, function(event) event:respond("quick handles " .. event.raw_text) end)`

func TestATopLevelThatTakesLongHoldsUpNobody(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: me("a_slow.lua", "b_quick.lua")}, tgscript.Options{NoReload: true},
		map[string]string{"a_slow.lua": waiting, "b_quick.lua": prompt})
	s.run()
	s.expect("shall I begin?")
	for _, text := range []string{"hello 1", "hello 2", "hello 3"} {
		s.send("@me_account", text)
		s.expect("quick handles " + text)
	}
	s.send("@me_account", "begin")
	var handled []string
	for len(handled) < 3 {
		if e := next(t, s.entries, "answer"); strings.HasPrefix(e.Text, "slow handles") {
			handled = append(handled, e.Text)
		}
	}
	slices.Sort(handled)
	if got := strings.Join(handled, ", "); got != "slow handles hello 1, slow handles hello 2, slow handles hello 3" {
		t.Errorf("after its load it got %s", got)
	}
	s.send("@me_account", "hello 4")
	s.expect("slow handles hello 4")
}

func TestARunEndsAmidATopLevelThatNeverDoes(t *testing.T) {
	log := &journal{}
	s := open(t, tgscript.Config{Accounts: me("a_slow.lua", "b_quick.lua")},
		tgscript.Options{NoReload: true, Logger: slog.New(slog.NewTextHandler(log, nil))},
		map[string]string{"a_slow.lua": `while true do tg.sleep(1000) end`, "b_quick.lua": prompt})
	ctx, stop := context.WithCancelCause(context.Background())
	go func() { s.ended <- s.host.Run(ctx) }()
	if err := s.host.Ready(context.Background()); err != nil {
		t.Fatal(err)
	}
	s.send("@me_account", "hello")
	s.expect("quick handles hello")
	stop(errors.New("interrupted"))
	if err := next(t, s.ended, "the end of the run"); err != nil {
		t.Errorf("run ended with %v", err)
	}
	if strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("it complained: %s", log)
	}
}

func TestATopLevelThatFailsLateIsTold(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: me("a_slow.lua", "b_quick.lua")}, tgscript.Options{NoReload: true},
		map[string]string{"a_slow.lua": `client:conversation("@alice", { share = true, timeout = 0 }, function(conv)
	conv:send_message("shall I fail?")
	conv:get_response()
end)
error("as you like")`, "b_quick.lua": prompt})
	s.run()
	s.expect("shall I fail?")
	s.send("@me_account", "hello")
	if e := next(t, s.failures, "word of it"); e.Script != "a_slow" {
		t.Errorf("it tells of %s", e.Script)
	}
	s.stop()
	if err := next(t, s.ended, "the end of the run"); err == nil || !strings.Contains(err.Error(), "as you like") {
		t.Errorf("run ended with %v", err)
	}
}

func TestARunThatEndsWithALateLoadTellsWhyItFailed(t *testing.T) {
	config := tgscript.Config{Accounts: me("loop.lua")}
	config.Limits.Run = tgscript.Duration(1100 * time.Millisecond) // longer than the account waits for a load
	s := open(t, config, tgscript.Options{NoReload: true}, map[string]string{"loop.lua": "while true do end"})
	s.run()
	err := next(t, s.ended, "the end of the run")
	var failure *runtime.ScriptError
	if !errors.As(err, &failure) || failure.Script != "loop" {
		t.Errorf("run ended with %v, want the failure of the script", err)
	}
}
