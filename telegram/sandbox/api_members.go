package sandbox

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func membersMethods(t table) {
	within(t, 0, toSee, (*call).getParticipants)
	within(t, 0, toSee, (*call).getParticipant)
}

const (
	participantsAtMost = 200    // of one page
	participantsReach  = 10_000 // the farthest that a filter goes: whoever wants more has to search
)

// getParticipants: https://core.telegram.org/method/channels.getParticipants
func (c *call) getParticipants(ch *chat, in *tg.ChannelsGetParticipantsRequest) (bin.Encoder, error) {
	hidden := ch.broadcast() || ch.HiddenMembers
	_, admins := in.Filter.(*tg.ChannelParticipantsAdmins)
	if hidden && !ch.boss(c.me.id) && (!admins || ch.broadcast()) {
		return nil, bad("CHAT_ADMIN_REQUIRED")
	}
	matching, err := c.filtered(ch, in.Filter)
	if err != nil {
		return nil, err
	}
	limit := in.Limit
	if limit <= 0 || limit > participantsAtMost {
		limit = participantsAtMost
	}
	cast := c.cast(c.me)
	cast.add(ch.peer)
	answer := &tg.ChannelsChannelParticipants{Count: len(matching)}
	matching = matching[:min(len(matching), participantsReach)]
	from := min(max(in.Offset, 0), len(matching))
	for _, p := range matching[from:min(from+limit, len(matching))] {
		cast.participant(p)
		answer.Participants = append(answer.Participants, p)
	}
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer, nil
}

// filtered lists the participants that pass a filter of channels.getParticipants.
//
// See https://core.telegram.org/type/ChannelParticipantsFilter.
func (c *call) filtered(ch *chat, filter tg.ChannelParticipantsFilterClass) ([]tg.ChannelParticipantClass, error) {
	keep := func(*member) bool { return true }
	switch f := filter.(type) {
	case *tg.ChannelParticipantsRecent:
	case *tg.ChannelParticipantsAdmins:
		keep = func(m *member) bool { return ch.boss(m.user.id) }
	case *tg.ChannelParticipantsBots:
		keep = func(m *member) bool { return m.user.bot }
	case *tg.ChannelParticipantsSearch:
		keep = func(m *member) bool { return m.user.called(f.Q) }
	case *tg.ChannelParticipantsContacts:
		keep = func(m *member) bool { return c.me.hasContact(m.user) && m.user.called(f.Q) }
	case *tg.ChannelParticipantsMentions:
		q, _ := f.GetQ()
		keep = func(m *member) bool { return m.user.called(q) }
	case *tg.ChannelParticipantsKicked:
		return c.outsiders(ch, f.Q, true)
	case *tg.ChannelParticipantsBanned:
		return c.outsiders(ch, f.Q, false)
	default:
		return nil, bad("INPUT_CONSTRUCTOR_INVALID")
	}
	var list []tg.ChannelParticipantClass
	for _, m := range ch.members {
		if keep(m) {
			list = append(list, c.showMember(ch, m))
		}
	}
	return list, nil
}

// outsiders lists who is kept out, or who is restricted: for admins only.
func (c *call) outsiders(ch *chat, q string, out bool) ([]tg.ChannelParticipantClass, error) {
	if !ch.boss(c.me.id) {
		return nil, bad("CHAT_ADMIN_REQUIRED")
	}
	var list []tg.ChannelParticipantClass
	for _, m := range ch.members {
		if !out && m.Limits.holds(c.today) && m.user.called(q) {
			list = append(list, c.showMember(ch, m))
		}
	}
	var ids []int64
	for id, r := range ch.Outside {
		if r.holds(c.today) && r.Rights.ViewMessages == out && c.users[id].called(q) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b int64) int {
		return cmp.Or(cmp.Compare(ch.Outside[b].Date, ch.Outside[a].Date), cmp.Compare(a, b))
	})
	for _, id := range ids {
		list = append(list, banned(id, ch.Outside[id], true))
	}
	return list, nil
}

// called tells whether a search for members finds u.
func (u *user) called(q string) bool {
	return strings.Contains(strings.ToLower(u.name+" "+u.lastName+" "+u.username), strings.ToLower(strings.TrimPrefix(q, "@")))
}

func banned(id int64, r restriction, left bool) *tg.ChannelParticipantBanned {
	return &tg.ChannelParticipantBanned{Left: left, Peer: &tg.PeerUser{UserID: id}, KickedBy: r.By, Date: r.Date, BannedRights: r.Rights}
}

func (c *call) showMember(ch *chat, m *member) tg.ChannelParticipantClass {
	switch {
	case m.user.id == ch.creator:
		return &tg.ChannelParticipantCreator{UserID: m.user.id, AdminRights: allRights(), Rank: m.Rank}
	case m.admin():
		return &tg.ChannelParticipantAdmin{
			CanEdit: c.mayChangeAdmin(ch, m) == nil, Self: m.user == c.me, UserID: m.user.id, InviterID: m.inviter,
			PromotedBy: m.PromotedBy, Date: m.date, AdminRights: m.Rights, Rank: m.Rank,
		}
	case m.Limits.holds(c.today):
		return banned(m.user.id, m.Limits, false)
	case m.user == c.me:
		return &tg.ChannelParticipantSelf{UserID: m.user.id, InviterID: m.inviter, Date: m.date, ViaRequest: m.ApprovedBy != 0}
	default:
		return &tg.ChannelParticipant{UserID: m.user.id, Date: m.date}
	}
}

// participantOf shows what u is in a channel, whether a member or not; nil has nothing to do with it.
func (c *call) participantOf(ch *chat, u *user) tg.ChannelParticipantClass {
	if m := ch.byUser[u.id]; m != nil {
		return c.showMember(ch, m)
	}
	if r := ch.Outside[u.id]; r.holds(c.today) {
		return banned(u.id, r, true)
	}
	return nil
}

// groupParticipant is participantOf for basic groups.
func (c *call) groupParticipant(ch *chat, u *user) tg.ChatParticipantClass {
	m := ch.byUser[u.id]
	switch {
	case m == nil:
		return nil
	case u.id == ch.creator:
		return &tg.ChatParticipantCreator{UserID: u.id, Rank: m.Rank}
	case m.admin():
		return &tg.ChatParticipantAdmin{UserID: u.id, InviterID: m.inviter, Date: m.date, Rank: m.Rank}
	default:
		return &tg.ChatParticipant{UserID: u.id, InviterID: m.inviter, Date: m.date}
	}
}

func (c *call) participantList(ch *chat) *tg.ChatParticipants {
	out := &tg.ChatParticipants{ChatID: ch.peer.id, Version: ch.version}
	for _, m := range ch.members {
		out.Participants = append(out.Participants, c.groupParticipant(ch, m.user))
	}
	return out
}

// getParticipant: https://core.telegram.org/method/channels.getParticipant
func (c *call) getParticipant(ch *chat, in *tg.ChannelsGetParticipantRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Participant)
	if err != nil || p.kind != peerUser {
		return nil, bad("PARTICIPANT_ID_INVALID")
	}
	if ch.broadcast() && p.id != c.me.id && !ch.boss(c.me.id) {
		return nil, bad("CHAT_ADMIN_REQUIRED")
	}
	shown := c.participantOf(ch, c.users[p.id])
	if shown == nil {
		return nil, bad("USER_NOT_PARTICIPANT")
	}
	cast := c.cast(c.me)
	cast.participant(shown)
	cast.add(ch.peer)
	return &tg.ChannelsChannelParticipant{Participant: shown, Users: cast.users, Chats: cast.chats}, nil
}
