package sandbox

import (
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

func TestPromoting(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Rules", "bob", "carol")
	alice.promote(t, id, "bob", tg.ChatAdminRights{AddAdmins: true, BanUsers: true, ChangeInfo: true})
	ctx := t.Context()
	me, err := bob.api.ChannelsGetParticipant(ctx, &tg.ChannelsGetParticipantRequest{Channel: bob.channel(id), Participant: &tg.InputPeerSelf{}})
	if err != nil {
		t.Fatal(err)
	}
	admin, ok := me.Participant.(*tg.ChannelParticipantAdmin)
	if !ok || admin.Rank != "helper" || admin.PromotedBy != 1001 || !admin.AdminRights.BanUsers || admin.AdminRights.DeleteMessages || !admin.Self || admin.CanEdit {
		t.Errorf("bob is %v", me.Participant)
	}
	if seen := next[*tg.UpdateChannel](t, bob.client); seen.ChannelID != id {
		t.Errorf("bob was told of %d", seen.ChannelID)
	}
	edit := func(c someone, who, rank string, rights tg.ChatAdminRights) error {
		return second(c.api.ChannelsEditAdmin(ctx, &tg.ChannelsEditAdminRequest{Channel: c.channel(id), UserID: c.user(who), AdminRights: rights, Rank: rank}))
	}
	for _, row := range []struct {
		name string
		call func() error
		want string
	}{
		{"nobody gives what they haven't", func() error { return edit(bob, "carol", "", tg.ChatAdminRights{DeleteMessages: true}) }, "RIGHT_FORBIDDEN"},
		{"nobody demotes the creator", func() error { return edit(bob, "alice", "", tg.ChatAdminRights{}) }, "USER_CREATOR"},
		{"ranks are short", func() error {
			return edit(alice, "carol", "a rank that is too long", tg.ChatAdminRights{BanUsers: true})
		}, "ADMIN_RANK_INVALID"},
		{"who isn't there can't be demoted", func() error { return edit(alice, "dave", "", tg.ChatAdminRights{}) }, "USER_NOT_PARTICIPANT"},
		{"who may not invite can't promote from outside", func() error { return edit(bob, "dave", "", tg.ChatAdminRights{BanUsers: true}) }, "CHAT_ADMIN_INVITE_REQUIRED"},
		{"an admin bans no admin of somebody else's", func() error { return bob.ban(t, id, "alice", tg.ChatBannedRights{ViewMessages: true}) }, "USER_ADMIN_INVALID"},
		{"nobody bans themselves", func() error { return bob.ban(t, id, "bob", tg.ChatBannedRights{ViewMessages: true}) }, "USER_ID_INVALID"},
	} {
		t.Run(row.name, func(t *testing.T) { wantError(t, row.call(), row.want) })
	}
	if err := edit(bob, "carol", "", tg.ChatAdminRights{BanUsers: true}); err != nil {
		t.Errorf("bob promotes carol: %v", err)
	}
	if err := edit(alice, "dave", "", tg.ChatAdminRights{BanUsers: true}); err != nil {
		t.Errorf("promoting brings somebody in: %v", err)
	}
	wantError(t, edit(bob, "dave", "", tg.ChatAdminRights{}), "CHAT_ADMIN_REQUIRED")
	if got := bob.members(t, id, &tg.ChannelParticipantsAdmins{}); got.Count != 4 {
		t.Errorf("%d admins", got.Count)
	}
	if err := edit(alice, "bob", "", tg.ChatAdminRights{}); err != nil {
		t.Fatal(err)
	}
	if got := alice.members(t, id, &tg.ChannelParticipantsAdmins{}); got.Count != 3 {
		t.Errorf("%d admins after", got.Count)
	}
}

func TestBanning(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Rules", "bob", "carol")
	if _, err := alice.api.ChannelsUpdateUsername(t.Context(), &tg.ChannelsUpdateUsernameRequest{Channel: alice.channel(id), Username: "rules_here"}); err != nil {
		t.Fatal(err)
	}
	if err := alice.ban(t, id, "bob", tg.ChatBannedRights{SendMessages: true, UntilDate: s.now() + 3600}); err != nil {
		t.Fatal(err)
	}
	wantError(t, bob.say(t, id, "let me speak"), "USER_BANNED_IN_CHANNEL")
	restricted := alice.members(t, id, &tg.ChannelParticipantsBanned{Q: "bo"})
	if p, ok := restricted.Participants[0].(*tg.ChannelParticipantBanned); !ok || p.Left || p.KickedBy != 1001 || p.BannedRights.UntilDate == 0 {
		t.Errorf("restricted: %v", restricted.Participants)
	}
	if err := alice.ban(t, id, "bob", tg.ChatBannedRights{}); err != nil {
		t.Fatal(err)
	}
	if err := bob.say(t, id, "thanks"); err != nil {
		t.Errorf("after the end of the restriction: %v", err)
	}
	if err := alice.ban(t, id, "bob", tg.ChatBannedRights{ViewMessages: true}); err != nil {
		t.Fatal(err)
	}
	gone, _ := service[*tg.MessageActionChatDeleteUser](t, bob)
	if gone.UserID != 1002 {
		t.Errorf("bob read of %v", gone)
	}
	_, err := bob.api.ChannelsJoinChannel(t.Context(), bob.channel(id))
	wantError(t, err, "CHANNEL_PRIVATE")
	wantError(t, bob.say(t, id, "hello?"), "CHANNEL_PRIVATE")
	if got := alice.members(t, id, &tg.ChannelParticipantsKicked{}); got.Count != 1 || !got.Participants[0].(*tg.ChannelParticipantBanned).Left || len(got.Users) < 1 {
		t.Errorf("kicked: %v", got)
	}
	p, err := alice.api.ChannelsGetParticipant(t.Context(), &tg.ChannelsGetParticipantRequest{Channel: alice.channel(id), Participant: alice.peer("bob")})
	if _, ok := p.GetParticipant().(*tg.ChannelParticipantBanned); err != nil || !ok {
		t.Errorf("bob is %v, %v", p, err)
	}
	full, err := alice.api.ChannelsGetFullChannel(t.Context(), alice.channel(id))
	if err != nil || full.FullChat.(*tg.ChannelFull).KickedCount != 1 {
		t.Errorf("full: %v, %v", full, err)
	}
	if err := alice.ban(t, id, "bob", tg.ChatBannedRights{}); err != nil {
		t.Fatal(err)
	}
	if _, err := bob.api.ChannelsJoinChannel(t.Context(), bob.channel(id)); err != nil {
		t.Errorf("join after the ban: %v", err)
	}
}

func TestABanRunsOut(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Rules", "bob")
	if err := alice.ban(t, id, "bob", tg.ChatBannedRights{SendMessages: true, UntilDate: s.now() + 60}); err != nil {
		t.Fatal(err)
	}
	wantError(t, bob.say(t, id, "too soon"), "USER_BANNED_IN_CHANNEL")
	clock.Advance(61 * time.Second)
	if err := bob.say(t, id, "at last"); err != nil {
		t.Error(err)
	}
	if got := alice.members(t, id, &tg.ChannelParticipantsBanned{}); got.Count != 0 {
		t.Errorf("%d are restricted", got.Count)
	}
}

func TestSlowMode(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Rules", "bob")
	slow := func(seconds int) error {
		return second(alice.api.ChannelsToggleSlowMode(t.Context(), &tg.ChannelsToggleSlowModeRequest{Channel: alice.channel(id), Seconds: seconds}))
	}
	wantError(t, slow(7), "SECONDS_INVALID")
	wantError(t, slow(0), "CHAT_NOT_MODIFIED")
	if err := slow(30); err != nil {
		t.Fatal(err)
	}
	if err := bob.say(t, id, "one"); err != nil {
		t.Fatal(err)
	}
	clock.Advance(10 * time.Second)
	wantError(t, bob.say(t, id, "two"), "SLOWMODE_WAIT_20")
	if _, err := bob.api.MessagesSetTyping(t.Context(), &tg.MessagesSetTypingRequest{Peer: bob.where(id), Action: &tg.SendMessageTypingAction{}}); err != nil {
		t.Errorf("typing meanwhile: %v", err)
	}
	full, err := bob.api.ChannelsGetFullChannel(t.Context(), bob.channel(id))
	if f := full.GetFullChat().(*tg.ChannelFull); err != nil || f.SlowmodeSeconds != 30 || f.SlowmodeNextSendDate != s.now()+20 {
		t.Errorf("full: %v, %v", full, err)
	}
	clock.Advance(20 * time.Second)
	if err := bob.say(t, id, "two"); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := alice.say(t, id, "admins don't wait"); err != nil {
			t.Error(err)
		}
	}
}

