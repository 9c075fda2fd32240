package scene

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// person is somebody to act as: a person or a bot.
type person struct {
	stage *stage
	name  string
	at    string // where an actor acts; "" is the private chat with the script
	calm  bool   // an actor: what they do waits until everything before has come to rest
}

var personClass = spec.Class{
	Name: "Person", Call: "person", Go: reflect.TypeFor[*person](),
	Doc: "A person or bot to act as, as if by a client of theirs.",
	Fields: []spec.Field{
		spec.Get("name", "What they are called.", func(p *person) string { return p.name }),
		spec.Get("id", "Their id.", func(p *person) int64 { return p.about().ID }),
		spec.Get("username", "Their @username without the @; nil for none.", func(p *person) string { return p.about().Username }).Maybe(),
		spec.Get("phone", "Their phone number; nil for bots.", func(p *person) string { return p.about().Phone }).Maybe(),
	},
	Methods: slices.Concat(speaking, touching, moving, watching),
	Text:    func(v any) string { return v.(*person).name },
	Equal:   func(a, b any) bool { return a.(*person).name == b.(*person).name },
}

// about is what the server tells of the person.
func (p *person) about() sandbox.InfoPerson {
	info := p.stage.server.Info()
	for _, one := range info.People {
		if one.Name == p.name {
			return one
		}
	}
	for _, b := range info.Bots {
		if b.Name == p.name {
			return sandbox.InfoPerson{Name: b.Name, ID: b.ID, Username: b.Username}
		}
	}
	return sandbox.InfoPerson{Name: p.name}
}

func (p *person) act() *sandbox.Person { return p.stage.server.Person(p.name) }

type sendOptions struct {
	ReplyTo *message `lua:"reply_to,optional" doc:"The message that it answers."`
	Silent  bool     `lua:"silent,optional" doc:"Without a notification."`
}

// options are a row's options in the sandbox's words.
func (p *person) options(o sendOptions) (out sandbox.SendOptions, err error) {
	out.Silent = o.Silent
	if o.ReplyTo != nil {
		seen, err := p.stage.seenBy(p.name, o.ReplyTo)
		if err != nil {
			return out, err
		}
		out.ReplyTo = seen.ID
	}
	return out, nil
}

type sendArgs struct {
	Chat    where       `lua:"chat" doc:"Where to."`
	Text    string      `lua:"text" doc:"What to say."`
	Options sendOptions `lua:"options,optional"`
}

type fileOptions struct {
	sendOptions
	Name    string `lua:"name,optional" doc:"What the file is called; file.bin by default."`
	Type    string `lua:"type,optional" doc:"MIME type; by the name if it isn't given."`
	Photo   bool   `lua:"photo,optional" doc:"As a photo, not as a file."`
	Caption string `lua:"caption,optional" doc:"The text below it."`
}

type fileArgs struct {
	Chat    where       `lua:"chat" doc:"Where to."`
	Data    string      `lua:"data,bytes" doc:"The file's bytes."`
	Options fileOptions `lua:"options,optional"`
}

type placeArgs struct {
	Chat where `lua:"chat" doc:"Which chat."`
}

