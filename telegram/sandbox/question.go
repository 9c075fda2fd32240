package sandbox

import (
	"cmp"
	"context"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/clock"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// botPatience is how long Telegram waits for a bot to answer a person's button or inline query.
const botPatience = 15 * time.Second

// question is what a person asks a bot and waits for: a button pressed, or an inline query.
type question struct {
	bot, from *user
	answer    chan any // holds one
	timer     clock.Timer

	query, offset string // of an inline query
	plays         bool   // a game's button was pressed
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

// respond gives the caller's answer to whoever asked. A question is answered once, and in time.
func (c *call) respond(id int64, answer any) error {
	q := c.questions[id]
	if q == nil || q.bot != c.me {
		return bad("QUERY_ID_INVALID")
	}
	delete(c.questions, id)
	q.answer <- answer
	return nil
}

// onWaiting adds a method that waits for a bot. It starts with the lock, as others do; what it
// returns, if it isn't an error, waits without, and makes the answer with the lock again. The
// session's next calls are served meanwhile.
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
		var answer any
		if w.question != nil {
			if c.session != nil {
				c.request.Release(ctx)
			}
			if answer, err = c.await(ctx, w.id, w.question); err != nil {
				return nil, cmp.Or(w.late, err)
			}
		}
		return w.end(c, answer)
	}})
}

func begin[P any](c *call, r rules, in P, start func(c *call, in P) (*waiting, error)) (*waiting, error) {
	c.enter()
	defer c.mu.Unlock()
	if err := c.admit(r &^ unlocked); err != nil {
		return nil, err
	}
	c.inspected.asks(in)
	return start(c, in)
}

// waiting is a call that has begun. Without a question it needs to wait for nobody.
type waiting struct {
	id       int64
	question *question
	finish   func(answer any) (bin.Encoder, error) // with the lock
	late     error                                 // when the bot hasn't answered in time; nil is BOT_RESPONSE_TIMEOUT
}

func (w *waiting) end(c *call, answer any) (wire.Raw, error) {
	c.enter()
	defer c.mu.Unlock()
	out, err := w.finish(answer)
	if err != nil {
		return nil, err
	}
	c.inspected.says(out)
	return encode(c.layer, out)
}
