package sandbox

import (
	"slices"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func adminLogMethods(t table) {
	within(t, 0, toAdmin, (*call).getAdminLog)
}

// logged is one entry of a chat's admin log; Action is in TL form.
type logged struct {
	ID     int64
	Date   int
	User   int64
	Action []byte
}

const (
	logKept = 1000
	logPage = 100
)

// noted notes in the admin log what the caller has done.
func (c *call) noted(ch *chat, action tg.ChannelAdminLogEventActionClass) { c.logAs(ch, c.me, action) }

// logAs notes what somebody has done. Basic groups have no log.
//
// See https://core.telegram.org/api/recent-actions.
func (s *Server) logAs(ch *chat, u *user, action tg.ChannelAdminLogEventActionClass) {
	if ch.peer.kind != peerChannel {
		return
	}
	var b bin.Buffer
	if err := action.Encode(&b); err != nil {
		s.report(err)
		return
	}
	ch.LogID++
	ch.Log = append(ch.Log, logged{ch.LogID, s.today, u.id, b.Buf})
	if len(ch.Log) > 2*logKept {
		ch.Log = append(ch.Log[:0], ch.Log[len(ch.Log)-logKept:]...)
	}
}

// getAdminLog: https://core.telegram.org/method/channels.getAdminLog
func (c *call) getAdminLog(ch *chat, in *tg.ChannelsGetAdminLogRequest) (bin.Encoder, error) {
	var admins []int64
	for _, id := range in.Admins {
		u, err := c.user(id)
		if err != nil {
			return nil, err
		}
		admins = append(admins, u.id)
	}
	limit := in.Limit
	if limit <= 0 || limit > logPage {
		limit = logPage
	}
	filter, filtered := in.GetEventsFilter()
	cast := c.cast(c.me)
	cast.add(ch.peer)
	answer := &tg.ChannelsAdminLogResults{}
	for i := len(ch.Log) - 1; i >= 0 && len(answer.Events) < limit; i-- {
		e := ch.Log[i]
		action, err := tg.DecodeChannelAdminLogEventAction(&bin.Buffer{Buf: e.Action})
		switch {
		case err != nil:
			c.report(err)
			continue
		case in.MaxID != 0 && e.ID >= in.MaxID, in.MinID != 0 && e.ID <= in.MinID:
			continue
		case len(admins) > 0 && !slices.Contains(admins, e.User):
			continue
		case filtered && !wanted(action, filter):
			continue
		case in.Q != "" && !c.users[e.User].called(in.Q) && !strings.Contains(strings.ToLower(spoken(action)), strings.ToLower(in.Q)):
			continue
		}
		cast.add(peer{peerUser, e.User})
		cast.mentions(action)
		answer.Events = append(answer.Events, tg.ChannelAdminLogEvent{ID: e.ID, Date: e.Date, UserID: e.User, Action: action})
	}
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer, nil
}

// wanted tells whether a filter lets an action through.
//
// See https://core.telegram.org/constructor/channelAdminLogEventsFilter.
func wanted(action tg.ChannelAdminLogEventActionClass, f tg.ChannelAdminLogEventsFilter) bool {
	switch a := action.(type) {
	case *tg.ChannelAdminLogEventActionParticipantJoin:
		return f.Join
	case *tg.ChannelAdminLogEventActionParticipantJoinByInvite, *tg.ChannelAdminLogEventActionParticipantJoinByRequest:
		return f.Join || f.Invites
	case *tg.ChannelAdminLogEventActionParticipantLeave:
		return f.Leave
	case *tg.ChannelAdminLogEventActionParticipantInvite:
		return f.Invite
	case *tg.ChannelAdminLogEventActionParticipantToggleBan:
		return toggled(a, f)
	case *tg.ChannelAdminLogEventActionParticipantToggleAdmin:
		_, demoted := a.NewParticipant.(*tg.ChannelParticipantAdmin)
		return f.Promote && demoted || f.Demote && !demoted
	case *tg.ChannelAdminLogEventActionChangeTitle, *tg.ChannelAdminLogEventActionChangeAbout,
		*tg.ChannelAdminLogEventActionChangeUsername, *tg.ChannelAdminLogEventActionChangePhoto:
		return f.Info
	case *tg.ChannelAdminLogEventActionUpdatePinned:
		return f.Pinned
	case *tg.ChannelAdminLogEventActionEditMessage:
		return f.Edit
	case *tg.ChannelAdminLogEventActionDeleteMessage:
		return f.Delete
	case *tg.ChannelAdminLogEventActionExportedInviteDelete, *tg.ChannelAdminLogEventActionExportedInviteEdit,
		*tg.ChannelAdminLogEventActionExportedInviteRevoke:
		return f.Invites
	case *tg.ChannelAdminLogEventActionCreateTopic, *tg.ChannelAdminLogEventActionEditTopic,
		*tg.ChannelAdminLogEventActionDeleteTopic, *tg.ChannelAdminLogEventActionToggleForum:
		return f.Forums
	default:
		return f.Settings
	}
}

// toggled tells bans from restrictions, and each from its end.
func toggled(a *tg.ChannelAdminLogEventActionParticipantToggleBan, f tg.ChannelAdminLogEventsFilter) bool {
	limits := func(p tg.ChannelParticipantClass) (restricted, out bool) {
		b, ok := p.(*tg.ChannelParticipantBanned)
		return ok, ok && b.BannedRights.ViewMessages
	}
	was, wasOut := limits(a.PrevParticipant)
	is, isOut := limits(a.NewParticipant)
	switch {
	case isOut:
		return f.Kick
	case wasOut:
		return f.Unkick
	case is:
		return f.Ban
	default:
		return f.Unban && was
	}
}

// spoken is the text that a search of the log looks through.
func spoken(action tg.ChannelAdminLogEventActionClass) string {
	said := func(m tg.MessageClass) string {
		if m, ok := m.(*tg.Message); ok {
			return m.Message
		}
		return ""
	}
	switch a := action.(type) {
	case *tg.ChannelAdminLogEventActionDeleteMessage:
		return said(a.Message)
	case *tg.ChannelAdminLogEventActionEditMessage:
		return said(a.PrevMessage) + " " + said(a.NewMessage)
	case *tg.ChannelAdminLogEventActionChangeTitle:
		return a.PrevValue + " " + a.NewValue
	case *tg.ChannelAdminLogEventActionChangeAbout:
		return a.PrevValue + " " + a.NewValue
	}
	return ""
}
