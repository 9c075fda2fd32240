package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestNotifySettings(t *testing.T) {
	s := serve(t, Options{})
	alice, other := enter(t, s, "alice"), enter(t, s, "alice")
	ctx := t.Context()
	forum := alice.create(t, &tg.ChannelsCreateChannelRequest{Megagroup: true, Forum: true, Title: "Forum"})
	topic := alice.topic(t, forum, "Topic")
	for name, at := range map[string]tg.InputNotifyPeerClass{
		"a person":   &tg.InputNotifyPeer{Peer: alice.peer("bob")},
		"a topic":    &tg.InputNotifyForumTopic{Peer: alice.where(forum), TopMsgID: topic},
		"people":     &tg.InputNotifyUsers{},
		"groups":     &tg.InputNotifyChats{},
		"broadcasts": &tg.InputNotifyBroadcasts{},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := alice.api.AccountGetNotifySettings(ctx, at); err != nil || got.MuteUntil != 0 {
				t.Errorf("at first: %v, %v", got, err)
			}
			in := tg.InputPeerNotifySettings{}
			in.SetMuteUntil(2_000_000_000)
			in.SetSilent(true)
			in.SetShowPreviews(false)
			in.SetSound(&tg.NotificationSoundNone{})
			if _, err := alice.api.AccountUpdateNotifySettings(ctx, &tg.AccountUpdateNotifySettingsRequest{Peer: at, Settings: in}); err != nil {
				t.Fatal(err)
			}
			if u := next[*tg.UpdateNotifySettings](t, other.client); u.NotifySettings.MuteUntil != 2_000_000_000 {
				t.Errorf("the other device was told %v", u)
			}
			got, err := alice.api.AccountGetNotifySettings(ctx, at)
			if err != nil || got.MuteUntil != 2_000_000_000 || !got.Silent || got.OtherSound == nil {
				t.Errorf("then: %v, %v", got, err)
			}
			if show, given := got.GetShowPreviews(); show || !given {
				t.Errorf("previews: %v, %v", show, given)
			}
		})
	}
	full, err := alice.api.UsersGetFullUser(ctx, alice.user("bob"))
	if err != nil || full.FullUser.NotifySettings.MuteUntil != 2_000_000_000 {
		t.Errorf("the profile: %v, %v", full, err)
	}
	exceptions, err := alice.api.AccountGetNotifyExceptions(ctx, &tg.AccountGetNotifyExceptionsRequest{})
	if err != nil || len(exceptions.(*tg.Updates).Updates) != 1 {
		t.Errorf("exceptions: %v, %v", exceptions, err)
	}
	if _, err := alice.api.AccountResetNotifySettings(ctx); err != nil {
		t.Fatal(err)
	}
	if got, err := alice.api.AccountGetNotifySettings(ctx, &tg.InputNotifyUsers{}); err != nil || got.MuteUntil != 0 {
		t.Errorf("after the reset: %v, %v", got, err)
	}
	_, err = alice.api.AccountGetNotifySettings(ctx, &tg.InputNotifyPeer{Peer: &tg.InputPeerEmpty{}})
	wantError(t, err, "PEER_ID_INVALID")
}
