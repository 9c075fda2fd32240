package inbox

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

const (
	questions    = 512 // how many questions to a bot are remembered
	questionsKey = "questions"
)

// memory knows the last questions that bots were asked. Nothing counts questions, and a server asks again until it
// knows that they came: after a crash, too.
type memory struct {
	ids     []int64
	oldest  int  // where it is, once there are many
	learned bool // of some since the state was last stored
}

func (m *memory) remember(id int64) {
	m.learned = true
	if len(m.ids) < questions {
		m.ids = append(m.ids, id)
		return
	}
	m.ids[m.oldest] = id
	m.oldest = (m.oldest + 1) % questions
}

// isQuestion says whether an update is one that somebody waits for an answer to, or that Telegram tells a bot about once
// and for good in the same way.
func isQuestion(u tg.UpdateClass) bool {
	if _, chosen := u.(*tg.UpdateBotInlineSend); chosen {
		return true
	}
	return queryOf(u) != 0
}

// repeated says whether a question has come before, and remembers it.
func (l *ledger) repeated(id int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if slices.Contains(l.asked.ids, id) {
		return true
	}
	l.asked.remember(id)
	return false
}

// asked says whether an item is a question that has come before. What the last process had not handled is none, nor
// what was looked at when it arrived.
func (e *engine) asked(item *Item) bool {
	id := queryOf(item.Update)
	return id != 0 && e.ledger.repeated(id) && item.ledger == nil
}

// unasked forgets the questions that the sink has not taken and that don't come again by themselves.
func (e *engine) unasked(items []Item) {
	l := e.ledger
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range items {
		if items[i].Update == nil || items[i].written || items[i].kept {
			continue
		}
		if at := slices.Index(l.asked.ids, queryOf(items[i].Update)); at >= 0 {
			l.asked.ids[at], l.asked.learned = 0, true
		}
	}
}

// loadQuestions reads those that the last process had got.
func (e *engine) loadQuestions(ctx context.Context) error {
	value, _, err := e.opts.Store.Get(ctx, namespace, questionsKey)
	if err != nil {
		return fmt.Errorf("read questions: %w", err)
	}
	l := e.ledger
	l.mu.Lock()
	defer l.mu.Unlock()
	for ; len(value) >= 8; value = value[8:] {
		l.asked.remember(int64(binary.LittleEndian.Uint64(value)))
	}
	for k, r := range l.recovered {
		if id := int64(k.number); k.kind == keyQuestion && r.all && !slices.Contains(l.asked.ids, id) {
			l.asked.remember(id)
		}
	}
	for i := range e.left {
		if id := queryOf(e.left[i].Update); id != 0 && !slices.Contains(l.asked.ids, id) {
			l.asked.remember(id)
		}
	}
	return nil
}

// unlearned says that they could not be stored.
func (l *ledger) unlearned() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked.learned = true
}

// packQuestions gives what has to be stored of them; false if nothing has changed.
func (e *engine) packQuestions() (store.Op, bool) {
	l := e.ledger
	l.mu.Lock()
	defer l.mu.Unlock()
	m := &l.asked
	if !m.learned {
		return store.Op{}, false
	}
	m.learned = false
	value := make([]byte, 0, 8*len(m.ids))
	for i := range m.ids { // the oldest first
		id := m.ids[(m.oldest+i)%len(m.ids)]
		value = binary.LittleEndian.AppendUint64(value, uint64(id))
	}
	return store.Op{Namespace: namespace, Key: questionsKey, Value: value}, true
}
