package telegram

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/schema"
)

// ServiceChat is the chat in which Telegram itself writes: who reads it can sign in as the account.
const ServiceChat = 777000

// hiddenText stands for what was written in the service chat.
const hiddenText = "(hidden: the script may not use the chat 777000)"

// admitted says whether a call may be made by whom ctx belongs to: it must not be about a chat that is kept from them.
func (a *Account) admitted(ctx context.Context, in bin.Encoder) error {
	if a.opts.Admit == nil {
		return nil
	}
	for _, chat := range chatsIn(in) {
		if err := a.opts.Admit(ctx, chat); err != nil {
			return err
		}
	}
	var b bin.Buffer
	if in.Encode(&b) != nil || !holds(b.Buf, serviceID) || !namesService(b.Buf) {
		return nil // what can't be written fails where it is sent
	}
	return a.opts.Admit(ctx, ServiceChat)
}

// chatsIn are the marked ids of the chats that a call names: of a call by name all, of a typed one those that it is
// about.
func chatsIn(in bin.Encoder) (all []int64) {
	add := func(id int64) {
		if id != 0 && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	if raw, ok := in.(*rawRequest); ok {
		visit(raw.call, func(o *schema.Object) {
			switch o.Def.Result.Class {
			case "InputPeer", "InputUser", "InputChannel":
				if id := cmp.Or(o.Int("user_id"), groupID(o.Int("chat_id")), channelOrNone(o.Int("channel_id"))); id != ServiceChat {
					add(id) // that one is looked for by itself
				}
			}
		})
		return all
	}
	add(chatOf(in))
	if from, ok := in.(interface{ GetFromPeer() tg.InputPeerClass }); ok {
		add(inputID(from.GetFromPeer()))
	}
	if named, ok := in.(interface{ GetChannel() tg.InputChannelClass }); ok {
		if channel, ok := named.GetChannel().(interface{ GetChannelID() int64 }); ok {
			add(channelID(channel.GetChannelID()))
		}
	}
	return all
}

func channelOrNone(id int64) int64 {
	if id == 0 {
		return 0
	}
	return channelID(id)
}

var (
	serviceID     = binary.LittleEndian.AppendUint64(nil, ServiceChat)
	servicePeer   = append(binary.LittleEndian.AppendUint32(nil, tg.PeerUserTypeID), serviceID...)
	serviceNotice = binary.LittleEndian.AppendUint32(nil, tg.UpdateServiceNotificationTypeID)
	serviceShort  = binary.LittleEndian.AppendUint32(nil, tg.UpdateShortMessageTypeID)
)

// holds says whether bytes have others in them, at a place where TL has values: a multiple of four.
func holds(all, some []byte) bool {
	for at := 0; ; {
		i := bytes.Index(all[at:], some)
		if i < 0 {
			return false
		}
		if at += i; at%4 == 0 {
			return true
		}
		at++
	}
}

// showing are requests, or parts of them, that may name the service chat: they show who that is, or where a list goes
// on.
var showing = map[string]bool{"users.getUsers": true, "offset_peer": true}

// namesService says whether a request names the service chat, wherever in it: the same bytes may be numbers of
// messages. A request that can't be read does.
func namesService(request []byte) (found bool) {
	o, err := new(schema.Decoder).Object(request)
	if err != nil {
		return true
	}
	if showing[o.Name()] {
		return false
	}
	for field, v := range o.All() {
		if showing[field.Name] {
			continue
		}
		visit(v, func(o *schema.Object) {
			if strings.HasPrefix(o.Name(), "input") && o.Int("user_id") == ServiceChat {
				found = true
			}
		})
	}
	return found
}

// visit shows an object and all that are in it.
func visit(v any, see func(*schema.Object)) {
	switch v := v.(type) {
	case *schema.Object:
		see(v)
		for _, inner := range v.All() {
			visit(inner, see)
		}
	case []any:
		for _, one := range v {
			visit(one, see)
		}
	}
}

// screen is an answer from which the content of service messages is taken for those who may not read it.
type screen struct {
	bin.Decoder
	admit func() error
}

func (a *Account) screened(ctx context.Context, out bin.Decoder) bin.Decoder {
	if a.opts.Admit == nil {
		return out
	}
	return screen{out, func() error { return a.opts.Admit(ctx, ServiceChat) }}
}

// Decode reads the answer. Few have anything of the service chat in them, and only these are read twice.
func (s screen) Decode(b *bin.Buffer) error {
	if !holds(b.Buf, servicePeer) && !holds(b.Buf, serviceNotice) && !(holds(b.Buf, serviceShort) && holds(b.Buf, serviceID)) {
		return s.Decoder.Decode(b)
	}
	if s.admit() == nil {
		return s.Decoder.Decode(b)
	}
	o, err := new(schema.Decoder).Object(b.Buf)
	if err != nil {
		return fmt.Errorf("hide service messages: %w", err)
	}
	visit(o, redact)
	var clean bin.Buffer
	if err := o.Encode(&clean); err != nil {
		return fmt.Errorf("hide service messages: %w", err)
	}
	return s.Decoder.Decode(&clean)
}

// redact hides what a message of the service chat says, also where it was forwarded or quoted.
func redact(o *schema.Object) {
	switch name := o.Name(); {
	case name == "message" && (isService(o.Object("peer_id")) || isService(forwardedFrom(o.Object("fwd_from")))),
		name == "updateShortMessage" && (o.Int("user_id") == ServiceChat || isService(forwardedFrom(o.Object("fwd_from")))),
		name == "updateServiceNotification":
		o.Redact(hiddenText, "message", "media", "reply_markup", "entities", "rich_message", "factcheck")
	case name == "messageReplyHeader" && (isService(o.Object("reply_to_peer_id")) || isService(forwardedFrom(o.Object("reply_from")))):
		o.Redact("", "quote_text", "quote_entities", "quote_offset", "reply_media")
	}
}

func forwardedFrom(header *schema.Object) *schema.Object {
	if header == nil {
		return nil
	}
	return header.Object("from_id")
}

func isService(peer *schema.Object) bool {
	return peer != nil && peer.Name() == "peerUser" && peer.Int("user_id") == ServiceChat
}

// Chats are the marked ids of the chats whose messages the event shows, for those who keep some of them from others:
// the chat it is in, and the service chat if it was forwarded from there.
func (e *Event) Chats() (all []int64) {
	if _, notice := e.Update.(*tg.UpdateServiceNotification); notice {
		return []int64{ServiceChat}
	}
	var messages []*tg.Message
	if e.Message != nil {
		messages = append(messages, e.Message.Message)
	} else if m, _ := messageIn(e.Update); m != nil {
		messages = append(messages, m)
	}
	if album, ok := e.Detail.(*AlbumEvent); ok {
		for _, m := range album.Messages {
			messages = append(messages, m.Message)
		}
	}
	for _, m := range messages {
		if m == nil {
			continue
		}
		if chat := MarkedID(m.PeerID); !slices.Contains(all, chat) {
			all = append(all, chat)
		}
		if MarkedID(m.FwdFrom.FromID) == ServiceChat && !slices.Contains(all, ServiceChat) {
			all = append(all, ServiceChat)
		}
	}
	return all
}
