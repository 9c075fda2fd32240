package telegram

import (
	"strings"
	"sync"

	"github.com/gotd/td/tg"
)

// sentLimit is how many of our own messages are remembered, to be told from those that were written
// on another device.
const sentLimit = 512

// ownMessages knows the messages that this process sent and edited. Their ids come with the answer of
// the call; but if the answer is lost, or a difference is faster, what we did comes as an update first.
type ownMessages struct {
	mu      sync.Mutex
	pending []*pendingSend
	before  earlierDeeds
	known   latest[sentKey, string] // what we made them say
}

type sentKey struct {
	channel int64 // 0 for all chats that count their messages together
	id      int
}

// pendingSend is a call whose answer hasn't come yet.
type pendingSend struct {
	chat  int64
	text  string
	file  bool     // it is a file, with the text below
	found chan int // gets the id if the message comes as an update
}

// begin is called before a message is sent; end after it.
func (o *ownMessages) begin(chat int64, text string, file bool) *pendingSend {
	p := &pendingSend{chat: chat, text: strings.TrimSpace(text), file: file, found: make(chan int, 1)}
	o.mu.Lock()
	o.pending = append(o.pending, p)
	o.mu.Unlock()
	return p
}

// end takes the id of the message; 0 if it isn't known.
func (o *ownMessages) end(p *pendingSend, id int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i, other := range o.pending {
		if other == p {
			last := len(o.pending) - 1
			o.pending[i], o.pending[last] = o.pending[last], nil
			o.pending = o.pending[:last]
			break
		}
	}
	if id != 0 {
		o.known.put(keyOf(p.chat, id), p.text, sentLimit)
	}
}

// edited is called before a message is edited.
func (o *ownMessages) edited(chat int64, id int, text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.known.put(keyOf(chat, id), strings.TrimSpace(text), sentLimit)
}

// sent says whether this process sent the message. One that is still on its way is known by its text.
func (o *ownMessages) sent(m *tg.Message) bool {
	chat, text := MarkedID(m.PeerID), strings.TrimSpace(m.Message)
	key := keyOf(chat, m.ID)
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, ok := o.known.get(key); ok {
		return true
	}
	for _, p := range o.pending {
		if p.chat == chat && p.text == text && p.file == isFile(m.Media) && len(p.found) == 0 {
			p.found <- m.ID
			o.known.put(key, text, sentLimit)
			return true
		}
	}
	return false
}

// changed says whether the message says what this process has made it say last.
func (o *ownMessages) changed(m *tg.Message) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	text, ok := o.known.get(keyOf(MarkedID(m.PeerID), m.ID))
	return ok && text == strings.TrimSpace(m.Message)
}

func keyOf(chat int64, id int) sentKey {
	if kind, bare := unmark(chat); kind == kindChannel {
		return sentKey{bare, id}
	}
	return sentKey{0, id}
}
