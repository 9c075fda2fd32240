package tgscript_test

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// talk says everything that is to be handled. Some of it is lost, doubled or late on its way.
func (x *torture) talk(ctx context.Context, presses *sync.WaitGroup, messages int) {
	r := rand.New(rand.NewPCG(9, 9))
	var healing []func()
	for n := range messages {
		if !x.room(ctx) {
			return
		}
		if r.IntN(25) == 0 {
			f := sandbox.UpdateFault{Account: []string{"alice", "EchoBot"}[r.IntN(2)], Times: 1 + r.IntN(3)}
			*[]*bool{&f.Lose, &f.Twice, &f.Reorder}[r.IntN(3)] = true
			if r.IntN(10) == 0 {
				f.Lose, f.Twice, f.Reorder, f.Cut, f.Times = false, false, false, true, 1
			}
			healing = append(healing, x.server.Disturb(f))
		}
		if len(healing) > 10 {
			healing[0]()
			healing = healing[1:]
		}
		// New places come in one by one, and an author stays in one for a while.
		p := x.places[r.IntN(min(len(x.places), 4+n*len(x.places)/(messages/2+1)))]
		if r.IntN(60) == 0 {
			x.album(ctx, p, n)
		}
		text := "m" + strconv.Itoa(n) + " " + p.chat
		edited := r.IntN(30) == 0
		final := text
		if edited {
			final += " edited"
		}
		for _, reader := range p.readers {
			x.count.expect(reader + ":" + final)
		}
		m, err := x.server.Person(p.author).Send(ctx, p.chat, text, sandbox.SendOptions{})
		if err == nil && edited {
			_, err = x.server.Person(p.author).Edit(ctx, p.chat, m.ID, final)
		}
		if err != nil && ctx.Err() == nil {
			x.t.Errorf("say %s in %s: %v", text, p.chat, err)
			return
		}
		if r.IntN(40) == 0 {
			presses.Go(func() { x.press(ctx, "p"+strconv.Itoa(n)) })
		}
	}
}

// press has bob press a button of the bot's. A bot that is not there hears nothing of it, and Telegram keeps it for
// nobody.
func (x *torture) press(ctx context.Context, data string) {
	button := tg.KeyboardInlineButton{Text: data, Type: &tg.InlineButtonTypeCallback{Data: []byte(data)}}
	markup := &tg.ReplyInlineMarkup{Rows: []tg.KeyboardInlineButtonRow{{Buttons: []tg.KeyboardInlineButton{button}}}}
	bot, bob := x.server.Bot("EchoBot"), x.server.Person("bob")
	m, err := bot.Send(ctx, "bob", "press", sandbox.SendOptions{Markup: markup})
	if err == nil {
		m, err = bob.Same(bot, "bob", m.ID)
	}
	if err != nil {
		if ctx.Err() == nil {
			x.t.Errorf("make a button: %v", err)
		}
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, _ = bob.Press(ctx, "EchoBot", m.ID, data)
}

// album sends three files that belong together: they must be told of as one.
func (x *torture) album(ctx context.Context, p place, n int) {
	caption := "g" + strconv.Itoa(n) + " " + p.chat
	files := make([]sandbox.File, 3)
	for i := range files {
		files[i] = sandbox.File{Name: strconv.Itoa(i) + ".txt", Data: []byte("content")}
	}
	for _, reader := range p.readers {
		x.count.expect(reader + ":" + caption + " x3")
	}
	x.albums.Add(1)
	if _, err := x.server.Person(p.author).SendAlbum(ctx, p.chat, files, caption, sandbox.SendOptions{}); err != nil && ctx.Err() == nil {
		x.t.Errorf("send album %s: %v", caption, err)
	}
}

// askers are people who want to be asked something. They do nothing else, for all that they say is an answer.
const askers = 4

func asker(i int) string { return "asker" + strconv.Itoa(i) }

// askAgain has one of them say something that the script has a question to, again and again until all else has been
// said. The answer comes as soon as the question does: see answers.
func (x *torture) askAgain(ctx context.Context, i int, said <-chan struct{}) {
	chat, reader := "EchoBot", "bot"
	if i%2 == 1 {
		chat, reader = "alice", "me"
	}
	for n := 0; ; n++ {
		name := "k" + strconv.Itoa(n) + " " + asker(i)
		x.count.expect(reader + ":" + name)
		x.asked.Add(1)
		if _, err := x.server.Person(asker(i)).Send(ctx, chat, name, sandbox.SendOptions{}); err != nil {
			if ctx.Err() == nil {
				x.t.Errorf("say %s: %v", name, err)
			}
			return
		}
		for !x.count.has(reader + ":" + name) {
			_, _, moved := x.count.state()
			if x.count.has(reader + ":" + name) {
				break
			}
			select {
			case <-moved:
			case <-ctx.Done():
				return
			}
		}
		select {
		case <-said:
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// answers has the askers answer each question.
func (x *torture) answers() {
	questions := make(chan string, 1000)
	forget := x.server.Observe(func(e sandbox.Entry) {
		if name, ok := strings.CutPrefix(e.Text, "answer k"); ok && e.Kind == sandbox.EntrySent {
			questions <- e.From + " " + name
		}
	})
	var answering sync.WaitGroup
	answering.Go(func() {
		for question := range questions {
			parts := strings.Split(question, " ") // from, number, asker
			_, _ = x.server.Person(parts[2]).Send(context.Background(), parts[0], "because", sandbox.SendOptions{})
		}
	})
	x.t.Cleanup(func() {
		forget()
		close(questions)
		answering.Wait()
	})
}
