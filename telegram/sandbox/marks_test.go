package sandbox

import (
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

// dialogWith is the caller's dialog as the list has it.
func (c *client) dialogWith(t *testing.T, at tg.InputPeerClass) *tg.Dialog {
	t.Helper()
	got, err := c.api.MessagesGetPeerDialogs(t.Context(), []tg.InputDialogPeerClass{&tg.InputDialogPeer{Peer: at}})
	if err != nil {
		t.Fatal(err)
	}
	return got.Dialogs[0].(*tg.Dialog)
}

func TestDrafts(t *testing.T) {
	s := serve(t, Options{})
	alice, phone := login(t, s, "alice"), login(t, s, "alice")
	bobby := alice.to(t, "bobby")
	save := func(in *tg.MessagesSaveDraftRequest) error {
		in.Peer = bobby
		_, err := alice.api.MessagesSaveDraft(t.Context(), in)
		return err
	}
	if err := save(&tg.MessagesSaveDraftRequest{Message: "half a thought", Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Length: 4}}}); err != nil {
		t.Fatal(err)
	}
	told := next[*tg.UpdateDraftMessage](t, phone)
	if d, ok := told.Draft.(*tg.DraftMessage); !ok || d.Message != "half a thought" || len(d.Entities) != 1 {
		t.Errorf("the other session was told %v", told)
	}
	wantError(t, save(&tg.MessagesSaveDraftRequest{Message: "x", Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Length: 4}}}), "ENTITY_BOUNDS_INVALID")
	if d := alice.dialogWith(t, bobby); d.Draft == nil {
		t.Error("the dialog has no draft")
	}
	all, err := alice.api.MessagesGetAllDrafts(t.Context())
	if err != nil || len(all.(*tg.Updates).Updates) != 1 {
		t.Errorf("all drafts: %v, %v", all, err)
	}
	// Sending clears it, if the client says so.
	if _, err := alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: bobby, Message: "whole", RandomID: random(), ClearDraft: true}); err != nil {
		t.Fatal(err)
	}
	if _, empty := next[*tg.UpdateDraftMessage](t, phone).Draft.(*tg.DraftMessageEmpty); !empty {
		t.Error("the draft is still there")
	}
	if err := save(&tg.MessagesSaveDraftRequest{Message: "again"}); err != nil {
		t.Fatal(err)
	}
	if _, err := alice.api.MessagesClearAllDrafts(t.Context()); err != nil {
		t.Error(err)
	}
	if d := alice.dialogWith(t, bobby); d.Draft != nil {
		t.Errorf("the dialog has %v", d.Draft)
	}
}

func TestMentionsAreUnreadUntilSeen(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	workshop, group := alice.to(t, "sandbox_workshop"), &tg.InputPeerChat{ChatID: 3001}
	in := map[string]tg.InputPeerClass{"Workshop": workshop, "Friends": group}
	for chat, at := range in {
		say(t, s, "bob", chat, "not for you")
		say(t, s, "bob", chat, "hey @alice")
		list, err := alice.api.MessagesGetUnreadMentions(t.Context(), &tg.MessagesGetUnreadMentionsRequest{Peer: at, Limit: 10})
		if err != nil || texts(list) != "hey @alice" {
			t.Fatalf("%s: unread %v, %v", chat, list, err)
		}
		modified, _ := list.AsModified()
		m := modified.GetMessages()[0].(*tg.Message)
		if !m.Mentioned || !m.MediaUnread || alice.dialogWith(t, at).UnreadMentionsCount != 1 {
			t.Errorf("%s: got %v", chat, m)
		}
		switch channel := at.(type) {
		case *tg.InputPeerChannel:
			_, err = alice.api.ChannelsReadMessageContents(t.Context(), &tg.ChannelsReadMessageContentsRequest{
				Channel: &tg.InputChannel{ChannelID: channel.ChannelID, AccessHash: channel.AccessHash}, ID: []int{m.ID},
			})
		default:
			_, err = alice.api.MessagesReadMessageContents(t.Context(), []int{m.ID})
		}
		if err != nil || alice.dialogWith(t, at).UnreadMentionsCount != 0 {
			t.Errorf("%s: after reading: %v", chat, err)
		}
	}
	mine := alice.send(t, workshop, "a question")
	if _, err := s.Person("bob").Send(t.Context(), "Workshop", "an answer", SendOptions{ReplyTo: mine.ID}); err != nil {
		t.Fatal(err)
	}
	if n := alice.dialogWith(t, workshop).UnreadMentionsCount; n != 1 {
		t.Errorf("an answer makes %d unread mentions", n)
	}
	if _, err := alice.api.MessagesReadMentions(t.Context(), &tg.MessagesReadMentionsRequest{Peer: workshop}); err != nil {
		t.Error(err)
	}
	if n := alice.dialogWith(t, workshop).UnreadMentionsCount; n != 0 {
		t.Errorf("%d are left", n)
	}
	mark := &tg.MessagesMarkDialogUnreadRequest{Unread: true, Peer: &tg.InputDialogPeer{Peer: group}}
	if _, err := alice.api.MessagesMarkDialogUnread(t.Context(), mark); err != nil || !alice.dialogWith(t, group).UnreadMark {
		t.Errorf("marking unread: %v", err)
	}
}

