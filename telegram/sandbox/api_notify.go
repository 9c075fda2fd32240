package sandbox

import (
	"strconv"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func notifyMethods(t table) {
	on(t, people, (*call).getNotifySettings)
	on(t, people, (*call).updateNotifySettings)
	on(t, people, (*call).resetNotifySettings)
	on(t, people, (*call).getNotifyExceptions)
}

// The kinds of chats that have settings of their own, as keys.
const (
	notifyUsers      = "users"
	notifyGroups     = "groups"
	notifyBroadcasts = "broadcasts"
)

// notifyKey is the key of a chat's own settings, or of those of one of its topics.
func notifyKey(p peer, topic int) string {
	key := "peer " + strconv.FormatInt(p.marked(), 10)
	if topic != 0 {
		key += " topic " + strconv.Itoa(topic)
	}
	return key
}

// notified finds what settings are meant, and how others are told of them.
func (c *call) notified(in tg.InputNotifyPeerClass) (string, tg.NotifyPeerClass, error) {
	switch in := in.(type) {
	case *tg.InputNotifyPeer:
		p, err := c.peer(in.Peer)
		return notifyKey(p, 0), &tg.NotifyPeer{Peer: p.tg()}, err
	case *tg.InputNotifyForumTopic:
		p, err := c.peer(in.Peer)
		return notifyKey(p, in.TopMsgID), &tg.NotifyForumTopic{Peer: p.tg(), TopMsgID: in.TopMsgID}, err
	case *tg.InputNotifyUsers:
		return notifyUsers, &tg.NotifyUsers{}, nil
	case *tg.InputNotifyChats:
		return notifyGroups, &tg.NotifyChats{}, nil
	case *tg.InputNotifyBroadcasts:
		return notifyBroadcasts, &tg.NotifyBroadcasts{}, nil
	default:
		return "", nil, bad("PEER_ID_INVALID")
	}
}

// getNotifySettings: https://core.telegram.org/method/account.getNotifySettings
func (c *call) getNotifySettings(in *tg.AccountGetNotifySettingsRequest) (bin.Encoder, error) {
	key, _, err := c.notified(in.Peer)
	if err != nil {
		return nil, err
	}
	settings, err := c.me.prefs.notifyOf(key)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(key, "peer") { // what a kind does not say is not said anywhere else
		if _, set := settings.GetShowPreviews(); !set {
			settings.SetShowPreviews(true)
		}
		if _, set := settings.GetSilent(); !set {
			settings.SetSilent(false)
		}
		if _, set := settings.GetMuteUntil(); !set {
			settings.SetMuteUntil(0)
		}
	}
	return &settings, nil
}

// updateNotifySettings: https://core.telegram.org/method/account.updateNotifySettings
func (c *call) updateNotifySettings(in *tg.AccountUpdateNotifySettingsRequest) (bin.Encoder, error) {
	key, who, err := c.notified(in.Peer)
	if err != nil {
		return nil, err
	}
	settings := notifySettings(in.Settings)
	var b bin.Buffer
	if err := settings.Encode(&b); err != nil {
		return nil, bad("SETTINGS_INVALID")
	}
	c.me.prefs.setNotify(key, b.Buf)
	c.touched()
	c.pushShort(c.me, c.session, &tg.UpdateNotifySettings{Peer: who, NotifySettings: settings})
	return yes()
}

// notifySettings are what a client chose as clients see it: a sound is the same on all devices.
func notifySettings(in tg.InputPeerNotifySettings) tg.PeerNotifySettings {
	var out tg.PeerNotifySettings
	if on, given := in.GetShowPreviews(); given {
		out.SetShowPreviews(on)
	}
	if on, given := in.GetSilent(); given {
		out.SetSilent(on)
	}
	if until, given := in.GetMuteUntil(); given {
		out.SetMuteUntil(until)
	}
	if sound, given := in.GetSound(); given {
		out.SetIosSound(sound)
		out.SetAndroidSound(sound)
		out.SetOtherSound(sound)
	}
	if on, given := in.GetStoriesMuted(); given {
		out.SetStoriesMuted(on)
	}
	if on, given := in.GetStoriesHideSender(); given {
		out.SetStoriesHideSender(on)
	}
	return out
}

// resetNotifySettings: https://core.telegram.org/method/account.resetNotifySettings
func (c *call) resetNotifySettings(*tg.AccountResetNotifySettingsRequest) (bin.Encoder, error) {
	c.me.prefs.Notify = nil
	c.touched()
	return yes()
}

// getNotifyExceptions names the chats whose settings are not those of their kind.
//
// See https://core.telegram.org/method/account.getNotifyExceptions.
func (c *call) getNotifyExceptions(*tg.AccountGetNotifyExceptionsRequest) (bin.Encoder, error) {
	cast := c.cast(c.me)
	var list []tg.UpdateClass
	for _, p := range c.everything() {
		key := notifyKey(p, 0)
		if len(c.me.prefs.Notify[key]) == 0 {
			continue
		}
		settings, err := c.me.prefs.notifyOf(key)
		if err != nil {
			return nil, err
		}
		cast.add(p)
		list = append(list, &tg.UpdateNotifySettings{Peer: &tg.NotifyPeer{Peer: p.tg()}, NotifySettings: settings})
	}
	return cast.updates(c.today, list), nil
}

// muted tells whether a chat makes no noise: by its own settings or by those of its kind.
func (w *world) muted(u *user, p peer) bool {
	kind := notifyUsers
	switch c := w.chats[p]; {
	case c == nil:
	case c.broadcast():
		kind = notifyBroadcasts
	default:
		kind = notifyGroups
	}
	for _, key := range []string{notifyKey(p, 0), kind} {
		settings, err := u.prefs.notifyOf(key)
		if until, given := settings.GetMuteUntil(); err == nil && given {
			return until > w.today
		}
	}
	return false
}
