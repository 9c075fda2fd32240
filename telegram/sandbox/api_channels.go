package sandbox

import (
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func channelsMethods(t table) {
	on(t, 0, (*call).getChannels)
	on(t, 0, (*call).getFullChannel)
	on(t, 0, (*call).getParticipants)
	on(t, 0, (*call).getParticipant)
	on(t, people, (*call).joinChannel)
	on(t, 0, (*call).leaveChannel)
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
func (c *call) getFullChannel(in *tg.ChannelsGetFullChannelRequest) (bin.Encoder, error) {
	ch, err := c.channel(in.Channel)
	if err != nil {
		return nil, err
	}
	cast := c.cast(c.me)
	cast.add(ch.peer)
	full := &tg.ChannelFull{
		ID: ch.peer.id, About: ch.about, ChatPhoto: c.photoOr(ch.photo), Pts: ch.box.pts,
		CanViewParticipants: !ch.broadcast() || ch.boss(c.me.id),
	}
	full.SetParticipantsCount(len(ch.members))
	if d := c.me.dialogs[ch.peer]; d != nil && ch.byUser[c.me.id] != nil {
		full.ReadInboxMaxID, full.ReadOutboxMaxID, full.UnreadCount = d.readIn, d.readOut, c.unreadIn(ch, c.me)
	}
	if ch.boss(c.me.id) {
		full.SetExportedInvite(c.exported(ch))
		full.SetAdminsCount(c.admins(ch))
	}
	full.BotInfo = c.botInfos(ch)
	for _, info := range full.BotInfo {
		cast.add(peer{peerUser, info.UserID})
	}
	return &tg.MessagesChatFull{FullChat: full, Users: cast.users, Chats: cast.chats}, nil
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

// getParticipants: https://core.telegram.org/method/channels.getParticipants
func (c *call) getParticipants(in *tg.ChannelsGetParticipantsRequest) (bin.Encoder, error) {
	ch, err := c.channel(in.Channel)
	if err != nil {
		return nil, err
	}
	if ch.broadcast() && !ch.boss(c.me.id) {
		return nil, bad("CHAT_ADMIN_REQUIRED")
	}
	var matching []*member
	for _, m := range ch.members {
		if filtered(ch, m, in.Filter) {
			matching = append(matching, m)
		}
	}
	limit := in.Limit
	if limit <= 0 || limit > 200 {
		limit = 200
	}
	from := min(max(in.Offset, 0), len(matching))
	cast := c.cast(c.me)
	cast.add(ch.peer)
	answer := &tg.ChannelsChannelParticipants{Count: len(matching)}
	for _, m := range matching[from:min(from+limit, len(matching))] {
		cast.add(peer{peerUser, m.user.id})
		answer.Participants = append(answer.Participants, c.showMember(ch, m))
	}
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer, nil
}

// filtered tells whether a member passes a filter of channels.getParticipants.
func filtered(ch *chat, m *member, filter tg.ChannelParticipantsFilterClass) bool {
	named := func(q string) bool {
		return strings.Contains(strings.ToLower(m.user.name+" "+m.user.username), strings.ToLower(q))
	}
	switch f := filter.(type) {
	case *tg.ChannelParticipantsRecent:
		return true
	case *tg.ChannelParticipantsAdmins:
		return ch.boss(m.user.id)
	case *tg.ChannelParticipantsBots:
		return m.user.bot
	case *tg.ChannelParticipantsSearch:
		return named(f.Q)
	case *tg.ChannelParticipantsContacts:
		return !m.user.bot && named(f.Q)
	default: // nobody is kicked or banned here
		return false
	}
}

func (c *call) showMember(ch *chat, m *member) tg.ChannelParticipantClass {
	switch {
	case m.user.id == ch.creator:
		return &tg.ChannelParticipantCreator{UserID: m.user.id, AdminRights: allRights()}
	case m.admin:
		return &tg.ChannelParticipantAdmin{UserID: m.user.id, PromotedBy: ch.creator, Date: m.date, AdminRights: allRights(), Self: m.user == c.me}
	case m.user == c.me:
		return &tg.ChannelParticipantSelf{UserID: m.user.id, InviterID: m.inviter, Date: m.date}
	default:
		return &tg.ChannelParticipant{UserID: m.user.id, Date: m.date}
	}
}

// getParticipant: https://core.telegram.org/method/channels.getParticipant
func (c *call) getParticipant(in *tg.ChannelsGetParticipantRequest) (bin.Encoder, error) {
	ch, err := c.channel(in.Channel)
	if err != nil {
		return nil, err
	}
	p, err := c.peer(in.Participant)
	if err != nil {
		return nil, bad("PARTICIPANT_ID_INVALID")
	}
	m := ch.byUser[p.id]
	if m == nil {
		return nil, bad("USER_NOT_PARTICIPANT")
	}
	cast := c.cast(c.me)
	cast.add(peer{peerUser, m.user.id})
	cast.add(ch.peer)
	return &tg.ChannelsChannelParticipant{Participant: c.showMember(ch, m), Users: cast.users, Chats: cast.chats}, nil
}

// joinChannel: https://core.telegram.org/method/channels.joinChannel
func (c *call) joinChannel(in *tg.ChannelsJoinChannelRequest) (bin.Encoder, error) {
	ch, err := c.channel(in.Channel)
	if err != nil {
		return nil, err
	}
	if ch.byUser[c.me.id] != nil {
		return nil, bad("USER_ALREADY_PARTICIPANT")
	}
	updates := c.admitMember(ch, c.me, &tg.MessageActionChatAddUser{Users: []int64{c.me.id}}, c.me.id)
	return &tg.MessagesChatInviteJoinResultOk{Updates: c.cast(c.me).updates(c.today, updates)}, nil
}

// leaveChannel: https://core.telegram.org/method/channels.leaveChannel
func (c *call) leaveChannel(in *tg.ChannelsLeaveChannelRequest) (bin.Encoder, error) {
	ch, err := c.channel(in.Channel)
	if err != nil {
		return nil, err
	}
	switch {
	case ch.byUser[c.me.id] == nil:
		return nil, bad("USER_NOT_PARTICIPANT")
	case ch.creator == c.me.id:
		return nil, bad("USER_CREATOR")
	}
	return c.cast(c.me).updates(c.today, c.leave(ch, c.me)), nil
}
