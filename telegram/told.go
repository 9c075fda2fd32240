package telegram

// Told is the event that a detail came with. Details that are handed about without their event have one.
type Told struct{ event *Event }

// Event is what it came with; nil for one that a program has made itself.
func (o *Told) Event() *Event { return o.event }

func (o *Told) cameWith(e *Event) { o.event = e }

// eventOf makes the event of a detail.
func eventOf(kind string, detail any) *Event {
	e := &Event{Kind: kind, Detail: detail}
	if d, ok := detail.(interface{ cameWith(*Event) }); ok {
		d.cameWith(e)
	}
	return e
}

// Parties are the chat, unless the message was sent through the bot, and who has pressed.
func (q *CallbackQuery) Parties() (chat, sender Peer) { return q.Chat, q.Sender }

// Parties are nobody's chat, for Telegram doesn't tell, and who asks.
func (q *InlineQuery) Parties() (chat, sender Peer) { return Peer{}, q.Sender }

// Parties are nobody's chat, for Telegram doesn't tell, and who has chosen.
func (e *InlineChosen) Parties() (chat, sender Peer) { return Peer{}, e.Sender }

// Parties are nobody's chat, for Telegram doesn't tell, and who pays.
func (q *PreCheckout) Parties() (chat, sender Peer) { return Peer{}, q.Sender }

// Parties are nobody's chat, for Telegram doesn't tell, and who has ordered.
func (q *ShippingQuery) Parties() (chat, sender Peer) { return Peer{}, q.Sender }

// Parties are those of the service message.
func (m *Message) Parties() (chat, sender Peer) { return m.Chat, m.Sender }
