package bindings

import (
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
)

func TestPressesAreKeptForAWhile(t *testing.T) {
	var e Env
	begin := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	press := func(id int64, after time.Duration) {
		e.Overlooked(runtime.Event{Value: &telegram.Event{Kind: telegram.EventCallback, Detail: &telegram.CallbackQuery{ID: id}}}, begin.Add(after))
	}
	take := func(after time.Duration) (id int64) {
		if q := e.presses.take(begin.Add(after), func(*telegram.CallbackQuery) bool { return true }); q != nil {
			return q.ID
		}
		return 0
	}
	press(1, 0)
	press(2, time.Second)
	e.Overlooked(runtime.Event{Value: &telegram.Event{Kind: telegram.EventMessage}}, begin)
	if id := take(pressLife + time.Second/2); id != 2 {
		t.Errorf("took %d, want the one that is not too old", id)
	}
	if id := take(0); id != 1 {
		t.Errorf("took %d, want the first", id)
	}
	if id := take(0); id != 0 {
		t.Errorf("%d is there once more", id)
	}
	for id := range int64(2 * keptPresses) {
		press(1+id, 0)
	}
	press(9999, 2*pressLife) // forgets the old ones
	if n := len(e.presses.all); n != 1 {
		t.Errorf("%d are kept", n)
	}
}
