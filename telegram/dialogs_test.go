package telegram_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// names are the chats of a list, in order.
func names(list []*telegram.Dialog) string {
	var all []string
	for _, d := range list {
		name := titleOf(d.Chat)
		if d.Last != nil {
			name += ":" + d.Last.Message.Message
		}
		all = append(all, name)
	}
	return strings.Join(all, " ")
}

// titleOf is what a list shows of a peer.
func titleOf(p telegram.Peer) string {
	if p.User != nil {
		return p.User.FirstName
	}
	if chat, ok := p.Chat.(interface{ GetTitle() string }); ok {
		return chat.GetTitle()
	}
	return "?"
}

// must fails the test for an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestDialogs(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		say(t, s, "bob", "alice", "one")
		say(t, s, "bob", "Friends", "two")
		say(t, s, "carol", "alice", "three")
		list := func(o telegram.DialogOptions) string {
			t.Helper()
			all, total, err := a.Dialogs(o).Collect(ctx)
			must(t, err)
			if total < len(all) {
				t.Errorf("%d chats of %d", len(all), total)
			}
			return names(all)
		}
		newest, _, err := a.Dialogs(telegram.DialogOptions{Limit: 3}).Collect(ctx)
		must(t, err)
		if got := names(newest); got != "carol:three Friends:two bob:one" {
			t.Fatalf("the newest are %s", got)
		}
		if d := newest[0]; d.UnreadCount != 1 || d.IsPinned() || d.IsArchived() || !d.MutedUntil().IsZero() {
			t.Errorf("carol's chat: %+v", d.Dialog)
		}
		must(t, a.PinDialog(ctx, telegram.Name("@bobby"), true))
		must(t, a.Archive(ctx, []telegram.Target{telegram.Name("Friends")}, true))
		for sentence, row := range map[string]struct {
			o    telegram.DialogOptions
			want string
		}{
			"pinned chats come first":   {telegram.DialogOptions{Place: telegram.MainDialogs, Limit: 2}, "bob:one carol:three"},
			"the archive":               {telegram.DialogOptions{Place: telegram.ArchivedDialogs}, "Friends:two"},
			"without those pinned":      {telegram.DialogOptions{Place: telegram.MainDialogs, IgnorePinned: true, Limit: 1}, "carol:three"},
			"without groups that moved": {telegram.DialogOptions{Place: telegram.ArchivedDialogs, IgnoreMigrated: true}, "Friends:two"},
		} {
			if got := list(row.o); got != row.want {
				t.Errorf("%s: %s", sentence, got)
			}
		}
		behind := telegram.DialogOptions{OffsetChat: newest[0].Chat, OffsetID: newest[0].TopMessage, OffsetDate: newest[0].Last.Time(), IgnorePinned: true}
		if got := list(behind); strings.Contains(got, "carol") || got == "" {
			t.Errorf("behind carol: %s", got)
		}
		must(t, a.PinDialog(ctx, telegram.Name("@sandbox_news"), true))
		must(t, a.ReorderPinned(ctx, []telegram.Target{telegram.Name("@bobby"), telegram.Name("@sandbox_news")}, false, false))
		if got := list(telegram.DialogOptions{Place: telegram.MainDialogs, Limit: 2}); !strings.HasPrefix(got, "bob:one News") {
			t.Errorf("in the new order: %s", got)
		}
		must(t, a.PinDialog(ctx, telegram.Name("@bobby"), false))
		must(t, a.Archive(ctx, []telegram.Target{telegram.Name("Friends")}, false))
		must(t, a.Archive(ctx, nil, true))
		must(t, a.MarkUnread(ctx, telegram.Name("@bobby"), true))
		d, err := a.Dialog(ctx, telegram.Name("@bobby"))
		must(t, err)
		if !d.UnreadMark || d.IsPinned() {
			t.Errorf("bob's chat: %+v", d.Dialog)
		}
		unknown := wantAs[*telegram.PeerUnknownError](t, a.Archive(ctx, []telegram.Target{telegram.Name("@nobody_at_all")}, true))
		if unknown.What != "@nobody_at_all" {
			t.Errorf("got %v", unknown)
		}
	})
}

func TestDialogsByTheHundred(t *testing.T) {
	asAlice(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, _ *listener) {
		for range 230 {
			if _, err := a.CreateChannel(ctx, "One of many", telegram.CreateChannelOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		seen := map[int64]bool{}
		n := 0
		for d, err := range a.Dialogs(telegram.DialogOptions{}).All(ctx) {
			must(t, err)
			seen[d.Chat.ID] = true
			n++
		}
		if n < 230 || len(seen) != n {
			t.Errorf("%d chats, %d of them different", n, len(seen))
		}
	})
}

func TestDeletingDialogs(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		say(t, s, "bob", "alice", "one")
		say(t, s, "alice", "Friends", "two")
		must(t, a.DeleteDialog(ctx, telegram.Name("@bobby"), true))
		must(t, a.DeleteDialog(ctx, telegram.Name("Friends"), false))
		refused := wantAs[*telegram.RPCError](t, a.DeleteDialog(ctx, telegram.Name("@sandbox_news"), false))
		if refused.Kind != "USER_CREATOR" {
			t.Errorf("a channel of one's own: %v", refused)
		}
		all, _, err := a.Dialogs(telegram.DialogOptions{}).Collect(ctx)
		must(t, err)
		if got := names(all); strings.Contains(got, "bob:") || strings.Contains(got, "Friends:two") {
			t.Errorf("left are %s", got)
		}
		bobs, err := s.Person("bob").Messages("alice")
		must(t, err)
		if slices.ContainsFunc(bobs, func(m sandbox.Message) bool { return m.Text == "one" }) {
			t.Errorf("bob still has %v", bobs)
		}
		if _, err := s.Person("alice").Send(ctx, "Friends", "x", sandbox.SendOptions{}); err == nil {
			t.Error("alice is still in the group")
		}
	})
}

