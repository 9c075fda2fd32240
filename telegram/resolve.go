package telegram

import (
	"context"
	"errors"
	"fmt"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// Resolve finds out who is meant. It asks Telegram only if neither memory nor disk knows: by name, number or link once,
// by id or title with the list of the account's chats, at most every ten minutes. A name that nobody has is remembered
// as such for a minute. Who can't be found is a *PeerUnknownError that says what was tried.
func (a *Account) Resolve(ctx context.Context, to Target) (Peer, error) {
	switch to := to.(type) {
	case Peer:
		if to.Input != nil {
			return to, nil
		}
		return a.resolveID(ctx, to.ID)
	case *Message:
		if to == nil {
			break
		}
		return a.Resolve(ctx, to.Chat)
	case ID:
		return a.resolveID(ctx, int64(to))
	case Name:
		return a.resolveName(ctx, string(to))
	}
	return Peer{}, errors.New("resolve: no target given")
}

// KnownPeer is what is remembered of somebody by marked id; Telegram isn't asked. One that was never met is the id
// alone.
func (a *Account) KnownPeer(id int64) Peer { return a.peers.get(id) }

func (a *Account) resolveName(ctx context.Context, text string) (Peer, error) {
	r := refer(text)
	s := search{a: a, what: text}
	switch {
	case r.self:
		return a.selfPeer()
	case r.id != 0:
		return a.resolveID(ctx, r.id)
	case r.phone != "":
		return s.phone(ctx, r.phone)
	case r.invite != "":
		return s.invite(ctx, r.invite)
	case r.name != "" && !r.bare:
		return s.name(ctx, r.name)
	case r.wrong != "":
		return Peer{}, s.unknown(r.wrong)
	case r.title == "":
		return Peer{}, errors.New(`resolve: the target is empty; write "me", "@name", an id, a phone number or a t.me link`)
	}
	// A word alone may be the name of a chat as well as a user name. Chats of our own come first: a
	// stranger may have taken the name.
	if peer, ok, err := s.title(ctx, r.title); ok || err != nil {
		return peer, err
	}
	if r.bare {
		return s.name(ctx, r.name)
	}
	return Peer{}, s.unknown("names must be written exactly as Telegram shows them, of a contact or a chat that the account is in; a user name starts with @")
}

func (a *Account) selfPeer() (Peer, error) {
	self := a.Self()
	if self == nil {
		return Peer{}, fmt.Errorf("resolve: %w", ErrNotSignedIn)
	}
	return Peer{ID: self.ID, Input: &tg.InputPeerSelf{}, User: self.User}, nil
}

// search is one attempt to find somebody, which can tell what it tried.
type search struct {
	a     *Account
	what  string
	tried []string
}

func (s *search) try(what string) { s.tried = append(s.tried, what) }

func (s *search) unknown(hint string) error {
	return &PeerUnknownError{What: s.what, Tried: s.tried, Hint: hint}
}

func (s *search) name(ctx context.Context, name string) (Peer, error) {
	s.try("the user names seen so far")
	known, fresh, ok := s.a.peers.byName(ctx, name)
	if fresh && ok {
		return known, nil
	}
	s.try("contacts.resolveUsername")
	found, err := s.a.ask(ctx, "@"+name, func(ctx context.Context) (Peer, error) {
		r, err := s.a.API().ContactsResolveUsername(ctx, &tg.ContactsResolveUsernameRequest{Username: name})
		if err != nil {
			return Peer{}, err
		}
		return s.a.peers.get(MarkedID(r.Peer)), nil
	})
	switch {
	case tgerr.Is(err, "USERNAME_NOT_OCCUPIED", "USERNAME_INVALID"):
		return Peer{}, s.unknown("nobody has this user name; check the spelling")
	case err != nil && ok && ctx.Err() == nil:
		s.a.log.DebugContext(ctx, "who has a user name can't be asked, who had it is taken", "name", name, "error", err)
		return known, nil
	case err != nil:
		return Peer{}, fmt.Errorf("resolve @%s: %w", name, err)
	case found.Input == nil:
		return Peer{}, s.unknown("Telegram doesn't say how to address them")
	}
	return found, nil
}

func (s *search) phone(ctx context.Context, digits string) (Peer, error) {
	s.try("the phone numbers seen so far")
	if peer, ok := s.a.peers.byPhone(ctx, digits); ok {
		return peer, nil
	}
	if s.a.isBot() {
		return Peer{}, s.unknown("bots can't look up phone numbers")
	}
	s.try("contacts.resolvePhone")
	found, err := s.a.ask(ctx, "+"+digits, func(ctx context.Context) (Peer, error) {
		r, err := s.a.API().ContactsResolvePhone(ctx, digits)
		if err != nil {
			return Peer{}, err
		}
		return s.a.peers.get(MarkedID(r.Peer)), nil
	})
	switch {
	case tgerr.Is(err, "PHONE_NOT_OCCUPIED", "PHONE_NUMBER_INVALID"):
		return Peer{}, s.unknown("nobody has this number, or they don't let others find them by it; save them as a contact, or use their @name")
	case err != nil:
		return Peer{}, fmt.Errorf("resolve phone number: %w", err)
	case found.Input == nil:
		return Peer{}, s.unknown("Telegram doesn't say how to address them")
	}
	return found, nil
}

func (s *search) invite(ctx context.Context, hash string) (Peer, error) {
	s.try("messages.checkChatInvite")
	invite, err := s.a.API().MessagesCheckChatInvite(ctx, hash)
	switch {
	case tgerr.Is(err, "INVITE_HASH_INVALID", "INVITE_HASH_EXPIRED", "INVITE_HASH_EMPTY"):
		return Peer{}, s.unknown("the invite link is wrong or has expired")
	case err != nil:
		return Peer{}, fmt.Errorf("resolve invite link: %w", err)
	}
	var chat tg.ChatClass
	switch i := invite.(type) {
	case *tg.ChatInviteAlready:
		chat = i.Chat
	case *tg.ChatInvitePeek:
		chat = i.Chat
	case *tg.ChatInvite:
		return Peer{}, s.unknown(fmt.Sprintf("the account is not in %q yet: join it first", i.Title))
	}
	if peer := s.a.peers.get(chatID(chat)); peer.Input != nil {
		return peer, nil
	}
	return Peer{}, s.unknown("the account has no access to the chat of this invite link")
}

// title looks for a contact or chat by name; false if there is none.
func (s *search) title(ctx context.Context, title string) (Peer, bool, error) {
	for first := true; ; first = false {
		s.try("the names of contacts and chats")
		switch found := s.a.peers.byTitle(ctx, title); {
		case len(found) == 1:
			return found[0], true, nil
		case len(found) > 1:
			return Peer{}, false, s.unknown(fmt.Sprintf("%d contacts or chats are called so: use an @name or an id; the first two are %d and %d",
				len(found), found[0].ID, found[1].ID))
		}
		if !first {
			return Peer{}, false, nil
		}
		switch asked, err := s.a.warmUp(ctx); {
		case err != nil:
			return Peer{}, false, fmt.Errorf("resolve %q: %w", s.what, err)
		case !asked:
			return Peer{}, false, nil
		}
		s.tried = append(s.tried[:len(s.tried)-1], "messages.getDialogs", "contacts.getContacts")
	}
}

func chatID(c tg.ChatClass) int64 {
	switch c := c.(type) {
	case *tg.Channel:
		return channelID(c.ID)
	case *tg.ChannelForbidden:
		return channelID(c.ID)
	case nil:
		return 0
	}
	return groupID(c.GetID())
}

func (a *Account) isBot() bool {
	self := a.Self()
	return self != nil && self.Bot
}
