package inbox

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

const (
	gapWait   = 500 * time.Millisecond // for updates that overtook each other on the way
	freshWait = 100 * time.Millisecond // the same, where nothing tells which is the first
	batchSize = 256                    // items handed to the sink at once

	keptInputs = 512 // room that stays allocated between two bursts
	keptItems  = 2 * batchSize
)

// common is the part of the account's state that isn't a sequence with a box.
type common struct{ seq, date int }

// engine is the state of one inbox. Only the goroutine of run touches it.
type engine struct {
	opts Options
	log  *slog.Logger

	pts, qts box
	common   common
	ahead    []heldSeq // containers that overtook another one
	seqDue   time.Time
	// uncounted says that a difference has brought updates that only seq counts.
	uncounted bool
	channels  map[int64]*box

	ledger   *ledger
	left     []Item // what the last process had not handled; handed over first
	out      []Item
	marks    []mark // of each item in out
	touched  []*box
	arrivals []*arrival
	accepted common

	spawn    func(work work) // runs beside the engine; its answer comes back into it
	answers  chan func(now time.Time)
	looking  bool // whether there is more
	wholes   []*whole
	running  int    // differences of channels under way
	line     []*box // channels that wait for one of those to end
	timer    timer
	saver    saver
	watch    watch
	newcomer bool // there was no stored state: nothing has been missed
	started  int  // unix time; what was written before came late
	origin   int  // and the time since when channels count that were never heard of
	visit    func(b *box, h *held)
	previous []input // emptied and swapped with the queue
}

// work is a call; the function that it returns is run by the engine.
type work func(ctx context.Context) (answer func(now time.Time))

func newEngine(opts Options) *engine {
	e := &engine{opts: opts, log: opts.Logger, ledger: newLedger(opts.Logger), channels: make(map[int64]*box), answers: make(chan func(time.Time))}
	e.visit = e.turn
	return e
}

// run is the life of the engine. Whatever it started has ended when it returns.
func (e *engine) run(ctx context.Context, q *queue) error {
	calls, stop := context.WithCancel(ctx)
	var workers sync.WaitGroup
	e.spawn = func(call work) {
		workers.Go(func() {
			answer := call(calls)
			select {
			case e.answers <- answer:
			case <-calls.Done():
			}
		})
	}
	e.timer.init()
	defer func() {
		stop()
		workers.Wait()
		e.timer.stop()
		q.end(e.log)
		e.saveLast(context.WithoutCancel(ctx))
		if err := e.ledger.shut(); err != nil {
			e.log.WarnContext(ctx, "journal can't be closed", "error", err)
		}
	}()

	now := time.Now()
	e.started = int(now.Unix())
	e.watch.start(now, e.opts.Quiet)
	if !e.newcomer {
		for _, item := range e.left {
			e.deliver(item)
			e.ledger.note(item.key, 0) // a difference may bring it as well
			if as := changedKey(item.Update); as.kind != keyNone {
				e.ledger.note(as, 0)
			}
		}
		e.left = nil
		if err := e.flush(ctx); err != nil {
			return err
		}
		e.resume(now, true)
	}
	for {
		e.timer.set(e.nextDue())
		select {
		case <-ctx.Done():
			return nil
		case <-q.wake:
			if err := e.receive(ctx, q); err != nil {
				return err
			}
		case answer := <-e.answers:
			answer(time.Now())
		case <-e.timer.clock.C:
			e.expire(time.Now())
			q.again()
		}
		e.tellWhole()
		if err := e.flush(ctx); err != nil {
			return err
		}
		if len(e.arrivals) > 0 {
			e.arrived(time.Now())
		}
		e.save()
	}
}

