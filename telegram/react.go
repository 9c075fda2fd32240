package telegram

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// ReactOptions say how a reaction is shown.
type ReactOptions struct {
	Big    bool // with a large animation
	Recent bool // remember them as used lately
}

// React sets this account's reactions to a message, in place of those it had; none takes them away.
// https://core.telegram.org/api/reactions
func (a *Account) React(ctx context.Context, chat Target, id int, reactions []Reaction, opts ReactOptions) error {
	given := make([]tg.ReactionClass, len(reactions))
	for i, r := range reactions {
		given[i] = r.input()
	}
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		_, err := a.API().MessagesSendReaction(ctx, &tg.MessagesSendReactionRequest{
			Peer: peer.Input, MsgID: id, Reaction: given, Big: opts.Big, AddToRecent: opts.Recent,
		})
		if doneBefore(err) {
			return nil
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("react to message: %w", err)
	}
	return nil
}

// Reaction is an emoji, the number of a custom emoji in digits, or PaidReaction.
type Reaction string

// PaidReaction is the reaction that costs stars.
const PaidReaction Reaction = "paid"

func (r Reaction) input() tg.ReactionClass {
	if r == PaidReaction {
		return &tg.ReactionPaid{}
	}
	if id, err := strconv.ParseInt(string(r), 10, 64); err == nil {
		return &tg.ReactionCustomEmoji{DocumentID: id}
	}
	return &tg.ReactionEmoji{Emoticon: string(r)}
}

// ReactionOf is the reverse: what Telegram's value stands for.
func ReactionOf(r tg.ReactionClass) Reaction {
	switch r := r.(type) {
	case *tg.ReactionEmoji:
		return Reaction(r.Emoticon)
	case *tg.ReactionCustomEmoji:
		return Reaction(strconv.FormatInt(r.DocumentID, 10))
	case *tg.ReactionPaid:
		return PaidReaction
	}
	return ""
}

// ReactionBy is one reaction of somebody.
type ReactionBy struct {
	Peer     Peer
	Reaction Reaction
	At       time.Time
	Big      bool
	Unread   bool // this account hasn't seen it
}

// Reactions goes through who has reacted to a message, the latest first: all, or those with one reaction.
func (a *Account) Reactions(chat Target, id int, only Reaction, limit int) *Cursor[ReactionBy] {
	var offset string
	return newCursor(limit, func(ctx context.Context) (page []ReactionBy, total int, err error) {
		err = a.withPeer(ctx, chat, func(peer Peer) error {
			request := &tg.MessagesGetMessageReactionsListRequest{Peer: peer.Input, ID: id, Offset: offset, Limit: pageSize(limit)}
			if only != "" {
				request.Reaction = only.input()
			}
			answer, err := a.API().MessagesGetMessageReactionsList(ctx, request)
			if err != nil {
				return err
			}
			for _, r := range answer.Reactions {
				page = append(page, ReactionBy{
					Peer: a.peers.get(MarkedID(r.PeerID)), Reaction: ReactionOf(r.Reaction), At: time.Unix(int64(r.Date), 0), Big: r.Big, Unread: r.Unread,
				})
			}
			total, offset = answer.Count, answer.NextOffset
			return nil
		})
		if err != nil {
			return nil, -1, fmt.Errorf("list reactions: %w", err)
		}
		if offset == "" {
			err = io.EOF
		}
		return page, total, err
	})
}

// pageSize is how much to ask for at once when limit are wanted, 0 for all.
func pageSize(limit int) int {
	if limit <= 0 {
		return historyPage
	}
	return min(limit, historyPage)
}

// LatestReactions asks for the reactions to messages as they are now. Those of a message that is gone are empty.
func (a *Account) LatestReactions(ctx context.Context, chat Target, ids []int) ([]tg.MessageReactions, error) {
	latest := make([]tg.MessageReactions, len(ids))
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		answer, err := a.API().MessagesGetMessagesReactions(ctx, &tg.MessagesGetMessagesReactionsRequest{Peer: peer.Input, ID: ids})
		if err != nil {
			return err
		}
		found := map[int]tg.MessageReactions{}
		for _, u := range inbox.Contents(answer) {
			if u, ok := u.(*tg.UpdateMessageReactions); ok {
				found[u.MsgID] = u.Reactions
			}
		}
		for i, id := range ids {
			latest[i] = found[id]
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("get reactions: %w", err)
	}
	return latest, nil
}
