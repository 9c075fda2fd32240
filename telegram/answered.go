package telegram

import (
	"reflect"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// answered is what every call goes through at its end, the failed ones too: peers are learned from the
// answer, updates in it are counted before the caller goes on (else the next one off the wire would
// look like a gap), and refusals get their type.
func (a *Account) answered(in bin.Encoder, out bin.Decoder, err error) error {
	if err != nil {
		return refused(in, err)
	}
	if updates := updatesIn(out); updates != nil {
		a.peers.learnUpdates(updates)
		if box := a.updates.get(); box != nil {
			box.PushOwn(updates)
		}
	}
	switch out := out.(type) {
	case *tg.UpdatesBox:
	case *tg.MessagesAffectedMessages:
		a.affected(in, out.Pts, out.PtsCount)
	case *tg.MessagesAffectedHistory:
		a.affected(in, out.Pts, out.PtsCount)
	case *tg.MessagesAffectedFoundMessages:
		a.affected(in, out.Pts, out.PtsCount)
	case *rawAnswer:
		a.answeredRaw(in, out)
	default:
		a.peers.learnAnswer(out)
	}
	return nil
}

// affected counts the numbers of a call in the sequence that it belongs to: that of the channel the
// request names, else the account's own.
func (a *Account) affected(in bin.Encoder, pts, count int) {
	box := a.updates.get()
	if box == nil {
		return
	}
	type inChannel interface{ GetChannelID() int64 }
	var channel int64
	switch r := in.(type) {
	case interface{ GetChannel() tg.InputChannelClass }:
		c, ok := r.GetChannel().(inChannel)
		if !ok {
			return // a channel, but not which: the next update will tell
		}
		channel = c.GetChannelID()
	case interface{ GetPeer() tg.InputPeerClass }:
		if c, ok := r.GetPeer().(inChannel); ok {
			channel = c.GetChannelID()
		}
	}
	box.Affected(channel, pts, count)
}

type (
	withUsers interface{ GetUsers() []tg.UserClass }
	withChats interface{ GetChats() []tg.ChatClass }
)

// learnAnswer learns from the answer of any call. Answers of a boxed type hide what has the people.
func (b *peerBook) learnAnswer(out bin.Decoder) {
	var content any = out
	switch box := unboxed(out).(type) {
	case nil:
	case *tg.ChatInviteAlready:
		b.learn(nil, []tg.ChatClass{box.Chat})
		return
	case *tg.ChatInvitePeek:
		b.learn(nil, []tg.ChatClass{box.Chat})
		return
	default:
		content = box
	}
	if vector, ok := content.(*tg.UserClassVector); ok {
		b.learn(vector.Elems, nil)
		return
	}
	users, hasUsers := content.(withUsers)
	chats, hasChats := content.(withChats)
	switch {
	case hasUsers && hasChats:
		b.learn(users.GetUsers(), chats.GetChats())
	case hasUsers:
		b.learn(users.GetUsers(), nil)
	case hasChats:
		b.learn(nil, chats.GetChats())
	}
}

// unboxed is what is in a value of gotd's Box types: structs with one field, which is of a class. nil for all others.
func unboxed(out bin.Decoder) any {
	v := reflect.Indirect(reflect.ValueOf(out))
	if v.Kind() != reflect.Struct || v.NumField() != 1 || v.Field(0).Kind() != reflect.Interface || v.Field(0).IsNil() {
		return nil
	}
	return v.Field(0).Interface()
}

// updatesIn are the updates that an answer has beside what it says; nil if it has none.
func updatesIn(out bin.Decoder) tg.UpdatesClass {
	switch out := out.(type) {
	case *tg.UpdatesBox:
		return out.Updates
	case *tg.MessagesInvitedUsers:
		return out.Updates
	case *tg.MessagesChatInviteJoinResultBox:
		if ok, is := out.ChatInviteJoinResult.(*tg.MessagesChatInviteJoinResultOk); is {
			return ok.Updates
		}
	case *tg.PaymentsPaymentResultBox:
		if ok, is := out.PaymentResult.(*tg.PaymentsPaymentResult); is {
			return ok.Updates
		}
	}
	return nil
}

// learnUpdates learns from the people that came along with updates.
func (b *peerBook) learnUpdates(u tg.UpdatesClass) {
	switch u := u.(type) {
	case *tg.Updates:
		b.learn(u.Users, u.Chats)
	case *tg.UpdatesCombined:
		b.learn(u.Users, u.Chats)
	}
}
