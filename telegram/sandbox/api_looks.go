package sandbox

import (
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func looksMethods(t table) {
	on(t, people, (*call).updateColor)
	on(t, people, (*call).updateBirthday)
	on(t, people, (*call).updatePersonalChannel)
	on(t, people, (*call).getGlobalPrivacy)
	on(t, people, (*call).setGlobalPrivacy)
}

// looks are what a profile shows besides names and photos, kept in TL form where that has a type.
type looks struct {
	Colour, ProfileColour keptColour
	Birthday              [3]int // day, month, year
	Channel               int64  // the personal one
	Global                []byte // globalPrivacySettings
}

type keptColour struct {
	Set   bool
	N     int
	Emoji int64
}

func (k keptColour) shown() (tg.PeerColorClass, bool) {
	out := &tg.PeerColor{}
	if k.N >= 0 {
		out.SetColor(k.N)
	}
	if k.Emoji != 0 {
		out.SetBackgroundEmojiID(k.Emoji)
	}
	return out, k.Set
}

// freeColours are those that accounts without premium may have.
const freeColours = 7

// updateColor: https://core.telegram.org/method/account.updateColor
func (c *call) updateColor(in *tg.AccountUpdateColorRequest) (bin.Encoder, error) {
	kept := keptColour{N: -1}
	if in.Color != nil {
		colour, ok := in.Color.(*tg.PeerColor)
		if !ok {
			return nil, bad("COLOR_INVALID")
		}
		kept.Set = true
		if n, given := colour.GetColor(); given {
			kept.N = n
		}
		kept.Emoji = colour.BackgroundEmojiID
		switch {
		case kept.N < -1 || kept.N > 20:
			return nil, bad("COLOR_INVALID")
		case !c.me.prefs.Premium && (in.ForProfile || kept.N >= freeColours || kept.Emoji != 0):
			return nil, forbidden("PREMIUM_ACCOUNT_REQUIRED")
		}
	}
	if in.ForProfile {
		c.me.prefs.Looks.ProfileColour = kept
	} else {
		c.me.prefs.Looks.Colour = kept
	}
	c.touched()
	c.pushShort(c.me, c.session, &tg.UpdateUser{UserID: c.me.id})
	return yes()
}

// updateBirthday: https://core.telegram.org/method/account.updateBirthday
func (c *call) updateBirthday(in *tg.AccountUpdateBirthdayRequest) (bin.Encoder, error) {
	date, given := in.GetBirthday()
	if given && !possible(date) {
		return nil, bad("BIRTHDAY_INVALID")
	}
	c.me.prefs.Looks.Birthday = [3]int{date.Day, date.Month, date.Year}
	c.touched()
	return yes()
}

// possible tells whether there is such a day. Whoever doesn't tell the year may be born on 29 February.
func possible(date tg.Birthday) bool {
	year := date.Year
	if year == 0 {
		year = 2000
	}
	day := time.Date(year, time.Month(date.Month), date.Day, 0, 0, 0, 0, time.UTC)
	return day.Day() == date.Day && int(day.Month()) == date.Month && year >= 1875
}

// updatePersonalChannel: https://core.telegram.org/method/account.updatePersonalChannel
func (c *call) updatePersonalChannel(in *tg.AccountUpdatePersonalChannelRequest) (bin.Encoder, error) {
	c.me.prefs.Looks.Channel = 0
	if _, none := in.Channel.(*tg.InputChannelEmpty); !none {
		ch, err := c.channel(in.Channel)
		switch {
		case err != nil:
			return nil, err
		case !ch.broadcast() || ch.username == "" || ch.creator != c.me.id:
			return nil, bad("CHANNEL_INVALID")
		}
		c.me.prefs.Looks.Channel = ch.peer.id
	}
	c.touched()
	return yes()
}

func (p *preferences) global() tg.GlobalPrivacySettings {
	var out tg.GlobalPrivacySettings
	if len(p.Looks.Global) > 0 {
		_ = out.Decode(&bin.Buffer{Buf: p.Looks.Global}) // setGlobalPrivacy has written it
	}
	return out
}

// getGlobalPrivacy: https://core.telegram.org/method/account.getGlobalPrivacySettings
func (c *call) getGlobalPrivacy(*tg.AccountGetGlobalPrivacySettingsRequest) (bin.Encoder, error) {
	settings := c.me.prefs.global()
	return &settings, nil
}

// setGlobalPrivacy: https://core.telegram.org/method/account.setGlobalPrivacySettings
func (c *call) setGlobalPrivacy(in *tg.AccountSetGlobalPrivacySettingsRequest) (bin.Encoder, error) {
	if !c.me.prefs.Premium && (in.Settings.ArchiveAndMuteNewNoncontactPeers || in.Settings.NewNoncontactPeersRequirePremium) {
		return nil, forbidden("PREMIUM_ACCOUNT_REQUIRED")
	}
	var b bin.Buffer
	if err := in.Settings.Encode(&b); err != nil {
		return nil, bad("SETTINGS_INVALID")
	}
	c.me.prefs.Looks.Global = b.Buf
	c.touched()
	return &in.Settings, nil
}

// decorate adds the looks of u that viewer may see.
func (c *call) decorate(full *tg.UserFull, u *user) {
	prefs := &u.prefs
	if date := prefs.Looks.Birthday; date[0] != 0 && u.allows(tg.PrivacyKeyBirthdayTypeID, c.me) {
		birthday := tg.Birthday{Day: date[0], Month: date[1]}
		if date[2] != 0 {
			birthday.SetYear(date[2])
		}
		full.SetBirthday(birthday)
	}
	if ch := c.chats[peer{peerChannel, prefs.Looks.Channel}]; ch != nil {
		full.SetPersonalChannelID(prefs.Looks.Channel)
		full.SetPersonalChannelMessage(ch.ids.last())
	}
	full.ReadDatesPrivate = prefs.global().HideReadMarks
	full.VoiceMessagesForbidden = !u.allows(tg.PrivacyKeyVoiceMessagesTypeID, c.me)
	full.Blocked = c.me.blocked[u.id]
}
