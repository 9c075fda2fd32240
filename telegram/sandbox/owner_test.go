package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestAChatIsGivenAway(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Heirloom", "bob", "EchoBot")
	give := func(c someone, who string, proof tg.InputCheckPasswordSRPClass) error {
		return second(c.api.MessagesEditChatCreator(t.Context(), &tg.MessagesEditChatCreatorRequest{Peer: c.where(id), UserID: c.user(who), Password: proof}))
	}
	wantError(t, give(alice, "bob", &tg.InputCheckPasswordEmpty{}), "PASSWORD_MISSING")
	if err := alice.Auth().UpdatePassword(t.Context(), "mine", knows("")); err != nil {
		t.Fatal(err)
	}
	wantError(t, give(alice, "bob", alice.prove(t, "not mine")), "PASSWORD_HASH_INVALID")
	wantError(t, give(alice, "dave", alice.prove(t, "mine")), "USER_NOT_PARTICIPANT")
	wantError(t, give(alice, "EchoBot", alice.prove(t, "mine")), "USER_ID_INVALID")
	if err := give(alice, "bob", alice.prove(t, "mine")); err != nil {
		t.Fatal(err)
	}
	wantError(t, give(alice, "bob", alice.prove(t, "mine")), "CHAT_ADMIN_REQUIRED")
	p, err := bob.api.ChannelsGetParticipant(t.Context(), &tg.ChannelsGetParticipantRequest{Channel: bob.channel(id), Participant: &tg.InputPeerSelf{}})
	if _, creator := p.GetParticipant().(*tg.ChannelParticipantCreator); err != nil || !creator {
		t.Errorf("bob is %v, %v", p, err)
	}
	if got := bob.members(t, id, &tg.ChannelParticipantsAdmins{}); got.Count != 2 {
		t.Errorf("%d admins", got.Count)
	}
}

func TestEverythingOfOneMemberIsDeleted(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Spam", "bob")
	for range 3 {
		if err := bob.say(t, id, "buy!"); err != nil {
			t.Fatal(err)
		}
	}
	in := &tg.ChannelsDeleteParticipantHistoryRequest{Channel: bob.channel(id), Participant: &tg.InputPeerSelf{}}
	_, err := bob.api.ChannelsDeleteParticipantHistory(t.Context(), in)
	wantError(t, err, "CHAT_ADMIN_REQUIRED")
	in = &tg.ChannelsDeleteParticipantHistoryRequest{Channel: alice.channel(id), Participant: alice.peer("bob")}
	gone, err := alice.api.ChannelsDeleteParticipantHistory(t.Context(), in)
	if err != nil || gone.PtsCount != 3 {
		t.Errorf("deleted: %v, %v", gone, err)
	}
	if _, err := bob.api.AccountUpdateStatus(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	online, err := alice.api.MessagesGetOnlines(t.Context(), alice.where(id))
	if err != nil || online.Onlines != 1 {
		t.Errorf("online: %v, %v", online, err)
	}
}
