package control

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// errOrder is an order that says too little, or what can't be.
var errOrder = errors.New("the order isn't complete")

// act is what a person does. As is who; Chat is a name, @username or title; Message an id as that
// person sees it.
type act struct {
	As      string `json:"as"`
	Chat    string `json:"chat"`
	Text    string `json:"text"`
	Message int    `json:"message"`
	ReplyTo int    `json:"reply_to"`
	Silent  bool   `json:"silent"`
	Button  string `json:"button"`
}

// needs names the first of the fields that the order lacks.
func (a act) needs(fields ...string) error {
	for _, name := range append([]string{"as", "chat"}, fields...) {
		given := map[string]bool{
			"as": a.As != "", "chat": a.Chat != "", "text": a.Text != "", "message": a.Message != 0, "button": a.Button != "",
		}
		if !given[name] {
			return fmt.Errorf("%w: %q is missing", errOrder, name)
		}
	}
	return nil
}

// message is one message as a person sees it.
type message struct {
	ID      int        `json:"id"`
	Chat    string     `json:"chat"`
	ChatID  int64      `json:"chat_id"`
	From    string     `json:"from"`
	FromID  int64      `json:"from_id"`
	Text    string     `json:"text"`
	Date    time.Time  `json:"date"`
	Edited  *time.Time `json:"edited,omitempty"`
	Out     bool       `json:"out"`
	ReplyTo int        `json:"reply_to,omitempty"`
}

func shown(m sandbox.Message) message {
	out := message{
		ID: m.ID, Chat: m.Chat, ChatID: m.ChatID, From: m.From, FromID: m.FromID, Text: m.Text, Date: m.Date.UTC(), Out: m.Out, ReplyTo: m.ReplyTo,
	}
	if !m.Edited.IsZero() {
		edited := m.Edited.UTC()
		out.Edited = &edited
	}
	return out
}

func (c *Server) send(ctx context.Context, in act) (any, error) {
	if err := in.needs("text"); err != nil {
		return nil, err
	}
	m, err := c.sandbox.Person(in.As).Send(ctx, in.Chat, in.Text, sandbox.SendOptions{ReplyTo: in.ReplyTo, Silent: in.Silent})
	return shown(m), err
}

func (c *Server) edit(ctx context.Context, in act) (any, error) {
	if err := in.needs("message", "text"); err != nil {
		return nil, err
	}
	m, err := c.sandbox.Person(in.As).Edit(ctx, in.Chat, in.Message, in.Text)
	return shown(m), err
}

func (c *Server) remove(ctx context.Context, in act) (any, error) {
	if err := in.needs("message"); err != nil {
		return nil, err
	}
	return nil, c.sandbox.Person(in.As).Delete(ctx, in.Chat, in.Message)
}

func (c *Server) read(_ context.Context, in act) (any, error) {
	if err := in.needs(); err != nil {
		return nil, err
	}
	return nil, c.sandbox.Person(in.As).Read(in.Chat)
}

// press answers when the bot has.
func (c *Server) press(ctx context.Context, in act) (any, error) {
	if err := in.needs("message", "button"); err != nil {
		return nil, err
	}
	got, err := c.sandbox.Person(in.As).Press(ctx, in.Chat, in.Message, in.Button)
	return struct {
		Text  string `json:"text"`
		Alert bool   `json:"alert"`
		URL   string `json:"url"`
	}{got.Text, got.Alert, got.URL}, err
}

func (c *Server) join(_ context.Context, in act) (any, error) {
	if err := in.needs(); err != nil {
		return nil, err
	}
	return nil, c.sandbox.Person(in.As).Join(in.Chat)
}

func (c *Server) leave(_ context.Context, in act) (any, error) {
	if err := in.needs(); err != nil {
		return nil, err
	}
	return nil, c.sandbox.Person(in.As).Leave(in.Chat)
}

func (c *Server) messages(_ context.Context, in act) (any, error) {
	if err := in.needs(); err != nil {
		return nil, err
	}
	list, err := c.sandbox.Person(in.As).Messages(in.Chat)
	out := struct {
		Messages []message `json:"messages"`
	}{[]message{}}
	for _, m := range list {
		out.Messages = append(out.Messages, shown(m))
	}
	return out, err
}
