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

// Dialog is one chat in the account's list.
type Dialog struct {
	*tg.Dialog
	Account *Account
	Chat    Peer
	Last    *Message // the newest message; nil for none
}

// IsPinned says whether the chat is kept at the top of the list.
func (d *Dialog) IsPinned() bool { return d.Dialog.Pinned }

// IsArchived says whether the chat is in the archive.
func (d *Dialog) IsArchived() bool { return d.FolderID == archive }

// MutedUntil is until when the chat makes no sound; the zero time means that it does now.
func (d *Dialog) MutedUntil() time.Time {
	until := time.Unix(int64(d.NotifySettings.MuteUntil), 0)
	if until.Before(d.Account.clock.Now()) {
		return time.Time{}
	}
	return until
}

// archive is the id of the only folder that chats can be moved to. https://core.telegram.org/api/folders#peer-folders
const archive = 1

// DialogPlace is a part of the list of chats.
type DialogPlace int

// The parts.
const (
	AllDialogs DialogPlace = iota
	MainDialogs
	ArchivedDialogs
)

// DialogOptions choose chats. The zero value takes all, the one with the newest message first.
type DialogOptions struct {
	Limit          int // how many; 0 for all
	OffsetDate     time.Time
	OffsetID       int    // with OffsetChat: behind the chat with this newest message
	OffsetChat     Target // nil for none
	IgnorePinned   bool   // without those that are pinned
	IgnoreMigrated bool   // without groups that became supergroups
	Place          DialogPlace
}

// dialogPage is how many chats Telegram gives at once.
const dialogPage = 100

// Dialogs goes through the account's chats. Bots have none: they are refused with BOT_METHOD_INVALID.
// https://core.telegram.org/method/messages.getDialogs
func (a *Account) Dialogs(o DialogOptions) *Cursor[*Dialog] {
	l := newDialogList(a, o)
	return newCursor(o.Limit, func(ctx context.Context) ([]*Dialog, int, error) {
		page, total, err := l.next(ctx)
		if err != nil && !errors.Is(err, io.EOF) {
			err = fmt.Errorf("list chats: %w", err)
		}
		return page, total, err
	})
}

// dialogList is on its way through the list.
type dialogList struct {
	a       *Account
	o       DialogOptions
	request *tg.MessagesGetDialogsRequest
	seen    map[int64]bool // a chat that gets a message meanwhile comes again
}

func newDialogList(a *Account, o DialogOptions) *dialogList {
	return &dialogList{a: a, o: o, seen: map[int64]bool{}}
}

func (l *dialogList) begin(ctx context.Context) error {
	r := &tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}, OffsetID: l.o.OffsetID, Limit: dialogPage, ExcludePinned: l.o.IgnorePinned}
	if !l.o.OffsetDate.IsZero() {
		r.OffsetDate = int(l.o.OffsetDate.Unix())
	}
	if l.o.OffsetChat != nil {
		peer, err := l.a.Resolve(ctx, l.o.OffsetChat)
		if err != nil {
			return err
		}
		r.OffsetPeer = peer.Input
	}
	switch l.o.Place {
	case MainDialogs:
		r.SetFolderID(0)
	case ArchivedDialogs:
		r.SetFolderID(archive)
	}
	if n := l.o.Limit; n > 0 && n < dialogPage && !l.o.IgnoreMigrated {
		r.Limit = n
	}
	l.request = r
	return nil
}

// next is one page; io.EOF comes with the last.
func (l *dialogList) next(ctx context.Context) ([]*Dialog, int, error) {
	if l.request == nil {
		if err := l.begin(ctx); err != nil {
			return nil, -1, err
		}
	}
	answer, err := l.a.API().MessagesGetDialogs(ctx, l.request)
	if err != nil {
		return nil, -1, err
	}
	var dialogs []tg.DialogClass
	var messages []tg.MessageClass
	total, more := -1, false
	switch d := answer.(type) {
	case *tg.MessagesDialogs:
		dialogs, messages, total = d.Dialogs, d.Messages, len(d.Dialogs)
	case *tg.MessagesDialogsSlice:
		dialogs, messages, total, more = d.Dialogs, d.Messages, d.Count, len(d.Dialogs) > 0
	}
	page := l.a.dialogsOf(dialogs, messages)
	kept := page[:0]
	for _, d := range page {
		if !l.seen[d.Chat.ID] && l.wants(d) {
			kept = append(kept, d)
		}
		l.seen[d.Chat.ID] = true
	}
	l.request.ExcludePinned = true // they come with each page else
	if !more || !l.turn(dialogs, messages) {
		return kept, total, io.EOF
	}
	return kept, total, nil
}

// turn moves the request behind the last chat whose newest message came along: Telegram wants that message's date and
// id, and the chat. false if nothing lies behind it. https://core.telegram.org/api/offsets
func (l *dialogList) turn(dialogs []tg.DialogClass, messages []tg.MessageClass) bool {
	for _, d := range slices.Backward(dialogs) {
		last, ok := d.(*tg.Dialog)
		if !ok {
			continue
		}
		for _, m := range messages {
			m, ok := m.AsNotEmpty()
			if !ok || m.GetID() != last.TopMessage || MarkedID(m.GetPeerID()) != MarkedID(last.Peer) {
				continue
			}
			r := l.request
			if m.GetDate() == r.OffsetDate && m.GetID() == r.OffsetID && inputID(r.OffsetPeer) == MarkedID(last.Peer) {
				return false // Telegram has stayed where it was
			}
			if input := l.a.peers.get(MarkedID(last.Peer)).Input; input != nil {
				r.OffsetDate, r.OffsetID, r.OffsetPeer = m.GetDate(), m.GetID(), input
				return true
			}
		}
	}
	return false
}

func (l *dialogList) wants(d *Dialog) bool {
	if l.o.IgnorePinned && d.IsPinned() {
		return false
	}
	group, ok := d.Chat.Chat.(*tg.Chat)
	return !l.o.IgnoreMigrated || !ok || group.MigratedTo == nil
}

// dialogsOf puts chats and their newest messages together.
func (a *Account) dialogsOf(dialogs []tg.DialogClass, messages []tg.MessageClass) []*Dialog {
	type place struct {
		chat int64
		id   int
	}
	newest := map[place]tg.MessageClass{}
	for _, m := range messages {
		if chat := peerOfMessage(m); chat != nil {
			newest[place{MarkedID(chat), m.GetID()}] = m
		}
	}
	list := make([]*Dialog, 0, len(dialogs))
	for _, d := range dialogs {
		d, ok := d.(*tg.Dialog) // the others stand for the archive
		if !ok {
			continue
		}
		a.peers.metIn(d.Peer)
		dialog := &Dialog{Dialog: d, Account: a, Chat: a.peers.get(MarkedID(d.Peer))}
		if m := newest[place{dialog.Chat.ID, d.TopMessage}]; m != nil {
			dialog.Last = a.messageFrom(m)
		}
		list = append(list, dialog)
	}
	return list
}

// Dialog is how one chat stands in the account's list.
func (a *Account) Dialog(ctx context.Context, chat Target) (*Dialog, error) {
	var found *Dialog
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		answer, err := a.API().MessagesGetPeerDialogs(ctx, []tg.InputDialogPeerClass{&tg.InputDialogPeer{Peer: peer.Input}})
		if err != nil {
			return err
		}
		if list := a.dialogsOf(answer.Dialogs, answer.Messages); len(list) > 0 {
			found = list[0]
			return nil
		}
		return errors.New("there is no such chat")
	})
	if err != nil {
		return nil, fmt.Errorf("get chat: %w", err)
	}
	return found, nil
}
