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
		w.server.Settle() // what the handler did before is told before
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

// ask lets a person type a query after the bot's name.
func (w *world) ask(who, query string) {
	w.pressing.Add(1)
	go func() {
		defer w.pressing.Done()
		offers, err := w.server.Person(who).Inline(w.ctx, w.name, query)
		if err != nil {
			w.tell(who + " is offered nothing")
			return
		}
		select {
		case <-w.offered: // nobody chose of those
		default:
		}
		w.offered <- offers
		titles := make([]string, len(offers))
		for i, o := range offers {
			titles[i] = o.Type + " " + o.Title
		}
		w.tell(strings.TrimSpace(who + " is offered: " + strings.Join(titles, ", ")))
	}()
}

// choose lets a person send what was offered last, by its title.
func (w *world) choose(t *testing.T, who, title string) {
	t.Helper()
	who, chat, elsewhere := strings.Cut(who, "@")
	if !elsewhere {
		chat = w.name
	}
	offers := <-w.offered
	i := slices.IndexFunc(offers, func(o sandbox.Offer) bool { return o.Title == title })
	if i < 0 {
		t.Fatalf("nothing was offered with the title %q", title)
	}
	if _, err := w.server.Person(who).Choose(w.ctx, chat, offers[i]); err != nil {
		t.Fatal(err)
	}
}
