package telegram

import "github.com/gotd/td/tg"

// EventChatAction is something that somebody did to a chat. Its Detail is a *ChatActionEvent.
const EventChatAction = "chat_action"

// ChatActionEvent is what a service message tells: somebody joined, a title was changed, a message was pinned. Two
// kinds come without one: messages that are pinned no longer, and members of channels, of which admins are told. So
// each thing is told once; EventMember tells admins the rest. Sender is who did it.
type ChatActionEvent struct {
	Happening
	Message *Message // the service message; nil without one

	Joined, Added, Left, Kicked bool
	Users                       []Peer // of those, and of Created
	Created                     bool
	NewTitle                    string
	NewPhoto, PhotoRemoved      bool
	Photo                       tg.PhotoClass
	NewPin, Unpin               bool
	Pinned                      []int // messages of those
	Scored                      bool  // in a game
	Score                       int
	TopicCreated                bool
	TopicEdited                 *tg.MessageActionTopicEdit
	TopicTitle                  string
	MigratedTo, MigratedFrom    Peer
	TTLChanged                  bool // messages delete themselves after TTL seconds; 0 is never
	TTL                         int
}

func chatActionIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdateNewMessage:
		return a.serviceActionIn(u.Message)
	case *tg.UpdateNewChannelMessage:
		return a.serviceActionIn(u.Message)
	case *tg.UpdatePinnedMessages:
		if !u.Pinned {
			return one(EventChatAction, &ChatActionEvent{Happening: a.happening(u.Peer, nil), Unpin: true, Pinned: u.Messages})
		}
	case *tg.UpdatePinnedChannelMessages:
		if !u.Pinned {
			return one(EventChatAction, &ChatActionEvent{Happening: a.happening(channelRef(u.ChannelID), nil), Unpin: true, Pinned: u.Messages})
		}
	case *tg.UpdateChannelParticipant:
		return a.subscriberIn(u)
	}
	return nil
}

// subscriberIn is somebody who comes to a channel or goes: in groups, a service message tells.
func (a *Account) subscriberIn(u *tg.UpdateChannelParticipant) []occasion {
	e := &ChatActionEvent{Happening: a.happening(channelRef(u.ChannelID), userRef(u.ActorID)), Users: []Peer{a.known(u.UserID)}}
	if e.Chat.IsGroup() {
		return nil
	}
	was, is := inside(placeInChannel(u.PrevParticipant)), inside(placeInChannel(u.NewParticipant))
	self := u.ActorID == u.UserID
	switch {
	case was == is:
		return nil
	case is:
		e.Joined, e.Added = self, !self
	default:
		e.Left, e.Kicked = self, !self
	}
	return one(EventChatAction, e)
}

func inside(place string) bool { return place != RoleLeft && place != RoleBanned }

// serviceActionIn is what a service message tells. https://core.telegram.org/type/MessageAction
func (a *Account) serviceActionIn(m tg.MessageClass) []occasion {
	service, ok := m.(*tg.MessageService)
	if !ok || service.PeerID == nil {
		return nil
	}
	e := &ChatActionEvent{Message: a.messageFrom(service)}
	e.Happening = Happening{Account: a, Chat: e.Message.Chat, Sender: e.Message.Sender}
	e.describe(service.Action)
	return one(EventChatAction, e)
}

// describe sorts out what was done. What isn't named here is in the action itself.
func (e *ChatActionEvent) describe(action tg.MessageActionClass) {
	switch action := action.(type) {
	case *tg.MessageActionChatJoinedByLink, *tg.MessageActionChatJoinedByRequest, *tg.MessageActionChatJoinedViaCommunity:
		e.Joined, e.Users = true, []Peer{e.Sender}
	case *tg.MessageActionChatAddUser:
		e.people(action.Users)
		e.Joined = len(action.Users) == 1 && action.Users[0] == e.Sender.ID
		e.Added = !e.Joined
	case *tg.MessageActionChatDeleteUser:
		e.people([]int64{action.UserID})
		e.Left = action.UserID == e.Sender.ID
		e.Kicked = !e.Left
	case *tg.MessageActionChatCreate:
		e.people(action.Users)
		e.Created, e.NewTitle = true, action.Title
	case *tg.MessageActionChannelCreate:
		e.Created, e.NewTitle = true, action.Title
	case *tg.MessageActionChatEditTitle:
		e.NewTitle = action.Title
	case *tg.MessageActionChatEditPhoto:
		e.NewPhoto, e.Photo = true, action.Photo
	case *tg.MessageActionChatDeletePhoto:
		e.PhotoRemoved = true
	case *tg.MessageActionPinMessage:
		e.NewPin = true
		if id := e.Message.ReplyToID(); id != 0 {
			e.Pinned = []int{id}
		}
	case *tg.MessageActionGameScore:
		e.Scored, e.Score = true, action.Score
	case *tg.MessageActionTopicCreate:
		e.TopicCreated, e.TopicTitle = true, action.Title
	case *tg.MessageActionTopicEdit:
		e.TopicEdited, e.TopicTitle = action, action.Title
	case *tg.MessageActionChatMigrateTo:
		e.MigratedTo = e.Account.known(channelID(action.ChannelID))
	case *tg.MessageActionChannelMigrateFrom:
		e.MigratedFrom = e.Account.known(groupID(action.ChatID))
	case *tg.MessageActionSetMessagesTTL:
		e.TTLChanged, e.TTL = true, action.Period
	}
}

func (e *ChatActionEvent) people(ids []int64) {
	for _, id := range ids {
		e.Users = append(e.Users, e.Account.known(id))
	}
}
