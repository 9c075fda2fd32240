package telegram

import (
	"context"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
)

// SendOptions say how a message goes out. The zero value sends now and quotes nothing.
type SendOptions struct {
	ReplyTo     int    // message to answer; 0 answers none
	ReplyIn     Target // chat of ReplyTo; nil for the one that is written to
	Quote       string // part of ReplyTo's text to quote
	QuoteOffset int    // where Quote begins, in UTF-16 units; 0 looks for it
	Topic       int    // topic of a forum, by the number of its first message
	CommentTo   int    // post of a channel to comment on: the message goes to its discussion

	Silent      bool // without a sound
	Background  bool // without showing this account as online
	NoPreview   bool // without the preview of a link
	ClearDraft  bool // and forget what was drafted in the chat
	Protected   bool // can't be forwarded or saved
	InvertMedia bool // media or preview above the text
	Preview     Preview

	At      time.Time // send later; the zero time means now
	SendAs  Target    // channel to speak for; nil for the account itself
	Effect  int64     // animation that is shown with the message; private chats only
	Buttons tg.ReplyMarkupClass
}

// Preview says which link is shown below a text, and how. The zero value lets Telegram choose.
type Preview struct {
	URL          string // "" is the first link of the text
	Large, Small bool   // the size of the picture
}

// WhenOnline is the time for a message that is sent once its reader is online.
// https://core.telegram.org/api/scheduled-messages
var WhenOnline = time.Unix(0x7FFFFFFE, 0)

// sending is SendOptions with all peers resolved. Its embedded options' ReplyTo, ReplyIn, Quote, Topic, CommentTo
// and SendAs are done with.
type sending struct {
	SendOptions
	Chat     Peer // where to: CommentTo leads to another chat
	ReplyTo  tg.InputReplyToClass
	SendAs   tg.InputPeerClass
	Schedule int
}

// sending resolves what options name, once for every kind of message.
func (a *Account) sending(ctx context.Context, chat Peer, o SendOptions) (sending, error) {
	s := sending{SendOptions: o, Chat: chat}
	if !o.At.IsZero() {
		s.Schedule = int(o.At.Unix())
	}
	if o.SendAs != nil {
		as, err := a.Resolve(ctx, o.SendAs)
		if err != nil {
			return s, fmt.Errorf("find whom to speak for: %w", err)
		}
		s.SendAs = as.Input
	}
	markup, err := a.readyMarkup(ctx, o.Buttons)
	if err != nil {
		return s, err
	}
	s.Buttons = markup
	thread := o.Topic
	if o.CommentTo != 0 {
		discussion, first, err := a.discussion(ctx, chat, o.CommentTo)
		if err != nil {
			return s, fmt.Errorf("find the discussion of the post: %w", err)
		}
		s.Chat, thread = discussion, first
	}
	reply, err := a.replyTo(ctx, s.Chat, thread, o)
	if reply != nil {
		s.ReplyTo = reply
	}
	return s, err
}

// generalTopic has no first message: what is written there answers nothing.
// https://core.telegram.org/api/forum#topic-id
const generalTopic = 1

// replyTo is what a message answers; nil for nothing. A message of a thread answers its first one at least.
func (a *Account) replyTo(ctx context.Context, chat Peer, thread int, o SendOptions) (*tg.InputReplyToMessage, error) {
	reply := &tg.InputReplyToMessage{ReplyToMsgID: o.ReplyTo, TopMsgID: thread}
	switch {
	case o.ReplyTo == 0 && (thread == 0 || thread == generalTopic):
		return nil, nil
	case o.ReplyTo == 0:
		reply.ReplyToMsgID = thread
		return reply, nil
	}
	from := chat
	if o.ReplyIn != nil {
		var err error
		if from, err = a.Resolve(ctx, o.ReplyIn); err != nil {
			return nil, fmt.Errorf("find the chat of the answered message: %w", err)
		}
		if from.ID != chat.ID {
			reply.ReplyToPeerID = from.Input
		}
	}
	if o.Quote == "" {
		return reply, nil
	}
	return reply, a.quote(ctx, reply, from, o)
}

// discussion is the group where a channel's post is discussed, and the post's copy there.
// https://core.telegram.org/api/discussion
func (a *Account) discussion(ctx context.Context, channel Peer, post int) (Peer, int, error) {
	answer, err := a.API().MessagesGetDiscussionMessage(ctx, &tg.MessagesGetDiscussionMessageRequest{Peer: channel.Input, MsgID: post})
	if err != nil {
		return Peer{}, 0, err
	}
	var first tg.NotEmptyMessage
	for _, m := range answer.Messages {
		if m, ok := m.AsNotEmpty(); ok && (first == nil || m.GetID() < first.GetID()) { // an album has several
			first = m
		}
	}
	if first == nil {
		return Peer{}, 0, ErrNoDiscussion
	}
	group := a.peers.get(MarkedID(first.GetPeerID()))
	if group.Input == nil {
		return Peer{}, 0, ErrNoDiscussion
	}
	return group, first.GetID(), nil
}
