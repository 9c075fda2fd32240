package bindings

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// peer is a user, group or channel as scripts see it. All three have the same fields, so that
// event.chat.title is nil, not an error, in a private chat.
type peer struct {
	telegram.Peer
	member *telegram.Participant // for those that came as a member of a chat
}

// peerOf makes the Lua side of a peer; nil when nobody is meant.
func peerOf(p telegram.Peer) *peer {
	if p.ID == 0 {
		return nil
	}
	return &peer{Peer: p}
}

// userPeer is a user that came without its chat.
func userPeer(u *telegram.User) *peer {
	if u == nil || u.User == nil {
		return nil
	}
	return &peer{Peer: telegram.Peer{ID: u.ID, Input: &tg.InputPeerUser{UserID: u.ID, AccessHash: u.AccessHash}, User: u.User}}
}

// kind is which sort of peer it is.
func (p *peer) kind() string {
	switch {
	case p.User != nil && p.User.Bot:
		return "bot"
	case p.IsUser():
		return "user"
	case !p.IsChannel():
		return "group"
	case p.IsGroup():
		return "supergroup"
	}
	return "channel"
}

func (p *peer) title() string {
	switch chat := p.Chat.(type) {
	case *tg.Chat:
		return chat.Title
	case *tg.ChatForbidden:
		return chat.Title
	case *tg.Channel:
		return chat.Title
	case *tg.ChannelForbidden:
		return chat.Title
	}
	return ""
}

// name is what a list of chats shows.
func (p *peer) name() string {
	if p.User != nil {
		if name := strings.TrimSpace(p.User.FirstName + " " + p.User.LastName); name != "" {
			return name
		}
	}
	if title := p.title(); title != "" {
		return title
	}
	if names := p.usernames(); len(names) > 0 {
		return "@" + names[0]
	}
	return strconv.FormatInt(p.ID, 10)
}

// usernames are the public names, the one that is shown first.
func (p *peer) usernames() []string {
	var first string
	var more []tg.Username
	if p.User != nil {
		first, more = p.User.Username, p.User.Usernames
	} else if channel, ok := p.Chat.(*tg.Channel); ok {
		first, more = channel.Username, channel.Usernames
	}
	var names []string
	if first != "" {
		names = append(names, first)
	}
	for _, u := range more {
		if u.Active && u.Username != first {
			names = append(names, u.Username)
		}
	}
	return names
}

// user makes a getter for a field that only users have.
func user[T any](get func(u *tg.User) T) func(p *peer) T {
	return func(p *peer) (none T) {
		if p.User == nil {
			return none
		}
		return get(p.User)
	}
}

// peerClass is the class Peer.
var peerClass = spec.Class{
	Name: "Peer", Call: "peer", Go: reflect.TypeFor[*peer](),
	Doc: "A user, bot, group or channel. All have the same fields; those that make no sense for one are nil or false. " +
		"Fields tell what was known when the event came: client:get_entity asks Telegram anew.",
	Text: func(v any) string {
		p := v.(*peer)
		return "Peer(" + p.kind() + " " + strconv.FormatInt(p.ID, 10) + " " + p.name() + ")"
	},
	Equal: func(a, b any) bool { return a.(*peer).ID == b.(*peer).ID },
	Fields: []spec.Field{
		spec.Get("id", "Marked id: user n, group -n, supergroup or channel -100n.", func(p *peer) int64 { return p.ID }),
		spec.Get("kind", "What it is.", (*peer).kind).Is(`"user"|"bot"|"group"|"supergroup"|"channel"`),
		spec.Get("name", "What a list of chats shows: first and last name, or the title.", (*peer).name),
		spec.Get("title", "Title of a group or channel.", (*peer).title).Maybe(),
		spec.Get("first_name", "First name of a user.", user(func(u *tg.User) string { return u.FirstName })).Maybe(),
		spec.Get("last_name", "Last name of a user.", user(func(u *tg.User) string { return u.LastName })).Maybe(),
		spec.Get("username", "Public name without the @.", func(p *peer) string {
			if names := p.usernames(); len(names) > 0 {
				return names[0]
			}
			return ""
		}).Maybe(),
		spec.Get("usernames", "All public names without the @; the one that is shown comes first.", (*peer).usernames),
		spec.Get("phone", "Phone number, where the user lets us see it.", user(func(u *tg.User) string { return u.Phone })).Maybe(),
		spec.Get("lang_code", "Language of the user's app, where a bot is told.", user(func(u *tg.User) string { return u.LangCode })).Maybe(),
		spec.Get("is_user", "A person or a bot.", func(p *peer) bool { return p.IsUser() }),
		spec.Get("is_bot", "A bot.", user(func(u *tg.User) bool { return u.Bot })),
		spec.Get("is_group", "A group or supergroup.", func(p *peer) bool { return p.IsGroup() }),
		spec.Get("is_channel", "A channel, where only admins write.", func(p *peer) bool { return p.kind() == "channel" }),
		spec.Get("is_self", "The account that this script runs on.", user(func(u *tg.User) bool { return u.Self })),
		spec.Get("is_contact", "In the account's contacts.", user(func(u *tg.User) bool { return u.Contact })),
		spec.Get("is_premium", "Has Telegram Premium.", user(func(u *tg.User) bool { return u.Premium })),
		spec.Get("is_deleted", "The account was deleted.", user(func(u *tg.User) bool { return u.Deleted })),
		spec.Get("is_verified", "Verified by Telegram.", func(p *peer) bool { return p.flags().verified }),
		spec.Get("is_scam", "Reported as a scam.", func(p *peer) bool { return p.flags().scam }),
		spec.Get("is_fake", "Reported as pretending to be somebody else.", func(p *peer) bool { return p.flags().fake }),
		spec.Get("participants_count", "How many members, where known.", (*peer).members).Maybe(),
	},
}

type flags struct{ verified, scam, fake bool }

func (p *peer) flags() flags {
	if p.User != nil {
		return flags{p.User.Verified, p.User.Scam, p.User.Fake}
	}
	if c, ok := p.Chat.(*tg.Channel); ok {
		return flags{c.Verified, c.Scam, c.Fake}
	}
	return flags{}
}

func (p *peer) members() int {
	switch chat := p.Chat.(type) {
	case *tg.Chat:
		return chat.ParticipantsCount
	case *tg.Channel:
		return chat.ParticipantsCount
	}
	return 0
}