func TestDrafts(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		say(t, s, "bob", "alice", "a question")
		bob, friends := telegram.Name("@bobby"), telegram.Name("Friends")
		body, err := text.Parse(text.Markdown, "an **answer**")
		must(t, err)
		last, err := a.Dialog(ctx, bob)
		must(t, err)
		must(t, a.SetDraft(ctx, bob, body, telegram.DraftOptions{ReplyTo: last.TopMessage, NoPreview: true}))
		must(t, a.SetDraft(ctx, friends, text.Text{Plain: "hello all"}, telegram.DraftOptions{}))
		all, total, err := a.Drafts().Collect(ctx)
		must(t, err)
		if len(all) != 2 || total != 2 {
			t.Fatalf("%d drafts", len(all))
		}
		some, _, err := a.Drafts(bob, telegram.Name("@carol")).Collect(ctx)
		must(t, err)
		if len(some) != 2 || some[0].Message != "an answer" || len(some[0].Entities) != 1 || some[0].ReplyToID() != last.TopMessage ||
			some[0].IsEmpty() || !some[1].IsEmpty() || !some[1].Time().IsZero() || time.Since(some[0].Time()) > time.Hour {
			t.Fatalf("the drafts are %+v, %+v", some[0], some[1])
		}
		sent, err := a.SendDraft(ctx, some[0], false)
		must(t, err)
		if sent.Message.Message != "an answer" || sent.ReplyToID() != last.TopMessage {
			t.Errorf("sent %+v", sent.Message)
		}
		if _, err := a.SendDraft(ctx, some[1], false); !errors.Is(err, telegram.ErrNoDraft) {
			t.Errorf("an empty draft: %v", err)
		}
		must(t, a.SetDraft(ctx, friends, text.Text{}, telegram.DraftOptions{}))
		if all, _, err := a.Drafts().Collect(ctx); err != nil || len(all) != 0 {
			t.Errorf("left are %d drafts, %v", len(all), err)
		}
	})
}

func TestFolders(t *testing.T) {
	asAlice(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, _ *listener) {
		id, err := a.SaveFolder(ctx, telegram.Folder{Title: "Work", Groups: true, ExcludeMuted: true,
			Include: []telegram.Target{telegram.Name("@bobby"), telegram.Name("me")}, Exclude: []telegram.Target{telegram.Name("Friends")}})
		must(t, err)
		other, err := a.SaveFolder(ctx, telegram.Folder{Title: "Other", Contacts: true})
		must(t, err)
		if id == other || id < 2 {
			t.Errorf("ids %d, %d", id, other)
		}
		must(t, a.ReorderFolders(ctx, []int{other, id}))
		list, err := a.Folders(ctx)
		must(t, err)
		if len(list) != 2 || list[0].ID != other || list[1].Title != "Work" || !list[1].Groups || !list[1].ExcludeMuted || list[1].Contacts {
			t.Fatalf("the folders are %+v", list)
		}
		if in := list[1].Include; len(in) != 2 || in[0].(telegram.Peer).ID != 1002 || in[1] != telegram.Name("me") {
			t.Errorf("included are %v", in)
		}
		list[1].Title, list[1].Bots = "Play", true
		again, err := a.SaveFolder(ctx, *list[1])
		must(t, err)
		if again != id {
			t.Errorf("the folder moved from %d to %d", id, again)
		}
		must(t, a.DeleteFolder(ctx, other))
		if list, err = a.Folders(ctx); err != nil || len(list) != 1 || list[0].Title != "Play" || !list[0].Bots || len(list[0].Include) != 2 {
			t.Errorf("left are %+v, %v", list, err)
		}
		wantAs[*telegram.RPCError](t, a.DeleteFolder(ctx, 99))
	})
}

func TestNotifySettings(t *testing.T) {
	asAlice(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, _ *listener) {
		bob, silent := telegram.Name("@bobby"), true
		must(t, a.Mute(ctx, bob, telegram.Forever))
		must(t, a.SetNotifySettings(ctx, bob, 0, telegram.NotifySettings{Silent: &silent}))
		must(t, a.SetNotifySettings(ctx, nil, telegram.NotifyGroups, telegram.NotifySettings{Silent: &silent}))
		s, err := a.NotifySettings(ctx, bob, 0)
		must(t, err)
		if s.Until == nil || !s.Until.Equal(telegram.Forever) {
			t.Errorf("bob: %+v", s)
		}
		if d, err := a.Dialog(ctx, bob); err != nil || d.MutedUntil().IsZero() {
			t.Errorf("the chat isn't muted: %v", err)
		}
		must(t, a.Mute(ctx, bob, time.Time{}))
		if s, err = a.NotifySettings(ctx, bob, 0); err != nil || s.Until == nil || !s.Until.IsZero() {
			t.Errorf("bob is heard again: %+v, %v", s, err)
		}
		groups, err := a.NotifySettings(ctx, nil, telegram.NotifyGroups)
		must(t, err)
		people, err := a.NotifySettings(ctx, nil, telegram.NotifyUsers)
		must(t, err)
		if groups.Silent == nil || !*groups.Silent || people.Silent != nil && *people.Silent {
			t.Errorf("groups %+v, people %+v", groups, people)
		}
	})
}
