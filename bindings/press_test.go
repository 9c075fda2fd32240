package bindings_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// press lets a person press a button below the last message that has it. What the bot says comes as a line.
func (w *world) press(t *testing.T, who, button string) {
	t.Helper()
	who, chat, elsewhere := strings.Cut(who, "@")
	if !elsewhere {
		chat = w.name
	}
	person := w.server.Person(who)
	messages, err := person.Messages(chat)
	if err != nil {
		t.Fatal(err)
	}
	has := func(m sandbox.Message) bool { return slices.Contains(slices.Concat(m.Buttons...), button) }
	i := len(messages) - 1
	for ; i >= 0 && !has(messages[i]); i-- {
	}
	if i < 0 {
		t.Fatalf("no message in %s has the button %q", chat, button)
	}
	w.pressing.Add(1)
	go func() {
		defer w.pressing.Done()
		answer, err := person.Press(w.ctx, chat, messages[i].ID, button)
		line := who + " is told: "
		switch {
		case errors.Is(err, w.ctx.Err()) && err != nil:
			return
		case err != nil:
			line += "nothing"
		case answer.Alert:
			line += "(alert) " + answer.Text
		case answer.URL != "":
			line += answer.URL
		default:
			line += answer.Text
		}
		w.tell(strings.TrimSpace(line))
	}()
}
