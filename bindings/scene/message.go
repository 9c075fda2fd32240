package scene

import (
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// message is a message as one person sees it.
type message struct {
	sandbox.Message
	stage  *stage
	viewer string
}

var messageClass = spec.Class{
	Name: "Message", Call: "message", Go: reflect.TypeFor[*message](),
	Doc: "A message as one person sees it. Whoever else sees it may act on it, too.",
	Fields: []spec.Field{
		spec.Get("id", "Its id. In private chats and groups everybody counts for themselves.", func(m *message) int { return m.ID }),
		spec.Get("text", "What it says.", func(m *message) string { return m.Text }),
		spec.Get("from", "Name of its author.", func(m *message) string { return m.From }),
		spec.Get("from_id", "Id of its author.", func(m *message) int64 { return m.FromID }),
		spec.Get("chat", "Title of the chat, or name of the other person.", func(m *message) string { return m.Chat }),
		spec.Get("chat_id", "Marked id of the chat.", func(m *message) int64 { return m.ChatID }),
		spec.Get("out", "Whether who sees it has written it.", func(m *message) bool { return m.Out }),
		spec.Get("media", "photo, video, voice, document, geo, poll ...; nil for none.", func(m *message) string { return m.Media }).Maybe(),
		spec.Get("buttons", "What stands on its buttons, row by row.", func(m *message) [][]string { return m.Buttons }),
		spec.Get("entities", "Its parts that have a look or a meaning of their own.", func(m *message) []entity { return entitiesOf(m) }).Is("{ type: string, text: string, url: string? }[]"),
		spec.Get("reply_to", "Id of the message that it answers; nil for none.", func(m *message) int { return m.ReplyTo }).Maybe(),
		spec.Get("date", "When it was sent, by the sandbox's clock.", func(m *message) time.Time { return m.Date }).Is("number"),
		spec.Get("edited", "When it was edited last; nil if never.", func(m *message) time.Time { return m.Edited }).Is("number?"),
	},
	Text: func(v any) string { return v.(*message).String() },
	Equal: func(a, b any) bool {
		x, y := a.(*message), b.(*message)
		other, err := x.stage.seenBy(x.viewer, y)
		return err == nil && other.ID == x.ID && other.ChatID == x.ChatID
	},
	Methods: []spec.Func{
		spec.Method("reply", "Answer it, as who sees it.", func(c *spec.Call, m *message, in replyArgs) (*message, error) {
			sent, err := m.by().Send(c, m.where(), in.Text, sandbox.SendOptions{ReplyTo: m.ID, Silent: in.Options.Silent})
			return m.stage.message(m.viewer, sent, err)
		}).Example(`local message = sandbox:person("alice"):wait("EchoBot")
message:reply("Thank you")`),
		spec.Method("press", "Press one of its buttons, as who sees it, and wait for the bot's answer.",
			func(c *spec.Call, m *message, in buttonArgs) (answer, error) { return m.press(c, in.Button) },
		).Example(`local menu = sandbox:person("alice"):wait("EchoBot")
print(menu:press("Yes").text)`).Raises("NO_BUTTON", "BOT_RESPONSE_TIMEOUT"),
		spec.Method("wait_edit", "Wait until it is changed, and return how it is then.",
			func(c *spec.Call, m *message, in waitArgs) (*message, error) { return m.changed(c, in.Options) },
		).Example(`local menu = sandbox:person("alice"):wait("EchoBot")
menu:press("Next")
print(menu:wait_edit().text)`).Raises("TIMEOUT"),
		spec.Method("wait_deleted", "Wait until it is gone.",
			func(c *spec.Call, m *message, in patienceArgs) (spec.None, error) {
				return m.gone(c, in.Options.Timeout)
			},
		).Example(`local message = sandbox:person("alice"):wait("EchoBot")
message:wait_deleted({ timeout = "3s" })`).Raises("TIMEOUT"),
		spec.Method("file", "The bytes of its photo, in the greatest size, or of its file.",
			func(_ *spec.Call, m *message, _ spec.None) ([]byte, error) {
				data, err := m.by().ReadFile(m.where(), m.ID)
				return data, told(err)
			}).Example(`local message = sandbox:person("alice"):wait("EchoBot", { media = "document" })
print(#message:file())`).Raises("UNKNOWN"),
	},
}

// entity is a part of a message that has a look or a meaning of its own.
type entity struct {
	Type string `lua:"type" doc:"bold, italic, text_url, mention ..."`
	Text string `lua:"text,optional" doc:"The part."`
	URL  string `lua:"url,optional" doc:"Where a text_url leads."`
}

func entitiesOf(m *message) []entity {
	list := make([]entity, len(m.Entities))
	for i, e := range m.Entities {
		list[i] = entity{e.Type, e.Text, e.URL}
	}
	return list
}

type replyArgs struct {
	Text    string `lua:"text" doc:"What to say."`
	Options struct {
		Silent bool `lua:"silent,optional" doc:"Without a notification."`
	} `lua:"options,optional" type:"{ silent: boolean? }"`
}

type buttonArgs struct {
	Button string `lua:"button,bytes" doc:"What stands on the button, or its data."`
}

// answer is what a bot says to a button.
type answer struct {
	Text  string `lua:"text"`
	Alert bool   `lua:"alert"`
	URL   string `lua:"url"`
}

// LuaType is the table's shape.
func (answer) LuaType() string { return "{ text: string, alert: boolean, url: string }" }

func (m *message) by() *sandbox.Person { return m.stage.server.Person(m.viewer) }
func (m *message) where() string       { return fmt.Sprint(m.ChatID) }

// String is one line.
func (m *message) String() string {
	text := m.Text
	if m.Media != "" {
		text = "[" + m.Media + "] " + text
	}
	return m.From + ": " + text
}

func (m *message) press(c *spec.Call, button string) (answer, error) {
	pressed, err := m.by().BeginPress(m.where(), m.ID, button)
	if err != nil {
		return answer{}, told(err)
	}
	if err := m.stage.answered(c, pressed.Answered); err != nil {
		return answer{}, err
	}
	got, err := pressed.Wait(c)
	return answer{got.Text, got.Alert, got.URL}, told(err)
}

// message makes a result of what a person has done.
func (s *stage) message(viewer string, m sandbox.Message, err error) (*message, error) {
	if err != nil {
		return nil, told(err)
	}
	return &message{m, s, viewer}, nil
}

func (s *stage) messages(viewer string, list []sandbox.Message) []*message {
	out := make([]*message, len(list))
	for i, m := range list {
		out[i] = &message{m, s, viewer}
	}
	return out
}

// seenBy is the message as another person sees it.
func (s *stage) seenBy(name string, m *message) (*message, error) {
	if m == nil {
		return nil, errors.New("message expected")
	}
	if m.viewer == name {
		return m, nil
	}
	same, err := s.server.Person(name).Same(m.by(), m.where(), m.ID)
	return s.message(name, same, err)
}
