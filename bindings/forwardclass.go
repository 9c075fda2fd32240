package bindings

import (
	"reflect"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// forwarded is the header of a forwarded message.
type forwarded struct {
	header  *tg.MessageFwdHeader
	account *telegram.Account
}

func (m *message) forwarded() *forwarded {
	if m.FwdFrom.Zero() {
		return nil
	}
	return &forwarded{&m.FwdFrom, m.Account}
}

// from is who wrote it first, or the channel it was a post of.
func (f *forwarded) from() *peer {
	id := telegram.MarkedID(f.header.FromID)
	if id == 0 {
		return nil
	}
	return peerOf(f.account.KnownPeer(id))
}

func (f *forwarded) name() string {
	if f.header.FromName != "" {
		return f.header.FromName
	}
	if from := f.from(); from != nil {
		return from.name()
	}
	return ""
}

// forwardClass is the class Forward.
var forwardClass = spec.Class{
	Name: "Forward", Call: "forward", Go: reflect.TypeFor[*forwarded](),
	Doc:  "Where a message was forwarded from.",
	Text: func(v any) string { return "Forward(from " + v.(*forwarded).name() + ")" },
	Fields: []spec.Field{
		spec.Get("from_id", "Marked id of who wrote it; nil for people who hide that.", func(f *forwarded) int64 { return telegram.MarkedID(f.header.FromID) }).Maybe(),
		spec.Get("sender", "Who wrote it, or the channel it was a post of.", (*forwarded).from).Maybe(),
		spec.Get("name", "Name of who wrote it, also of people who hide who they are.", (*forwarded).name),
		spec.Get("date", "When it was written.", func(f *forwarded) int { return f.header.Date }),
		spec.Get("channel_post", "Number of the post in its channel.", func(f *forwarded) int { return f.header.ChannelPost }).Maybe(),
		spec.Get("post_author", "Who signed the post.", func(f *forwarded) string { return f.header.PostAuthor }).Maybe(),
		spec.Get("saved_from_id", "In saved messages, marked id of the chat it was forwarded from.", func(f *forwarded) int64 { return telegram.MarkedID(f.header.SavedFromPeer) }).Maybe(),
		spec.Get("saved_from_msg_id", "And its number there.", func(f *forwarded) int { return f.header.SavedFromMsgID }).Maybe(),
		spec.Get("imported", "Was imported from another messenger.", func(f *forwarded) bool { return f.header.Imported }),
		spec.Get("psa_type", "Kind of the public announcement.", func(f *forwarded) string { return f.header.PsaType }).Maybe(),
		spec.Get("raw", "The header as Telegram describes it.", func(f *forwarded) *object { return objectOf(f.header) }).OutOfTable(),
	},
}
