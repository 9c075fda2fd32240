package sandbox

import (
	"slices"

	"github.com/gotd/td/tg"
)

// circle is whom an account lets near, and how near.
type circle struct {
	blocked map[int64]bool
	order   []int64 // whom it has blocked, in that order
	privacy map[uint32][]tg.PrivacyRuleClass
	changes int // of anything about the account that its update log doesn't tell
}

// The privacy keys that change something here; others are only remembered.
const (
	privacyStatus   = tg.PrivacyKeyStatusTimestampTypeID
	privacyInvites  = tg.PrivacyKeyChatInviteTypeID
	privacyForwards = tg.PrivacyKeyForwardsTypeID
	privacyPhone    = tg.PrivacyKeyPhoneNumberTypeID
	privacyAbout    = tg.PrivacyKeyAboutTypeID
	privacyPhoto    = tg.PrivacyKeyProfilePhotoTypeID
	privacyVoice    = tg.PrivacyKeyVoiceMessagesTypeID
	privacyFound    = tg.PrivacyKeyAddedByPhoneTypeID
)

func (k *circle) block(id int64) {
	if k.blocked == nil {
		k.blocked = map[int64]bool{}
	}
	if !k.blocked[id] {
		k.blocked[id] = true
		k.order = append(k.order, id)
	}
}

func (k *circle) setPrivacy(key uint32, rules []tg.PrivacyRuleClass) {
	if k.privacy == nil {
		k.privacy = map[uint32][]tg.PrivacyRuleClass{}
	}
	k.privacy[key] = rules
}

func (k *circle) unblock(id int64) {
	delete(k.blocked, id)
	k.order = slices.DeleteFunc(k.order, func(other int64) bool { return other == id })
}

// allows tells whether u's rules let viewer near: the first rule that speaks of viewer counts.
//
// See https://core.telegram.org/api/privacy.
func (u *user) allows(key uint32, viewer *user) bool {
	if u == viewer {
		return true
	}
	for _, rule := range u.privacy[key] {
		switch r := rule.(type) {
		case *tg.PrivacyValueAllowUsers:
			if slices.Contains(r.Users, viewer.id) {
				return true
			}
		case *tg.PrivacyValueDisallowUsers:
			if slices.Contains(r.Users, viewer.id) {
				return false
			}
		case *tg.PrivacyValueAllowContacts:
			if u.hasContact(viewer) {
				return true
			}
		case *tg.PrivacyValueDisallowContacts:
			if u.hasContact(viewer) {
				return false
			}
		case *tg.PrivacyValueAllowBots:
			if viewer.bot {
				return true
			}
		case *tg.PrivacyValueDisallowBots:
			if viewer.bot {
				return false
			}
		case *tg.PrivacyValueAllowAll:
			return true
		case *tg.PrivacyValueDisallowAll:
			return false
		}
	}
	return len(u.privacy[key]) == 0
}