func TestViewsAndThreads(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	post := alice.send(t, alice.to(t, "sandbox_news"), "news")
	news := bob.to(t, "sandbox_news")
	for range 2 { // a second look doesn't count
		got, err := bob.api.MessagesGetMessagesViews(t.Context(), &tg.MessagesGetMessagesViewsRequest{Peer: news, ID: []int{post.ID, 99}, Increment: true})
		if err != nil || len(got.Views) != 2 || got.Views[0].Views != 2 {
			t.Fatalf("views %v, %v", got, err)
		}
	}
	workshop := alice.to(t, "sandbox_workshop")
	root := alice.send(t, workshop, "question")
	first, err := s.Person("bob").Send(t.Context(), "Workshop", "one", SendOptions{ReplyTo: root.ID})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Person("carol").Send(t.Context(), "Workshop", "two", SendOptions{ReplyTo: first.ID}); err != nil {
		t.Fatal(err)
	}
	say(t, s, "bob", "Workshop", "elsewhere")
	replies, err := alice.api.MessagesGetReplies(t.Context(), &tg.MessagesGetRepliesRequest{Peer: workshop, MsgID: root.ID, Limit: 10})
	if err != nil || texts(replies) != "two one" {
		t.Errorf("replies %v, %v", replies, err)
	}
	start, err := alice.api.MessagesGetDiscussionMessage(t.Context(), &tg.MessagesGetDiscussionMessageRequest{Peer: workshop, MsgID: root.ID})
	if err != nil || start.UnreadCount != 2 || start.Messages[0].(*tg.Message).Replies.Replies != 2 {
		t.Errorf("the thread begins with %v, %v", start, err)
	}
	_, err = bob.api.MessagesGetDiscussionMessage(t.Context(), &tg.MessagesGetDiscussionMessageRequest{Peer: news, MsgID: post.ID})
	wantError(t, err, "MSG_ID_INVALID")
	_, err = bob.api.MessagesGetReplies(t.Context(), &tg.MessagesGetRepliesRequest{Peer: &tg.InputPeerSelf{}, MsgID: 1})
	wantError(t, err, "PEER_ID_INVALID")
}

