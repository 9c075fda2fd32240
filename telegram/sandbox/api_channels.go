package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func channelsMethods(t table) {
	on(t, 0, (*call).getChannels)
	within(t, 0, toSee, (*call).getFullChannel)
}

// getChannels: https://core.telegram.org/method/channels.getChannels
func (c *call) getChannels(in *tg.ChannelsGetChannelsRequest) (bin.Encoder, error) {
	answer := &tg.MessagesChats{}
	for _, id := range in.ID {
		ch, err := c.channel(id)
		if err != nil {
			return nil, err
		}
		answer.Chats = append(answer.Chats, c.chatFor(c.me, ch))
	}
	return answer, nil
}

// getFullChannel: https://core.telegram.org/method/channels.getFullChannel
func (c *call) getFullChannel(ch *chat, _ *tg.ChannelsGetFullChannelRequest) (bin.Encoder, error) {
	cast := c.cast(c.me)
	cast.add(ch.peer)
	boss, owner := ch.boss(c.me.id), ch.creator == c.me.id
	full := &tg.ChannelFull{
		ID: ch.peer.id, About: ch.about, ChatPhoto: c.photoOr(ch.Photo), Pts: ch.box.pts,
		CanViewParticipants: !ch.broadcast() && !ch.HiddenMembers || boss, CanSetUsername: owner, CanDeleteChannel: owner,
		HiddenPrehistory: ch.HiddenHistory, ParticipantsHidden: ch.HiddenMembers, PinnedMsgID: ch.Pinned.last(),
		LinkedChatID: ch.Linked, MigratedFromChatID: ch.MigratedFrom, MigratedFromMaxID: ch.MigratedMax, SlowmodeSeconds: ch.SlowMode,
	}
	if ch.Linked != 0 {
		cast.add(peer{peerChannel, ch.Linked})
	}
	full.SetParticipantsCount(len(ch.members))
	c.fullSettings(ch, full)
	if as, chosen := c.me.prefs.SendAs[ch.peer.id]; chosen && !ch.broadcast() {
		full.SetDefaultSendAs(as.restored().tg())
		cast.add(as.restored())
	}
	full.NotifySettings, _ = c.me.prefs.notifyOf(notifyKey(ch.peer, 0)) // what was kept can be read
	if folder := c.me.prefs.folderOf(ch.peer); folder != mainFolder {
		full.SetFolderID(folder)
	}
	if d := c.me.dialogs[ch.peer]; d != nil && ch.byUser[c.me.id] != nil {
		full.ReadInboxMaxID, full.ReadOutboxMaxID, full.UnreadCount = d.readIn, d.readOut, c.unreadIn(ch, c.me)
	}
	if m := ch.byUser[c.me.id]; m != nil && ch.HiddenHistory && !boss {
		full.SetAvailableMinID(m.Since)
	}
	if next := c.mayNext(ch, c.me); next > c.today {
		full.SetSlowmodeNextSendDate(next)
	}
	if boss {
		c.fullForAdmins(ch, full)
	}
	full.BotInfo = c.botInfos(ch)
	for _, info := range full.BotInfo {
		cast.add(peer{peerUser, info.UserID})
	}
	return &tg.MessagesChatFull{FullChat: full, Users: cast.users, Chats: cast.chats}, nil
}

// fullForAdmins adds what members needn't know.
func (c *call) fullForAdmins(ch *chat, full *tg.ChannelFull) {
	full.SetAdminsCount(c.admins(ch))
	kicked, _ := c.outsiders(ch, "", true)
	restricted, _ := c.outsiders(ch, "", false)
	full.SetKickedCount(len(kicked))
	full.SetBannedCount(len(restricted))
	if !c.has(c.me, ch, toInvite) {
		return
	}
	full.SetExportedInvite(c.shownLink(ch, ch.permanent(c.chance, c.me.id, c.today)))
	if len(ch.Requests) > 0 {
		full.SetRequestsPending(len(ch.Requests))
		full.SetRecentRequesters(ch.recentRequesters())
	}
}

func (c *call) admins(ch *chat) int {
	n := 0
	for _, m := range ch.members {
		if ch.boss(m.user.id) {
			n++
		}
	}
	return n
}
