package sandbox

import (
	"cmp"
	"context"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/clock"
	"github.com/gotd/td/tg"
)

// botPatience is how long Telegram waits for a bot to answer a person's button or inline query.
const botPatience = 15 * time.Second

// question is what a person asks a bot and waits for: a button pressed, or an inline query.
type question struct {
	bot, from *user
	answer    chan any // holds one
	timer     clock.Timer

	finish        func(answer any) // of a call: makes what it is answered with; nil if a person asks
	query, offset string           // of an inline query
	plays         bool             // a game's button was pressed
}

// ask puts a question to a bot: update makes what the bot is told of it. Called with the lock.
func (s *Server) ask(from, bot *user, update func(id int64) tg.UpdateClass) (int64, *question) {
	q := &question{bot: bot, from: from, answer: make(chan any, 1), timer: s.clock.Timer(botPatience)}
	id := s.freshInt64()
	s.questions[id] = q
	s.pushShort(bot, nil, update(id))
	return id, q
}

// await waits without the lock for the bot's answer.
func (s *Server) await(ctx context.Context, id int64, q *question) (any, error) {
	defer q.timer.Stop()
	select {
	case answer := <-q.answer:
		return answer, nil
	case <-q.timer.C():
	case <-ctx.Done():
	}
	s.mu.Lock()
	delete(s.questions, id)
	s.mu.Unlock()
	// The answer may have come while the lock was taken.
	select {
	case answer := <-q.answer:
		return answer, nil
	default:
		return nil, bad("BOT_RESPONSE_TIMEOUT")
	}
}

// respond gives the caller's answer to whoever asked. A question is answered once, and in time; a
// call that asked has ended when its bot's has, so that nothing comes in between.
func (c *call) respond(id int64, answer any) error {
	q := c.questions[id]
	if q == nil || q.bot != c.me {
		return bad("QUERY_ID_INVALID")
	}
	delete(c.questions, id)
	if q.finish != nil {
		q.finish(answer)
		return nil
	}
	q.answer <- answer
	return nil
}

// onWaiting adds a method that waits for a bot. It starts with the lock, as others do; what it
// returns, if it isn't an error, waits without; the bot's call makes the answer. The session's next
// calls are served meanwhile.
func onWaiting[T any, P request[T]](t table, r rules, start func(c *call, in P) (*waiting, error)) {
	var zero P = new(T)
	t.add(zero.TypeID(), method{name: zero.TypeName(), rules: r | unlocked, run: func(ctx context.Context, c *call, b *bin.Buffer) (bin.Encoder, error) {
		var in P = new(T)
		if err := c.decode(b, in); err != nil {
			return nil, bad("INPUT_FETCH_ERROR")
		}
		w, err := begin(c, r, in, start)
		if err != nil {
			return nil, err
		}
		if w.question == nil {
			return w.out, w.err
		}
		if c.session != nil {
			c.request.Release(ctx)
		}
		if _, err = c.await(ctx, w.id, w.question); err != nil {
			return nil, cmp.Or(w.late, err)
		}
		return w.out, w.err
	}})
}

func begin[P any](c *call, r rules, in P, start func(c *call, in P) (*waiting, error)) (*waiting, error) {
	c.enter()
	defer c.mu.Unlock()
	if err := c.admit(r &^ unlocked); err != nil {
		return nil, err
	}
	c.inspected.asks(in)
	w, err := start(c, in)
	switch {
	case err != nil:
		return nil, err
	case w.question == nil:
		w.end(c, nil)
	default:
		w.question.finish = func(answer any) { w.end(c, answer) }
	}
	return w, nil
}

// waiting is a call that has begun. Without a question it needs to wait for nobody.
type waiting struct {
	id       int64
	question *question
	finish   func(answer any) (bin.Encoder, error) // with the lock
	late     error                                 // when the bot hasn't answered in time; nil is BOT_RESPONSE_TIMEOUT

	out bin.Encoder // what the call is answered with, or
	err error
}

// end makes the answer, tells of the call and lets it go on. Called with the lock.
func (w *waiting) end(c *call, answer any) {
	defer func() {
		c.ended(w.out, w.err)
		if w.question != nil {
			w.question.answer <- nil
		}
	}()
	var out bin.Encoder
	if out, w.err = w.finish(answer); w.err != nil {
		return
	}
	c.inspected.says(out)
	if raw, err := encode(c.layer, out); err != nil {
		w.err = err
	} else {
		w.out = raw
	}
}
