package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestSearchWithinAThreadAndForMentions(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	workshop := alice.to(t, "sandbox_workshop")
	root := alice.send(t, workshop, "tea?")
	if _, err := s.Person("bob").Send(t.Context(), "Workshop", "tea, @alice", SendOptions{ReplyTo: root.ID}); err != nil {
		t.Fatal(err)
	}
	say(t, s, "bob", "Workshop", "tea elsewhere")
	thread := &tg.MessagesSearchRequest{Peer: workshop, Q: "tea", Filter: &tg.InputMessagesFilterEmpty{}, Limit: 10}
	thread.SetTopMsgID(root.ID)
	if got, err := alice.api.MessagesSearch(t.Context(), thread); err != nil || texts(got) != "tea, @alice tea?" {
		t.Errorf("in the thread: %q, %v", texts(got), err)
	}
	mine := &tg.MessagesSearchRequest{Peer: workshop, Filter: &tg.InputMessagesFilterMyMentions{}, Limit: 10}
	if got, err := alice.api.MessagesSearch(t.Context(), mine); err != nil || texts(got) != "tea, @alice" {
		t.Errorf("mentions: %q, %v", texts(got), err)
	}
}

func TestSearchEverywhereInPages(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	for _, chat := range []string{"Workshop", "Friends", "bob", "News"} {
		say(t, s, "alice", chat, "found in "+chat)
	}
	search := func(in tg.MessagesSearchGlobalRequest) tg.MessagesMessagesClass {
		t.Helper()
		in.Q, in.Filter = "found", &tg.InputMessagesFilterEmpty{}
		if in.OffsetPeer == nil {
			in.OffsetPeer = &tg.InputPeerEmpty{}
		}
		got, err := alice.api.MessagesSearchGlobal(t.Context(), &in)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for want, in := range map[string]tg.MessagesSearchGlobalRequest{
		"found in bob":  {Limit: 10, UsersOnly: true},
		"found in News": {Limit: 10, BroadcastsOnly: true},
		"":              {Limit: 10, MaxDate: 1},
	} {
		if got := texts(search(in)); got != want {
			t.Errorf("found %q, want %q", got, want)
		}
	}
	if n := len(search(tg.MessagesSearchGlobalRequest{Limit: 10, GroupsOnly: true}).(*tg.MessagesMessagesSlice).Messages); n != 2 {
		t.Errorf("%d in groups", n)
	}
	first := search(tg.MessagesSearchGlobalRequest{Limit: 3}).(*tg.MessagesMessagesSlice)
	if first.Count != 4 || len(first.Messages) != 3 || first.NextRate == 0 {
		t.Errorf("the first page: %v", first)
	}
}

// TestMethodsThatBotsMayNotCall has the methods that https://core.telegram.org/methods marks as
// being for users only, as far as they are emulated.
func TestMethodsThatBotsMayNotCall(t *testing.T) {
	table := methods()
	for _, name := range []string{
		"messages.getHistory", "messages.getDialogs", "messages.getPeerDialogs", "messages.getPinnedDialogs", "messages.search",
		"messages.searchGlobal", "messages.getSearchCounters", "messages.getCommonChats", "messages.importChatInvite",
		"messages.checkChatInvite", "messages.addChatUser", "messages.startBot", "messages.getBotCallbackAnswer",
		"messages.getInlineBotResults", "messages.sendInlineBotResult", "messages.getMessagesViews", "messages.getReplies",
		"messages.getDiscussionMessage", "messages.saveDraft", "messages.getAllDrafts", "messages.clearAllDrafts",
		"messages.readHistory", "messages.readMessageContents", "messages.receivedMessages", "messages.getUnreadMentions",
		"messages.readMentions", "messages.getMessageReactionsList", "messages.getMessagesReactions", "messages.sendVote",
		"messages.getPollResults", "messages.getPollVotes", "messages.getScheduledHistory", "messages.sendScheduledMessages",
		"messages.deleteScheduledMessages", "messages.getMessageEditData", "messages.setHistoryTTL", "messages.reportSpam",
		"messages.report", "messages.getWebPagePreview", "messages.getWebPage", "messages.markDialogUnread", "messages.deleteHistory",
		"channels.joinChannel", "channels.readHistory", "channels.readMessageContents", "channels.getSendAs", "channels.reportSpam",
		"contacts.getContacts", "contacts.search", "account.updateStatus", "account.getAuthorizations", "account.updateProfile",
	} {
		if m, ok := table.names[name]; !ok || m.rules&people == 0 {
			t.Errorf("%s: emulated %v, and bots may call it", name, ok)
		}
	}
	for _, name := range []string{"messages.setBotCallbackAnswer", "messages.setInlineBotResults", "messages.editInlineBotMessage", "bots.setBotCommands"} {
		if m, ok := table.names[name]; !ok || m.rules&bots == 0 {
			t.Errorf("%s: emulated %v, and people may call it", name, ok)
		}
	}
}
