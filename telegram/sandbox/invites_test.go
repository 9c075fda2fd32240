package sandbox

import (
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

func hashOfLink(i tg.ExportedChatInviteClass) string {
	return strings.TrimPrefix(i.(*tg.ChatInviteExported).Link, linkPrefix)
}

func (c someone) export(t *testing.T, in *tg.MessagesExportChatInviteRequest) *tg.ChatInviteExported {
	t.Helper()
	i, err := c.api.MessagesExportChatInvite(t.Context(), in)
	if err != nil {
		t.Fatalf("export: %v", err)
	}
	return i.(*tg.ChatInviteExported)
}

func TestInviteLinks(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	alice, bob, carol := enter(t, s, "alice"), enter(t, s, "bob"), enter(t, s, "carol")
	id := alice.supergroup(t, "Club")
	ctx, where := t.Context(), alice.where(id)
	for name, row := range map[string]struct {
		in   tg.MessagesExportChatInviteRequest
		want string
	}{
		"a date that has passed":        {tg.MessagesExportChatInviteRequest{Peer: where, ExpireDate: 5}, "EXPIRE_DATE_INVALID"},
		"a limit beyond reason":         {tg.MessagesExportChatInviteRequest{Peer: where, UsageLimit: 100_000}, "USAGE_LIMIT_INVALID"},
		"a limit of those who only ask": {tg.MessagesExportChatInviteRequest{Peer: where, UsageLimit: 1, RequestNeeded: true}, "USAGE_LIMIT_INVALID"},
		"a private chat's link":         {tg.MessagesExportChatInviteRequest{Peer: alice.peer("bob")}, "PEER_ID_INVALID"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := alice.api.MessagesExportChatInvite(ctx, &row.in)
			wantError(t, err, row.want)
		})
	}
	once := alice.export(t, &tg.MessagesExportChatInviteRequest{Peer: where, UsageLimit: 1, Title: "for one"})
	brief := alice.export(t, &tg.MessagesExportChatInviteRequest{Peer: where, ExpireDate: s.now() + 60})
	if once.Title != "for one" || once.UsageLimit != 1 || once.Permanent || once.AdminID != 1001 {
		t.Errorf("once: %v", once)
	}
	seen, err := bob.api.MessagesCheckChatInvite(ctx, hashOfLink(once))
	if i, ok := seen.(*tg.ChatInvite); err != nil || !ok || i.Title != "Club" || !i.Megagroup || i.ParticipantsCount != 1 || len(i.Participants) != 1 {
		t.Errorf("bob sees %v, %v", seen, err)
	}
	joined, err := bob.api.MessagesImportChatInvite(ctx, hashOfLink(once))
	if err != nil || len(joined.(*tg.MessagesChatInviteJoinResultOk).Updates.(*tg.Updates).Chats) != 1 {
		t.Fatalf("join: %v, %v", joined, err)
	}
	if action, _ := service[*tg.MessageActionChatJoinedByLink](t, alice); action.InviterID != 1001 {
		t.Errorf("alice was told %v", action)
	}
	_, err = bob.api.MessagesImportChatInvite(ctx, hashOfLink(brief))
	wantError(t, err, "USER_ALREADY_PARTICIPANT")
	_, err = carol.api.MessagesImportChatInvite(ctx, hashOfLink(once))
	wantError(t, err, "INVITE_HASH_EXPIRED")
	clock.Advance(61 * time.Second)
	_, err = carol.api.MessagesImportChatInvite(ctx, hashOfLink(brief))
	wantError(t, err, "INVITE_HASH_EXPIRED")
	importers, err := alice.api.MessagesGetChatInviteImporters(ctx, &tg.MessagesGetChatInviteImportersRequest{Peer: where, Link: once.Link, OffsetUser: &tg.InputUserEmpty{}, Limit: 10})
	if err != nil || importers.Count != 1 || importers.Importers[0].UserID != 1002 {
		t.Errorf("importers: %v, %v", importers, err)
	}
}

