package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/gotd/td/tg"
)

// ContactOptions say how a contact is saved.
type ContactOptions struct {
	LastName   string
	Phone      string // as the account knows it; "" for none
	SharePhone bool   // lets them see the account's own number
}

// Contacts lists the account's contacts. https://core.telegram.org/method/contacts.getContacts
func (a *Account) Contacts(ctx context.Context) ([]Peer, error) {
	answer, err := a.API().ContactsGetContacts(ctx, 0)
	if err != nil {
		return nil, fmt.Errorf("list contacts: %w", err)
	}
	contacts, ok := answer.(*tg.ContactsContacts)
	if !ok {
		return nil, nil
	}
	list := make([]Peer, 0, len(contacts.Contacts))
	for _, c := range contacts.Contacts {
		list = append(list, a.peers.get(c.UserID))
	}
	return list, nil
}

// AddContact saves somebody whom the account has met as a contact, or changes the name of one. Where name is empty,
// their own is taken.
func (a *Account) AddContact(ctx context.Context, who Target, name string, o ContactOptions) (Peer, error) {
	peer, input, err := a.resolveUser(ctx, who)
	if err != nil {
		return Peer{}, fmt.Errorf("add contact: %w", err)
	}
	if name == "" && peer.User != nil {
		name = peer.User.FirstName
		if o.LastName == "" {
			o.LastName = peer.User.LastName
		}
	}
	_, err = a.API().ContactsAddContact(ctx, &tg.ContactsAddContactRequest{
		ID: input, FirstName: name, LastName: o.LastName, Phone: o.Phone, AddPhonePrivacyException: o.SharePhone,
	})
	if err != nil {
		return Peer{}, fmt.Errorf("add contact: %w", err)
	}
	return a.peers.get(peer.ID), nil
}

// NewContact is somebody who is known by a number.
type NewContact struct{ Phone, FirstName, LastName string }

// ErrRetryLater is a contact that Telegram will take, but not today.
var ErrRetryLater = errors.New("no more contacts are taken from this account now: try again in some hours")

// ImportContacts saves contacts by their numbers, and returns those who use Telegram and let themselves be found, in
// the order of the list; the ID of the others is 0. ErrRetryLater says that Telegram takes none today.
// https://core.telegram.org/method/contacts.importContacts
func (a *Account) ImportContacts(ctx context.Context, contacts []NewContact) ([]Peer, error) {
	inputs := make([]tg.InputPhoneContact, len(contacts))
	for i, c := range contacts {
		inputs[i] = tg.InputPhoneContact{ClientID: int64(i), Phone: "+" + digits(c.Phone), FirstName: c.FirstName, LastName: c.LastName}
	}
	answer, err := a.API().ContactsImportContacts(ctx, inputs)
	if err != nil {
		return nil, fmt.Errorf("import contacts: %w", err)
	}
	if len(answer.Imported) == 0 && len(answer.RetryContacts) > 0 {
		return nil, fmt.Errorf("import contacts: %w", ErrRetryLater)
	}
	found := make([]Peer, len(contacts))
	for _, c := range answer.Imported {
		if i := c.ClientID; i >= 0 && i < int64(len(found)) {
			found[i] = a.peers.get(c.UserID)
		}
	}
	return found, nil
}

// DeleteContacts takes people out of the contacts.
func (a *Account) DeleteContacts(ctx context.Context, who ...Target) error {
	inputs, err := a.resolveUsers(ctx, who)
	if err != nil {
		return fmt.Errorf("delete contacts: %w", err)
	}
	if _, err := a.API().ContactsDeleteContacts(ctx, inputs); err != nil {
		return fmt.Errorf("delete contacts: %w", err)
	}
	return nil
}

// SearchPeers looks for people and chats by name: among the account's own, then among all that are public.
func (a *Account) SearchPeers(ctx context.Context, query string, limit int) (own, others []Peer, err error) {
	if limit <= 0 {
		limit = 50
	}
	answer, err := a.API().ContactsSearch(ctx, &tg.ContactsSearchRequest{Q: query, Limit: limit})
	if err != nil {
		return nil, nil, fmt.Errorf("search people and chats: %w", err)
	}
	peers := func(list []tg.PeerClass) []Peer {
		found := make([]Peer, len(list))
		for i, p := range list {
			found[i] = a.peers.get(MarkedID(p))
		}
		return found
	}
	return peers(answer.MyResults), peers(answer.Results), nil
}

// Block keeps somebody from writing to the account.
func (a *Account) Block(ctx context.Context, who Target) error {
	return a.blocking(ctx, "block", who, func(ctx context.Context, peer tg.InputPeerClass) error {
		_, err := a.API().ContactsBlock(ctx, &tg.ContactsBlockRequest{ID: peer})
		return err
	})
}

// Unblock lets somebody write again.
func (a *Account) Unblock(ctx context.Context, who Target) error {
	return a.blocking(ctx, "unblock", who, func(ctx context.Context, peer tg.InputPeerClass) error {
		_, err := a.API().ContactsUnblock(ctx, &tg.ContactsUnblockRequest{ID: peer})
		return err
	})
}

func (a *Account) blocking(ctx context.Context, what string, who Target, call func(ctx context.Context, peer tg.InputPeerClass) error) error {
	err := a.withPeer(ctx, who, func(peer Peer) error { return call(ctx, peer.Input) })
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// BlockedPeer is somebody who is blocked, and since when.
type BlockedPeer struct {
	Peer Peer
	Date int
}

// Blocked goes through those whom the account has blocked.
func (a *Account) Blocked(limit int) *Cursor[BlockedPeer] {
	offset := 0
	return newCursor(limit, func(ctx context.Context) ([]BlockedPeer, int, error) {
		answer, err := a.API().ContactsGetBlocked(ctx, &tg.ContactsGetBlockedRequest{Offset: offset, Limit: 100})
		if err != nil {
			return nil, -1, fmt.Errorf("list who is blocked: %w", err)
		}
		page := make([]BlockedPeer, len(answer.GetBlocked()))
		for i, b := range answer.GetBlocked() {
			page[i] = BlockedPeer{Peer: a.peers.get(MarkedID(b.PeerID)), Date: b.Date}
		}
		offset += len(page)
		total := offset
		if slice, ok := answer.(*tg.ContactsBlockedSlice); ok {
			total = slice.Count
		}
		if len(page) == 0 || offset >= total {
			return page, total, io.EOF
		}
		return page, total, nil
	})
}