// speaking are the rows of what a person says.
var speaking = []spec.Func{
	spec.Method("send", "Say something.", func(c *spec.Call, p *person, in sendArgs) (*message, error) {
		opts, err := p.options(in.Options)
		if err != nil {
			return nil, err
		}
		sent, err := p.act().Send(c, string(in.Chat), in.Text, opts)
		return p.stage.message(p.name, sent, err)
	}).Example(`local alice = sandbox:person("alice")
local sent = alice:send("EchoBot", "/start")
alice:send("Friends", "Hello all", { silent = true })`).Raises("CHAT_WRITE_FORBIDDEN", "UNKNOWN"),
	spec.Method("send_file", "Send a file or a photo.", func(c *spec.Call, p *person, in fileArgs) (*message, error) {
		return p.sendFile(c, string(in.Chat), in.Data, in.Options)
	}).Example(`sandbox:person("alice"):send_file("EchoBot", "one,two\n", { name = "numbers.csv", caption = "Here" })`),
	spec.Method("forward", "Send messages on to another chat.", func(c *spec.Call, p *person, in struct {
		Messages []*message `lua:"messages" doc:"One message, or several of one chat."`
		Chat     where      `lua:"chat" doc:"Where to."`
	}) ([]*message, error) {
		if err := p.rest(c); err != nil {
			return nil, err
		}
		var ids []int
		from := ""
		for _, m := range in.Messages {
			seen, err := p.stage.seenBy(p.name, m)
			if err != nil {
				return nil, err
			}
			ids, from = append(ids, seen.ID), seen.where()
		}
		sent, err := p.act().Forward(c, from, ids, string(in.Chat))
		return p.stage.messages(p.name, sent), told(err)
	}).Example(`local alice = sandbox:person("alice")
local message = alice:wait("EchoBot")
alice:forward(message, "Friends")`).Raises("CHAT_FORWARDS_RESTRICTED"),
	spec.Method("type", "Show the others of a chat that they are typing.", func(c *spec.Call, p *person, in placeArgs) (spec.None, error) {
		return spec.None{}, told(p.act().Type(c, string(in.Chat)))
	}).Example(`sandbox:person("alice"):type("EchoBot")`),
	spec.Method("inline", "Type a query to an inline bot and wait for what it offers.", func(c *spec.Call, p *person, in struct {
		Bot   where  `lua:"bot" doc:"Which bot."`
		Query string `lua:"query" doc:"What to type."`
	}) ([]*offer, error) {
		return p.inline(c, string(in.Bot), in.Query)
	}).Example(`local alice = sandbox:person("alice")
local offers = alice:inline("EchoBot", "cats")
alice:choose("Friends", offers[1])`).Raises("BOT_RESPONSE_TIMEOUT"),
	spec.Method("choose", "Send what an inline bot has offered.", func(c *spec.Call, p *person, in struct {
		Chat  where  `lua:"chat" doc:"Where to."`
		Offer *offer `lua:"offer" doc:"One of what person:inline returned."`
	}) (*message, error) {
		if err := p.rest(c); err != nil {
			return nil, err
		}
		sent, err := p.act().Choose(c, string(in.Chat), in.Offer.Offer)
		return p.stage.message(p.name, sent, err)
	}).Example(`local alice = sandbox:person("alice")
alice:choose("Friends", alice:inline("EchoBot", "cats")[1])`),
}

// offer is one result of an inline query.
type offer struct{ sandbox.Offer }

var offerClass = spec.Class{
	Name: "Offer", Call: "offer", Go: reflect.TypeFor[*offer](), Doc: "One result of an inline query.",
	Fields: []spec.Field{
		spec.Get("id", "What the bot calls it.", func(o *offer) string { return o.ID }),
		spec.Get("type", "article, photo ...", func(o *offer) string { return o.Type }),
		spec.Get("title", "Its title.", func(o *offer) string { return o.Title }),
		spec.Get("description", "What stands below the title.", func(o *offer) string { return o.Description }),
	},
	Text: func(v any) string { return fmt.Sprintf("%s (%s)", v.(*offer).Title, v.(*offer).Type) },
}

func (p *person) sendFile(ctx context.Context, chat, data string, o fileOptions) (*message, error) {
	opts, err := p.options(o.sendOptions)
	if err != nil {
		return nil, err
	}
	f := sandbox.File{Name: o.Name, Type: o.Type, Data: []byte(data), Photo: o.Photo}
	if f.Name == "" {
		f.Name = "file.bin"
	}
	sent, err := p.act().SendFile(ctx, chat, f, o.Caption, opts)
	return p.stage.message(p.name, sent, err)
}