func TestMessagesExpire(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	bobby := alice.to(t, "bobby")
	set := func(at tg.InputPeerClass, c *client, period int) error {
		_, err := c.api.MessagesSetHistoryTTL(t.Context(), &tg.MessagesSetHistoryTTLRequest{Peer: at, Period: period})
		return err
	}
	const day = 24 * 3600
	alice.send(t, bobby, "lasts")
	if err := set(bobby, alice, day); err != nil {
		t.Fatal(err)
	}
	if told := next[*tg.UpdatePeerHistoryTTL](t, bob); told.TTLPeriod != day {
		t.Errorf("bob was told %v", told)
	}
	wantError(t, set(bobby, alice, day), "CHAT_NOT_MODIFIED")
	wantError(t, set(bobby, alice, 5), "TTL_PERIOD_INVALID")
	wantError(t, set(&tg.InputPeerChat{ChatID: 3001}, bob, day), "CHAT_ADMIN_REQUIRED")
	m := alice.send(t, bobby, "fades")
	if m.TTLPeriod != day || alice.dialogWith(t, bobby).TTLPeriod != day {
		t.Errorf("sent %v", m)
	}
	workshop := alice.to(t, "sandbox_workshop")
	if err := set(workshop, alice, 7*day); err != nil {
		t.Fatal(err)
	}
	alice.send(t, workshop, "fades later")
	clock.Advance((day + 1) * time.Second)
	if gone := next[*tg.UpdateDeleteMessages](t, alice); len(gone.Messages) != 1 || gone.Messages[0] != m.ID {
		t.Errorf("gone: %v", gone)
	}
	s.onlyMessage(t, "bob", "alice", "lasts")
	clock.Advance(7 * day * time.Second)
	next[*tg.UpdateDeleteChannelMessages](t, bob)
	if _, err := alice.api.MessagesSetDefaultHistoryTTL(t.Context(), day); err != nil {
		t.Error(err)
	}
	if got, err := alice.api.MessagesGetDefaultHistoryTTL(t.Context()); err != nil || got.Period != day {
		t.Errorf("the default is %v, %v", got, err)
	}
}

func TestLinksHavePreviews(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	self := &tg.InputPeerSelf{}
	send := func(text string, none bool) *tg.Message {
		answer, err := alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: self, Message: text, RandomID: random(), NoWebpage: none})
		if err != nil {
			t.Fatal(err)
		}
		return sent(t, answer)
	}
	m := send("look: https://example.com/page", false)
	media, ok := m.Media.(*tg.MessageMediaWebPage)
	if !ok || media.Webpage.(*tg.WebPage).URL != "https://example.com/page" || media.Webpage.(*tg.WebPage).SiteName != "example.com" {
		t.Errorf("below the text: %v", m.Media)
	}
	if m := send("look: https://example.com/page", true); m.Media != nil {
		t.Errorf("without a preview: %v", m.Media)
	}
	edit := &tg.MessagesEditMessageRequest{Peer: self, ID: m.ID}
	edit.SetMessage("no link now")
	answer, err := alice.api.MessagesEditMessage(t.Context(), edit)
	if err != nil || answer.(*tg.Updates).Updates[0].(*tg.UpdateEditMessage).Message.(*tg.Message).Media != nil {
		t.Errorf("after the edit: %v, %v", answer, err)
	}
	preview, err := alice.api.MessagesGetWebPagePreview(t.Context(), &tg.MessagesGetWebPagePreviewRequest{Message: "example.org"})
	if err != nil || preview.Media.(*tg.MessageMediaWebPage).Webpage.(*tg.WebPage).URL != "http://example.org" {
		t.Errorf("the preview: %v, %v", preview, err)
	}
	if page, err := alice.api.MessagesGetWebPage(t.Context(), &tg.MessagesGetWebPageRequest{URL: "https://example.com"}); err != nil || page.Webpage == nil {
		t.Errorf("the page: %v, %v", page, err)
	}
	_, err = alice.api.MessagesGetWebPage(t.Context(), &tg.MessagesGetWebPageRequest{URL: "nowhere"})
	wantError(t, err, "WC_CONVERT_URL_INVALID")
}

