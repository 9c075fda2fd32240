package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// right is something that one may do in a chat. See https://core.telegram.org/api/rights.
type right int

const (
	toSee     right = iota // whoever may look at the chat
	toBeIn                 // any member
	toSay                  // text
	toShow                 // photos, videos and other media
	toPoll                 // polls
	toChange               // title, photo, description and settings
	toInvite               // members, links and requests
	toPin                  // messages
	toTopics               // open topics, and edit those of others
	toAdmin                // whatever an admin may do without a right of its own
	toDelete               // messages of others
	toEdit                 // posts of others
	toBan                  // and restrict members
	toPromote              // members to admins
	toOwn                  // what only the creator may do
)

// rightRows say who has a right: admins by theirs, and plain members unless they are denied it,
// all of them or one. Without denied, members never have it; in channels they have none.
var rightRows = map[right]struct {
	admin  func(r tg.ChatAdminRights) bool
	denied func(r tg.ChatBannedRights) bool
	error  error // for who hasn't the right; nil means CHAT_ADMIN_REQUIRED
}{
	toBeIn: {
		admin:  func(tg.ChatAdminRights) bool { return true },
		denied: func(tg.ChatBannedRights) bool { return false },
	},
	toSay: {
		admin:  func(tg.ChatAdminRights) bool { return true },
		denied: func(r tg.ChatBannedRights) bool { return r.SendMessages || r.SendPlain },
		error:  forbidden("CHAT_WRITE_FORBIDDEN"),
	},
	toShow: {
		admin:  func(tg.ChatAdminRights) bool { return true },
		denied: func(r tg.ChatBannedRights) bool { return r.SendMessages || r.SendMedia },
		error:  forbidden("CHAT_SEND_MEDIA_FORBIDDEN"),
	},
	toPoll: {
		admin:  func(tg.ChatAdminRights) bool { return true },
		denied: func(r tg.ChatBannedRights) bool { return r.SendMessages || r.SendPolls },
		error:  forbidden("CHAT_SEND_POLL_FORBIDDEN"),
	},
	toChange: {
		admin:  func(r tg.ChatAdminRights) bool { return r.ChangeInfo },
		denied: func(r tg.ChatBannedRights) bool { return r.ChangeInfo },
	},
	toInvite: {
		admin:  func(r tg.ChatAdminRights) bool { return r.InviteUsers },
		denied: func(r tg.ChatBannedRights) bool { return r.InviteUsers },
	},
	toPin: {
		admin:  func(r tg.ChatAdminRights) bool { return r.PinMessages },
		denied: func(r tg.ChatBannedRights) bool { return r.PinMessages },
	},
	toTopics: {
		admin:  func(r tg.ChatAdminRights) bool { return r.ManageTopics },
		denied: func(r tg.ChatBannedRights) bool { return r.ManageTopics },
	},
	toAdmin:   {admin: func(tg.ChatAdminRights) bool { return true }},
	toDelete:  {admin: func(r tg.ChatAdminRights) bool { return r.DeleteMessages }},
	toEdit:    {admin: func(r tg.ChatAdminRights) bool { return r.EditMessages }},
	toBan:     {admin: func(r tg.ChatAdminRights) bool { return r.BanUsers }},
	toPromote: {admin: func(r tg.ChatAdminRights) bool { return r.AddAdmins }},
	toOwn:     {admin: func(tg.ChatAdminRights) bool { return false }},
}

// may says whether u has a right in the chat, by the error Telegram gives if not.
func (w *world) may(u *user, c *chat, what right) error {
	if what == toSee {
		return nil
	}
	row := rightRows[what]
	refusal := row.error
	if refusal == nil {
		refusal = bad("CHAT_ADMIN_REQUIRED")
	}
	m := c.byUser[u.id]
	switch {
	case m == nil && c.guests() && (what == toSay || what == toShow || what == toPoll):
		return w.mayAsGuest(c, what)
	case m == nil && (what == toSay || what == toShow || what == toPoll || what == toInvite):
		return forbidden("CHAT_WRITE_FORBIDDEN")
	case m == nil && what == toBeIn:
		return bad("USER_NOT_PARTICIPANT")
	case m == nil:
		return bad("CHAT_ADMIN_REQUIRED")
	case c.MigratedTo != 0:
		return bad("PEER_ID_INVALID")
	case c.creator == u.id:
		return nil
	case c.broadcast():
		return w.mayInChannel(u, m, what, refusal)
	case m.admin() && row.admin(m.Rights):
		return nil
	case row.denied == nil:
		return refusal
	case m.Limits.holds(w.today) && row.denied(m.Limits.Rights):
		if what == toSay || what == toShow || what == toPoll {
			return bad("USER_BANNED_IN_CHANNEL")
		}
		return refusal
	case row.denied(c.Default):
		if c.Default.SendMessages && (what == toShow || what == toPoll) {
			return forbidden("CHAT_WRITE_FORBIDDEN")
		}
		return refusal
	}
	return nil
}

// guests tells whether who isn't a member may comment: in the discussion groups of channels.
//
// See https://core.telegram.org/api/discussion#join-to-send.
func (c *chat) guests() bool { return c.Linked != 0 && !c.broadcast() && c.username != "" }

func (w *world) mayAsGuest(c *chat, what right) error {
	switch {
	case c.JoinToSend:
		return forbidden("CHAT_GUEST_SEND_FORBIDDEN")
	case rightRows[what].denied(c.Default):
		return rightRows[what].error
	}
	return nil
}

// mayInChannel knows that in channels members only read: what is anybody's in a group is an
// admin's here, and saying something is posting.
func (w *world) mayInChannel(u *user, m *member, what right, refusal error) error {
	row := rightRows[what]
	allowed := m.admin() && row.admin(m.Rights)
	switch what {
	case toBeIn:
		allowed = true
	case toSay, toShow, toPoll:
		allowed = m.Rights.PostMessages
		refusal = forbidden("CHAT_WRITE_FORBIDDEN")
		if u.bot {
			refusal = bad("CHAT_ADMIN_REQUIRED")
		}
	case toPin:
		allowed = m.Rights.PinMessages || m.Rights.EditMessages
	}
	if allowed {
		return nil
	}
	return refusal
}

// has is may for who need not know why not.
func (w *world) has(u *user, c *chat, what right) bool { return w.may(u, c, what) == nil }

// within adds a method that does something to one chat: the row says which right it takes.
func within[T any, P request[T]](t table, r rules, needs right, handle func(c *call, ch *chat, in P) (bin.Encoder, error)) {
	on(t, r, func(c *call, in P) (bin.Encoder, error) {
		ch, err := c.chatMeant(in)
		if err != nil {
			return nil, err
		}
		if err := c.may(c.me, ch, needs); err != nil {
			return nil, err
		}
		return handle(c, ch, in)
	})
}

// chatMeant finds the chat that a method's arguments name.
func (c *call) chatMeant(in any) (*chat, error) {
	switch in := in.(type) {
	case interface{ GetChannel() tg.InputChannelClass }:
		return c.channel(in.GetChannel())
	case interface{ GetPeer() tg.InputPeerClass }:
		p, err := c.peer(in.GetPeer())
		if err != nil {
			return nil, err
		}
		if p.kind == peerUser {
			return nil, bad("PEER_ID_INVALID")
		}
		return c.chats[p], nil
	case interface{ GetChatID() int64 }:
		p, err := c.groupPeer(in.GetChatID())
		if err != nil {
			return nil, err
		}
		return c.chats[p], nil
	default:
		return nil, bad("PEER_ID_INVALID")
	}
}
