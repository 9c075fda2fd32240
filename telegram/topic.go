package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gotd/td/tg"
)

const topicsPage = 100

// Topic is a topic of a forum.
type Topic struct {
	*tg.ForumTopic
	Account *Account
	Chat    Peer
}

// Time is when the topic was made.
func (t *Topic) Time() time.Time { return time.Unix(int64(t.Date), 0) }

// TopicOptions describe a new topic.
type TopicOptions struct {
	IconColor int   // one of the six colors of https://core.telegram.org/api/forum; 0 leaves it to Telegram
	IconEmoji int64 // id of a custom emoji; 0 for none
	SendAs    Target
}

// CreateTopic makes a topic in a forum. A group that is none refuses with CHANNEL_FORUM_MISSING.
// https://core.telegram.org/method/messages.createForumTopic
func (a *Account) CreateTopic(ctx context.Context, chat Target, title string, o TopicOptions) (*Topic, error) {
	var made *Topic
	err := a.inAnyChat(ctx, "create topic", chat, func(peer Peer) error {
		request := &tg.MessagesCreateForumTopicRequest{Peer: peer.Input, Title: title, RandomID: newRandomID()}
		if o.IconColor != 0 {
			request.SetIconColor(o.IconColor)
		}
		if o.IconEmoji != 0 {
			request.SetIconEmojiID(o.IconEmoji)
		}
		if o.SendAs != nil {
			as, err := a.Resolve(ctx, o.SendAs)
			if err != nil {
				return err
			}
			request.SetSendAs(as.Input)
		}
		answer, err := a.API().MessagesCreateForumTopic(ctx, request)
		if err != nil {
			return err
		}
		told := a.toldIn(answer, peer)
		if told == nil {
			return errors.New("the answer names no topic")
		}
		raw := &tg.ForumTopic{My: true, ID: told.ID, Date: told.Date, Title: title, TopMessage: told.ID, IconColor: o.IconColor, Peer: barePeer(peer.ID)}
		if action, ok := told.Action().(*tg.MessageActionTopicCreate); ok {
			raw.Title, raw.IconColor = action.Title, action.IconColor
			raw.IconEmojiID = action.IconEmojiID
		}
		made = &Topic{ForumTopic: raw, Account: a, Chat: peer}
		return nil
	})
	return made, err
}

// TopicChange says what of a topic changes; what is nil stays as it is.
type TopicChange struct {
	Title     *string
	IconEmoji *int64 // 0 takes the emoji away
	Closed    *bool  // only admins write there
	Hidden    *bool  // only of the topic General, whose id is 1
}

// EditTopic changes a topic.
func (a *Account) EditTopic(ctx context.Context, chat Target, id int, o TopicChange) error {
	return a.inAnyChat(ctx, "edit topic", chat, func(peer Peer) error {
		request := &tg.MessagesEditForumTopicRequest{Peer: peer.Input, TopicID: id}
		if o.Title != nil {
			request.SetTitle(*o.Title)
		}
		if o.IconEmoji != nil {
			request.SetIconEmojiID(*o.IconEmoji)
		}
		if o.Closed != nil {
			request.SetClosed(*o.Closed)
		}
		if o.Hidden != nil {
			request.SetHidden(*o.Hidden)
		}
		_, err := a.API().MessagesEditForumTopic(ctx, request)
		return unchanged(err)
	})
}

// DeleteTopic deletes a topic with all its messages and returns how many these were.
func (a *Account) DeleteTopic(ctx context.Context, chat Target, id int) (deleted int, err error) {
	err = a.inAnyChat(ctx, "delete topic", chat, func(peer Peer) error {
		deleted, err = inSteps(func() (*tg.MessagesAffectedHistory, error) {
			return a.API().MessagesDeleteTopicHistory(ctx, &tg.MessagesDeleteTopicHistoryRequest{Peer: peer.Input, TopMsgID: id})
		})
		return err
	})
	return deleted, err
}

// PinTopic puts a topic above the others, or takes it from there.
func (a *Account) PinTopic(ctx context.Context, chat Target, id int, pinned bool) error {
	return a.inAnyChat(ctx, "pin topic", chat, func(peer Peer) error {
		_, err := a.API().MessagesUpdatePinnedForumTopic(ctx, &tg.MessagesUpdatePinnedForumTopicRequest{Peer: peer.Input, TopicID: id, Pinned: pinned})
		return unchanged(err)
	})
}

// ReorderTopics puts the pinned topics into an order and unpins those that are not in it.
func (a *Account) ReorderTopics(ctx context.Context, chat Target, order []int) error {
	return a.inAnyChat(ctx, "reorder topics", chat, func(peer Peer) error {
		_, err := a.API().MessagesReorderPinnedForumTopics(ctx, &tg.MessagesReorderPinnedForumTopicsRequest{Force: true, Peer: peer.Input, Order: order})
		return unchanged(err)
	})
}

// TopicsOptions choose topics. The zero value takes all.
type TopicsOptions struct {
	Limit  int
	Search string // in titles
	IDs    []int  // only these
}

// Topics goes through the topics of a forum: the pinned ones, then those that were written in last.
func (a *Account) Topics(chat Target, o TopicsOptions) *Cursor[*Topic] {
	request := &tg.MessagesGetForumTopicsRequest{Limit: topicsPage}
	if o.Search != "" {
		request.SetQ(o.Search)
	}
	seen := map[int]bool{}
	return newCursor(o.Limit, func(ctx context.Context) (page []*Topic, total int, err error) {
		var answer *tg.MessagesForumTopics
		err = a.inAnyChat(ctx, "get topics", chat, func(peer Peer) (err error) {
			if len(o.IDs) > 0 {
				answer, err = a.API().MessagesGetForumTopicsByID(ctx, &tg.MessagesGetForumTopicsByIDRequest{Peer: peer.Input, Topics: o.IDs})
			} else {
				request.Peer = peer.Input
				answer, err = a.API().MessagesGetForumTopics(ctx, request)
			}
			if err != nil {
				return err
			}
			total = answer.Count
			for _, raw := range answer.Topics {
				if t, ok := raw.(*tg.ForumTopic); ok && !seen[t.ID] {
					seen[t.ID] = true
					page = append(page, &Topic{ForumTopic: t, Account: a, Chat: peer})
				}
			}
			return nil
		})
		switch {
		case err != nil:
			return nil, -1, err
		case len(o.IDs) > 0 || len(page) == 0 || len(seen) >= total:
			return page, total, io.EOF
		}
		last := page[len(page)-1]
		request.OffsetTopic, request.OffsetID, request.OffsetDate = last.ID, last.TopMessage, last.Date
		for _, m := range answer.Messages {
			if m, ok := m.AsNotEmpty(); ok && m.GetID() == last.TopMessage {
				request.OffsetDate = m.GetDate()
			}
		}
		return page, total, nil
	})
}

// Topic asks about one topic, by its id. One that isn't there is an *RPCError of the kind TOPIC_ID_INVALID, as
// Telegram's other methods say, although this one answers with nothing.
func (a *Account) Topic(ctx context.Context, chat Target, id int) (*Topic, error) {
	found, more, err := a.Topics(chat, TopicsOptions{IDs: []int{id}}).Next(ctx)
	if err == nil && !more {
		err = fmt.Errorf("get topic: %w", &RPCError{Kind: "TOPIC_ID_INVALID", Code: 400, Method: "messages.getForumTopicsByID"})
	}
	return found, err
}
