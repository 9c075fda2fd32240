package inbox

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/tgscript/tgscript/telegram/store"
)

const (
	questions    = 512 // how many questions to a bot are remembered
	questionsKey = "questions"
)

// asked says whether an item is a question that has come before, and remembers it. Nothing counts questions, and a
// server asks again until it knows that they came: after a crash, too.
func (e *engine) asked(item *Item) bool {
	id := queryOf(item.Update)
	if id == 0 {
		return false
	}
	if slices.Contains(e.questions, id) {
		return item.ledger == nil // what the last process had not handled is no repetition
	}
	e.remember(id)
	return false
}

func (e *engine) remember(id int64) {
	e.learned = true
	if len(e.questions) < questions {
		e.questions = append(e.questions, id)
		return
	}
	e.questions[e.question] = id
	e.question = (e.question + 1) % questions
}

// unasked forgets the questions that the sink has not taken.
func (e *engine) unasked(items []Item) {
	for i := range items {
		if at := slices.Index(e.questions, queryOf(items[i].Update)); items[i].Update != nil && at >= 0 {
			e.questions[at], e.learned = 0, true
		}
	}
}

// loadQuestions reads those that the last process had got.
func (e *engine) loadQuestions(ctx context.Context) error {
	value, _, err := e.opts.Store.Get(ctx, namespace, questionsKey)
	if err != nil {
		return fmt.Errorf("read questions: %w", err)
	}
	for ; len(value) >= 8; value = value[8:] {
		e.remember(int64(binary.LittleEndian.Uint64(value)))
	}
	for k, r := range e.ledger.recovered {
		if id := int64(k.number); k.kind == keyQuestion && r.all && !slices.Contains(e.questions, id) {
			e.remember(id)
		}
	}
	return nil
}

// packQuestions gives what has to be stored of them; false if nothing has changed.
func (e *engine) packQuestions() (store.Op, bool) {
	if !e.learned {
		return store.Op{}, false
	}
	e.learned = false
	value := make([]byte, 0, 8*len(e.questions))
	for i := range e.questions { // the oldest first
		id := e.questions[(e.question+i)%len(e.questions)]
		value = binary.LittleEndian.AppendUint64(value, uint64(id))
	}
	return store.Op{Namespace: namespace, Key: questionsKey, Value: value}, true
}
