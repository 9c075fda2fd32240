package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func privacyMethods(t table) {
	on(t, people, (*call).getPrivacy)
	on(t, people, (*call).setPrivacy)
	on(t, people, (*call).block)
	on(t, people, (*call).unblock)
	on(t, people, (*call).getBlocked)
}

// privacyKeys are the keys by what clients call them. See https://core.telegram.org/api/privacy.
var privacyKeys = map[uint32]func() tg.PrivacyKeyClass{
	tg.InputPrivacyKeyStatusTimestampTypeID:   func() tg.PrivacyKeyClass { return &tg.PrivacyKeyStatusTimestamp{} },
	tg.InputPrivacyKeyChatInviteTypeID:        func() tg.PrivacyKeyClass { return &tg.PrivacyKeyChatInvite{} },
	tg.InputPrivacyKeyPhoneCallTypeID:         func() tg.PrivacyKeyClass { return &tg.PrivacyKeyPhoneCall{} },
	tg.InputPrivacyKeyPhoneP2PTypeID:          func() tg.PrivacyKeyClass { return &tg.PrivacyKeyPhoneP2P{} },
	tg.InputPrivacyKeyForwardsTypeID:          func() tg.PrivacyKeyClass { return &tg.PrivacyKeyForwards{} },
	tg.InputPrivacyKeyProfilePhotoTypeID:      func() tg.PrivacyKeyClass { return &tg.PrivacyKeyProfilePhoto{} },
	tg.InputPrivacyKeyPhoneNumberTypeID:       func() tg.PrivacyKeyClass { return &tg.PrivacyKeyPhoneNumber{} },
	tg.InputPrivacyKeyAddedByPhoneTypeID:      func() tg.PrivacyKeyClass { return &tg.PrivacyKeyAddedByPhone{} },
	tg.InputPrivacyKeyVoiceMessagesTypeID:     func() tg.PrivacyKeyClass { return &tg.PrivacyKeyVoiceMessages{} },
	tg.InputPrivacyKeyAboutTypeID:             func() tg.PrivacyKeyClass { return &tg.PrivacyKeyAbout{} },
	tg.InputPrivacyKeyBirthdayTypeID:          func() tg.PrivacyKeyClass { return &tg.PrivacyKeyBirthday{} },
	tg.InputPrivacyKeyStarGiftsAutoSaveTypeID: func() tg.PrivacyKeyClass { return &tg.PrivacyKeyStarGiftsAutoSave{} },
	tg.InputPrivacyKeyNoPaidMessagesTypeID:    func() tg.PrivacyKeyClass { return &tg.PrivacyKeyNoPaidMessages{} },
	tg.InputPrivacyKeySavedMusicTypeID:        func() tg.PrivacyKeyClass { return &tg.PrivacyKeySavedMusic{} },
}

func privacyKey(in tg.InputPrivacyKeyClass) (tg.PrivacyKeyClass, error) {
	if in != nil && privacyKeys[in.TypeID()] != nil {
		return privacyKeys[in.TypeID()](), nil
	}
	return nil, bad("PRIVACY_KEY_INVALID")
}

// getPrivacy: https://core.telegram.org/method/account.getPrivacy
func (c *call) getPrivacy(in *tg.AccountGetPrivacyRequest) (bin.Encoder, error) {
	key, err := privacyKey(in.Key)
	if err != nil {
		return nil, err
	}
	return c.privacyRules(key.TypeID()), nil
}

func (c *call) privacyRules(key uint32) *tg.AccountPrivacyRules {
	rules := c.me.privacy[key]
	if len(rules) == 0 {
		rules = []tg.PrivacyRuleClass{&tg.PrivacyValueAllowAll{}}
	}
	cast := c.cast(c.me)
	for _, rule := range rules {
		cast.mentions(rule)
	}
	return &tg.AccountPrivacyRules{Rules: rules, Users: cast.users, Chats: cast.chats}
}

// setPrivacy: https://core.telegram.org/method/account.setPrivacy
func (c *call) setPrivacy(in *tg.AccountSetPrivacyRequest) (bin.Encoder, error) {
	key, err := privacyKey(in.Key)
	if err != nil {
		return nil, err
	}
	var rules []tg.PrivacyRuleClass
	for _, one := range in.Rules {
		rule, err := c.privacyRule(one)
		if err != nil {
			return nil, err
		}
		rules = append(rules, rule)
	}
	c.me.setPrivacy(key.TypeID(), rules)
	c.me.changes++
	answer := c.privacyRules(key.TypeID())
	c.pushShort(c.me, c.session, &tg.UpdatePrivacy{Key: key, Rules: answer.Rules})
	if key.TypeID() == privacyStatus {
		c.tellStatus()
	}
	return answer, nil
}