func TestLinksAreListedChangedAndRevoked(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Club", "bob")
	ctx, where, me := t.Context(), alice.where(id), &tg.InputUserSelf{}
	alice.promote(t, id, "bob", tg.ChatAdminRights{InviteUsers: true})
	first := alice.export(t, &tg.MessagesExportChatInviteRequest{Peer: where, Title: "one"})
	list := func(c someone, of tg.InputUserClass, revoked bool) (*tg.MessagesExportedChatInvites, error) {
		return c.api.MessagesGetExportedChatInvites(ctx, &tg.MessagesGetExportedChatInvitesRequest{Peer: c.where(id), AdminID: of, Revoked: revoked, Limit: 10})
	}
	if got, err := list(alice, me, false); err != nil || got.Count != 2 {
		t.Errorf("alice's links: %v, %v", got, err)
	}
	_, err := list(bob, bob.user("alice"), false)
	wantError(t, err, "CHAT_ADMIN_REQUIRED")
	if i := bob.export(t, &tg.MessagesExportChatInviteRequest{Peer: bob.where(id), LegacyRevokePermanent: true}); !i.Permanent || i.AdminID != 1002 {
		t.Errorf("bob's own link: %v", i)
	}
	admins, err := alice.api.MessagesGetAdminsWithInvites(ctx, where)
	if err != nil || len(admins.Admins) != 2 || admins.Admins[0].InvitesCount != 2 {
		t.Errorf("admins with links: %v, %v", admins, err)
	}
	edit := &tg.MessagesEditExportedChatInviteRequest{Peer: where, Link: first.Link}
	edit.SetTitle("two")
	edit.SetUsageLimit(3)
	changed, err := alice.api.MessagesEditExportedChatInvite(ctx, edit)
	if i := changed.(*tg.MessagesExportedChatInvite).Invite.(*tg.ChatInviteExported); err != nil || i.Title != "two" || i.UsageLimit != 3 {
		t.Errorf("changed: %v, %v", changed, err)
	}
	_, err = alice.api.MessagesDeleteExportedChatInvite(ctx, &tg.MessagesDeleteExportedChatInviteRequest{Peer: where, Link: first.Link})
	wantError(t, err, "INVITE_REVOKED_MISSING")
	if _, err := alice.api.MessagesEditExportedChatInvite(ctx, &tg.MessagesEditExportedChatInviteRequest{Peer: where, Link: first.Link, Revoked: true}); err != nil {
		t.Fatal(err)
	}
	if got, err := list(alice, me, true); err != nil || got.Count != 1 {
		t.Errorf("revoked links: %v, %v", got, err)
	}
	one, err := alice.api.MessagesGetExportedChatInvite(ctx, &tg.MessagesGetExportedChatInviteRequest{Peer: where, Link: first.Link})
	if err != nil || !one.(*tg.MessagesExportedChatInvite).Invite.(*tg.ChatInviteExported).Revoked {
		t.Errorf("the revoked link: %v, %v", one, err)
	}
	if _, err := alice.api.MessagesDeleteExportedChatInvite(ctx, &tg.MessagesDeleteExportedChatInviteRequest{Peer: where, Link: first.Link}); err != nil {
		t.Error(err)
	}
	full, err := alice.api.ChannelsGetFullChannel(ctx, alice.channel(id))
	if err != nil {
		t.Fatal(err)
	}
	permanent := full.FullChat.(*tg.ChannelFull).ExportedInvite.(*tg.ChatInviteExported)
	replaced, err := alice.api.MessagesEditExportedChatInvite(ctx, &tg.MessagesEditExportedChatInviteRequest{Peer: where, Link: permanent.Link, Revoked: true})
	if r, ok := replaced.(*tg.MessagesExportedChatInviteReplaced); err != nil || !ok || hashOfLink(r.NewInvite) == hashOfLink(r.Invite) {
		t.Errorf("replaced: %v, %v", replaced, err)
	}
	if ok, err := alice.api.MessagesDeleteRevokedExportedChatInvites(ctx, &tg.MessagesDeleteRevokedExportedChatInvitesRequest{Peer: where, AdminID: me}); err != nil || !ok {
		t.Error(err)
	}
	if got, err := list(alice, me, true); err != nil || got.Count != 0 {
		t.Errorf("revoked links after: %v, %v", got, err)
	}
}

func TestJoinRequests(t *testing.T) {
	s := serve(t, Options{})
	alice, bob, carol := enter(t, s, "alice"), enter(t, s, "bob"), enter(t, s, "carol")
	id := alice.supergroup(t, "Club")
	ctx, where := t.Context(), alice.where(id)
	link := alice.export(t, &tg.MessagesExportChatInviteRequest{Peer: where, RequestNeeded: true})
	for _, c := range []someone{bob, carol} {
		_, err := c.api.MessagesImportChatInvite(ctx, hashOfLink(link))
		wantError(t, err, "INVITE_REQUEST_SENT")
	}
	next[*tg.UpdatePendingJoinRequests](t, alice.client)
	if u := next[*tg.UpdatePendingJoinRequests](t, alice.client); u.RequestsPending == 0 || len(u.RecentRequesters) == 0 {
		t.Errorf("alice was told %v", u)
	}
	waiting, err := alice.api.MessagesGetChatInviteImporters(ctx, &tg.MessagesGetChatInviteImportersRequest{Requested: true, Peer: where, OffsetUser: &tg.InputUserEmpty{}, Limit: 10})
	if err != nil || waiting.Count != 2 || !waiting.Importers[0].Requested || len(waiting.Users) != 2 {
		t.Errorf("waiting: %v, %v", waiting, err)
	}
	decide := func(who string, yes bool) error {
		return second(alice.api.MessagesHideChatJoinRequest(ctx, &tg.MessagesHideChatJoinRequestRequest{Peer: where, UserID: alice.user(who), Approved: yes}))
	}
	wantError(t, decide("dave", true), "HIDE_REQUESTER_MISSING")
	if err := decide("bob", true); err != nil {
		t.Fatal(err)
	}
	wantError(t, decide("bob", true), "USER_ALREADY_PARTICIPANT")
	if u := next[*tg.UpdateChannel](t, bob.client); u.ChannelID != id {
		t.Errorf("bob was told %v", u)
	}
	service[*tg.MessageActionChatJoinedByRequest](t, alice)
	if err := decide("carol", false); err != nil {
		t.Fatal(err)
	}
	_, err = carol.api.ChannelsGetFullChannel(ctx, carol.channel(id))
	wantError(t, err, "CHANNEL_PRIVATE")
	if _, err := carol.api.MessagesImportChatInvite(ctx, hashOfLink(link)); err == nil {
		t.Error("carol is in")
	}
	if _, err := alice.api.MessagesHideAllChatJoinRequests(ctx, &tg.MessagesHideAllChatJoinRequestsRequest{Peer: where, Approved: true, Link: link.Link}); err != nil {
		t.Fatal(err)
	}
	if got := alice.members(t, id, &tg.ChannelParticipantsRecent{}); got.Count != 3 {
		t.Errorf("%d members", got.Count)
	}
}

