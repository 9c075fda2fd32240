package telegram

import (
	"context"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// EventSkipped is updates that Telegram did not keep. Its Detail is a *SkippedEvent.
const EventSkipped = "skipped"

// SkippedEvent is a range of updates that can't be had any more: whoever must not miss a message reads the history of
// the chat. https://core.telegram.org/api/updates#recovering-gaps
type SkippedEvent struct {
	Happening     // Chat is the channel; zero for the private chats and basic groups, which count together
	From, To  int // pts
}

// skipped tells of what was lost.
func (a *Account) skipped(ctx context.Context, lost *inbox.Skipped) {
	a.log.WarnContext(ctx, "Telegram did not keep some updates, they are lost", "channel", lost.Channel, "from", lost.From, "to", lost.To)
	a.albums.gap(lost.Channel)
	e := &SkippedEvent{Happening: Happening{Account: a}, From: lost.From, To: lost.To}
	if lost.Channel != 0 {
		e.Chat = a.known(channelID(lost.Channel))
	}
	a.opts.Handler(ctx, &Event{Kind: EventSkipped, Detail: e, Account: a})
}
