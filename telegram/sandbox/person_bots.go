package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/gotd/td/tg"
)

// ErrNoButton is a press of a button that isn't below the message.
var ErrNoButton = errors.New("no such button")

// Answer is what a bot says to a button.
type Answer struct {
	Text  string
	Alert bool   // Text is a dialogue box, not a passing notice
	URL   string // to be opened
}

// Press presses the button with this text, or callback data, below a message, and waits for the
// bot's answer. A button that opens a link gives the link; one of a reply keyboard is said aloud.
func (p *Person) Press(ctx context.Context, chat string, message int, button string) (Answer, error) {
	pressed, err := p.BeginPress(chat, message, button)
	if err != nil {
		return Answer{}, err
	}
	return pressed.Wait(ctx)
}

// Pressed is a button that was pressed.
type Pressed struct {
	asking
	ready Answer
}

// BeginPress is Press that doesn't wait.
func (p *Person) BeginPress(chat string, message int, button string) (*Pressed, error) {
	pressed := &Pressed{asking: asking{server: p.server, what: "press", whom: button}}
	err := p.act(func(u *user) error {
		s := p.server
		r, at, err := s.message(u, chat, message)
		if err != nil {
			return err
		}
		m, ok := r.said()
		if !ok {
			return fmt.Errorf("press %q: %w", button, ErrNoButton)
		}
		switch markup := m.ReplyMarkup.(type) {
		case *tg.ReplyInlineMarkup:
			var data []byte
			if data, pressed.ready.URL, err = inlineNamed(markup, button); err != nil || pressed.ready.URL != "" {
				return err
			}
			pressed.id, pressed.question, err = s.press(u, r, data)
			return err
		case *tg.ReplyKeyboardMarkup:
			return s.sayButton(u, at, r, markup, button)
		}
		return fmt.Errorf("press %q: %w", button, ErrNoButton)
	})
	return pressed, err
}

// Wait waits for the bot's answer.
func (w *Pressed) Wait(ctx context.Context) (Answer, error) {
	if w.question == nil {
		return w.ready, nil
	}
	answer, err := w.wait(ctx)
	if err != nil {
		return Answer{}, err
	}
	said := answer.(*tg.MessagesBotCallbackAnswer)
	return Answer{said.Message, said.Alert, said.URL}, nil
}

// asking is something that a bot was asked.
type asking struct {
	server     *Server
	id         int64
	question   *question // nil for one that needs no answer
	what, whom string
}

// Answered says whether Wait returns at once.
func (a *asking) Answered() bool { return a.question == nil || len(a.question.answer) > 0 }

func (a *asking) wait(ctx context.Context) (any, error) {
	answer, err := a.server.await(ctx, a.id, a.question)
	if err != nil {
		return nil, fmt.Errorf("%s %q: %w", a.what, a.whom, errors.Join(err, ctx.Err()))
	}
	return answer, nil
}

// buttonTexts are what the buttons of a markup say.
func buttonTexts(markup tg.ReplyMarkupClass) [][]string {
	var rows [][]string
	switch markup := markup.(type) {
	case *tg.ReplyInlineMarkup:
		for _, row := range markup.Rows {
			var texts []string
			for _, b := range row.Buttons {
				texts = append(texts, b.Text)
			}
			rows = append(rows, texts)
		}
	case *tg.ReplyKeyboardMarkup:
		for _, row := range markup.Rows {
			var texts []string
			for _, b := range row.Buttons {
				texts = append(texts, b.Text)
			}
			rows = append(rows, texts)
		}
	}
	return rows
}

// inlineNamed finds an inline button by its text or data.
func inlineNamed(markup *tg.ReplyInlineMarkup, name string) (data []byte, url string, err error) {
	for _, row := range markup.Rows {
		for _, b := range row.Buttons {
			switch kind := b.Type.(type) {
			case *tg.InlineButtonTypeCallback:
				if b.Text == name || bytes.Equal(kind.Data, []byte(name)) {
					return kind.Data, "", nil
				}
			case *tg.InlineButtonTypeURL:
				if b.Text == name {
					return nil, kind.URL, nil
				}
			}
		}
	}
	return nil, "", fmt.Errorf("press %q: %w", name, ErrNoButton)
}

