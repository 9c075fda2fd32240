package telegram

import (
	"context"
	"strings"

	"github.com/gotd/td/tg"
)

// inChat chooses the call that lists what is wanted of one chat.
func (h *history) inChat(ctx context.Context, chat Target) error {
	peer, err := h.a.Resolve(ctx, chat)
	if err != nil {
		return err
	}
	var from tg.InputPeerClass
	if h.o.From != nil {
		author, err := h.a.Resolve(ctx, h.o.From)
		if err != nil {
			return err
		}
		from, h.from = author.Input, author.ID
		h.local = peer.IsUser() // https://github.com/LonamiWebs/Telethon/issues/1184: it isn't looked at there
	}
	h.peer = peer
	h.begin()
	searching := h.o.Search != "" || h.o.Filter != nil || from != nil && !h.local
	switch {
	case h.o.Scheduled:
		h.page = h.scheduled
	case h.o.UnreadMentions, h.o.UnreadReactions:
		h.page = h.unread
	case searching:
		thread := h.o.Thread
		if thread != 0 && peer.IsChannel() && !peer.IsGroup() {
			if h.peer, thread, err = h.a.discussion(ctx, peer, thread); err != nil {
				return err
			}
		}
		h.page = h.search(from, thread)
	case h.o.Thread != 0:
		h.page = h.replies
	default:
		h.exact = true
		h.page = h.all
	}
	return nil
}

// shift is the offset in the list: in reverse, the page lies before the offset message, not behind it.
func (h *history) shift(limit int) int {
	if h.o.Reverse {
		return -limit - h.addOffset
	}
	return h.addOffset
}

func (h *history) all(ctx context.Context, limit int) (tg.MessagesMessagesClass, error) {
	return h.a.API().MessagesGetHistory(ctx, &tg.MessagesGetHistoryRequest{
		Peer: h.peer.Input, OffsetID: h.offsetID, OffsetDate: h.offsetDate, AddOffset: h.shift(limit), Limit: limit,
	})
}

func (h *history) replies(ctx context.Context, limit int) (tg.MessagesMessagesClass, error) {
	return h.a.API().MessagesGetReplies(ctx, &tg.MessagesGetRepliesRequest{
		Peer: h.peer.Input, MsgID: h.o.Thread, OffsetID: h.offsetID, OffsetDate: h.offsetDate, AddOffset: h.shift(limit), Limit: limit,
	})
}

func (h *history) search(from tg.InputPeerClass, thread int) func(context.Context, int) (tg.MessagesMessagesClass, error) {
	filter := h.o.Filter
	if filter == nil {
		filter = &tg.InputMessagesFilterEmpty{}
	}
	var minDate, maxDate int // a search has bounds in place of an offset
	if h.offsetDate != 0 {
		if h.o.Reverse {
			minDate, h.offsetID = h.offsetDate, max(h.offsetID, 1)
		} else {
			maxDate = h.offsetDate
		}
	}
	return func(ctx context.Context, limit int) (tg.MessagesMessagesClass, error) {
		return h.a.API().MessagesSearch(ctx, &tg.MessagesSearchRequest{
			Peer: h.peer.Input, Q: h.o.Search, FromID: from, TopMsgID: thread, Filter: filter, MinDate: minDate, MaxDate: maxDate,
			OffsetID: h.offsetID, AddOffset: h.shift(limit), Limit: limit,
		})
	}
}

func (h *history) unread(ctx context.Context, limit int) (tg.MessagesMessagesClass, error) {
	if h.o.UnreadMentions {
		return h.a.API().MessagesGetUnreadMentions(ctx, &tg.MessagesGetUnreadMentionsRequest{
			Peer: h.peer.Input, TopMsgID: h.o.Thread, OffsetID: h.offsetID, AddOffset: h.shift(limit), Limit: limit,
		})
	}
	return h.a.API().MessagesGetUnreadReactions(ctx, &tg.MessagesGetUnreadReactionsRequest{
		Peer: h.peer.Input, TopMsgID: h.o.Thread, OffsetID: h.offsetID, AddOffset: h.shift(limit), Limit: limit,
	})
}

// scheduled lists all at once; what Telegram can't look for is looked for here.
func (h *history) scheduled(ctx context.Context, _ int) (tg.MessagesMessagesClass, error) {
	if h.last != nil {
		return &tg.MessagesMessages{}, nil
	}
	answer, err := h.a.API().MessagesGetScheduledHistory(ctx, &tg.MessagesGetScheduledHistoryRequest{Peer: h.peer.Input})
	if err != nil {
		return nil, err
	}
	content, ok := answer.AsModified()
	if !ok || h.o.Search == "" {
		return answer, nil
	}
	found := &tg.MessagesMessages{}
	for _, m := range content.GetMessages() {
		if m, ok := m.(*tg.Message); ok && strings.Contains(strings.ToLower(m.Message), strings.ToLower(h.o.Search)) {
			found.Messages = append(found.Messages, m)
		}
	}
	return found, nil
}

// everywhere searches all chats. https://core.telegram.org/method/messages.searchGlobal
func (h *history) everywhere(context.Context) error {
	switch {
	case h.o.Reverse:
		return ErrGlobalReverse
	case h.o.From != nil || h.o.Thread != 0 || h.o.Scheduled || h.o.UnreadMentions || h.o.UnreadReactions:
		return ErrGlobalOptions
	}
	h.begin()
	filter := h.o.Filter
	if filter == nil {
		filter = &tg.InputMessagesFilterEmpty{}
	}
	h.page = func(ctx context.Context, limit int) (tg.MessagesMessagesClass, error) {
		request := &tg.MessagesSearchGlobalRequest{
			Q: h.o.Search, Filter: filter, OffsetRate: h.rate, OffsetPeer: &tg.InputPeerEmpty{}, OffsetID: h.offsetID, Limit: limit,
			BroadcastsOnly: h.o.Where == InChannels, GroupsOnly: h.o.Where == InGroups, UsersOnly: h.o.Where == InPrivate,
		}
		if !h.o.OffsetDate.IsZero() {
			request.MaxDate = int(h.o.OffsetDate.Unix())
		}
		if h.last != nil {
			if peer := h.a.peers.get(MarkedID(peerOfMessage(h.last))); peer.Input != nil {
				request.OffsetPeer = peer.Input
			}
		}
		return h.a.API().MessagesSearchGlobal(ctx, request)
	}
	return nil
}
