package telegram

import (
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
	switch out := out.(type) {
	case *tg.UpdatesBox:
		a.peers.learnUpdates(out.Updates)
		if box := a.updates.get(); box != nil && out.Updates != nil {
			box.PushOwn(out.Updates)
		}
	case *tg.MessagesAffectedMessages:
		a.affected(in, out.Pts, out.PtsCount)
	case *tg.MessagesAffectedHistory:
		a.affected(in, out.Pts, out.PtsCount)
	case *tg.MessagesAffectedFoundMessages:
		a.affected(in, out.Pts, out.PtsCount)
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
	switch box := out.(type) {
	case *tg.UserClassVector:
		b.learn(box.Elems, nil)
		return
	case *tg.UpdatesDifferenceBox:
		content = box.Difference
	case *tg.UpdatesChannelDifferenceBox:
		content = box.ChannelDifference
	case *tg.MessagesMessagesBox:
		content = box.Messages
	case *tg.MessagesDialogsBox:
		content = box.Dialogs
	case *tg.MessagesChatsBox:
		content = box.Chats
	case *tg.ContactsContactsBox:
		content = box.Contacts
	case *tg.ContactsBlockedBox:
		content = box.Blocked
	case *tg.ContactsTopPeersBox:
		content = box.TopPeers
	case *tg.ChannelsChannelParticipantsBox:
		content = box.ChannelParticipants
	case *tg.ChatInviteBox:
		switch invite := box.ChatInvite.(type) {
		case *tg.ChatInviteAlready:
			b.learn(nil, []tg.ChatClass{invite.Chat})
		case *tg.ChatInvitePeek:
			b.learn(nil, []tg.ChatClass{invite.Chat})
		}
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

// learnUpdates learns from the people that came along with updates.
func (b *peerBook) learnUpdates(u tg.UpdatesClass) {
	switch u := u.(type) {
	case *tg.Updates:
		b.learn(u.Users, u.Chats)
	case *tg.UpdatesCombined:
		b.learn(u.Users, u.Chats)
	}
}
