package bindings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// partFilters choose by what a message has, beside text. Each says true for messages that have it, false for those
// that don't.
type partFilters struct {
	Forwards  *bool       `lua:"forwards,optional" doc:"Forwarded from elsewhere, or not."`
	Reply     *bool       `lua:"reply,optional" doc:"Answers to another message, or none."`
	Media     mediaFilter `lua:"media,optional" doc:"With media, or without; or with media of this kind, or one of these: photo, video, gif, audio, voice, video_note, sticker, document, poll, geo, venue, contact, dice, game, invoice, link, story."`
	Mentioned *bool       `lua:"mentioned,optional" doc:"That mention this account or answer it, or don't."`
	ViaBot    *bool       `lua:"via_bot,optional" doc:"Made by an inline bot, or not."`
	Buttons   *bool       `lua:"buttons,optional" doc:"With buttons below, or without."`
	Edited    *bool       `lua:"edited,optional" doc:"Shown as edited, or not."`
	Grouped   *bool       `lua:"grouped,optional" doc:"Parts of albums, or not."`
	Silent    *bool       `lua:"silent,optional" doc:"Sent without a sound, or with one."`
	Topic     messageID   `lua:"topic,optional" doc:"Only in this topic of a forum."`
}

// test says whether a message is wanted.
type test func(m *telegram.Message) bool

// tests are those of the filters that were given.
func (f partFilters) tests() (list []test) {
	for _, row := range []struct {
		want *bool
		has  test
	}{
		{f.Forwards, func(m *telegram.Message) bool { return !m.FwdFrom.Zero() }},
		{f.Reply, func(m *telegram.Message) bool { return isReply(m) }},
		{f.Mentioned, func(m *telegram.Message) bool { return m.Mentioned }},
		{f.ViaBot, func(m *telegram.Message) bool { return m.ViaBotID != 0 }},
		{f.Buttons, func(m *telegram.Message) bool { return m.ReplyMarkup != nil }},
		{f.Edited, func(m *telegram.Message) bool { return m.EditDate != 0 && !m.EditHide }},
		{f.Grouped, func(m *telegram.Message) bool { return m.GroupedID != 0 }},
		{f.Silent, func(m *telegram.Message) bool { return m.Silent }},
	} {
		if row.want != nil {
			want, has := *row.want, row.has
			list = append(list, func(m *telegram.Message) bool { return has(m) == want })
		}
	}
	if f.Media.given {
		list = append(list, f.Media.test())
	}
	if f.Topic != 0 {
		list = append(list, func(m *telegram.Message) bool { return (&message{Message: m}).topic() == int(f.Topic) })
	}
	return list
}

// isReply says whether somebody answered: a message of a topic names the topic's first one, too.
func isReply(m *telegram.Message) bool {
	switch header := m.ReplyTo.(type) {
	case *tg.MessageReplyHeader:
		return !header.ForumTopic || header.ReplyToTopID != 0 && header.ReplyToMsgID != header.ReplyToTopID
	case *tg.MessageReplyStoryHeader:
		return true
	}
	return false
}

// mediaFilter is true, false, a kind of media or a list of them.
type mediaFilter struct {
	given, any bool
	kinds      []string
}

// mediaKinds are the words for what comes with a message; those of files are as file.kind has them.
var mediaKinds = []string{
	"photo", "video", "gif", "audio", "voice", "video_note", "sticker", "document",
	"poll", "geo", "venue", "contact", "dice", "game", "invoice", "link", "story",
}

var mediaWords = map[uint32]string{
	tg.MessageMediaPhotoTypeID: "photo", tg.MessageMediaPollTypeID: "poll", tg.MessageMediaGeoTypeID: "geo",
	tg.MessageMediaGeoLiveTypeID: "geo", tg.MessageMediaVenueTypeID: "venue", tg.MessageMediaContactTypeID: "contact",
	tg.MessageMediaDiceTypeID: "dice", tg.MessageMediaGameTypeID: "game", tg.MessageMediaInvoiceTypeID: "invoice",
	tg.MessageMediaWebPageTypeID: "link", tg.MessageMediaStoryTypeID: "story",
}

// DecodeLua reads a boolean, a word or a list of words.
func (f *mediaFilter) DecodeLua(_ *vm.State, v vm.Value) error {
	f.given = true
	switch v := v.(type) {
	case vm.Bool:
		f.any = bool(v)
		return nil
	case vm.String:
		return f.add(string(v))
	case *vm.Table:
		for i := range v.Len() {
			s, ok := v.RawGetInt(i + 1).(vm.String)
			if !ok {
				return spec.Expected("kind of media", v.RawGetInt(i+1))
			}
			if err := f.add(string(s)); err != nil {
				return err
			}
		}
		if len(f.kinds) > 0 {
			return nil
		}
	}
	return spec.Expected("true, false, or kinds of media", v)
}

func (f *mediaFilter) add(kind string) error {
	if !slices.Contains(mediaKinds, kind) {
		hint := ""
		if near := spec.Nearest(kind, mediaKinds); near != "" {
			hint = ": did you mean '" + near + "'?"
		}
		return fmt.Errorf("'%s' is no kind of media (%s)%s", kind, strings.Join(mediaKinds, ", "), hint)
	}
	f.kinds = append(f.kinds, kind)
	return nil
}

// LuaType is its name in the editor types.
func (mediaFilter) LuaType() string { return "boolean|string|string[]" }

func (f mediaFilter) test() test {
	if len(f.kinds) == 0 {
		return func(m *telegram.Message) bool { return (m.Media != nil) == f.any }
	}
	return func(m *telegram.Message) bool { return m.Media != nil && slices.Contains(f.kinds, mediaKind(m)) }
}

// mediaKind is the word for what comes with a message; "" for something else.
func mediaKind(m *telegram.Message) string {
	if _, ok := m.Media.(*tg.MessageMediaDocument); ok {
		if file := m.File(); file != nil {
			return string(file.Kind())
		}
		return ""
	}
	return mediaWords[m.Media.TypeID()]
}

var _ spec.Decoder = (*mediaFilter)(nil)