func TestReportsAndSendingAs(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	workshop := alice.to(t, "sandbox_workshop").(*tg.InputPeerChannel)
	m := alice.send(t, workshop, "x")
	if _, err := alice.api.MessagesReportSpam(t.Context(), workshop); err != nil {
		t.Error(err)
	}
	if _, err := alice.api.AccountReportPeer(t.Context(), &tg.AccountReportPeerRequest{Peer: workshop, Reason: &tg.InputReportReasonSpam{}}); err != nil {
		t.Error(err)
	}
	result, err := alice.api.MessagesReport(t.Context(), &tg.MessagesReportRequest{Peer: workshop, ID: []int{m.ID}})
	choose, ok := result.(*tg.ReportResultChooseOption)
	if err != nil || !ok {
		t.Fatalf("a report: %v, %v", result, err)
	}
	result, err = alice.api.MessagesReport(t.Context(), &tg.MessagesReportRequest{Peer: workshop, ID: []int{m.ID}, Option: choose.Options[0].Option})
	if _, ok := result.(*tg.ReportResultReported); err != nil || !ok {
		t.Errorf("with a reason: %v, %v", result, err)
	}
	as, err := alice.api.ChannelsGetSendAs(t.Context(), &tg.ChannelsGetSendAsRequest{Peer: workshop})
	if err != nil || len(as.Peers) != 2 || as.Peers[0].Peer.(*tg.PeerUser).UserID != 1001 {
		t.Errorf("send as %v, %v", as, err)
	}
	if _, err := alice.api.MessagesSaveDefaultSendAs(t.Context(), &tg.MessagesSaveDefaultSendAsRequest{Peer: workshop, SendAs: &tg.InputPeerSelf{}}); err != nil {
		t.Error(err)
	}
	_, err = alice.api.MessagesSaveDefaultSendAs(t.Context(), &tg.MessagesSaveDefaultSendAsRequest{Peer: workshop, SendAs: workshop})
	wantError(t, err, "SEND_AS_PEER_INVALID")
}

func TestAFolderKeepsWhatIsNoMessage(t *testing.T) {
	dir := t.TempDir()
	s, err := New(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	bot, to := startedBot(t, s)
	alice := login(t, s, "alice")
	workshop := alice.to(t, "sandbox_workshop")
	in := pollOf("Tea?", "Yes", "No")
	poll, err := alice.sendPoll(t, workshop, in)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Person("bob").Vote(t.Context(), "Workshop", poll.ID, 1); err != nil {
		t.Fatal(err)
	}
	if err := s.Person("bob").React(t.Context(), "Workshop", poll.ID, "👍"); err != nil {
		t.Fatal(err)
	}
	say(t, s, "bob", "Workshop", "hey @alice")
	if _, err := alice.api.MessagesSaveDraft(t.Context(), &tg.MessagesSaveDraftRequest{Peer: workshop, Message: "half"}); err != nil {
		t.Fatal(err)
	}
	if err := bot.setCommands(t, &tg.BotCommandScopePeer{Peer: to}, "kept"); err != nil {
		t.Fatal(err)
	}
	alice.stop()
	bot.stop()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	again := serve(t, Options{Dir: dir})
	back := login(t, again, "alice")
	workshop = back.to(t, "sandbox_workshop")
	channel := workshop.(*tg.InputPeerChannel)
	got, err := back.api.ChannelsGetMessages(t.Context(), &tg.ChannelsGetMessagesRequest{
		Channel: &tg.InputChannel{ChannelID: channel.ChannelID, AccessHash: channel.AccessHash}, ID: []tg.InputMessageClass{&tg.InputMessageID{ID: poll.ID}},
	})
	if err != nil {
		t.Fatal(err)
	}
	m := got.(*tg.MessagesChannelMessages).Messages[0].(*tg.Message)
	if m.Reactions.Results[0].Count != 1 || m.Media.(*tg.MessageMediaPoll).Results.TotalVoters != 1 {
		t.Errorf("the poll is %v", m)
	}
	if d := back.dialogWith(t, workshop); d.UnreadMentionsCount != 1 || d.UnreadReactionsCount != 1 || d.Draft.(*tg.DraftMessage).Message != "half" {
		t.Errorf("the dialog is %v", d)
	}
	answer, err := back.vote(t, workshop, poll.ID, "1")
	if err != nil || answer.Results.Results[1].Voters != 2 {
		t.Errorf("alice's vote: %v, %v", answer, err)
	}
	at := back.to(t, "sandbox_echo_bot").(*tg.InputPeerUser)
	full, err := back.api.UsersGetFullUser(t.Context(), &tg.InputUser{UserID: at.UserID, AccessHash: at.AccessHash})
	if err != nil || commandNames(full.FullUser.BotInfo.Commands) != "kept" {
		t.Errorf("the bot is %v, %v", full, err)
	}
}
