package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func (c someone) topic(t *testing.T, id int64, title string) int {
	t.Helper()
	answer, err := c.api.MessagesCreateForumTopic(t.Context(), &tg.MessagesCreateForumTopicRequest{Peer: c.where(id), Title: title, RandomID: random()})
	if err != nil {
		t.Fatalf("open topic %q: %v", title, err)
	}
	return answer.(*tg.Updates).Updates[0].(*tg.UpdateMessageID).ID
}

func (c someone) reply(t *testing.T, id int64, to int, text string) (*tg.Message, error) {
	t.Helper()
	answer, err := c.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{
		Peer: c.where(id), Message: text, RandomID: random(), ReplyTo: &tg.InputReplyToMessage{ReplyToMsgID: to},
	})
	if err != nil {
		return nil, err
	}
	return sent(t, answer), nil
}

func TestTopics(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.create(t, &tg.ChannelsCreateChannelRequest{Megagroup: true, Forum: true, Title: "Forum"})
	alice.invite(t, id, "bob")
	ctx := t.Context()
	food, cars := alice.topic(t, id, "Food"), bob.topic(t, id, "Cars")
	m, err := bob.reply(t, id, food, "soup")
	if err != nil {
		t.Fatal(err)
	}
	header := m.ReplyTo.(*tg.MessageReplyHeader)
	if !header.ForumTopic || header.ReplyToMsgID != food || header.ReplyToTopID != 0 {
		t.Errorf("the first message of a topic: %v", header)
	}
	answer, err := alice.reply(t, id, m.ID, "which?")
	if err != nil {
		t.Fatal(err)
	}
	if header := answer.ReplyTo.(*tg.MessageReplyHeader); !header.ForumTopic || header.ReplyToMsgID != m.ID || header.ReplyToTopID != food {
		t.Errorf("an answer in a topic: %v", header)
	}
	list, err := bob.api.MessagesGetForumTopics(ctx, &tg.MessagesGetForumTopicsRequest{Peer: bob.where(id), Limit: 10})
	if err != nil || list.Count != 3 {
		t.Fatalf("topics: %v, %v", list, err)
	}
	top := list.Topics[0].(*tg.ForumTopic)
	if top.ID != food || top.TopMessage != answer.ID || top.Title != "Food" || top.UnreadCount != 2 || top.My || len(list.Messages) == 0 {
		t.Errorf("the liveliest: %v", top)
	}
	edit := &tg.MessagesEditForumTopicRequest{Peer: bob.where(id), TopicID: food}
	edit.SetClosed(true)
	_, err = bob.api.MessagesEditForumTopic(ctx, edit)
	wantError(t, err, "CHAT_ADMIN_REQUIRED")
	edit = &tg.MessagesEditForumTopicRequest{Peer: alice.where(id), TopicID: cars}
	edit.SetTitle("Trains")
	edit.SetClosed(true)
	if _, err := alice.api.MessagesEditForumTopic(ctx, edit); err != nil {
		t.Fatal(err)
	}
	_, err = alice.api.MessagesEditForumTopic(ctx, edit)
	wantError(t, err, "TOPIC_NOT_MODIFIED")
	if action, _ := service[*tg.MessageActionTopicEdit](t, bob); action.Title != "Trains" || !action.Closed {
		t.Errorf("bob was told %v", action)
	}
	if _, err := bob.reply(t, id, cars, "it's mine"); err != nil {
		t.Errorf("who opened a topic: %v", err)
	}
	edit = &tg.MessagesEditForumTopicRequest{Peer: alice.where(id), TopicID: food}
	edit.SetClosed(true)
	if _, err := alice.api.MessagesEditForumTopic(ctx, edit); err != nil {
		t.Fatal(err)
	}
	_, err = bob.reply(t, id, food, "too late")
	wantError(t, err, "TOPIC_CLOSED")
	byID, err := bob.api.MessagesGetForumTopicsByID(ctx, &tg.MessagesGetForumTopicsByIDRequest{Peer: bob.where(id), Topics: []int{cars, 999}})
	if err != nil || byID.Topics[0].(*tg.ForumTopic).Title != "Trains" || byID.Topics[1].TypeID() != tg.ForumTopicDeletedTypeID {
		t.Errorf("by id: %v, %v", byID, err)
	}
	if _, err := alice.api.MessagesUpdatePinnedForumTopic(ctx, &tg.MessagesUpdatePinnedForumTopicRequest{Peer: alice.where(id), TopicID: cars, Pinned: true}); err != nil {
		t.Error(err)
	}
	if u := next[*tg.UpdatePinnedForumTopic](t, bob.client); !u.Pinned || u.TopicID != cars {
		t.Errorf("bob was told %v", u)
	}
	gone, err := alice.api.MessagesDeleteTopicHistory(ctx, &tg.MessagesDeleteTopicHistoryRequest{Peer: alice.where(id), TopMsgID: food})
	if err != nil || gone.PtsCount != 4 {
		t.Errorf("delete: %v, %v", gone, err)
	}
}

func TestTopicsThatCannotBe(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	plain := alice.supergroup(t, "No forum")
	forum := alice.create(t, &tg.ChannelsCreateChannelRequest{Megagroup: true, Forum: true, Title: "Forum"})
	for name, row := range map[string]struct {
		in   tg.MessagesCreateForumTopicRequest
		want string
	}{
		"a chat that is no forum":   {tg.MessagesCreateForumTopicRequest{Peer: alice.where(plain), Title: "x", RandomID: 1}, "CHANNEL_FORUM_MISSING"},
		"a topic without a title":   {tg.MessagesCreateForumTopicRequest{Peer: alice.where(forum), RandomID: 1}, "TOPIC_TITLE_EMPTY"},
		"a topic without random id": {tg.MessagesCreateForumTopicRequest{Peer: alice.where(forum), Title: "x"}, "RANDOM_ID_EMPTY"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := alice.api.MessagesCreateForumTopic(t.Context(), &row.in)
			wantError(t, err, row.want)
		})
	}
	edit := &tg.MessagesEditForumTopicRequest{Peer: alice.where(forum), TopicID: 77}
	edit.SetTitle("x")
	_, err := alice.api.MessagesEditForumTopic(t.Context(), edit)
	wantError(t, err, "TOPIC_ID_INVALID")
}