// sayButton says what a button of a reply keyboard says; in a group, as an answer to the bot.
func (s *Server) sayButton(u *user, at peer, r *record, markup *tg.ReplyKeyboardMarkup, name string) error {
	for _, row := range markup.Rows {
		for _, b := range row.Buttons {
			if b.Text != name {
				continue
			}
			text, entities, err := s.compose(b.Text, nil, s.inputUser)
			if err != nil {
				return fmt.Errorf("press %q: %w", name, err)
			}
			d := draft{from: u, to: at, text: text, entities: entities}
			if at.kind != peerUser {
				d.replyTo = r.id
			}
			s.post(d)
			return nil
		}
	}
	return fmt.Errorf("press %q: %w", name, ErrNoButton)
}

// React puts a reaction below a message; "" takes it away.
func (p *Person) React(ctx context.Context, chat string, message int, emoticon string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return p.act(func(u *user) error {
		r, _, err := p.server.message(u, chat, message)
		if err != nil {
			return err
		}
		var keys []string
		if emoticon != "" {
			key, err := reactionKey(&tg.ReactionEmoji{Emoticon: emoticon})
			if err != nil {
				return fmt.Errorf("react: %w", err)
			}
			keys = []string{key}
		}
		if _, err := p.server.react(u, r, keys, false, nil); err != nil {
			return fmt.Errorf("react: %w", err)
		}
		return nil
	})
}

// Vote chooses answers of a poll, numbered from 0; none takes the vote back.
func (p *Person) Vote(ctx context.Context, chat string, message int, answers ...int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return p.act(func(u *user) error {
		r, _, err := p.server.message(u, chat, message)
		if err != nil {
			return err
		}
		var options [][]byte
		if r.post.extra != nil && r.post.extra.poll != nil {
			for _, number := range answers {
				if number < 0 || number >= len(r.post.extra.poll.asked.Answers) {
					return fmt.Errorf("vote for answer %d: %w", number, bad("OPTION_INVALID"))
				}
				options = append(options, r.post.extra.poll.option(number))
			}
		}
		if _, err := p.server.vote(u, r, options, nil); err != nil {
			return fmt.Errorf("vote: %w", err)
		}
		return nil
	})
}

// Offer is one result of an inline query.
type Offer struct {
	ID, Type, Title, Description string

	answer *inlineAnswer
}

// Inline types a query to an inline bot and waits for what it offers.
func (p *Person) Inline(ctx context.Context, bot, query string) ([]Offer, error) {
	queried, err := p.BeginInline(bot, query)
	if err != nil {
		return nil, err
	}
	return queried.Wait(ctx)
}

// Queried is a query that was typed.
type Queried struct {
	asking
	known *inlineAnswer
}

// BeginInline is Inline that doesn't wait.
func (p *Person) BeginInline(bot, query string) (*Queried, error) {
	queried := &Queried{asking: asking{server: p.server, what: "ask", whom: bot}}
	err := p.act(func(u *user) error {
		s := p.server
		at, err := s.chat(u, bot)
		if err != nil {
			return err
		}
		asked := s.users[at.id]
		if at.kind != peerUser || !asked.bot {
			return fmt.Errorf("ask %q: %w", bot, bad("BOT_INVALID"))
		}
		if queried.known = s.inlineKnown(u, asked, query, ""); queried.known == nil {
			queried.id, queried.question = s.query(u, asked, query, "", nil)
		}
		return nil
	})
	return queried, err
}

// Wait waits for what the bot offers.
func (w *Queried) Wait(ctx context.Context) ([]Offer, error) {
	if w.known == nil {
		answer, err := w.wait(ctx)
		if err != nil {
			return nil, err
		}
		w.known = answer.(*inlineAnswer)
	}
	var list []Offer
	for _, one := range w.known.shown.Results {
		shown, ok := one.(*tg.BotInlineResult)
		if !ok {
			continue
		}
		list = append(list, Offer{shown.ID, shown.Type, shown.Title, shown.Description, w.known})
	}
	return list, nil
}

// Choose sends an offer that Inline returned.
func (p *Person) Choose(ctx context.Context, chat string, offer Offer) (Message, error) {
	var sent Message
	if err := ctx.Err(); err != nil {
		return sent, err
	}
	err := p.act(func(u *user) error {
		s := p.server
		at, err := s.chat(u, chat)
		if err != nil {
			return err
		}
		if err := s.mayWrite(u, at); err != nil {
			return fmt.Errorf("send: %w", err)
		}
		if offer.answer.results[offer.ID].beyond {
			return fmt.Errorf("send: %w", bad("WEBPAGE_CURL_FAILED"))
		}
		d := draft{from: u, to: at}
		offer.answer.results[offer.ID].fill(&d, offer.answer.bot)
		r, _ := s.post(d)
		s.chosen(u, offer.answer, offer.ID, r)
		sent = s.messageOf(u, r)
		return nil
	})
	return sent, err
}
