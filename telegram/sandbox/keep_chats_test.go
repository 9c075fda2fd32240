package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

// TestAFolderKeepsHowChatsAreGoverned stops a server and asks the next one.
func TestAFolderKeepsHowChatsAreGoverned(t *testing.T) {
	dir := t.TempDir()
	s, err := New(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.create(t, &tg.ChannelsCreateChannelRequest{Megagroup: true, Forum: true, Title: "Kept"})
	alice.invite(t, id, "bob", "carol", "EchoBot")
	alice.promote(t, id, "bob", tg.ChatAdminRights{BanUsers: true})
	ctx, where := t.Context(), alice.where(id)
	topic := alice.topic(t, id, "Topic")
	link := alice.export(t, &tg.MessagesExportChatInviteRequest{Peer: where, Title: "kept"})
	m := alice.send(t, where, "pinned")
	for _, err := range []error{
		alice.pin(t, &tg.MessagesUpdatePinnedMessageRequest{Peer: where, ID: m.ID}),
		alice.ban(t, id, "carol", tg.ChatBannedRights{ViewMessages: true}),
		second(alice.api.ChannelsToggleSlowMode(ctx, &tg.ChannelsToggleSlowModeRequest{Channel: alice.channel(id), Seconds: 60})),
		second(alice.api.MessagesEditChatDefaultBannedRights(ctx, &tg.MessagesEditChatDefaultBannedRightsRequest{Peer: where, BannedRights: tg.ChatBannedRights{SendPolls: true}})),
		second(bob.api.ContactsBlock(ctx, &tg.ContactsBlockRequest{ID: bob.peer("carol")})),
		second(bob.api.AccountSetPrivacy(ctx, &tg.AccountSetPrivacyRequest{Key: &tg.InputPrivacyKeyAbout{}, Rules: []tg.InputPrivacyRuleClass{&tg.InputPrivacyValueDisallowAll{}}})),
		alice.Auth().UpdatePassword(ctx, "kept too", knows("")),
		second(alice.api.ChannelsEditAdmin(ctx, &tg.ChannelsEditAdminRequest{Channel: alice.channel(id), UserID: alice.user("EchoBot"), AdminRights: tg.ChatAdminRights{BanUsers: true}})),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	log := alice.adminLog(t, tg.ChannelsGetAdminLogRequest{Channel: alice.channel(id)})
	alice.stop()
	bob.stop()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	s = serve(t, Options{Dir: dir})
	ch := s.chats[peer{peerChannel, id}]
	bobNow := s.users[1002]
	if m := ch.byUser[1002]; !m.admin() || m.Rank != "helper" || m.PromotedBy != 1001 || !m.Rights.BanUsers {
		t.Errorf("bob is %+v", m.standing)
	}
	s.mu.Lock()
	out := s.keptOut(ch, 1003)
	s.mu.Unlock()
	if !out || ch.SlowMode != 60 || !ch.Default.SendPolls || !ch.Forum {
		t.Errorf("the rule is %+v", ch.rule)
	}
	if found := ch.topic(topic); found == nil || found.Title != "Topic" {
		t.Errorf("the topic is %v", found)
	}
	if kept := ch.link(link.Link); kept == nil || kept.Title != "kept" || len(ch.Pinned) != 1 {
		t.Errorf("the link is %v, pinned are %v", kept, ch.Pinned)
	}
	if len(ch.Log) != len(log) {
		t.Errorf("the log had %d entries, has %d", len(log), len(ch.Log))
	}
	if !bobNow.blocked[1003] || bobNow.allows(privacyAbout, s.users[1001]) || s.users[2001].qts.Last == 0 {
		t.Errorf("bob's circle is %+v", bobNow.circle)
	}
	other := dial(t, s)
	wantError(t, other.signInByCode(t, "+427770001"), "SESSION_PASSWORD_NEEDED")
	if _, err := other.Auth().Password(ctx, "kept too"); err != nil {
		t.Errorf("the password: %v", err)
	}
}

func TestARuleThatCannotBeRead(t *testing.T) {
	var r rule
	if err := decodeRule([]byte("nonsense"), &r); err == nil {
		t.Error("nonsense was a rule")
	}
	if err := decodeRule(nil, &r); err != nil {
		t.Errorf("a chat without a rule: %v", err)
	}
	if _, err := encodeRule(func() {}); err == nil {
		t.Error("a function was kept")
	}
}
