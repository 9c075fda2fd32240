package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/gotd/td/tg"
)

// Folder is one of the account's own views of its chats. https://core.telegram.org/api/folders
type Folder struct {
	ID       int // 0 for one that Telegram doesn't have yet
	Title    string
	Emoticon string
	Shared   bool // it can be invited to, and goes by its chats alone

	Contacts, NonContacts, Groups, Channels, Bots bool // kinds of chats that are in it
	ExcludeMuted, ExcludeRead, ExcludeArchived    bool

	Pinned, Include, Exclude []Target // chats by name, whatever their kind
}

// Folders lists the account's folders in their order, without the list of all chats.
func (a *Account) Folders(ctx context.Context) ([]*Folder, error) {
	filters, err := a.filters(ctx)
	if err != nil {
		return nil, fmt.Errorf("list folders: %w", err)
	}
	var folders []*Folder
	for _, f := range filters {
		if folder := a.folderOf(f); folder != nil {
			folders = append(folders, folder)
		}
	}
	return folders, nil
}

func (a *Account) filters(ctx context.Context) ([]tg.DialogFilterClass, error) {
	answer, err := a.API().MessagesGetDialogFilters(ctx)
	if err != nil {
		return nil, err
	}
	return answer.Filters, nil
}

func (a *Account) folderOf(f tg.DialogFilterClass) *Folder {
	switch f := f.(type) {
	case *tg.DialogFilter:
		return &Folder{
			ID: f.ID, Title: f.Title.Text, Emoticon: f.Emoticon,
			Contacts: f.Contacts, NonContacts: f.NonContacts, Groups: f.Groups, Channels: f.Broadcasts, Bots: f.Bots,
			ExcludeMuted: f.ExcludeMuted, ExcludeRead: f.ExcludeRead, ExcludeArchived: f.ExcludeArchived,
			Pinned: a.members(f.PinnedPeers), Include: a.members(f.IncludePeers), Exclude: a.members(f.ExcludePeers),
		}
	case *tg.DialogFilterChatlist:
		return &Folder{ID: f.ID, Title: f.Title.Text, Emoticon: f.Emoticon, Shared: true, Pinned: a.members(f.PinnedPeers), Include: a.members(f.IncludePeers)}
	}
	return nil
}

// members are the chats of a folder.
func (a *Account) members(inputs []tg.InputPeerClass) []Target {
	list := make([]Target, 0, len(inputs))
	for _, input := range inputs {
		if _, self := input.(*tg.InputPeerSelf); self {
			list = append(list, Name("me"))
			continue
		}
		peer := a.peers.get(inputID(input))
		if peer.Input == nil {
			peer.Input = input
		}
		list = append(list, peer)
	}
	return list
}

// Ids of folders: smaller ones are the list itself and the archive.
const (
	firstFolder = 2
	lastFolder  = 255
)

// ErrNoRoom is a folder too many.
var ErrNoRoom = errors.New("there is no number left for another folder")

// SaveFolder makes a folder, or replaces the one with its ID. It returns the ID.
func (a *Account) SaveFolder(ctx context.Context, f Folder) (int, error) {
	id, err := a.saveFolder(ctx, f)
	if err != nil {
		return 0, fmt.Errorf("save folder: %w", err)
	}
	return id, nil
}

func (a *Account) saveFolder(ctx context.Context, f Folder) (int, error) {
	if f.ID == 0 {
		taken, err := a.filters(ctx)
		if err != nil {
			return 0, err
		}
		for f.ID = firstFolder; slices.ContainsFunc(taken, func(t tg.DialogFilterClass) bool { return filterID(t) == f.ID }); f.ID++ {
			if f.ID == lastFolder {
				return 0, ErrNoRoom
			}
		}
	}
	var inputs [3][]tg.InputPeerClass
	for i, targets := range [][]Target{f.Pinned, f.Include, f.Exclude} {
		peers, err := a.resolveAll(ctx, targets)
		if err != nil {
			return 0, err
		}
		inputs[i] = make([]tg.InputPeerClass, len(peers))
		for j, peer := range peers {
			inputs[i][j] = peer.Input
		}
	}
	request := &tg.MessagesUpdateDialogFilterRequest{ID: f.ID}
	title := tg.TextWithEntities{Text: f.Title}
	if f.Shared {
		request.SetFilter(&tg.DialogFilterChatlist{ID: f.ID, Title: title, Emoticon: f.Emoticon, PinnedPeers: inputs[0], IncludePeers: inputs[1]})
	} else {
		request.SetFilter(&tg.DialogFilter{
			ID: f.ID, Title: title, Emoticon: f.Emoticon,
			Contacts: f.Contacts, NonContacts: f.NonContacts, Groups: f.Groups, Broadcasts: f.Channels, Bots: f.Bots,
			ExcludeMuted: f.ExcludeMuted, ExcludeRead: f.ExcludeRead, ExcludeArchived: f.ExcludeArchived,
			PinnedPeers: inputs[0], IncludePeers: inputs[1], ExcludePeers: inputs[2],
		})
	}
	_, err := a.API().MessagesUpdateDialogFilter(ctx, request)
	return f.ID, err
}

func filterID(f tg.DialogFilterClass) int {
	if f, ok := f.(interface{ GetID() int }); ok {
		return f.GetID()
	}
	return 0
}

// DeleteFolder deletes a folder; its chats stay.
func (a *Account) DeleteFolder(ctx context.Context, id int) error {
	if _, err := a.API().MessagesUpdateDialogFilter(ctx, &tg.MessagesUpdateDialogFilterRequest{ID: id}); err != nil {
		return fmt.Errorf("delete folder: %w", err)
	}
	return nil
}

// ReorderFolders puts folders into an order; those that aren't named come last.
func (a *Account) ReorderFolders(ctx context.Context, ids []int) error {
	if _, err := a.API().MessagesUpdateDialogFiltersOrder(ctx, ids); err != nil {
		return fmt.Errorf("order folders: %w", err)
	}
	return nil
}