func (c *call) privacyRule(in tg.InputPrivacyRuleClass) (tg.PrivacyRuleClass, error) {
	users := func(list []tg.InputUserClass) ([]int64, error) {
		ids := []int64{}
		for _, id := range list {
			u, err := c.user(id)
			if err != nil {
				return nil, err
			}
			ids = append(ids, u.id)
		}
		return ids, nil
	}
	switch r := in.(type) {
	case *tg.InputPrivacyValueAllowContacts:
		return &tg.PrivacyValueAllowContacts{}, nil
	case *tg.InputPrivacyValueAllowAll:
		return &tg.PrivacyValueAllowAll{}, nil
	case *tg.InputPrivacyValueDisallowContacts:
		return &tg.PrivacyValueDisallowContacts{}, nil
	case *tg.InputPrivacyValueDisallowAll:
		return &tg.PrivacyValueDisallowAll{}, nil
	case *tg.InputPrivacyValueAllowCloseFriends:
		return &tg.PrivacyValueAllowCloseFriends{}, nil
	case *tg.InputPrivacyValueAllowPremium:
		return &tg.PrivacyValueAllowPremium{}, nil
	case *tg.InputPrivacyValueAllowBots:
		return &tg.PrivacyValueAllowBots{}, nil
	case *tg.InputPrivacyValueDisallowBots:
		return &tg.PrivacyValueDisallowBots{}, nil
	case *tg.InputPrivacyValueAllowUsers:
		ids, err := users(r.Users)
		return &tg.PrivacyValueAllowUsers{Users: ids}, err
	case *tg.InputPrivacyValueDisallowUsers:
		ids, err := users(r.Users)
		return &tg.PrivacyValueDisallowUsers{Users: ids}, err
	case *tg.InputPrivacyValueAllowChatParticipants:
		return &tg.PrivacyValueAllowChatParticipants{Chats: r.Chats}, nil
	case *tg.InputPrivacyValueDisallowChatParticipants:
		return &tg.PrivacyValueDisallowChatParticipants{Chats: r.Chats}, nil
	default:
		return nil, bad("PRIVACY_VALUE_INVALID")
	}
}

// block: https://core.telegram.org/method/contacts.block
func (c *call) block(in *tg.ContactsBlockRequest) (bin.Encoder, error) {
	return c.setBlocked(in.ID, true)
}

// unblock: https://core.telegram.org/method/contacts.unblock
func (c *call) unblock(in *tg.ContactsUnblockRequest) (bin.Encoder, error) {
	return c.setBlocked(in.ID, false)
}

func (c *call) setBlocked(in tg.InputPeerClass, on bool) (bin.Encoder, error) {
	p, err := c.peer(in)
	switch {
	case err != nil:
		return nil, err
	case p.kind != peerUser || p.id == c.me.id:
		return nil, bad("CONTACT_ID_INVALID")
	case c.me.blocked[p.id] == on:
		return &tg.BoolFalse{}, nil
	}
	if on {
		c.me.block(p.id)
	} else {
		c.me.unblock(p.id)
	}
	c.me.changes++
	c.pushShort(c.me, c.session, &tg.UpdatePeerBlocked{Blocked: on, PeerID: p.tg()})
	return yes()
}

const blockedPage = 100

// getBlocked: https://core.telegram.org/method/contacts.getBlocked
func (c *call) getBlocked(in *tg.ContactsGetBlockedRequest) (bin.Encoder, error) {
	limit := in.Limit
	if limit <= 0 || limit > blockedPage {
		limit = blockedPage
	}
	all := c.me.order
	from := min(max(in.Offset, 0), len(all))
	cast := c.cast(c.me)
	var list []tg.PeerBlocked
	for _, id := range all[from:min(from+limit, len(all))] {
		cast.add(peer{peerUser, id})
		list = append(list, tg.PeerBlocked{PeerID: &tg.PeerUser{UserID: id}, Date: c.today})
	}
	if len(list) < len(all) {
		return &tg.ContactsBlockedSlice{Count: len(all), Blocked: list, Users: cast.users}, nil
	}
	return &tg.ContactsBlocked{Blocked: list, Users: cast.users}, nil
}
