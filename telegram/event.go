package telegram

import (
	"context"
	"errors"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// The kinds of events.
const (
	EventMessage    = "message"    // a new message, incoming or sent from another device; never a service message
	EventEdit       = "edit"       // a message was changed
	EventRaw        = "raw"        // any update, as Telegram sent it
	EventConnection = "connection" // the link to Telegram changed
)

// Event is something that happened. One update may be several events: every update is a raw one, and
// a new message is a message as well. What the account itself causes through this process is none, but for messages
// that somebody asks for with WantOwn.
type Event struct {
	Kind    string
	Message *Message        // for message and edit
	Update  tg.UpdateClass  // nil for connection
	State   ConnectionState // for connection
	Detail  any             // what other kinds are about: see where they are declared
	Account *Account
	Own     bool // caused by a call of this account in this process
	Late    bool // happened while the account was not running

	delivery *delivery   // nil for what can't come again: connection and the like
	parts    []*delivery // of an album
	part     int         // which one of several events of its kind that an update makes
	refused  bool        // an album
}

// messageEvent is the raw event of a message, the message and its event, made in one piece.
type messageEvent struct {
	raw, event Event
	message    Message
	delivery   delivery
}

// rawEvent is the raw event of any other update.
type rawEvent struct {
	raw      Event
	delivery delivery
}

// deliver is where ordered updates come out of the inbox. Options.Handler is called for one event at
// a time; as long as it blocks, the inbox waits.
func (a *Account) deliver(ctx context.Context, items []inbox.Item) (taken int, err error) {
	for i := range items {
		if err := ctx.Err(); err != nil {
			return i, err
		}
		if !a.dispatch(ctx, &items[i]) {
			return i, errRefused
		}
	}
	return len(items), nil
}

// errRefused ends the inbox of an account whose handler takes no more.
var errRefused = errors.New("the handler refused an event")

// dispatch makes the events of an item, and says whether the handler has taken them.
func (a *Account) dispatch(ctx context.Context, item *inbox.Item) (taken bool) {
	switch {
	case item.Skipped != nil:
		a.skipped(ctx, item.Skipped)
		return true
	case item.Note != nil:
		a.noted(ctx, item.Note)
		return true
	}
	m, kind := messageIn(item.Update)
	if m == nil {
		if item.Own {
			return true
		}
		e := &rawEvent{raw: Event{Kind: EventRaw, Update: item.Update, Account: a, Late: item.Late}}
		return a.hand(ctx, item, &e.delivery, append([]*Event{&e.raw}, a.further(item)...)...)
	}
	a.recent.see(m.ID, m.PeerID)
	if !item.Own && a.maybeOwn(m) && a.updates.sent.didBefore(m, kind) {
		return true // and it was told then
	}
	if item.Own || a.ownDoing(m, kind) {
		if a.own.wants.Load() > 0 { // else it is not worth completing
			a.tellOwn(ctx, a.messageFrom(m), kind, item.Update)
		}
		return true
	}
	e := &messageEvent{
		raw:     Event{Kind: EventRaw, Update: item.Update, Account: a, Late: item.Late},
		event:   Event{Kind: kind, Update: item.Update, Account: a, Late: item.Late},
		message: Message{Message: m, Account: a, Late: item.Late},
	}
	e.event.Message = &e.message
	e.message.Chat, e.message.Sender = a.peers.parties(m)
	if m.GroupedID == 0 || kind != EventMessage {
		return a.hand(ctx, item, &e.delivery, &e.raw, &e.event)
	}
	return a.handPart(ctx, item, e)
}

// handPart hands over a message that belongs to an album, and the album if that is complete with it.
func (a *Account) handPart(ctx context.Context, item *inbox.Item, e *messageEvent) (taken bool) {
	item.Track(&e.delivery.receipt)
	complete := a.gather(&e.message, &e.delivery, item.Update)
	if !a.handTracked(ctx, &e.delivery, &e.raw, &e.event) {
		return false
	}
	for _, album := range complete {
		a.tellAlbum(ctx, album)
	}
	return true
}

// noted hands over what is of the moment, and can't come again.
func (a *Account) noted(ctx context.Context, note any) {
	switch note := note.(type) {
	case ConnectionState:
		a.opts.Handler(ctx, &Event{Kind: EventConnection, State: note, Account: a})
	case albumDue:
		if a.albums.current(note) && !a.asks(note.album) && !a.waitsFor(note.album) {
			a.tellAlbum(ctx, note.album)
		}
	case ownDone:
		a.recent.see(note.message.ID, note.message.PeerID)
		a.tellOwn(ctx, note.message, note.kind, nil)
	case signedIn:
		a.opts.Handler(ctx, a.ready())
	}
}

// ownDoing says whether a message that came as an update was sent or edited by this process. It is
// asked only about those that may be: our own are not marked as such in our saved messages and channels.
func (a *Account) ownDoing(m *tg.Message, kind string) bool {
	if !a.maybeOwn(m) {
		return false
	}
	if kind == EventEdit {
		return a.updates.sent.changed(m)
	}
	return a.updates.sent.sent(m)
}

func (a *Account) maybeOwn(m *tg.Message) bool {
	return m.Out || m.Post || MarkedID(m.PeerID) == a.peers.self.Load()
}

// messageIn is the message that an update is about, and the kind of event that makes; nil if there is
// none, or it is not one that somebody wrote.
func messageIn(u tg.UpdateClass) (*tg.Message, string) {
	var m tg.MessageClass
	kind := EventMessage
	switch u := u.(type) {
	case *tg.UpdateNewMessage:
		m = u.Message
	case *tg.UpdateNewChannelMessage:
		m = u.Message
	case *tg.UpdateEditMessage:
		m, kind = u.Message, EventEdit
	case *tg.UpdateEditChannelMessage:
		m, kind = u.Message, EventEdit
	}
	message, ok := m.(*tg.Message)
	if !ok || message.PeerID == nil {
		return nil, ""
	}
	return message, kind
}
