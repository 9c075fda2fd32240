package telegram_test

import (
	"context"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

func TestJoinAndLeave(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		link, err := a.CreateInviteLink(ctx, friends, telegram.InviteLinkOptions{})
		try(t, "make a link", err)
		again, err := a.Join(ctx, telegram.Name(link.Link))
		if err != nil || !again.Already || again.Chat.ID != -3001 {
			t.Errorf("joined again: %+v, %v", again, err)
		}
		asDave(t, s, func(ctx context.Context, dave *telegram.Account) {
			in, err := dave.Join(ctx, telegram.Name("https://t.me/+sandboxFriends1"))
			if err != nil || in.Already || in.Requested || in.Chat.ID != -3001 {
				t.Errorf("came in: %+v, %v", in, err)
			}
			if told, err := dave.Leave(ctx, friends); err != nil || told == nil {
				t.Errorf("left: %+v, %v", told, err)
			}
			if told, err := dave.Kick(ctx, workshop, telegram.Name("me")); err != nil {
				t.Errorf("left a supergroup: %+v, %v", told, err)
			}
		})
		if joined, err := a.Join(ctx, news); err != nil || joined.Chat.ID != -1000000003003 || joined.Requested {
			t.Errorf("joined by name: %+v, %v", joined, err)
		}
		_, err = a.Join(ctx, telegram.Name("t.me/+nosuchhash"))
		wantKind(t, err, "INVITE_HASH_EXPIRED")
		_, err = a.Join(ctx, bobby)
		wantKind(t, err, "CHAT_KIND")
		_, err = a.Leave(ctx, bobby)
		wantKind(t, err, "CHAT_KIND")
	})
}

// asDave runs f on an account that is in no chat but Workshop.
func asDave(t *testing.T, s *sandbox.Server, f func(ctx context.Context, a *telegram.Account)) {
	t.Helper()
	opts := options(s)
	opts.Phone = "+427770004"
	a := open(t, opts)
	try(t, "sign dave in", signedIn(t, a, &person{codes: []string{rightCode}}, func(ctx context.Context) error {
		f(ctx, a)
		return nil
	}))
}

func TestJoinRequests(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		link, err := a.CreateInviteLink(ctx, news, telegram.InviteLinkOptions{Title: "ask", RequestNeeded: true})
		try(t, "make a link", err)
		asDave(t, s, func(ctx context.Context, dave *telegram.Account) {
			seen, err := dave.CheckInvite(ctx, link.Link)
			if err != nil || seen.Raw == nil || seen.Raw.Title != "News" || !seen.Raw.RequestNeeded {
				t.Errorf("the link leads to %+v, %v", seen, err)
			}
			for range 2 { // asking twice is no error
				if result, err := dave.Join(ctx, telegram.Name(link.Link)); err != nil || !result.Requested {
					t.Errorf("dave's request: %+v, %v", result, err)
				}
			}
		})
		waiting := func() []*telegram.Joiner {
			all, total, err := a.Joiners(news, telegram.JoinersOptions{Requested: true, Link: link.Link}).Collect(ctx)
			if err != nil || total != len(all) {
				t.Errorf("waiting are %v of %d, %v", all, total, err)
			}
			return all
		}
		if all := waiting(); len(all) != 1 || all[0].ID != 1004 || all[0].Time().IsZero() {
			t.Fatalf("waiting are %v", all)
		}
		try(t, "let dave in", a.AnswerJoinRequest(ctx, news, telegram.ID(1004), true))
		if all := waiting(); len(all) != 0 {
			t.Errorf("waiting are %v", all)
		}
		joined, total, err := a.Joiners(news, telegram.JoinersOptions{Link: link.Link}).Collect(ctx)
		if err != nil || total != 1 || joined[0].ID != 1004 || joined[0].ApprovedBy != 1001 {
			t.Errorf("joined are %v, %v", joined, err)
		}
		try(t, "change", a.SetChat(ctx, workshop, "join_request", true))
		for i, approve := range []bool{false, true} {
			_, err := a.Kick(ctx, workshop, bobby)
			if i == 0 {
				try(t, "kick bob", err)
			}
			if err := s.Person("bob").Join("Workshop"); err == nil {
				t.Error("bob needn't ask")
			}
			try(t, "answer all", a.AnswerJoinRequests(ctx, workshop, "", approve))
			_, err = a.Participant(ctx, workshop, bobby)
			if approve != (err == nil) {
				t.Errorf("all were answered %v, bob is there: %v", approve, err)
			}
		}
	})
}

