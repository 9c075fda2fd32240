package telegram

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gotd/td/tg"
)

// lostWait is how long a message whose answer was lost may take to come as an update.
const lostWait = 3 * time.Second

// lostMessages finds the messages that Telegram has taken, but whose answer was lost. The id of one that can't be
// found is 0; it was sent all the same.
func (a *Account) lostMessages(ctx context.Context, chat Peer, pending []*pendingSend, drafts []*tg.Message) []tg.MessageClass {
	found := make([]tg.MessageClass, len(drafts))
	if !a.isBot() {
		found = a.lastSent(ctx, chat, drafts)
	}
	box := a.updates.get()
	if box != nil && slices.Contains(found, nil) {
		box.Reconnected() // bots can't read a chat, but the message is in the next difference
	}
	wait, cancel := context.WithTimeout(ctx, lostWait)
	defer cancel()
	for i, m := range found {
		if m != nil {
			continue
		}
		draft := drafts[i]
		draft.Date = int(a.tune.now().Unix())
		if box != nil {
			select {
			case draft.ID = <-pending[i].found:
			case <-wait.Done():
			}
		}
		found[i] = draft
	}
	return found
}

// lastSent looks for the newest messages of ours that are what the drafts say; nil for those it doesn't find.
func (a *Account) lastSent(ctx context.Context, chat Peer, drafts []*tg.Message) []tg.MessageClass {
	found := make([]tg.MessageClass, len(drafts))
	answer, err := a.API().MessagesGetHistory(ctx, &tg.MessagesGetHistoryRequest{Peer: chat.Input, Limit: 50 + len(drafts)})
	if err != nil {
		return found
	}
	history, ok := answer.AsModified()
	if !ok {
		return found
	}
	self := a.Self()
	for _, m := range history.GetMessages() { // the newest comes first
		m, ok := m.(*tg.Message)
		if !ok || !m.Out && !m.Post && (self == nil || chat.ID != self.ID) {
			continue
		}
		for i := len(drafts) - 1; i >= 0; i-- {
			if d := drafts[i]; found[i] == nil && strings.TrimSpace(d.Message) == strings.TrimSpace(m.Message) && isFile(d.Media) == isFile(m.Media) {
				found[i] = m
				break
			}
		}
	}
	return found
}