// TestBotsHearOfMembers: an admin bot is told by the second row of updates, and can ask for it.
func TestBotsHearOfMembers(t *testing.T) {
	s := serve(t, Options{})
	alice, bob, bot := enter(t, s, "alice"), enter(t, s, "bob"), enter(t, s, "EchoBot")
	id := alice.supergroup(t, "Club", "EchoBot")
	alice.promote(t, id, "EchoBot", tg.ChatAdminRights{InviteUsers: true, BanUsers: true})
	for range 2 { // added, and promoted
		u := next[*tg.UpdateChannelParticipant](t, bot.client)
		if _, admin := u.NewParticipant.(*tg.ChannelParticipantAdmin); u.UserID != 2001 || u.ActorID != 1001 || admin != (u.Qts == 2) {
			t.Errorf("the bot was told %v", u)
		}
	}
	link := alice.export(t, &tg.MessagesExportChatInviteRequest{Peer: alice.where(id), RequestNeeded: true})
	_, err := bob.api.MessagesImportChatInvite(t.Context(), hashOfLink(link))
	wantError(t, err, "INVITE_REQUEST_SENT")
	asked := next[*tg.UpdateBotChatInviteRequester](t, bot.client)
	if asked.UserID != 1002 || asked.Invite.(*tg.ChatInviteExported).Link != link.Link || asked.Qts != 3 {
		t.Errorf("the bot was asked %v", asked)
	}
	if _, err := bot.api.MessagesHideChatJoinRequest(t.Context(), &tg.MessagesHideChatJoinRequestRequest{Peer: bot.where(id), UserID: bot.user("bob"), Approved: true}); err != nil {
		t.Fatal(err)
	}
	if u := next[*tg.UpdateChannelParticipant](t, bot.client); u.UserID != 1002 || u.PrevParticipant != nil || u.NewParticipant == nil || u.Qts != 4 {
		t.Errorf("the bot was told %v", u)
	}
	diff, err := bot.api.UpdatesGetDifference(t.Context(), &tg.UpdatesGetDifferenceRequest{Pts: 1, Date: 1, Qts: 2})
	if err != nil {
		t.Fatal(err)
	}
	qts := 0
	for _, u := range diff.(*tg.UpdatesDifference).OtherUpdates {
		switch u.(type) {
		case *tg.UpdateChannelParticipant, *tg.UpdateBotChatInviteRequester:
			qts++
		}
	}
	if state := diff.(*tg.UpdatesDifference).State; qts != 2 || state.Qts != 4 {
		t.Errorf("the difference has %d of them, and state %v", qts, state)
	}
}

func TestWhoCanBeInvited(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Club")
	channel := alice.create(t, &tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "News of alice"})
	ctx := t.Context()
	_, err := alice.api.ChannelsInviteToChannel(ctx, &tg.ChannelsInviteToChannelRequest{Channel: alice.channel(channel), Users: []tg.InputUserClass{alice.user("EchoBot")}})
	wantError(t, err, "USER_BOT")
	_, err = alice.api.ChannelsInviteToChannel(ctx, &tg.ChannelsInviteToChannelRequest{Channel: alice.channel(id), Users: []tg.InputUserClass{alice.user("alice")}})
	wantError(t, err, "USER_ALREADY_PARTICIPANT")
	if _, err := bob.api.AccountSetPrivacy(ctx, &tg.AccountSetPrivacyRequest{Key: &tg.InputPrivacyKeyChatInvite{}, Rules: []tg.InputPrivacyRuleClass{&tg.InputPrivacyValueDisallowAll{}}}); err != nil {
		t.Fatal(err)
	}
	invited, err := alice.api.ChannelsInviteToChannel(ctx, &tg.ChannelsInviteToChannelRequest{Channel: alice.channel(id), Users: []tg.InputUserClass{alice.user("bob"), alice.user("carol")}})
	if err != nil || len(invited.MissingInvitees) != 1 || invited.MissingInvitees[0].UserID != 1002 {
		t.Errorf("invited: %v, %v", invited, err)
	}
	if got := alice.members(t, id, &tg.ChannelParticipantsRecent{}); got.Count != 2 {
		t.Errorf("%d members", got.Count)
	}
}