func TestDefaultRights(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Rules", "bob")
	set := func(rights tg.ChatBannedRights) error {
		return second(alice.api.MessagesEditChatDefaultBannedRights(t.Context(), &tg.MessagesEditChatDefaultBannedRightsRequest{Peer: alice.where(id), BannedRights: rights}))
	}
	wantError(t, set(tg.ChatBannedRights{}), "CHAT_NOT_MODIFIED")
	wantError(t, set(tg.ChatBannedRights{ViewMessages: true}), "BANNED_RIGHTS_INVALID")
	wantError(t, set(tg.ChatBannedRights{UntilDate: 9}), "UNTIL_DATE_INVALID")
	if err := set(tg.ChatBannedRights{SendMessages: true}); err != nil {
		t.Fatal(err)
	}
	u := next[*tg.UpdateChatDefaultBannedRights](t, bob.client)
	if !u.DefaultBannedRights.SendMessages || u.Version == 0 {
		t.Errorf("bob was told %v", u)
	}
	wantError(t, bob.say(t, id, "mute"), "CHAT_WRITE_FORBIDDEN")
	if err := alice.say(t, id, "silence!"); err != nil {
		t.Error(err)
	}
}

func TestAdminsOfABasicGroup(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	set := func(c someone, who string, on bool) error {
		return second(c.api.MessagesEditChatAdmin(t.Context(), &tg.MessagesEditChatAdminRequest{ChatID: 3001, UserID: c.user(who), IsAdmin: on}))
	}
	wantError(t, set(bob, "carol", true), "CHAT_ADMIN_REQUIRED")
	wantError(t, set(alice, "dave", true), "USER_NOT_PARTICIPANT")
	wantError(t, set(alice, "alice", false), "USER_CREATOR")
	for range 2 {
		if err := set(alice, "bob", true); err != nil {
			t.Fatal(err)
		}
	}
	if u := next[*tg.UpdateChatParticipantAdmin](t, bob.client); !u.IsAdmin || u.UserID != 1002 {
		t.Errorf("bob was told %v", u)
	}
	if _, err := bob.api.MessagesDeleteChatUser(t.Context(), &tg.MessagesDeleteChatUserRequest{ChatID: 3001, UserID: bob.user("carol")}); err != nil {
		t.Errorf("an admin removes a member: %v", err)
	}
	_, err := bob.api.MessagesDeleteChatUser(t.Context(), &tg.MessagesDeleteChatUserRequest{ChatID: 3001, UserID: bob.user("alice")})
	wantError(t, err, "CHAT_ADMIN_REQUIRED")
	full, err := bob.api.MessagesGetFullChat(t.Context(), 3001)
	if err != nil || len(full.FullChat.(*tg.ChatFull).Participants.(*tg.ChatParticipants).Participants) != 3 {
		t.Errorf("full: %v, %v", full, err)
	}
}
