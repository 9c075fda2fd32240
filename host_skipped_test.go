package tgscript_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// TestWhatTelegramDidNotKeepIsTold has more happen than the server keeps, in private chats and in a supergroup, while
// its updates are lost: the differences are too long.
func TestWhatTelegramDidNotKeepIsTold(t *testing.T) {
	const lost = 50
	for _, row := range []struct{ chat, told string }{{"alice", "own"}, {"Workshop", "Workshop"}} {
		t.Run(row.chat, func(t *testing.T) {
			s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+427770001", "bot.lua")}},
				tgscript.Options{NoReload: true, Sandbox: sandbox.Options{Limits: sandbox.Limits{Log: 10}}},
				map[string]string{"bot.lua": `client:on("skipped", function(event)
	print("skipped " .. (event.chat and event.chat.title or "own") .. " " .. event.to - event.from)
end)
client:on("message", { incoming = true }, function(event) print(event.raw_text) end)`})
			s.run()
			say := func(text string) {
				t.Helper()
				if _, err := s.host.Sandbox().Person("dave").Send(context.Background(), row.chat, text, sandbox.SendOptions{}); err != nil {
					t.Fatal(err)
				}
			}
			say("before")
			if got := next(t, s.printed, "first message"); got != "before" {
				t.Fatalf("heard %q", got)
			}
			heal := s.host.Sandbox().Disturb(sandbox.UpdateFault{Account: "alice", Lose: true})
			for i := range lost {
				say(fmt.Sprint("lost ", i))
			}
			heal()
			say("and then") // the gap shows; the difference, too long, does not bring it either
			skipped, heard, line := 0, 0, ""
			for line != "after" {
				line = next(t, s.printed, "word of what was lost")
				var n int
				if _, err := fmt.Sscanf(line, "skipped "+row.told+" %d", &n); err == nil {
					skipped += n
					say("after")
				} else if strings.HasPrefix(line, "lost ") {
					heard++ // the newest ones of a channel come along
				}
			}
			if skipped < lost || skipped > lost+1 {
				t.Errorf("told of %d updates, and %d messages came", skipped, heard)
			}
		})
	}
}
