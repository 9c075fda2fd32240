package telegram

import "github.com/gotd/td/tg"

// EventRead is messages that were read. Its Detail is a *ReadEvent.
const EventRead = "read"

// ReadEvent is messages of one chat that were read: by this account on another device, or by the others.
type ReadEvent struct {
	Happening
	Inbox    bool  // what others wrote, by this account; else what this account wrote, by others
	MaxID    int   // all up to this message; 0 for Contents
	Contents bool  // media or mentions of some messages were listened to, looked at, taken note of
	IDs      []int // of Contents
	Unread   int   // what is left unread, of the account's own reading
	Topic    int   // of a forum or of comments; 0 for the whole chat
}

// readIn knows the updates of https://core.telegram.org/api/unread.
func readIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdateReadHistoryInbox:
		return one(EventRead, &ReadEvent{Happening: a.happening(u.Peer, nil), Inbox: true, MaxID: u.MaxID, Unread: u.StillUnreadCount, Topic: u.TopMsgID})
	case *tg.UpdateReadHistoryOutbox:
		return one(EventRead, &ReadEvent{Happening: a.happening(u.Peer, privately(u.Peer)), MaxID: u.MaxID})
	case *tg.UpdateReadChannelInbox:
		return one(EventRead, &ReadEvent{Happening: a.happening(channelRef(u.ChannelID), nil), Inbox: true, MaxID: u.MaxID, Unread: u.StillUnreadCount})
	case *tg.UpdateReadChannelOutbox:
		return one(EventRead, &ReadEvent{Happening: a.happening(channelRef(u.ChannelID), nil), MaxID: u.MaxID})
	case *tg.UpdateReadChannelDiscussionInbox:
		return one(EventRead, &ReadEvent{Happening: a.happening(channelRef(u.ChannelID), nil), Inbox: true, MaxID: u.ReadMaxID, Topic: u.TopMsgID})
	case *tg.UpdateReadChannelDiscussionOutbox:
		return one(EventRead, &ReadEvent{Happening: a.happening(channelRef(u.ChannelID), nil), MaxID: u.ReadMaxID, Topic: u.TopMsgID})
	case *tg.UpdateChannelReadMessagesContents:
		return one(EventRead, &ReadEvent{Happening: a.happening(channelRef(u.ChannelID), nil), Contents: true, IDs: u.Messages, Topic: u.TopMsgID})
	case *tg.UpdateReadMessagesContents:
		var list []occasion
		for _, part := range a.recent.byChat(u.Messages) {
			list = append(list, occasion{EventRead, &ReadEvent{Happening: Happening{Account: a, Chat: a.known(part.chat)}, Contents: true, IDs: part.ids}})
		}
		return list
	}
	return nil
}

// privately is who reads in a chat with one person: that person.
func privately(chat tg.PeerClass) tg.PeerClass {
	if user, ok := chat.(*tg.PeerUser); ok {
		return user
	}
	return nil
}
