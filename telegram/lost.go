package telegram

import (
	"context"
	"strings"
	"time"

	"github.com/gotd/td/tg"
)

// lostWait is how long a message whose answer was lost may take to come as an update.
const lostWait = 3 * time.Second

// lostMessage finds the id and date of a message that Telegram has taken, but whose answer was lost.
// The id is 0 if it can't be found; the message was sent all the same.
func (a *Account) lostMessage(ctx context.Context, chat Peer, pending *pendingSend) (id, date int) {
	now := int(time.Now().Unix())
	if !a.isBot() {
		if m := a.lastSent(ctx, chat, pending.text); m != nil {
			return m.ID, m.Date
		}
	}
	box := a.updates.get()
	if box == nil {
		return 0, now
	}
	box.Reconnected() // bots can't read a chat, but the message is in the next difference
	wait, cancel := context.WithTimeout(ctx, lostWait)
	defer cancel()
	select {
	case id := <-pending.found:
		return id, now
	case <-wait.Done():
		return 0, now
	}
}

// lastSent looks for the newest message of ours with the text.
func (a *Account) lastSent(ctx context.Context, chat Peer, text string) *tg.Message {
	answer, err := a.API().MessagesGetHistory(ctx, &tg.MessagesGetHistoryRequest{Peer: chat.Input, Limit: 50})
	if err != nil {
		return nil
	}
	history, ok := answer.AsModified()
	if !ok {
		return nil
	}
	for _, m := range history.GetMessages() {
		if m, ok := m.(*tg.Message); ok && m.Out && strings.TrimSpace(m.Message) == text {
			return m
		}
	}
	return nil
}
