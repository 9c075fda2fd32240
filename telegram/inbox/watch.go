package inbox

import (
	"context"
	"time"

	"github.com/gotd/td/tg"
)

const (
	quietTime = 3 * time.Minute // how long nothing may come before we ask whether there was nothing

	// The state of the account says nothing about its channels. The liveliest are asked one by one.
	watchedChannels = 3
	livelyFor       = time.Hour
)

// watch notices a link that stands but brings nothing, and a server that knows less than we do.
type watch struct {
	after    time.Duration
	at       time.Time // when to look again
	last     time.Time // something came
	checking bool
	behind   bool // the server has said once that our numbers are ahead of its own
}

func (w *watch) start(now time.Time, after time.Duration) {
	w.after, w.last, w.at = after, now, now.Add(after)
}

func (w *watch) heard(now time.Time) { w.last = now }

// quiet says whether it is time to ask.
func (w *watch) quiet(now time.Time) bool {
	if now.Before(w.at) {
		return false
	}
	w.at = w.last.Add(w.after)
	if now.Before(w.at) {
		return false
	}
	w.at = now.Add(w.after)
	return true
}

// check compares our state with the server's.
func (e *engine) check(time.Time) {
	if e.watch.checking {
		return
	}
	e.watch.checking = true
	asked := e.pts.pts
	e.spawn(func(ctx context.Context) func(time.Time) {
		state, err := e.opts.API.UpdatesGetState(ctx)
		return func(now time.Time) {
			e.watch.checking = false
			if err != nil {
				e.log.Debug("update state can't be compared", "error", err)
				return
			}
			e.compare(now, asked, state)
		}
	})
}

func (e *engine) checkChannels(now time.Time) {
	for i, b := range byActivity(e.channels) {
		if i == watchedChannels || now.Sub(b.active) > livelyFor {
			return
		}
		e.want(now, b)
	}
}

func (e *engine) compare(now time.Time, asked int, state *tg.UpdatesState) {
	switch {
	case state.Pts < asked && e.watch.behind:
		e.watch.behind = false
		e.log.Warn("server has lost updates that were handled, following it", "from", e.pts.pts, "to", state.Pts)
		e.adopt(state)
	case state.Pts < asked:
		e.watch.behind = true
		e.check(now)
	case state.Pts > e.pts.pts || state.Qts > e.qts.pts:
		e.watch.behind = false
		e.log.Info("missed updates while it was quiet, fetching them", "from", e.pts.pts, "to", state.Pts, "updates", max(0, state.Pts-e.pts.pts)+max(0, state.Qts-e.qts.pts))
		e.want(now, &e.pts)
	default:
		e.watch.behind = false
	}
}

// present gives up what can't be fetched and goes on from the server's state. Of what is only unreadable it skips a
// single update.
func (e *engine) present(single bool) {
	b := &e.pts
	b.fetching, e.qts.fetching = true, true
	e.spawn(func(ctx context.Context) func(time.Time) {
		state, err := e.opts.API.UpdatesGetState(ctx)
		return func(now time.Time) {
			if err != nil {
				e.failed(now, b, err)
				return
			}
			b.narrow = 0
			if single && b.pts+1 < state.Pts {
				e.jump(b, b.pts+1)
				e.fetch()
				return
			}
			e.jump(b, state.Pts)
			e.adopt(state)
			b.tries = 0
			e.complete(now)
		}
	})
}

// adopt makes the server's state ours, also if that is a step back.
func (e *engine) adopt(state *tg.UpdatesState) {
	e.pts.pts, e.qts.pts = state.Pts, state.Qts
	e.pts.covered(state.Pts)
	e.qts.covered(state.Qts)
	e.touch(&e.pts)
	e.touch(&e.qts)
	e.common = common{seq: state.Seq, date: state.Date}
}
