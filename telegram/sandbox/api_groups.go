package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func groupsMethods(t table) {
	on(t, 0, (*call).getChats)
	within(t, 0, toSee, (*call).getFullChat)
	on(t, people, (*call).getCommonChats)
}

// getChats: https://core.telegram.org/method/messages.getChats
func (c *call) getChats(in *tg.MessagesGetChatsRequest) (bin.Encoder, error) {
	answer := &tg.MessagesChats{}
	for _, id := range in.ID {
		p, err := c.groupPeer(id)
		if err != nil {
			return nil, err
		}
		answer.Chats = append(answer.Chats, c.chatFor(c.me, c.chats[p]))
	}
	return answer, nil
}

// getFullChat: https://core.telegram.org/method/messages.getFullChat
func (c *call) getFullChat(ch *chat, _ *tg.MessagesGetFullChatRequest) (bin.Encoder, error) {
	cast := c.cast(c.me)
	cast.add(ch.peer)
	full := &tg.ChatFull{ID: ch.peer.id, About: ch.about, Participants: c.participants(ch, cast), ChatPhoto: c.photoOr(ch.Photo)}
	full.SetAvailableReactions(ch.reactions())
	if ch.ttl > 0 {
		full.SetTTLPeriod(ch.ttl)
	}
	full.NotifySettings, _ = c.me.prefs.notifyOf(notifyKey(ch.peer, 0)) // what was kept can be read
	if folder := c.me.prefs.folderOf(ch.peer); folder != mainFolder {
		full.SetFolderID(folder)
	}
	if d := c.me.dialogs[ch.peer]; d != nil {
		full.PinnedMsgID = d.pinned.last()
	}
	if ch.boss(c.me.id) && c.has(c.me, ch, toInvite) {
		full.SetExportedInvite(c.shownLink(ch, ch.permanent(c.chance, c.me.id, c.today)))
		if len(ch.Requests) > 0 {
			full.SetRequestsPending(len(ch.Requests))
			full.SetRecentRequesters(ch.recentRequesters())
		}
	}
	full.CanSetUsername = ch.creator == c.me.id
	full.SetBotInfo(c.botInfos(ch))
	return &tg.MessagesChatFull{FullChat: full, Users: cast.users, Chats: cast.chats}, nil
}

func (c *call) participants(ch *chat, cast *cast) tg.ChatParticipantsClass {
	if ch.byUser[c.me.id] == nil {
		return &tg.ChatParticipantsForbidden{ChatID: ch.peer.id}
	}
	list := c.participantList(ch)
	cast.mentions(list)
	return list
}

func (c *call) botInfos(ch *chat) []tg.BotInfo {
	list := []tg.BotInfo{}
	for _, m := range ch.members {
		if m.user.bot {
			list = append(list, m.user.info(c.me, ch.peer, ch.boss(c.me.id)))
		}
	}
	return list
}

// getCommonChats: https://core.telegram.org/method/messages.getCommonChats
func (c *call) getCommonChats(in *tg.MessagesGetCommonChatsRequest) (bin.Encoder, error) {
	u, err := c.user(in.UserID)
	if err != nil {
		return nil, err
	}
	answer := &tg.MessagesChats{}
	for _, p := range c.everything() {
		ch := c.chats[p]
		if ch != nil && ch.byUser[u.id] != nil && ch.byUser[c.me.id] != nil && u != c.me {
			answer.Chats = append(answer.Chats, c.chatFor(c.me, ch))
		}
	}
	return answer, nil
}
