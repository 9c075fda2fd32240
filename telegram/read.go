package telegram

import (
	"context"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
)

// ReadOptions say what is marked as read. The zero value marks the whole chat.
type ReadOptions struct {
	UpTo      int  // the last message that was read; 0 for all
	Mentions  bool // also those that mention this account, wherever they are
	Reactions bool // also reactions to this account's messages
	Topic     int  // only in this topic of a forum
	Only      bool // only Mentions and Reactions, not the messages
}

// MarkRead marks messages as read, and lets their authors know. https://core.telegram.org/api/unread
func (a *Account) MarkRead(ctx context.Context, chat Target, opts ReadOptions) error {
	err := a.withPeer(ctx, chat, func(peer Peer) error { return a.markRead(ctx, peer, opts) })
	if err != nil {
		return fmt.Errorf("mark as read: %w", err)
	}
	return nil
}

func (a *Account) markRead(ctx context.Context, peer Peer, opts ReadOptions) error {
	if opts.Mentions {
		if _, err := inSteps(func() (*tg.MessagesAffectedHistory, error) {
			return a.API().MessagesReadMentions(ctx, &tg.MessagesReadMentionsRequest{Peer: peer.Input, TopMsgID: opts.Topic})
		}); err != nil {
			return fmt.Errorf("mentions: %w", err)
		}
	}
	if opts.Reactions {
		if _, err := inSteps(func() (*tg.MessagesAffectedHistory, error) {
			return a.API().MessagesReadReactions(ctx, &tg.MessagesReadReactionsRequest{Peer: peer.Input, TopMsgID: opts.Topic})
		}); err != nil {
			return fmt.Errorf("reactions: %w", err)
		}
	}
	if opts.Only {
		return nil
	}
	channel, isChannel := peer.inputChannel()
	var err error
	switch {
	case opts.Topic != 0:
		_, err = a.API().MessagesReadDiscussion(ctx, &tg.MessagesReadDiscussionRequest{Peer: peer.Input, MsgID: opts.Topic, ReadMaxID: upTo(opts.UpTo)})
	case isChannel:
		_, err = a.API().ChannelsReadHistory(ctx, &tg.ChannelsReadHistoryRequest{Channel: channel, MaxID: opts.UpTo})
	default:
		_, err = a.API().MessagesReadHistory(ctx, &tg.MessagesReadHistoryRequest{Peer: peer.Input, MaxID: opts.UpTo})
	}
	return err
}

// upTo is the last message, for methods that don't know 0 as such.
func upTo(id int) int {
	if id == 0 {
		return 1<<31 - 1
	}
	return id
}

// ReadBy is who has read a message, and when.
type ReadBy struct {
	Peer Peer
	At   time.Time
}

// ReadParticipants lists who has read a message of this account in a small group, in the last days.
// https://core.telegram.org/method/messages.getMessageReadParticipants
func (a *Account) ReadParticipants(ctx context.Context, chat Target, id int) ([]ReadBy, error) {
	var readers []ReadBy
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		answer, err := a.API().MessagesGetMessageReadParticipants(ctx, &tg.MessagesGetMessageReadParticipantsRequest{Peer: peer.Input, MsgID: id})
		if err != nil {
			return err
		}
		readers = make([]ReadBy, len(answer))
		for i, r := range answer {
			readers[i] = ReadBy{a.peers.get(r.UserID), time.Unix(int64(r.Date), 0)}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list who has read a message: %w", err)
	}
	return readers, nil
}

// ReadDate is when the other one in a private chat has read a message of this account.
// https://core.telegram.org/method/messages.getOutboxReadDate
func (a *Account) ReadDate(ctx context.Context, chat Target, id int) (time.Time, error) {
	var at time.Time
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		answer, err := a.API().MessagesGetOutboxReadDate(ctx, &tg.MessagesGetOutboxReadDateRequest{Peer: peer.Input, MsgID: id})
		if err == nil {
			at = time.Unix(int64(answer.Date), 0)
		}
		return err
	})
	if err != nil {
		return at, fmt.Errorf("ask when a message was read: %w", err)
	}
	return at, nil
}

// Views are how often posts were seen and forwarded, and what is said about them.
type Views struct {
	Views, Forwards int
	Comments        int // and replies
}

// MessageViews tells how often posts of a channel were seen. count counts this as a view, as apps do.
func (a *Account) MessageViews(ctx context.Context, chat Target, ids []int, count bool) ([]Views, error) {
	var views []Views
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		answer, err := a.API().MessagesGetMessagesViews(ctx, &tg.MessagesGetMessagesViewsRequest{Peer: peer.Input, ID: ids, Increment: count})
		if err != nil {
			return err
		}
		views = make([]Views, len(answer.Views))
		for i, v := range answer.Views {
			views[i] = Views{v.Views, v.Forwards, v.Replies.Replies}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("get views: %w", err)
	}
	return views, nil
}
