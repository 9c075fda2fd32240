package telegram_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

const (
	friends  = telegram.Name("Friends")
	workshop = telegram.Name("Workshop")
	news     = telegram.Name("@sandbox_news")
	bobby    = telegram.Name("@bobby")
	carol    = telegram.Name("@carol")
)

// try fails the test at once, since what comes next builds on it.
func try(t *testing.T, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// wantKind fails the test unless Telegram has refused for this reason.
func wantKind(t *testing.T, err error, kind string) {
	t.Helper()
	if got := wantAs[interface {
		error
		LuaFields() map[string]any
	}](t, err).LuaFields()["kind"]; got != kind {
		t.Errorf("the kind is %v, want %s: %v", got, kind, err)
	}
}

func memberNames(all []*telegram.Participant) (names []string) {
	for _, p := range all {
		if p.User != nil {
			names = append(names, p.User.FirstName)
		}
	}
	slices.Sort(names)
	return names
}

func TestParticipants(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for sentence, test := range map[string]struct {
			chat  telegram.Target
			o     telegram.ParticipantsOptions
			want  string
			total int
		}{
			"all of a supergroup":            {workshop, telegram.ParticipantsOptions{}, "EchoBot PrivateBot alice bob carol dave", 6},
			"all of a basic group":           {friends, telegram.ParticipantsOptions{}, "EchoBot alice bob carol", 4},
			"all of a channel":               {news, telegram.ParticipantsOptions{}, "alice bob carol", 3},
			"the other side":                 {bobby, telegram.ParticipantsOptions{}, "bob", 1},
			"some":                           {workshop, telegram.ParticipantsOptions{Limit: 2}, "alice bob", 6},
			"admins":                         {workshop, telegram.ParticipantsOptions{Filter: "admins"}, "alice", 1},
			"admins of a basic group":        {friends, telegram.ParticipantsOptions{Filter: "admins"}, "alice", 1},
			"bots":                           {workshop, telegram.ParticipantsOptions{Filter: "bots"}, "EchoBot PrivateBot", 2},
			"bots who are called so":         {workshop, telegram.ParticipantsOptions{Filter: "bots", Search: "pri"}, "PrivateBot", 2},
			"bots of a basic group":          {friends, telegram.ParticipantsOptions{Filter: "bots"}, "EchoBot", 1},
			"contacts":                       {workshop, telegram.ParticipantsOptions{Filter: "contacts"}, "bob carol dave", 3},
			"contacts of a basic group":      {friends, telegram.ParticipantsOptions{Filter: "contacts"}, "bob carol", 2},
			"who is called so":               {workshop, telegram.ParticipantsOptions{Search: "car"}, "carol", 1},
			"who is called so in a group":    {friends, telegram.ParticipantsOptions{Search: "@BOB"}, "bob", 1},
			"nobody is banned":               {workshop, telegram.ParticipantsOptions{Filter: "banned"}, "", 0},
			"groups forget whom they banned": {friends, telegram.ParticipantsOptions{Filter: "kicked"}, "", 0},
		} {
			all, total, err := a.Participants(test.chat, test.o).Collect(ctx)
			if got := strings.Join(memberNames(all), " "); err != nil || got != test.want || total != test.total {
				t.Errorf("%s: %q of %d, %v; want %q of %d", sentence, got, total, err, test.want, test.total)
			}
		}
		if _, _, err := a.Participants(workshop, telegram.ParticipantsOptions{Filter: "nice"}).Collect(ctx); err == nil {
			t.Error("there is a filter nice")
		}
		for _, chat := range []telegram.Target{workshop, friends} {
			if n, err := a.ParticipantCount(ctx, chat); err != nil || n != map[telegram.Target]int{workshop: 6, friends: 4}[chat] {
				t.Errorf("%v has %d, %v", chat, n, err)
			}
		}
		_, err := a.ParticipantCount(ctx, bobby)
		wantKind(t, err, "CHAT_KIND")
	})
}

func TestParticipant(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for _, chat := range []telegram.Target{friends, workshop} {
			me, err := a.Participant(ctx, chat, telegram.Name("me"))
			if err != nil || me.Role() != telegram.RoleCreator || !me.Present() {
				t.Errorf("%v: I am %+v, %v", chat, me, err)
			}
			bob, err := a.Participant(ctx, chat, bobby)
			if err != nil || bob.ID != 1002 || bob.Role() != telegram.RoleMember || bob.Joined().IsZero() || bob.AdminRights() != nil || bob.BannedRights() != nil {
				t.Errorf("%v: bob is %+v, %v", chat, bob, err)
			}
			_, err = a.Participant(ctx, chat, telegram.Name("@erin"))
			if err == nil {
				t.Errorf("%v: erin is there", chat)
			}
		}
	})
}

