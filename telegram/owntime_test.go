package telegram

import (
	"context"
	"testing"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// A test moves Options.Clock by hours, and the machine's own doesn't move with it.
func TestTimeIsThatOfTheOptions(t *testing.T) {
	p := newPuppet(nil)
	now := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	p.tune.now = func() time.Time { return now }

	calls := 0
	ask := func() error {
		_, err := p.ask(t.Context(), "@nobody", func(context.Context) (Peer, error) {
			calls++
			return Peer{}, tgerr.New(400, "USERNAME_NOT_OCCUPIED")
		})
		return err
	}
	for _, want := range []int{1, 1} {
		if err := ask(); err == nil || calls != want {
			t.Errorf("%v after %d calls, want %d", err, calls, want)
		}
	}
	now = now.Add(failedFor)
	if err := ask(); err == nil || calls != 2 {
		t.Errorf("%v after %d calls: a name that was unknown is asked for again after %v", err, calls, failedFor)
	}

	late := &Event{Account: p.Account, Late: true, Update: &tg.UpdateNewMessage{
		Message: &tg.Message{Date: int(now.Add(-time.Minute).Unix()), PeerID: &tg.PeerUser{UserID: 5}},
	}}
	for age, want := range map[time.Duration]bool{time.Hour: true, time.Second: false} {
		if late.Wanted(CatchUp{Max: age}) != want {
			t.Errorf("an event of a minute ago, where at most %v are wanted: want %v", age, want)
		}
	}
}
