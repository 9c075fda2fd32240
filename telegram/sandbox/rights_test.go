package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

// TestWhoMayDoWhat is the table of rights, by people of each standing.
func TestWhoMayDoWhat(t *testing.T) {
	var w world
	w.today = 1000
	people := map[string]*user{}
	group := &chat{kind: KindSupergroup, creator: 1, byUser: map[int64]*member{}}
	channel := &chat{kind: KindChannel, creator: 1, byUser: map[int64]*member{}}
	group.Default = tg.ChatBannedRights{PinMessages: true, SendMedia: true}
	join := func(name string, id int64, standing standing) {
		people[name] = &user{id: id}
		group.join(&member{user: people[name], standing: standing})
		channel.join(&member{user: people[name], standing: standing})
	}
	join("creator", 1, standing{})
	join("member", 2, standing{})
	join("janitor", 3, standing{Rights: tg.ChatAdminRights{DeleteMessages: true, BanUsers: true}})
	join("author", 4, standing{Rights: tg.ChatAdminRights{PostMessages: true}})
	join("muted", 5, standing{Limits: restriction{Rights: tg.ChatBannedRights{SendMessages: true}, Date: 1}})
	join("forgiven", 6, standing{Limits: restriction{Rights: tg.ChatBannedRights{SendMessages: true, UntilDate: 999}, Date: 1}})
	people["stranger"] = &user{id: 7}
	for name, row := range map[string]struct {
		who  string
		what right
		in   *chat
		want string // "" for yes
	}{
		"a creator may promote":                         {"creator", toPromote, group, ""},
		"a creator may do what only a creator may":      {"creator", toOwn, group, ""},
		"a member may speak":                            {"member", toSay, group, ""},
		"a member may not send media where nobody may":  {"member", toShow, group, "CHAT_SEND_MEDIA_FORBIDDEN"},
		"a member may not pin where nobody may":         {"member", toPin, group, "CHAT_ADMIN_REQUIRED"},
		"a member may invite":                           {"member", toInvite, group, ""},
		"a member may not ban":                          {"member", toBan, group, "CHAT_ADMIN_REQUIRED"},
		"a member may not delete what others said":      {"member", toDelete, group, "CHAT_ADMIN_REQUIRED"},
		"an admin may do what the rights say":           {"janitor", toBan, group, ""},
		"an admin may not do more":                      {"janitor", toPromote, group, "CHAT_ADMIN_REQUIRED"},
		"an admin may show what members may not":        {"janitor", toShow, group, ""},
		"an admin is no creator":                        {"janitor", toOwn, group, "CHAT_ADMIN_REQUIRED"},
		"who was muted may not speak":                   {"muted", toSay, group, "USER_BANNED_IN_CHANNEL"},
		"who was muted may still invite":                {"muted", toInvite, group, ""},
		"a restriction ends":                            {"forgiven", toSay, group, ""},
		"a stranger may not speak":                      {"stranger", toSay, group, "CHAT_WRITE_FORBIDDEN"},
		"a stranger can't leave":                        {"stranger", toBeIn, group, "USER_NOT_PARTICIPANT"},
		"a stranger may not change the title":           {"stranger", toChange, group, "CHAT_ADMIN_REQUIRED"},
		"anybody may look":                              {"stranger", toSee, group, ""},
		"members of a channel only read":                {"member", toSay, channel, "CHAT_WRITE_FORBIDDEN"},
		"members of a channel may not invite":           {"member", toInvite, channel, "CHAT_ADMIN_REQUIRED"},
		"members of a channel are in it":                {"member", toBeIn, channel, ""},
		"an author posts":                               {"author", toSay, channel, ""},
		"an author posts pictures":                      {"author", toShow, channel, ""},
		"an author doesn't delete the posts of others":  {"author", toDelete, channel, "CHAT_ADMIN_REQUIRED"},
		"an admin without that right doesn't post":      {"janitor", toSay, channel, "CHAT_WRITE_FORBIDDEN"},
		"an admin of a channel bans by the same rights": {"janitor", toBan, channel, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := w.may(people[row.who], row.in, row.what)
			if row.want == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			wantError(t, err, row.want)
		})
	}
}

func TestEveryRightHasARow(t *testing.T) {
	for what := toBeIn; what <= toOwn; what++ {
		if rightRows[what].admin == nil {
			t.Errorf("right %d has no row", what)
		}
	}
	if _, found := rightRows[toSee]; found {
		t.Error("looking needs no row")
	}
}

