package telegram_test

import (
	"context"
	"testing"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// TestWhatNoClientKnows sends something that can't be read in the place of a message.
func TestWhatNoClientKnows(t *testing.T) {
	asAlice(t, func(_ context.Context, s *sandbox.Server, _ *telegram.Account, l *listener) {
		s.Disturb(sandbox.UpdateFault{Account: "alice", Times: 1, Strange: true})
		say(t, s, "bob", "alice", "one")
		l.wants("message bob one")
		say(t, s, "bob", "alice", "two")
		l.wants("message bob two")
	})
}
