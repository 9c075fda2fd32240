package telegram

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// shown writes what an event says, without the account, and peers by their ids.
func shown(v any) string {
	value := reflect.ValueOf(v).Elem()
	var parts []string
	for i := range value.NumField() {
		name, field := value.Type().Field(i).Name, value.Field(i)
		switch f := field.Interface().(type) {
		case Happening:
			parts = append(parts, fmt.Sprintf("%d by %d", f.Chat.ID, f.Sender.ID))
		case Peer:
			if f.ID != 0 {
				parts = append(parts, fmt.Sprintf("%s=%d", name, f.ID))
			}
		case []Peer:
			for _, p := range f {
				parts = append(parts, fmt.Sprintf("%s=%d", name, p.ID))
			}
		case *Message:
			if f != nil {
				parts = append(parts, fmt.Sprintf("message %d", f.ID))
			}
		case string, bool, int, int64, []int, []string:
			if !field.IsZero() {
				parts = append(parts, fmt.Sprintf("%s=%v", name, f))
			}
		}
	}
	return strings.Join(parts, " ")
}

func TestKindsOfEvents(t *testing.T) {
	user, group, channel := &tg.PeerUser{UserID: 5}, &tg.PeerChat{ChatID: 6}, &tg.PeerChannel{ChannelID: 9}
	service := func(action tg.MessageActionClass, reply ...int) tg.UpdateClass {
		m := &tg.MessageService{ID: 40, PeerID: group, FromID: user, Action: action}
		for _, id := range reply {
			m.SetReplyTo(&tg.MessageReplyHeader{ReplyToMsgID: id})
		}
		return &tg.UpdateNewMessage{Message: m}
	}
	for sentence, row := range map[string]struct {
		update tg.UpdateClass
		want   string
	}{
		"posts are deleted":                     {&tg.UpdateDeleteChannelMessages{ChannelID: 9, Messages: []int{3, 4}}, "delete -1000000000009 by 0 IDs=[3 4]"},
		"messages are deleted, in three chats":  {&tg.UpdateDeleteMessages{Messages: []int{21, 99, 22, 23}}, "delete 5 by 0 IDs=[21 23], delete 0 by 0 IDs=[99], delete -6 by 0 IDs=[22]"},
		"this account has read":                 {&tg.UpdateReadHistoryInbox{Peer: user, MaxID: 8, StillUnreadCount: 2}, "read 5 by 0 Inbox=true MaxID=8 Unread=2"},
		"a person has read":                     {&tg.UpdateReadHistoryOutbox{Peer: user, MaxID: 8}, "read 5 by 5 MaxID=8"},
		"a group has read":                      {&tg.UpdateReadHistoryOutbox{Peer: group, MaxID: 8}, "read -6 by 0 MaxID=8"},
		"this account has read a channel":       {&tg.UpdateReadChannelInbox{ChannelID: 9, MaxID: 8}, "read -1000000000009 by 0 Inbox=true MaxID=8"},
		"somebody has read in a supergroup":     {&tg.UpdateReadChannelOutbox{ChannelID: 9, MaxID: 8}, "read -1000000000009 by 0 MaxID=8"},
		"comments are read":                     {&tg.UpdateReadChannelDiscussionInbox{ChannelID: 9, TopMsgID: 3, ReadMaxID: 8}, "read -1000000000009 by 0 Inbox=true MaxID=8 Topic=3"},
		"comments are read by others":           {&tg.UpdateReadChannelDiscussionOutbox{ChannelID: 9, TopMsgID: 3, ReadMaxID: 8}, "read -1000000000009 by 0 MaxID=8 Topic=3"},
		"voice messages are listened to":        {&tg.UpdateReadMessagesContents{Messages: []int{21, 22}}, "read 5 by 0 Contents=true IDs=[21], read -6 by 0 Contents=true IDs=[22]"},
		"and in a channel":                      {&tg.UpdateChannelReadMessagesContents{ChannelID: 9, Messages: []int{3}}, "read -1000000000009 by 0 Contents=true IDs=[3]"},
		"somebody types":                        {&tg.UpdateUserTyping{UserID: 5, Action: &tg.SendMessageTypingAction{}}, "user_update 5 by 5"},
		"somebody types in a group":             {&tg.UpdateChatUserTyping{ChatID: 6, FromID: user}, "user_update -6 by 5"},
		"somebody types in a topic":             {&tg.UpdateChannelUserTyping{ChannelID: 9, FromID: user, TopMsgID: 3}, "user_update -1000000000009 by 5 Topic=3"},
		"somebody comes online":                 {&tg.UpdateUserStatus{UserID: 5, Status: &tg.UserStatusOnline{}}, "user_update 5 by 5"},
		"a new name":                            {&tg.UpdateUserName{UserID: 5, FirstName: "A", Usernames: []tg.Username{{Username: "a", Active: true}, {Username: "b"}}}, "user_changed 5 by 5 What=name FirstName=A Usernames=[a]"},
		"a new number":                          {&tg.UpdateUserPhone{UserID: 5, Phone: "42"}, "user_changed 5 by 5 What=phone Phone=42"},
		"a new emoji status":                    {&tg.UpdateUserEmojiStatus{UserID: 5}, "user_changed 5 by 5 What=emoji_status"},
		"something else of a user":              {&tg.UpdateUser{UserID: 5}, "user_changed 5 by 5 What=profile"},
		"a reaction, told to a bot":             {&tg.UpdateBotMessageReaction{Peer: group, MsgID: 3, Actor: user, Date: 7}, "reaction -6 by 5 MessageID=3 Date=7"},
		"reactions of nobody":                   {&tg.UpdateBotMessageReactions{Peer: channel, MsgID: 3, Date: 7}, "reaction -1000000000009 by 0 MessageID=3 Date=7"},
		"reactions, told to a person":           {&tg.UpdateMessageReactions{Peer: group, MsgID: 3}, "reaction -6 by 0 MessageID=3"},
		"a poll":                                {&tg.UpdateMessagePoll{Peer: group, MsgID: 3, PollID: 4}, "poll -6 by 0 MessageID=3 PollID=4"},
		"a vote":                                {&tg.UpdateMessagePollVote{PollID: 4, Peer: user, Positions: []int{1}}, "poll_vote 0 by 5 PollID=4 Positions=[1]"},
		"a request to join, told to a bot":      {&tg.UpdateBotChatInviteRequester{Peer: channel, UserID: 5, About: "me", Date: 7}, "join_request -1000000000009 by 5 Date=7 About=me"},
		"requests to join, told to a person":    {&tg.UpdatePendingJoinRequests{Peer: channel, RequestsPending: 2, RecentRequesters: []int64{5}}, "join_request -1000000000009 by 0 Pending=2 Recent=5"},
		"a boost":                               {&tg.UpdateBotChatBoost{Peer: channel, Boost: tg.Boost{UserID: 5}}, "chat_boost -1000000000009 by 5"},
		"views":                                 {&tg.UpdateChannelMessageViews{ChannelID: 9, ID: 3, Views: 10}, "message_views -1000000000009 by 0 MessageID=3 Views=10"},
		"forwards":                              {&tg.UpdateChannelMessageForwards{ChannelID: 9, ID: 3, Forwards: 10}, "message_views -1000000000009 by 0 MessageID=3 Forwards=10"},
		"a pinned message":                      {&tg.UpdatePinnedMessages{Peer: user, Messages: []int{3}, Pinned: true}, "pinned 5 by 0 IDs=[3] Pinned=true"},
		"one that is pinned no longer":          {&tg.UpdatePinnedMessages{Peer: user, Messages: []int{3}}, "chat_action 5 by 0 Unpin=true Pinned=[3], pinned 5 by 0 IDs=[3]"},
		"one in a channel":                      {&tg.UpdatePinnedChannelMessages{ChannelID: 9, Messages: []int{3}}, "chat_action -1000000000009 by 0 Unpin=true Pinned=[3], pinned -1000000000009 by 0 IDs=[3]"},
		"a story":                               {&tg.UpdateStory{Peer: user, Story: &tg.StoryItem{ID: 3}}, "story 5 by 5 What=posted ID=3"},
		"a story that is gone":                  {&tg.UpdateStory{Peer: user, Story: &tg.StoryItemDeleted{ID: 3}}, "story 5 by 5 What=deleted ID=3"},
		"a story of which little is told":       {&tg.UpdateStory{Peer: user, Story: &tg.StoryItemSkipped{ID: 3}}, "story 5 by 5 What=posted ID=3"},
		"stories that were read":                {&tg.UpdateReadStories{Peer: user, MaxID: 3}, "story 5 by 5 What=read ID=3"},
		"a reaction to our story":               {&tg.UpdateNewStoryReaction{Peer: user, StoryID: 3}, "story 5 by 5 What=reaction ID=3"},
		"our reaction to a story":               {&tg.UpdateSentStoryReaction{Peer: user, StoryID: 3}, "story 5 by 5 What=reacted ID=3"},
		"a member of a basic group":             {&tg.UpdateChatParticipant{ChatID: 6, UserID: 5, ActorID: 7, NewParticipant: &tg.ChatParticipant{}}, "member -6 by 7 User=5 Old=left New=member"},
		"an admin of one":                       {&tg.UpdateChatParticipant{ChatID: 6, UserID: 5, ActorID: 7, PrevParticipant: &tg.ChatParticipantAdmin{}, NewParticipant: &tg.ChatParticipantCreator{}}, "member -6 by 7 User=5 Old=admin New=creator"},
		"an admin of one, told to people":       {&tg.UpdateChatParticipantAdmin{ChatID: 6, UserID: 5, IsAdmin: true}, "member -6 by 0 User=5 Old=member New=admin"},
		"an admin no longer":                    {&tg.UpdateChatParticipantAdmin{ChatID: 6, UserID: 5}, "member -6 by 0 User=5 Old=admin New=member"},
		"somebody is banned from a supergroup":  {&tg.UpdateChannelParticipant{ChannelID: 10, UserID: 5, ActorID: 7, PrevParticipant: &tg.ChannelParticipant{}, NewParticipant: &tg.ChannelParticipantBanned{BannedRights: tg.ChatBannedRights{ViewMessages: true}}}, "member -1000000000010 by 7 User=5 Old=member New=banned"},
		"somebody is restricted":                {&tg.UpdateChannelParticipant{ChannelID: 10, UserID: 5, ActorID: 7, PrevParticipant: &tg.ChannelParticipantSelf{}, NewParticipant: &tg.ChannelParticipantBanned{}}, "member -1000000000010 by 7 User=5 Old=member New=restricted"},
		"somebody restricted has left":          {&tg.UpdateChannelParticipant{ChannelID: 10, UserID: 5, ActorID: 7, PrevParticipant: &tg.ChannelParticipantCreator{}, NewParticipant: &tg.ChannelParticipantBanned{Left: true}}, "member -1000000000010 by 7 User=5 Old=creator New=left"},
		"somebody subscribes to a channel":      {&tg.UpdateChannelParticipant{ChannelID: 9, UserID: 5, ActorID: 5, NewParticipant: &tg.ChannelParticipant{}}, "chat_action -1000000000009 by 5 Joined=true Users=5, member -1000000000009 by 5 User=5 Old=left New=member"},
		"somebody is thrown out of a channel":   {&tg.UpdateChannelParticipant{ChannelID: 9, UserID: 5, ActorID: 7, PrevParticipant: &tg.ChannelParticipantAdmin{}}, "chat_action -1000000000009 by 7 Kicked=true Users=5, member -1000000000009 by 7 User=5 Old=admin New=left"},
		"somebody becomes an admin there":       {&tg.UpdateChannelParticipant{ChannelID: 9, UserID: 5, ActorID: 7, PrevParticipant: &tg.ChannelParticipant{}, NewParticipant: &tg.ChannelParticipantAdmin{}}, "member -1000000000009 by 7 User=5 Old=member New=admin"},
		"the bot was blocked":                   {&tg.UpdateBotStopped{UserID: 5, Stopped: true, Date: 7}, "bot_stopped 5 by 5 Stopped=true Date=7"},
		"somebody was blocked":                  {&tg.UpdatePeerBlocked{PeerID: user, Blocked: true}, "blocked 5 by 5 Blocked=true"},
		"somebody was blocked from our stories": {&tg.UpdatePeerBlocked{PeerID: user, BlockedMyStoriesFrom: true}, "blocked 5 by 5 Blocked=true Stories=true"},

		"somebody has joined by a link":     {service(&tg.MessageActionChatJoinedByLink{}), "chat_action -6 by 5 message 40 Joined=true Users=5"},
		"somebody has joined by themselves": {service(&tg.MessageActionChatAddUser{Users: []int64{5}}), "chat_action -6 by 5 message 40 Joined=true Users=5"},
		"somebody was added":                {service(&tg.MessageActionChatAddUser{Users: []int64{7, 8}}), "chat_action -6 by 5 message 40 Added=true Users=7 Users=8"},
		"somebody has left":                 {service(&tg.MessageActionChatDeleteUser{UserID: 5}), "chat_action -6 by 5 message 40 Left=true Users=5"},
		"somebody was thrown out":           {service(&tg.MessageActionChatDeleteUser{UserID: 7}), "chat_action -6 by 5 message 40 Kicked=true Users=7"},
		"a group was made":                  {service(&tg.MessageActionChatCreate{Title: "G", Users: []int64{7}}), "chat_action -6 by 5 message 40 Users=7 Created=true NewTitle=G"},
		"a channel was made":                {service(&tg.MessageActionChannelCreate{Title: "G"}), "chat_action -6 by 5 message 40 Created=true NewTitle=G"},
		"a new title":                       {service(&tg.MessageActionChatEditTitle{Title: "G"}), "chat_action -6 by 5 message 40 NewTitle=G"},
		"a new picture":                     {service(&tg.MessageActionChatEditPhoto{}), "chat_action -6 by 5 message 40 NewPhoto=true"},
		"no picture":                        {service(&tg.MessageActionChatDeletePhoto{}), "chat_action -6 by 5 message 40 PhotoRemoved=true"},
		"a message was pinned aloud":        {service(&tg.MessageActionPinMessage{}, 33), "chat_action -6 by 5 message 40 NewPin=true Pinned=[33]"},
		"a score":                           {service(&tg.MessageActionGameScore{Score: 12}), "chat_action -6 by 5 message 40 Scored=true Score=12"},
		"a topic":                           {service(&tg.MessageActionTopicCreate{Title: "T"}), "chat_action -6 by 5 message 40 TopicCreated=true TopicTitle=T"},
		"a topic is called otherwise":       {service(&tg.MessageActionTopicEdit{Title: "U"}), "chat_action -6 by 5 message 40 TopicTitle=U"},
		"the group becomes a supergroup":    {service(&tg.MessageActionChatMigrateTo{ChannelID: 9}), "chat_action -6 by 5 message 40 MigratedTo=-1000000000009"},
		"and was a group":                   {service(&tg.MessageActionChannelMigrateFrom{ChatID: 7}), "chat_action -6 by 5 message 40 MigratedFrom=-7"},
		"messages delete themselves":        {service(&tg.MessageActionSetMessagesTTL{Period: 60}), "chat_action -6 by 5 message 40 TTLChanged=true TTL=60"},
		"something rare":                    {service(&tg.MessageActionScreenshotTaken{}), "chat_action -6 by 5 message 40"},
		"what makes no event of its own":    {&tg.UpdateConfig{}, ""},
	} {
		t.Run(sentence, func(t *testing.T) {
			p := newPuppet(nil)
			defer p.peers.close()
			p.peers.learn(users(&tg.User{ID: 5}), []tg.ChatClass{&tg.Channel{ID: 9, Broadcast: true, Title: "C"}, &tg.Channel{ID: 10, Megagroup: true, Title: "S"}})
			for id, peer := range map[int]tg.PeerClass{21: user, 22: group, 23: user, 99: channel} {
				p.recent.see(id, peer)
			}
			if taken, err := p.deliver(t.Context(), []inbox.Item{{Update: row.update, Late: true}}); err != nil || taken != 1 {
				t.Fatal(taken, err)
			}
			var got []string
			for _, e := range p.events[1:] {
				if !e.Late || e.Update == nil || e.Account == nil {
					t.Errorf("%s is not complete: %+v", e.Kind, e)
				}
				got = append(got, e.Kind+" "+shown(e.Detail))
			}
			if got := strings.Join(got, ", "); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestRecentMessages(t *testing.T) {
	var r recentMessages
	if list := r.byChat([]int{1, 2}); len(list) != 1 || list[0].chat != 0 || !slices.Equal(list[0].ids, []int{1, 2}) {
		t.Errorf("before there is any: %v", list)
	}
	user := &tg.PeerUser{UserID: 5}
	for id := range 2 * recentSize {
		r.see(id, user)
	}
	r.see(3, &tg.PeerUser{UserID: 6}) // an old one that was read
	for id, want := range map[int]int64{2*recentSize - 1: 5, recentSize: 5, recentSize - 1: 0, 3: 0, -1: 0, recentSize + 3: 5} {
		if list := r.byChat([]int{id}); list[0].chat != want {
			t.Errorf("message %d is in %d, want %d", id, list[0].chat, want)
		}
	}
}

func TestSkippedEvent(t *testing.T) {
	p := newPuppet(nil)
	defer p.peers.close()
	items := []inbox.Item{{Skipped: &inbox.Skipped{From: 1, To: 5}}, {Skipped: &inbox.Skipped{Channel: 9, From: 2, To: 3}}}
	if _, err := p.deliver(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"0 by 0 From=1 To=5", "-1000000000009 by 0 From=2 To=3"} {
		if got := shown(p.events[i].Detail); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
