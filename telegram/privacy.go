package telegram

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/gotd/td/tg"
)

// PrivacyKey is something of the account that others may see or do: a row of privacyKeys.
type PrivacyKey string

// privacyKeys are what the rules of https://core.telegram.org/api/privacy are about.
var privacyKeys = map[PrivacyKey]func() tg.InputPrivacyKeyClass{
	"last_seen":      func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyStatusTimestamp{} },
	"chat_invite":    func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyChatInvite{} },
	"calls":          func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyPhoneCall{} },
	"calls_p2p":      func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyPhoneP2P{} },
	"forwards":       func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyForwards{} },
	"photo":          func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyProfilePhoto{} },
	"phone":          func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyPhoneNumber{} },
	"found_by_phone": func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyAddedByPhone{} },
	"voice_messages": func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyVoiceMessages{} },
	"about":          func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyAbout{} },
	"birthday":       func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyBirthday{} },
	"gifts":          func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyStarGiftsAutoSave{} },
	"free_messages":  func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeyNoPaidMessages{} },
	"music":          func() tg.InputPrivacyKeyClass { return &tg.InputPrivacyKeySavedMusic{} },
}

// PrivacyKeys are all keys, in alphabetical order.
func PrivacyKeys() []PrivacyKey { return slices.Sorted(maps.Keys(privacyKeys)) }

// Audience is who may, apart from exceptions.
type Audience string

// The audiences.
const (
	Everyone     Audience = "everyone"
	OnlyContacts Audience = "contacts"
	CloseFriends Audience = "close_friends"
	Nobody       Audience = "nobody"
)

// Privacy is who may see or do something. Exceptions are people, and groups with all their members.
type Privacy struct {
	Allow         Audience
	Always, Never []Target
	Premium       bool // people with Telegram Premium may as well
	Bots          bool // bots may as well
	NoBots        bool // bots may not
}

// Errors of privacy rules that there are not.
var (
	ErrPrivacyKey      = errors.New("there is no such privacy setting")
	ErrPrivacyAudience = errors.New("the audience is everyone, contacts, close_friends or nobody")
)

// Privacy tells who may see or do something. A key that there is not is ErrPrivacyKey.
func (a *Account) Privacy(ctx context.Context, key PrivacyKey) (Privacy, error) {
	input, ok := privacyKeys[key]
	if !ok {
		return Privacy{}, fmt.Errorf("get privacy of %q: %w", key, ErrPrivacyKey)
	}
	answer, err := a.API().AccountGetPrivacy(ctx, input())
	if err != nil {
		return Privacy{}, fmt.Errorf("get privacy of %s: %w", key, err)
	}
	return a.privacyOf(answer.Rules), nil
}

// SetPrivacy changes who may see or do something, and returns what Telegram made of it. A key or an audience that there
// is not is ErrPrivacyKey or ErrPrivacyAudience. https://core.telegram.org/method/account.setPrivacy
func (a *Account) SetPrivacy(ctx context.Context, key PrivacyKey, p Privacy) (Privacy, error) {
	input, ok := privacyKeys[key]
	if !ok {
		return Privacy{}, fmt.Errorf("set privacy of %q: %w", key, ErrPrivacyKey)
	}
	rules, err := a.privacyRules(ctx, p)
	if err != nil {
		return Privacy{}, fmt.Errorf("set privacy of %s: %w", key, err)
	}
	answer, err := a.API().AccountSetPrivacy(ctx, &tg.AccountSetPrivacyRequest{Key: input(), Rules: rules})
	if err != nil {
		return Privacy{}, fmt.Errorf("set privacy of %s: %w", key, err)
	}
	return a.privacyOf(answer.Rules), nil
}

// privacyRules are p as Telegram wants it: the first rule that fits somebody counts, so exceptions come first.
func (a *Account) privacyRules(ctx context.Context, p Privacy) ([]tg.InputPrivacyRuleClass, error) {
	var rules []tg.InputPrivacyRuleClass
	users, chats, err := a.crowd(ctx, p.Always)
	if err != nil {
		return nil, err
	}
	if len(users) > 0 {
		rules = append(rules, &tg.InputPrivacyValueAllowUsers{Users: users})
	}
	if len(chats) > 0 {
		rules = append(rules, &tg.InputPrivacyValueAllowChatParticipants{Chats: chats})
	}
	if users, chats, err = a.crowd(ctx, p.Never); err != nil {
		return nil, err
	}
	if len(users) > 0 {
		rules = append(rules, &tg.InputPrivacyValueDisallowUsers{Users: users})
	}
	if len(chats) > 0 {
		rules = append(rules, &tg.InputPrivacyValueDisallowChatParticipants{Chats: chats})
	}
	if p.Premium {
		rules = append(rules, &tg.InputPrivacyValueAllowPremium{})
	}
	if p.Bots {
		rules = append(rules, &tg.InputPrivacyValueAllowBots{})
	}
	if p.NoBots {
		rules = append(rules, &tg.InputPrivacyValueDisallowBots{})
	}
	switch p.Allow {
	case Everyone:
		return append(rules, &tg.InputPrivacyValueAllowAll{}), nil
	case OnlyContacts:
		return append(rules, &tg.InputPrivacyValueAllowContacts{}), nil
	case CloseFriends:
		return append(rules, &tg.InputPrivacyValueAllowCloseFriends{}), nil
	case Nobody:
		return append(rules, &tg.InputPrivacyValueDisallowAll{}), nil
	}
	return nil, ErrPrivacyAudience
}

// crowd tells people and groups of a list apart. Groups are named by their bare ids.
func (a *Account) crowd(ctx context.Context, list []Target) (users []tg.InputUserClass, chats []int64, err error) {
	peers, err := a.resolveAll(ctx, list)
	for _, peer := range peers {
		if input, ok := peer.inputUser(); ok {
			users = append(users, input)
		} else {
			_, bare := unmark(peer.ID)
			chats = append(chats, bare)
		}
	}
	return users, chats, err
}

func (a *Account) privacyOf(rules []tg.PrivacyRuleClass) Privacy {
	p := Privacy{Allow: Nobody}
	people := func(list []Target, ids []int64) []Target {
		for _, id := range ids {
			list = append(list, a.peers.get(id))
		}
		return list
	}
	groups := func(list []Target, ids []int64) []Target {
		for _, id := range ids {
			peer := a.peers.get(groupID(id))
			if peer.Chat == nil { // Telegram doesn't tell which kind it is
				if channel := a.peers.get(channelID(id)); channel.Chat != nil || channel.Input != nil {
					peer = channel
				}
			}
			list = append(list, peer)
		}
		return list
	}
	for _, rule := range rules {
		switch r := rule.(type) {
		case *tg.PrivacyValueAllowAll:
			p.Allow = Everyone
		case *tg.PrivacyValueAllowContacts:
			p.Allow = OnlyContacts
		case *tg.PrivacyValueAllowCloseFriends:
			p.Allow = CloseFriends
		case *tg.PrivacyValueAllowPremium:
			p.Premium = true
		case *tg.PrivacyValueAllowBots:
			p.Bots = true
		case *tg.PrivacyValueDisallowBots:
			p.NoBots = true
		case *tg.PrivacyValueAllowUsers:
			p.Always = people(p.Always, r.Users)
		case *tg.PrivacyValueDisallowUsers:
			p.Never = people(p.Never, r.Users)
		case *tg.PrivacyValueAllowChatParticipants:
			p.Always = groups(p.Always, r.Chats)
		case *tg.PrivacyValueDisallowChatParticipants:
			p.Never = groups(p.Never, r.Chats)
		}
	}
	return p
}
