package scene

import (
	"fmt"
	"reflect"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// chat is a group, supergroup or channel.
type chat struct {
	stage *stage
	sandbox.InfoChat
}

var chatClass = spec.Class{
	Name: "Chat", Call: "chat", Go: reflect.TypeFor[*chat](), Doc: "A group, supergroup or channel.",
	Fields: []spec.Field{
		spec.Get("title", "Its title when it was looked up.", func(c *chat) string { return c.Title }),
		spec.Get("id", "Its marked id: -5 for a group, -1000000000005 for the others.", func(c *chat) int64 { return c.ID }),
		spec.Get("kind", "group, supergroup or channel.", func(c *chat) string { return c.Kind }),
	},
	Methods: []spec.Func{
		spec.Method("messages", "What was said, oldest first, as its creator sees it.",
			func(_ *spec.Call, c *chat, _ spec.None) ([]*message, error) { return c.history(fmt.Sprint(c.ID)) },
		).Example(`print(#sandbox:chat("Friends"):messages())`),
		spec.Method("members", "The names of its members, by the alphabet.",
			func(_ *spec.Call, c *chat, _ spec.None) ([]string, error) {
				names, err := c.stage.server.Members(c.Title)
				return names, told(err)
			}).Example(`for _, name in ipairs(sandbox:chat("Friends"):members()) do print(name) end`),
	},
	Text:  func(v any) string { return v.(*chat).Title },
	Equal: func(a, b any) bool { return a.(*chat).ID == b.(*chat).ID },
}

func (c *chat) history(name string) ([]*message, error) {
	creator, said, err := c.stage.server.History(name)
	if err != nil {
		return nil, told(err)
	}
	return c.stage.messages(creator, said), nil
}

// entry is one line of the transcript.
type entry struct{ sandbox.Entry }

var entryClass = spec.Class{
	Name: "Entry", Call: "entry", Go: reflect.TypeFor[*entry](), Doc: "Something that was said, edited or deleted.",
	Fields: []spec.Field{
		spec.Get("kind", "sent, edit or delete.", func(e *entry) string { return e.Kind }),
		spec.Get("from", "Name of who did it.", func(e *entry) string { return e.From }),
		spec.Get("chat", "Title of the chat, or name of the other person.", func(e *entry) string { return e.Chat }),
		spec.Get("private", "Whether it was in a private chat.", func(e *entry) bool { return e.Private }),
		spec.Get("text", "Text of the message; of a deletion the text that was deleted.", func(e *entry) string { return e.Text }),
		spec.Get("media", "photo, video, voice, document, geo ...; nil for none.", func(e *entry) string { return e.Media }).Maybe(),
		spec.Get("id", "Id of the message as the one who acts sees it.", func(e *entry) int { return e.Message }),
		spec.Get("date", "When, by the sandbox's clock.", func(e *entry) time.Time { return e.Time }).Is("number"),
	},
	Text: func(v any) string { return v.(*entry).String() },
}

func (e *entry) String() string {
	mark := map[string]string{sandbox.EntryEdit: " (edited)", sandbox.EntryDelete: " (deleted)"}[e.Kind]
	return e.From + " → " + e.Chat + mark + ": " + e.Text
}