// TestMethodsAskForTheRight calls as a plain member what takes more.
func TestMethodsAskForTheRight(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Rules", "bob", "carol")
	_, err := alice.api.MessagesEditChatDefaultBannedRights(t.Context(), &tg.MessagesEditChatDefaultBannedRightsRequest{
		Peer: alice.where(id), BannedRights: tg.ChatBannedRights{ChangeInfo: true, InviteUsers: true, PinMessages: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, api, ch, where := t.Context(), bob.api, bob.channel(id), bob.where(id)
	for name, row := range map[string]struct {
		call func() error
		want string
	}{
		"title": {func() error {
			return second(api.ChannelsEditTitle(ctx, &tg.ChannelsEditTitleRequest{Channel: ch, Title: "Mine"}))
		}, "CHAT_ADMIN_REQUIRED"},
		"about": {func() error {
			return second(api.MessagesEditChatAbout(ctx, &tg.MessagesEditChatAboutRequest{Peer: where, About: "x"}))
		}, "CHAT_ADMIN_REQUIRED"},
		"ban": {func() error { return bob.ban(t, id, "carol", tg.ChatBannedRights{ViewMessages: true}) }, "CHAT_ADMIN_REQUIRED"},
		"promote": {func() error {
			return second(api.ChannelsEditAdmin(ctx, &tg.ChannelsEditAdminRequest{Channel: ch, UserID: bob.user("carol"), AdminRights: tg.ChatAdminRights{BanUsers: true}}))
		}, "CHAT_ADMIN_REQUIRED"},
		"default rights": {func() error {
			return second(api.MessagesEditChatDefaultBannedRights(ctx, &tg.MessagesEditChatDefaultBannedRightsRequest{Peer: where}))
		}, "CHAT_ADMIN_REQUIRED"},
		"slow mode": {func() error {
			return second(api.ChannelsToggleSlowMode(ctx, &tg.ChannelsToggleSlowModeRequest{Channel: ch, Seconds: 10}))
		}, "CHAT_ADMIN_REQUIRED"},
		"admin log": {func() error { return second(api.ChannelsGetAdminLog(ctx, &tg.ChannelsGetAdminLogRequest{Channel: ch})) }, "CHAT_ADMIN_REQUIRED"},
		"invite link": {func() error {
			return second(api.MessagesExportChatInvite(ctx, &tg.MessagesExportChatInviteRequest{Peer: where}))
		}, "CHAT_ADMIN_REQUIRED"},
		"invite": {func() error {
			return second(api.ChannelsInviteToChannel(ctx, &tg.ChannelsInviteToChannelRequest{Channel: ch, Users: []tg.InputUserClass{bob.user("dave")}}))
		}, "CHAT_ADMIN_REQUIRED"},
		"pin": {func() error {
			return second(api.MessagesUpdatePinnedMessage(ctx, &tg.MessagesUpdatePinnedMessageRequest{Peer: where, ID: 1}))
		}, "CHAT_ADMIN_REQUIRED"},
		"unpin all": {func() error {
			return second(api.MessagesUnpinAllMessages(ctx, &tg.MessagesUnpinAllMessagesRequest{Peer: where}))
		}, "CHAT_ADMIN_REQUIRED"},
		"delete": {func() error { return second(api.ChannelsDeleteChannel(ctx, ch)) }, "CHAT_ADMIN_REQUIRED"},
		"user name": {func() error {
			return second(api.ChannelsUpdateUsername(ctx, &tg.ChannelsUpdateUsernameRequest{Channel: ch, Username: "bobs_place"}))
		}, "CHAT_ADMIN_REQUIRED"},
		"the kicked": {func() error {
			return second(api.ChannelsGetParticipants(ctx, &tg.ChannelsGetParticipantsRequest{Channel: ch, Filter: &tg.ChannelParticipantsKicked{}}))
		}, "CHAT_ADMIN_REQUIRED"},
		"others' words": {func() error {
			return second(api.ChannelsDeleteMessages(ctx, &tg.ChannelsDeleteMessagesRequest{Channel: ch, ID: []int{1}}))
		}, "MESSAGE_DELETE_FORBIDDEN"},
		"a user's title": {func() error {
			return second(api.MessagesEditChatAbout(ctx, &tg.MessagesEditChatAboutRequest{Peer: bob.peer("carol"), About: "x"}))
		}, "PEER_ID_INVALID"},
	} {
		t.Run(name, func(t *testing.T) { wantError(t, row.call(), row.want) })
	}
}