func TestRights(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		try(t, "make bob an admin", a.EditAdmin(ctx, workshop, bobby, telegram.AdminOptions{Rights: tg.ChatAdminRights{PinMessages: true, BanUsers: true}, Rank: "Boss"}))
		bob, err := a.Permissions(ctx, workshop, bobby)
		try(t, "ask what bob may do", err)
		pins := func(r tg.ChatAdminRights) bool { return r.PinMessages }
		adds := func(r tg.ChatAdminRights) bool { return r.AddAdmins }
		if !bob.IsAdmin() || bob.IsCreator() || bob.HasDefault() || bob.Rank() != "Boss" || !bob.Admin(pins) || bob.Admin(adds) || bob.PromotedBy() != 1001 || !bob.CanEdit() {
			t.Errorf("bob is %+v", bob.Raw)
		}
		try(t, "let carol write nothing", a.Restrict(ctx, workshop, carol, tg.ChatBannedRights{SendMessages: true, UntilDate: int(time.Now().Add(time.Hour).Unix())}))
		limited, err := a.Permissions(ctx, workshop, carol)
		try(t, "ask what carol may do", err)
		sends := func(r tg.ChatBannedRights) bool { return r.SendMessages }
		polls := func(r tg.ChatBannedRights) bool { return r.SendPolls }
		if limited.Role() != telegram.RoleRestricted || !limited.IsBanned() || limited.HasLeft() || limited.May(sends) || limited.BannedBy() != 1001 {
			t.Errorf("carol is %+v", limited.Raw)
		}
		try(t, "keep all from polls", a.SetDefaultPermissions(ctx, workshop, tg.ChatBannedRights{SendPolls: true}))
		try(t, "do it again", a.SetDefaultPermissions(ctx, workshop, tg.ChatBannedRights{SendPolls: true}))
		all, err := a.Permissions(ctx, workshop, nil)
		if err != nil || all.May(polls) || !all.May(sends) || !all.HasDefault() || all.IsAdmin() {
			t.Errorf("all may %+v, %v", all, err)
		}
		me, err := a.Permissions(ctx, workshop, telegram.Name("me"))
		if err != nil || !me.IsCreator() || !me.May(polls) || !me.Admin(adds) {
			t.Errorf("I may %+v, %v", me, err)
		}
		try(t, "lift it", a.Unban(ctx, workshop, carol))
		try(t, "end it", a.EditAdmin(ctx, workshop, bobby, telegram.AdminOptions{}))
		if bob, err := a.Permissions(ctx, workshop, bobby); err != nil || bob.IsAdmin() || !bob.HasDefault() {
			t.Errorf("bob is %+v, %v", bob, err)
		}

		try(t, "make bob an admin of a group", a.EditAdmin(ctx, friends, bobby, telegram.AdminOptions{Rights: tg.ChatAdminRights{PinMessages: true}}))
		if bob, err := a.Permissions(ctx, friends, bobby); err != nil || !bob.Admin(adds) {
			t.Errorf("in a group bob is %+v, %v", bob, err)
		}
		wantKind(t, a.EditAdmin(ctx, friends, bobby, telegram.AdminOptions{Rank: "Boss"}), "CHAT_KIND")
		wantKind(t, a.Restrict(ctx, friends, bobby, tg.ChatBannedRights{SendMessages: true}), "CHAT_KIND")
		wantKind(t, a.EditAdmin(ctx, friends, workshop, telegram.AdminOptions{}), "CHAT_KIND")
	})
}

func TestBansAndKicks(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for _, chat := range []telegram.Target{workshop, friends} {
			told, err := a.Kick(ctx, chat, bobby)
			try(t, "kick bob", err)
			if _, ok := told.Action().(*tg.MessageActionChatDeleteUser); !ok || told.Chat.ID == 0 {
				t.Errorf("%v: told %+v", chat, told)
			}
			if all, _, _ := a.Participants(chat, telegram.ParticipantsOptions{Search: "bob"}).Collect(ctx); len(all) > 0 {
				t.Errorf("%v: bob is still there", chat)
			}
		}
		try(t, "come back", s.Person("bob").Join("Workshop"))
		_, err := s.Person("carol").Send(ctx, "Workshop", "spam", sandbox.SendOptions{})
		try(t, "write", err)
		_, err = a.Ban(ctx, workshop, carol, telegram.BanOptions{DeleteMessages: true})
		try(t, "ban carol", err)
		if err := s.Person("carol").Join("Workshop"); err == nil {
			t.Error("carol came back")
		}
		banned, err := a.Permissions(ctx, workshop, carol)
		if err != nil || banned.Role() != telegram.RoleBanned || !banned.HasLeft() {
			t.Errorf("carol is %+v, %v", banned, err)
		}
		if all, total, err := a.Participants(workshop, telegram.ParticipantsOptions{Filter: "kicked"}).Collect(ctx); err != nil || total != 1 || all[0].ID != 1003 {
			t.Errorf("kept out are %v, %v", all, err)
		}
		try(t, "lift it", a.Unban(ctx, workshop, carol))
		try(t, "come back", s.Person("carol").Join("Workshop"))
		if _, err := a.Kick(ctx, workshop, telegram.Name("@erin")); err == nil {
			t.Error("a stranger was kicked")
		}
		if _, err := a.Kick(ctx, bobby, carol); err == nil {
			t.Error("carol was kicked out of a private chat")
		}
	})
}
