package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/gotd/td/tg"
)

const (
	historyPage  = 100  // messages that Telegram gives in one answer
	historyFree  = 3000 // messages that are fetched without pauses
	historyPause = time.Second
)

// HistoryOptions choose messages. The zero value takes all of a chat, the newest first.
type HistoryOptions struct {
	Limit      int       // how many; 0 for all
	OffsetID   int       // only messages before this one; after it in reverse
	OffsetDate time.Time // only messages before then; from then on in reverse
	MinID      int       // only messages after this one
	MaxID      int       // only messages before this one; 0 for no bound
	AddOffset  int       // messages to leave out at the beginning; negative ones begin as much earlier
	Reverse    bool      // the oldest first

	Search string
	Filter tg.MessagesFilterClass // kind of media; nil for any
	From   Target                 // who wrote it; nil for anybody
	Thread int                    // only answers to this message: comments on a post, the messages of a topic
	Where  Where                  // for a search in all chats

	Scheduled       bool // the messages that wait to be sent, the next one last
	UnreadMentions  bool // of this account
	UnreadReactions bool // to this account's messages

	Wait time.Duration // between two requests; 0 is none, and a second after 3000 messages; negative is none at all
}

// Where bounds a search in all chats.
type Where int

// The kinds of chats that Messages can search.
const (
	Everywhere Where = iota
	InChannels
	InGroups
	InPrivate
)

// Messages goes through the messages of a chat, or, if chat is nil, of all chats. Which of Telegram's lists is asked
// depends on the options: the history, a search, the answers of a thread, what is unread or scheduled. A search in all
// chats that wants what Telegram can't search for is ErrGlobalReverse or ErrGlobalOptions.
func (a *Account) Messages(chat Target, o HistoryOptions) *Cursor[*Message] {
	h := &history{a: a, o: o}
	var start func(ctx context.Context) error
	switch {
	case chat == nil:
		start = h.everywhere
	default:
		start = func(ctx context.Context) error { return h.inChat(ctx, chat) }
	}
	return newCursor(o.Limit, func(ctx context.Context) ([]*Message, int, error) {
		if h.page == nil {
			if err := start(ctx); err != nil {
				return nil, -1, fmt.Errorf("list messages: %w", err)
			}
		} else if err := h.pause(ctx); err != nil {
			return nil, -1, err
		}
		page, total, err := h.next(ctx)
		if err != nil && !errors.Is(err, io.EOF) {
			err = fmt.Errorf("list messages: %w", err)
		}
		return page, total, err
	})
}

// history is how far a list of messages has come.
type history struct {
	a     *Account
	o     HistoryOptions
	peer  Peer  // where; zero for everywhere
	from  int64 // who wrote it; 0 for anybody
	local bool  // Telegram doesn't look at from
	exact bool  // a page that isn't full is the last one
	count int   // messages that came

	offsetID, offsetDate, addOffset int
	rate                            int             // for a search in all chats
	last                            tg.MessageClass // of the page before
	// page asks for messages from the offsets on.
	page func(ctx context.Context, limit int) (tg.MessagesMessagesClass, error)
}

func (h *history) pause(ctx context.Context) error {
	wait := h.o.Wait
	if wait == 0 && h.count >= historyFree {
		wait = historyPause
	}
	if wait <= 0 {
		return nil
	}
	return h.a.tune.sleep(ctx, wait)
}

// begin sets the first offsets. https://core.telegram.org/api/offsets
func (h *history) begin() {
	h.offsetID, h.addOffset = h.o.OffsetID, h.o.AddOffset
	if !h.o.OffsetDate.IsZero() {
		h.offsetDate = int(h.o.OffsetDate.Unix())
	}
	if !h.o.Reverse {
		if h.offsetID == 0 || h.o.MaxID != 0 && h.o.MaxID < h.offsetID {
			h.offsetID = h.o.MaxID
		}
		return
	}
	h.offsetID = max(h.offsetID, h.o.MinID)
	if h.offsetID != 0 || h.offsetDate == 0 {
		h.offsetID++ // Telegram counts from the message after
	}
}

// size is how many messages to ask for.
func (h *history) size() int {
	if h.o.Limit <= 0 || h.local {
		return historyPage
	}
	return min(max(h.o.Limit-h.count, 1), historyPage)
}

// next fetches a page. io.EOF comes with the last one.
func (h *history) next(ctx context.Context) ([]*Message, int, error) {
	limit := h.size()
	answer, err := h.page(ctx, limit)
	if err != nil {
		return nil, -1, err
	}
	content, ok := answer.AsModified()
	if !ok {
		return nil, -1, io.EOF
	}
	all, total := content.GetMessages(), totalOf(answer)
	if h.o.Reverse {
		slices.Reverse(all)
	}
	end := len(all) == 0 || h.exact && len(all) < limit
	var page []*Message
	for _, one := range all {
		m := h.a.outgoing(one, h.peer)
		if m == nil || !h.fits(m) {
			continue
		}
		if h.beyond(m.ID) {
			end = true
			break
		}
		m.Scheduled = h.o.Scheduled
		page = append(page, m)
	}
	if h.count += len(page); len(all) > 0 {
		if last := all[len(all)-1]; h.last != nil && sameMessage(last, h.last) {
			end = true // nothing new came
		} else {
			h.move(last, answer)
		}
	}
	if slice, ok := answer.(*tg.MessagesMessagesSlice); h.peer.ID == 0 && (!ok || slice.NextRate == 0) {
		end = true // of a search in all chats
	}
	if end {
		return page, total, io.EOF
	}
	return page, total, nil
}

// fits says whether a message is wanted, as far as Telegram doesn't look at it.
func (h *history) fits(m *Message) bool {
	switch {
	case h.local && m.Sender.ID != h.from:
		return false
	case h.o.Reverse && h.o.AddOffset >= 0 && m.ID <= h.o.OffsetID, h.o.Reverse && m.ID <= h.o.MinID:
		return h.peer.ID == 0
	case !h.o.Reverse && h.o.MaxID != 0 && m.ID >= h.o.MaxID:
		return h.peer.ID == 0
	}
	return true
}

// beyond says whether the list has come to its end before this message.
func (h *history) beyond(id int) bool {
	switch {
	case h.peer.ID == 0: // ids of different chats say nothing
		return false
	case h.o.Reverse:
		return h.o.MaxID != 0 && id >= h.o.MaxID
	}
	return id <= h.o.MinID
}

// move sets the offsets behind a page.
func (h *history) move(last tg.MessageClass, answer tg.MessagesMessagesClass) {
	h.last, h.offsetID, h.offsetDate, h.addOffset = last, last.GetID(), 0, 0
	if h.o.Reverse {
		h.offsetID++
	}
	if slice, ok := answer.(*tg.MessagesMessagesSlice); ok {
		h.rate = slice.NextRate
	}
}

func sameMessage(a, b tg.MessageClass) bool {
	return a.GetID() == b.GetID() && MarkedID(peerOfMessage(a)) == MarkedID(peerOfMessage(b))
}

// totalOf is how many messages there are in all.
func totalOf(answer tg.MessagesMessagesClass) int {
	switch m := answer.(type) {
	case *tg.MessagesMessages:
		return len(m.Messages)
	case *tg.MessagesMessagesSlice:
		return m.Count
	case *tg.MessagesChannelMessages:
		return m.Count
	case *tg.MessagesMessagesNotModified:
		return m.Count
	}
	return -1
}