func TestInviteLinks(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		end := time.Now().Add(time.Hour).Truncate(time.Second)
		link, err := a.CreateInviteLink(ctx, workshop, telegram.InviteLinkOptions{Title: "friends", Limit: 3, Expires: end})
		if err != nil || link.Title != "friends" || link.UsageLimit != 3 || link.ExpireDate != int(end.Unix()) || link.Admin.ID != 1001 {
			t.Fatalf("made %+v, %v", link, err)
		}
		title, limit, forever := "all", 0, time.Time{}
		changed, err := a.EditInviteLink(ctx, workshop, link.Link, telegram.InviteLinkChange{Title: &title, Limit: &limit, Expires: &forever})
		if err != nil || changed.Title != "all" || changed.UsageLimit != 0 || changed.ExpireDate != 0 {
			t.Errorf("changed to %+v, %v", changed, err)
		}
		if one, err := a.InviteLink(ctx, workshop, link.Link); err != nil || one.Title != "all" {
			t.Errorf("found %+v, %v", one, err)
		}
		count := func(revoked bool) int {
			all, total, err := a.InviteLinks(workshop, telegram.InviteLinksOptions{Revoked: revoked}).Collect(ctx)
			if err != nil || total != len(all) {
				t.Errorf("links are %v of %d, %v", all, total, err)
			}
			return len(all)
		}
		if n := count(false); n != 2 { // the permanent one is the other
			t.Errorf("%d links work", n)
		}
		if gone, err := a.EditInviteLink(ctx, workshop, link.Link, telegram.InviteLinkChange{Revoke: true}); err != nil || !gone.Revoked {
			t.Errorf("revoked %+v, %v", gone, err)
		}
		if n := count(true); n != 1 {
			t.Errorf("%d links are revoked", n)
		}
		try(t, "forget it", a.DeleteInviteLink(ctx, workshop, link.Link))
		permanent, err := a.ExportInviteLink(ctx, workshop)
		if err != nil || !permanent.Permanent {
			t.Errorf("exported %+v, %v", permanent, err)
		}
		next, err := a.EditInviteLink(ctx, workshop, permanent.Link, telegram.InviteLinkChange{Revoke: true})
		if err != nil || next.Revoked || next.Link == permanent.Link {
			t.Errorf("the next permanent one is %+v, %v", next, err)
		}
		try(t, "forget the rest", a.DeleteRevokedInviteLinks(ctx, workshop, nil))
		if n := count(true); n != 0 {
			t.Errorf("%d links are revoked", n)
		}
		mine, err := a.CheckInvite(ctx, next.Link)
		if err != nil || mine.Raw != nil || mine.Chat.ID != -1000000003002 || !mine.Until.IsZero() {
			t.Errorf("my own link leads to %+v, %v", mine, err)
		}
	})
}

func TestInvitePeople(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for _, chat := range []telegram.Target{news, friends} {
			if missing, err := a.Invite(ctx, chat, []telegram.Target{telegram.ID(1004)}, 10); err != nil || len(missing) > 0 {
				t.Errorf("%v: missing are %v, %v", chat, missing, err)
			}
			if _, err := a.Participant(ctx, chat, telegram.ID(1004)); err != nil {
				t.Errorf("%v: dave isn't there: %v", chat, err)
			}
		}
		if missing, err := a.Invite(ctx, friends, []telegram.Target{telegram.ID(1004)}, 10); err != nil || len(missing) > 0 {
			t.Errorf("who is there needn't be added: %v, %v", missing, err)
		}
		asDave(t, s, func(ctx context.Context, dave *telegram.Account) {
			_, err := dave.Leave(ctx, news)
			try(t, "leave", err)
			_, err = dave.API().AccountSetPrivacy(ctx, &tg.AccountSetPrivacyRequest{Key: &tg.InputPrivacyKeyChatInvite{}, Rules: []tg.InputPrivacyRuleClass{&tg.InputPrivacyValueDisallowAll{}}})
			try(t, "let nobody add me", err)
		})
		missing, err := a.Invite(ctx, news, []telegram.Target{telegram.ID(1004)}, 0)
		if err != nil || len(missing) != 1 || missing[0].ID != 1004 {
			t.Errorf("missing are %v, %v", missing, err)
		}
		group, missing, err := a.CreateGroup(ctx, "Hiking", []telegram.Target{bobby, telegram.ID(1004)}, 0)
		if err != nil || len(missing) != 1 || group.Input == nil || !group.IsGroup() || group.IsChannel() {
			t.Errorf("made %+v without %v, %v", group, missing, err)
		}
	})
}

// TestUpdatesInAnswers sends a message into a group right after it was made: the answers that made it hold counted
// updates beside other things, and nothing may look like a gap or come as somebody else's doing.
func TestUpdatesInAnswers(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		s.Inject(sandbox.Fault{Method: "updates.getDifference", Code: 400, Message: "NO_GAP_EXPECTED"})
		group, _, err := a.CreateGroup(ctx, "Hiking", []telegram.Target{bobby}, 0)
		try(t, "make a group", err)
		_, err = a.Invite(ctx, group, []telegram.Target{carol}, 0)
		try(t, "invite carol", err)
		_, err = s.Person("bob").Send(ctx, "Hiking", "where to?", sandbox.SendOptions{})
		try(t, "write", err)
		l.wants("message bob where to?")
	})
}
