package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// shortKinds are updates that Telegram sends alone, without the users and chats that they name,
// when the client can know those.
//
// See https://core.telegram.org/constructor/updateShort.
var shortKinds = []uint32{
	tg.UpdateUserStatusTypeID, tg.UpdateUserTypingTypeID, tg.UpdateChatUserTypingTypeID, tg.UpdateChannelUserTypingTypeID,
	tg.UpdateUserEmojiStatusTypeID, tg.UpdateNotifySettingsTypeID, tg.UpdatePeerBlockedTypeID, tg.UpdatePrivacyTypeID,
	tg.UpdateDialogPinnedTypeID, tg.UpdatePinnedDialogsTypeID, tg.UpdateDialogUnreadMarkTypeID,
	tg.UpdateDialogFilterTypeID, tg.UpdateDialogFilterOrderTypeID, tg.UpdateDialogFiltersTypeID,
	tg.UpdateReadChannelInboxTypeID, tg.UpdateReadChannelOutboxTypeID, tg.UpdateChannelReadMessagesContentsTypeID,
	tg.UpdateStarsBalanceTypeID,
}

// container is what an account is sent of updates: one of the short forms if Telegram would send
// one, for people alone; bots are always told who everybody is.
//
// See https://core.telegram.org/api/updates#updates-sequence.
func (s *Server) container(u *user, updates []tg.UpdateClass) bin.Encoder {
	if len(updates) != 1 || u.bot || s.long {
		return s.cast(u).updates(s.today, updates)
	}
	cast := s.cast(u)
	whole := cast.updates(s.today, updates)
	if !cast.known() {
		return whole
	}
	switch update := updates[0].(type) {
	case *tg.UpdateNewMessage:
		if m, ok := update.Message.(*tg.Message); ok && shortens(m) {
			return shortMessage(m, update)
		}
	default:
		if slices.Contains(shortKinds, update.TypeID()) {
			return &tg.UpdateShort{Update: update, Date: s.today}
		}
	}
	return whole
}

// shortens tells whether the short forms have a place for everything in a message.
func shortens(m *tg.Message) bool {
	whole := m.Media != nil || m.ReplyMarkup != nil || m.GroupedID != 0 || m.EditDate != 0 || m.SavedPeerID != nil ||
		m.Noforwards || m.InvertMedia || m.Effect != 0 || m.FromScheduled || m.Post || m.Pinned || m.Views != 0 || len(m.Reactions.Results) > 0
	if _, channel := m.FromID.(*tg.PeerChannel); channel {
		return false
	}
	return !whole
}

func shortMessage(m *tg.Message, update *tg.UpdateNewMessage) bin.Encoder {
	if p, private := m.PeerID.(*tg.PeerUser); private {
		return &tg.UpdateShortMessage{
			Out: m.Out, Mentioned: m.Mentioned, MediaUnread: m.MediaUnread, Silent: m.Silent, ID: m.ID, UserID: p.UserID, Message: m.Message,
			Pts: update.Pts, PtsCount: update.PtsCount, Date: m.Date, FwdFrom: m.FwdFrom, ViaBotID: m.ViaBotID, ReplyTo: m.ReplyTo,
			Entities: m.Entities, TTLPeriod: m.TTLPeriod,
		}
	}
	return &tg.UpdateShortChatMessage{
		Out: m.Out, Mentioned: m.Mentioned, MediaUnread: m.MediaUnread, Silent: m.Silent, ID: m.ID, FromID: peerOf(m.FromID).id,
		ChatID: peerOf(m.PeerID).id, Message: m.Message, Pts: update.Pts, PtsCount: update.PtsCount, Date: m.Date, FwdFrom: m.FwdFrom,
		ViaBotID: m.ViaBotID, ReplyTo: m.ReplyTo, Entities: m.Entities, TTLPeriod: m.TTLPeriod,
	}
}

// known tells whether the viewer's clients can have heard of everybody in the cast before: from
// contacts, or from a chat with something in it besides what they are just being told.
func (c *cast) known() bool {
	for _, p := range c.seen {
		u := c.world.users[p.id]
		if p.kind == peerUser && u != nil && (u == c.viewer || c.viewer.hasContact(u)) {
			continue
		}
		d := c.viewer.dialogs[p]
		if d == nil || p.kind != peerChannel && len(d.ids) < 2 {
			return false
		}
	}
	return true
}

// sentShort is the answer to a text in a private chat or a group: the client knows the rest.
//
// See https://core.telegram.org/constructor/updateShortSentMessage.
func (c *call) sentShort(d draft, update tg.UpdateClass) *tg.UpdateShortSentMessage {
	news, ok := update.(*tg.UpdateNewMessage)
	if !ok || c.long || d.to == (peer{peerUser, c.me.id}) {
		return nil
	}
	m, ok := news.Message.(*tg.Message)
	if !ok {
		return nil
	}
	return &tg.UpdateShortSentMessage{
		Out: m.Out, ID: m.ID, Pts: news.Pts, PtsCount: news.PtsCount, Date: m.Date, Media: m.Media, Entities: m.Entities, TTLPeriod: m.TTLPeriod,
	}
}
