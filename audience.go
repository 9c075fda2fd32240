package tgscript

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/telegram"
)

// audience are the scripts of one account. Its events come to all of them, one after another. The list is replaced,
// never changed: scripts come and go on other goroutines while events are being delivered.
type audience struct {
	// patience is how long an event may wait for a script whose queue is full while others listen, too; 0 is for ever.
	patience time.Duration
	all      atomic.Pointer[[]*listener]
}

// listener is a script in the audience. One that is far behind makes its account wait, or, if the config sets an end
// to that, misses what it has no room for, until it has caught up.
type listener struct {
	script *runtime.Script
	may    *permission.Set
	late   telegram.CatchUp // which events of the time when the account was down it gets
	left   atomic.Bool      // the script was taken out: its end refuses nothing

	// Of the goroutine that delivers, of which an account has one:
	behind bool // its queue was full for longer than patience
	missed int  // events since then
}

// add lets a script hear the account's events from now on.
func (a *audience) add(s *runtime.Script, may *permission.Set, late telegram.CatchUp) {
	for {
		old := a.all.Load()
		var list []*listener
		if old != nil {
			list = slices.Clone(*old)
		}
		list = append(list, &listener{script: s, may: may, late: late})
		if a.all.CompareAndSwap(old, &list) {
			return
		}
	}
}

// remove takes a script out while the account goes on. An event that it refuses at its end is not refused for the
// others: it would come again to all of them.
func (a *audience) remove(s *runtime.Script) {
	for {
		old := a.all.Load()
		if old == nil {
			return
		}
		list := slices.DeleteFunc(slices.Clone(*old), func(l *listener) bool {
			if l.script == s {
				l.left.Store(true)
			}
			return l.script == s
		})
		if a.all.CompareAndSwap(old, &list) {
			return
		}
	}
}

// leave empties the audience and tells who was in it.
func (a *audience) leave() []*runtime.Script {
	all := a.all.Swap(nil)
	if all == nil {
		return nil
	}
	scripts := make([]*runtime.Script, len(*all))
	for i, l := range *all {
		scripts[i] = l.script
	}
	return scripts
}

// hear gives an event to every script. One with a full queue makes the account wait: its updates stay with Telegram
// meanwhile, and nothing is missed. Scripts that are being closed make it wait for the end of ctx: what
// they have not handled comes again at the next start.
func (a *audience) hear(ctx context.Context, e *telegram.Event, log *slog.Logger) {
	all := a.all.Load()
	if all == nil {
		return
	}
	event := bindings.Event(e)
	refused := false
	for _, l := range *all {
		switch {
		case e.HandledBy(l.script.Name()): // before a crash, in which others were not done with it
			continue
		case !bindings.MayHear(l.may, e), !e.Wanted(l.late):
			continue
		}
		var err error
		if len(*all) == 1 || a.patience == 0 {
			err = l.wait(ctx, event, log)
		} else {
			err = l.deliver(ctx, event, a.patience, log)
		}
		refused = refused || err != nil && !l.left.Load()
	}
	if refused {
		<-ctx.Done()
		e.Refuse()
	}
}

// tellAfter is how long an account waits for a script without a word.
const tellAfter = 5 * time.Second

// wait delivers the event as soon as there is room, and says so if that takes long. It returns an error as deliver does.
func (l *listener) wait(ctx context.Context, event runtime.Event, log *slog.Logger) error {
	heard, err := l.script.Offer(event)
	if err != nil || heard {
		return err
	}
	late := time.AfterFunc(tellAfter, func() {
		log.Warn("script is far behind, its account waits for it", "script", l.script.Name(), "queued", l.script.Status().Queued)
	})
	defer late.Stop()
	return l.script.Deliver(ctx, event)
}

// deliver returns an error when the script is closed, or ctx has ended before there was room.
func (l *listener) deliver(ctx context.Context, event runtime.Event, patience time.Duration, log *slog.Logger) error {
	heard, err := l.script.Offer(event)
	if err != nil {
		return err
	}
	if !heard && !l.behind {
		waiting, stop := context.WithTimeout(ctx, patience)
		err := l.script.Deliver(waiting, event)
		stop()
		if errors.Is(err, runtime.ErrClosed) {
			return err
		}
		heard = err == nil
		if !heard && ctx.Err() != nil {
			return err
		}
		if !heard {
			log.Error("script is too far behind and misses events", "script", l.script.Name(), "queued", l.script.Status().Queued)
			l.behind = true
		}
	}
	switch {
	case !heard:
		l.missed++
	case l.behind:
		log.Warn("script has caught up", "script", l.script.Name(), "missed", l.missed)
		l.behind, l.missed = false, 0
	}
	return nil
}
