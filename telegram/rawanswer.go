package telegram

import (
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/schema"
)

// rawAnswer is what a raw call is answered with. Of what the account must know, it keeps the typed form as well.
type rawAnswer struct {
	result *schema.Type

	value      any
	users      []tg.UserClass
	chats      []tg.ChatClass
	updates    tg.UpdatesClass // those that the answer is, or has in it
	pts, count int             // of an answer that counts in a sequence
	counts     bool
}

// noted are the classes whose objects the account must know of, wherever they stand in an answer.
var noted = map[string]bool{"User": true, "Chat": true, "Updates": true}

// Decode reads the answer, from a buffer that is somebody else's.
func (r *rawAnswer) Decode(b *bin.Buffer) error {
	*r = rawAnswer{result: r.result}
	d := schema.Decoder{Classes: noted, Seen: r.seen}
	var err error
	if r.value, err = d.Decode(b.Buf, r.result); err != nil {
		return err
	}
	if strings.HasPrefix(r.result.Class, "messages.Affected") {
		o := r.value.(*schema.Object)
		r.pts, r.count, r.counts = int(o.Int("pts")), int(o.Int("pts_count")), true
	}
	return nil
}

// seen keeps users, chats and updates in their typed form. What was read by the schema is read by package tg, too.
func (r *rawAnswer) seen(def *schema.Definition, raw []byte) {
	b := &bin.Buffer{Buf: raw}
	switch def.Result.Class {
	case "User":
		if u, err := tg.DecodeUser(b); err == nil {
			r.users = append(r.users, u)
		}
	case "Chat":
		if c, err := tg.DecodeChat(b); err == nil {
			r.chats = append(r.chats, c)
		}
	case "Updates":
		if u, err := tg.DecodeUpdates(b); err == nil {
			r.updates = u
		}
	}
}

// answeredRaw takes over what the answer of a raw call says, as from typed ones.
func (a *Account) answeredRaw(in bin.Encoder, out *rawAnswer) {
	a.peers.learn(out.users, out.chats)
	if box := a.updates.get(); box != nil && out.updates != nil {
		box.PushOwn(out.updates)
	}
	if out.counts {
		a.affected(in, out.pts, out.count)
	}
}

// drafts are the messages that the call will send, as far as we know them before.
func (c *RawCall) drafts(in *rawRequest) []*tg.Message {
	chat := chatOf(in)
	if _, self := in.peer.(*tg.InputPeerSelf); self {
		chat = c.account.peers.self.Load()
	}
	draft := func(text string, file bool) *tg.Message {
		m := &tg.Message{Out: true, PeerID: barePeer(chat), Message: text}
		if file {
			m.Media = &tg.MessageMediaUnsupported{}
		}
		return m
	}
	var drafts []*tg.Message
	switch o := c.inner; o.Name() {
	case "messages.sendMessage":
		drafts = append(drafts, draft(o.Text("message"), false))
	case "messages.sendMedia":
		drafts = append(drafts, draft(o.Text("message"), true))
	case "messages.sendMultiMedia":
		for _, media := range o.List("multi_media") {
			drafts = append(drafts, draft(media.(*schema.Object).Text("message"), true))
		}
	case "messages.forwardMessages":
		for range o.List("id") {
			drafts = append(drafts, draft("", false))
		}
	}
	return drafts
}

// rebuilt is the answer of a call that was carried out, but whose answer was lost: the messages that were found.
func rebuilt(sent []*Message, ids []int64) (any, error) {
	updates := &tg.Updates{}
	for i, m := range sent {
		if m.ID == 0 {
			continue
		}
		if i < len(ids) {
			updates.Updates = append(updates.Updates, &tg.UpdateMessageID{ID: m.ID, RandomID: ids[i]})
		}
		if m.Chat.IsChannel() {
			updates.Updates = append(updates.Updates, &tg.UpdateNewChannelMessage{Message: m.Message})
		} else {
			updates.Updates = append(updates.Updates, &tg.UpdateNewMessage{Message: m.Message})
		}
	}
	return schema.Of(updates)
}
