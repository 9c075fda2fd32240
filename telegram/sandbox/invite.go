package sandbox

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gotd/td/tg"
)

// invite is a link to a chat: https://core.telegram.org/api/invites.
type invite struct {
	Hash      string
	Admin     int64
	Date      int
	Expires   int
	Limit     int
	Usage     int
	Title     string
	Permanent bool // each admin has one, which can be replaced but not be missing
	Requests  bool // who follows it asks to be let in
	Revoked   bool
}

// joinRequest is somebody who asks to be let in.
type joinRequest struct {
	User int64
	Date int
	Link string // "" for who asked by the chat's user name
}

const linkPrefix = "https://t.me/+"

// usable tells whether the link still lets anybody in.
func (i *invite) usable(now int) bool {
	return !i.Revoked && (i.Expires == 0 || i.Expires > now) && (i.Limit == 0 || i.Usage < i.Limit)
}

// links returns the chat's invites; the creator's permanent one is older than the list.
func (c *chat) links() []*invite {
	if c.invite != "" && !slices.ContainsFunc(c.Invites, func(i *invite) bool { return i.Hash == c.invite }) {
		c.Invites = append(c.Invites, &invite{Hash: c.invite, Admin: c.creator, Date: c.date, Permanent: true})
	}
	return c.Invites
}

// link finds an invite by its address or hash.
func (c *chat) link(address string) *invite {
	hash := address[strings.LastIndexAny(address, "/+")+1:]
	for _, i := range c.links() {
		if i.Hash == hash && hash != "" {
			return i
		}
	}
	return nil
}

// permanent returns an admin's permanent link, making it if need be.
func (c *chat) permanent(from chance, admin int64, now int) *invite {
	for _, i := range c.links() {
		if i.Permanent && !i.Revoked && i.Admin == admin {
			return i
		}
	}
	i := &invite{Hash: from.freshHash(), Admin: admin, Date: now, Permanent: true}
	c.Invites = append(c.Invites, i)
	return i
}

// invited finds what a hash leads to.
func (c *call) invited(hash string) (*chat, *invite, error) {
	if hash == "" {
		return nil, nil, bad("INVITE_HASH_EMPTY")
	}
	for _, ch := range c.chats {
		if i := ch.link(hash); i != nil {
			if !i.usable(c.today) || c.keptOut(ch, c.me.id) || ch.MigratedTo != 0 {
				break
			}
			return ch, i, nil
		}
	}
	return nil, nil, bad("INVITE_HASH_EXPIRED")
}

// shownLink is an invite as admins see it, nil for none.
func (c *call) shownLink(ch *chat, i *invite) tg.ExportedChatInviteClass {
	if i == nil {
		return nil
	}
	requested := 0
	for _, r := range ch.Requests {
		if r.Link == i.Hash {
			requested++
		}
	}
	return &tg.ChatInviteExported{
		Revoked: i.Revoked, Permanent: i.Permanent, RequestNeeded: i.Requests, Link: linkPrefix + i.Hash, AdminID: i.Admin,
		Date: i.Date, ExpireDate: i.Expires, UsageLimit: i.Limit, Usage: i.Usage, Requested: requested, Title: i.Title,
	}
}

// mayShare returns the links that the caller may see: the creator all, admins their own.
func (c *call) mayShare(ch *chat, admin int64) error {
	if admin != c.me.id && ch.creator != c.me.id {
		return bad("CHAT_ADMIN_REQUIRED")
	}
	return nil
}

// ask notes that the caller wants to be let in, tells the admins, and returns what Telegram
// answers. See https://core.telegram.org/api/invites#join-requests.
func (c *call) ask(ch *chat, i *invite) error {
	r := joinRequest{User: c.me.id, Date: c.today}
	if i != nil {
		r.Link = i.Hash
	}
	if !slices.ContainsFunc(ch.Requests, func(old joinRequest) bool { return old.User == r.User }) {
		ch.Requests = append(ch.Requests, r)
		ch.version++
		c.tellRequests(ch)
		c.tellBots(ch, r, i)
	}
	return bad("INVITE_REQUEST_SENT")
}

// tellBots tells the bots among the admins of one request.
func (c *call) tellBots(ch *chat, r joinRequest, i *invite) {
	for _, m := range ch.members {
		if !m.user.bot || !c.has(m.user, ch, toInvite) || !m.admin() {
			continue
		}
		c.noteQts(m.user, func(qts int) tg.UpdateClass {
			update := &tg.UpdateBotChatInviteRequester{Peer: ch.peer.tg(), Date: r.Date, UserID: r.User, About: c.users[r.User].about, Qts: qts}
			update.Invite = &tg.ChatInvitePublicJoinRequests{}
			if i != nil {
				update.Invite = c.shownLink(ch, i)
			}
			return update
		})
	}
}

const requestersShown = 3

// recentRequesters are the last who asked, newest first.
func (c *chat) recentRequesters() []int64 {
	list := []int64{}
	for i := len(c.Requests) - 1; i >= 0 && len(list) < requestersShown; i-- {
		list = append(list, c.Requests[i].User)
	}
	return list
}

// tellRequests tells the people among the admins how many wait to be let in.
func (c *call) tellRequests(ch *chat) {
	for _, m := range ch.members {
		if m.user.bot || !ch.boss(m.user.id) || !c.has(m.user, ch, toInvite) {
			continue
		}
		except := c.session
		if m.user != c.me {
			except = nil
		}
		c.pushShort(m.user, except, &tg.UpdatePendingJoinRequests{
			Peer: ch.peer.tg(), RequestsPending: len(ch.Requests), RecentRequesters: ch.recentRequesters(),
		})
	}
}

// withdraw takes back a request, if there is one, and returns what the caller's answer says.
func (c *call) withdraw(ch *chat, id int64) []tg.UpdateClass {
	before := len(ch.Requests)
	ch.Requests = slices.DeleteFunc(ch.Requests, func(r joinRequest) bool { return r.User == id })
	if len(ch.Requests) == before {
		return nil
	}
	ch.version++
	c.tellRequests(ch)
	if id == c.me.id || !ch.boss(c.me.id) {
		return nil
	}
	return []tg.UpdateClass{&tg.UpdatePendingJoinRequests{
		Peer: ch.peer.tg(), RequestsPending: len(ch.Requests), RecentRequesters: ch.recentRequesters(),
	}}
}

// sortInvites puts the newest first.
func sortInvites(list []*invite) {
	slices.SortStableFunc(list, func(a, b *invite) int { return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(a.Hash, b.Hash)) })
}