// receive handles all that waits in the queue.
func (e *engine) receive(ctx context.Context, q *queue) error {
	items, left, lost := q.take(e.previous)
	now := time.Now()
	for i := range items {
		in := &items[i]
		switch {
		case in.reconnected:
			e.resume(now, false)
		case in.unreadable:
			e.log.Warn("something was sent that this version can't read; asking for what came with it")
			e.wait(&e.pts, now.Add(freshWait)) // there may be more of it
			e.checkChannels(now)
		case in.arrival != nil:
			e.arrivals = append(e.arrivals, in.arrival)
		case in.look != nil:
			e.look(now, *in.look)
		case in.whole != nil:
			e.wholes = append(e.wholes, in.whole)
		case in.waited != nil:
			e.watch.heard(now)
			e.dated(in.date)
			e.deliver(e.ledger.release(in.waited, in.late))
		case in.note != nil:
			e.deliver(Item{Note: in.note})
		case in.affected.pts > 0:
			at := position{kind: commonUpdate, pts: in.affected.pts, count: in.affected.count}
			if in.affected.channel != 0 {
				at.kind, at.channel = channelUpdate, in.affected.channel
			}
			e.counted(now, at, Item{Own: true})
		default:
			e.container(now, in.updates, in.own)
		}
		*in = input{} // for the garbage collector
		if len(e.out) >= batchSize {
			if err := e.flush(ctx); err != nil {
				return err
			}
		}
	}
	if e.previous = items; cap(items) > keptInputs {
		e.previous = nil // after a burst
	}
	if lost.tell(ctx, e.log); lost.stuck != nil {
		e.saver.plan() // wakes us
	}
	for channel := range left {
		if channel == 0 {
			e.want(now, &e.pts)
		} else {
			e.want(now, e.unheard(now, channel))
		}
	}
	return nil
}

// flush hands what is due to the sink; what the sink has taken may be stored.
func (e *engine) flush(ctx context.Context) error {
	if len(e.out) > 0 {
		if taken, err := e.opts.Sink(ctx, e.out); err != nil {
			e.acceptSome(taken)
			e.unasked(e.out[min(taken, len(e.out)):])
			e.ledger.behind = true
			return fmt.Errorf("hand updates over: %w", err)
		}
		if cap(e.out) > keptItems {
			e.out, e.marks = nil, nil // after a long difference
		}
		clear(e.out)
		clear(e.marks)
		e.out, e.marks = e.out[:0], e.marks[:0]
	}
	for _, b := range e.touched {
		b.touched = false
		b.accepted.pts, b.accepted.top, b.accepted.look, b.accepted.since = b.pts, b.top, b.look, b.since
		e.saver.changed(b)
	}
	e.touched = e.touched[:0]
	if e.accepted != e.common {
		e.accepted = e.common
		e.saver.changed(&e.pts)
	}
	return nil
}

// mark is how far a sequence has come with an item. What a difference brings has none: it counts as a
// whole.
type mark struct {
	b        *box
	pts, top int
}

// acceptSome notes what the sink has taken before it failed.
func (e *engine) acceptSome(taken int) {
	for _, m := range e.marks[:min(taken, len(e.marks))] {
		if m.b != nil {
			m.b.accepted.pts, m.b.accepted.top = m.pts, m.top
			e.saver.changed(m.b)
		}
	}
}

// resume asks for everything that may have been missed, the busiest channels first.
func (e *engine) resume(now time.Time, late bool) {
	e.pts.late = e.pts.late || late
	e.want(now, &e.pts)
	for _, b := range byActivity(e.channels) {
		b.late = b.late || late
		e.want(now, b)
	}
}

// expire does what has become due.
func (e *engine) expire(now time.Time) {
	for _, b := range e.timer.rang(now) {
		switch {
		case b.fresh:
			e.begin(now, b)
		case b.lined: // its turn comes
		case b.look > 0:
			e.fetchChannel(now, b) // once more
		default:
			e.want(now, b)
		}
	}
	if !e.seqDue.IsZero() && !e.seqDue.After(now) {
		e.seqDue = time.Time{}
		e.want(now, &e.pts)
	}
	if e.watch.quiet(now) {
		e.check(now)
		e.checkChannels(now)
	}
}

func (e *engine) nextDue() time.Time {
	return earlier(earlier(e.watch.at, e.seqDue), earlier(e.saver.due(), e.timer.next))
}
