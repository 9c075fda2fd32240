package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func foldersMethods(t table) {
	on(t, people, (*call).editPeerFolders)
	on(t, people, (*call).toggleDialogPin)
	on(t, people, (*call).reorderPinnedDialogs)
	on(t, people, (*call).getPinnedDialogs)
}

// How many chats may be on top, of the list and of the archive.
//
// See https://core.telegram.org/api/config#client-configuration.
var pinnedAtMost = [2]int{mainFolder: 5, archiveFolder: 100}

// editPeerFolders puts chats into the archive or takes them out of it.
//
// See https://core.telegram.org/method/folders.editPeerFolders.
func (c *call) editPeerFolders(in *tg.FoldersEditPeerFoldersRequest) (bin.Encoder, error) {
	if len(in.FolderPeers) == 0 {
		return nil, bad("FOLDER_ID_EMPTY")
	}
	chats := make([]peer, len(in.FolderPeers))
	for i, one := range in.FolderPeers {
		p, err := c.peer(one.Peer)
		if err != nil {
			return nil, err
		}
		if one.FolderID != mainFolder && one.FolderID != archiveFolder {
			return nil, bad("FOLDER_ID_INVALID")
		}
		chats[i] = p
	}
	cast := c.cast(c.me)
	var moved []tg.FolderPeer
	for i, p := range chats {
		if c.inFolder(c.me, p, in.FolderPeers[i].FolderID) {
			moved = append(moved, tg.FolderPeer{Peer: p.tg(), FolderID: in.FolderPeers[i].FolderID})
			cast.add(p)
		}
	}
	if len(moved) == 0 {
		return cast.updates(c.today, nil), nil
	}
	update := c.tellFolders(c.me, moved)
	c.push(c.me, c.session, update)
	return cast.updates(c.today, []tg.UpdateClass{update}), nil
}

// tellFolders notes that chats of u lie elsewhere now: it counts, as messages do.
func (s *Server) tellFolders(u *user, moved []tg.FolderPeer) tg.UpdateClass {
	h := u.box.note(happenedOther, 1, s.today)
	h.update = &tg.UpdateFolderPeers{FolderPeers: moved, Pts: h.pts, PtsCount: h.count}
	return h.update
}

// inFolder moves a chat of u's and reports whether it lay elsewhere.
func (s *Server) inFolder(u *user, p peer, folder int) bool {
	if u.prefs.folderOf(p) == folder {
		return false
	}
	u.prefs.unpin(p)
	u.dialog(p)
	if folder == mainFolder {
		delete(u.prefs.Archived, keepPeer(p))
		return true
	}
	if u.prefs.Archived == nil {
		u.prefs.Archived = map[keptPeer]bool{}
	}
	u.prefs.Archived[keepPeer(p)] = true
	return true
}

// dialogMeant finds the chat of the caller's that a client means.
func (c *call) dialogMeant(in tg.InputDialogPeerClass) (peer, error) {
	d, ok := in.(*tg.InputDialogPeer)
	if !ok {
		return peer{}, bad("PEER_ID_INVALID")
	}
	return c.peer(d.Peer)
}

// toggleDialogPin: https://core.telegram.org/method/messages.toggleDialogPin
func (c *call) toggleDialogPin(in *tg.MessagesToggleDialogPinRequest) (bin.Encoder, error) {
	p, err := c.dialogMeant(in.Peer)
	if err != nil {
		return nil, err
	}
	prefs := &c.me.prefs
	folder := prefs.folderOf(p)
	if (prefs.pinnedAt(p) >= 0) == in.Pinned {
		return yes()
	}
	if !in.Pinned {
		prefs.unpin(p)
	} else {
		switch {
		case c.me.dialogs[p] == nil || p.kind != peerChannel && len(c.history(p)) == 0:
			return nil, bad("PEER_HISTORY_EMPTY")
		case len(prefs.Pinned[folder]) >= pinnedAtMost[folder]:
			return nil, bad("PINNED_DIALOGS_TOO_MUCH")
		}
		prefs.Pinned[folder] = slices.Insert(prefs.Pinned[folder], 0, keepPeer(p))
	}
	c.touched()
	update := &tg.UpdateDialogPinned{Pinned: in.Pinned, Peer: &tg.DialogPeer{Peer: p.tg()}}
	if folder != mainFolder {
		update.SetFolderID(folder)
	}
	c.pushShort(c.me, c.session, update)
	return yes()
}

// reorderPinnedDialogs: https://core.telegram.org/method/messages.reorderPinnedDialogs
func (c *call) reorderPinnedDialogs(in *tg.MessagesReorderPinnedDialogsRequest) (bin.Encoder, error) {
	if in.FolderID != mainFolder && in.FolderID != archiveFolder {
		return nil, bad("FOLDER_ID_INVALID")
	}
	var order []keptPeer
	for _, one := range in.Order {
		p, err := c.dialogMeant(one)
		if err != nil {
			return nil, err
		}
		if k := keepPeer(p); c.me.prefs.folderOf(p) == in.FolderID && !slices.Contains(order, k) {
			order = append(order, k)
		}
	}
	before := c.me.prefs.Pinned[in.FolderID]
	for _, k := range before {
		if !in.Force && !slices.Contains(order, k) {
			order = append(order, k)
		}
	}
	if len(order) > pinnedAtMost[in.FolderID] {
		return nil, bad("PINNED_DIALOGS_TOO_MUCH")
	}
	c.me.prefs.Pinned[in.FolderID] = order
	c.touched()
	update := &tg.UpdatePinnedDialogs{}
	var list []tg.DialogPeerClass
	for _, k := range order {
		list = append(list, &tg.DialogPeer{Peer: k.restored().tg()})
	}
	update.SetOrder(list)
	if in.FolderID != mainFolder {
		update.SetFolderID(in.FolderID)
	}
	c.pushShort(c.me, c.session, update)
	return yes()
}

// getPinnedDialogs: https://core.telegram.org/method/messages.getPinnedDialogs
func (c *call) getPinnedDialogs(in *tg.MessagesGetPinnedDialogsRequest) (bin.Encoder, error) {
	if in.FolderID != mainFolder && in.FolderID != archiveFolder {
		return nil, bad("FOLDER_ID_INVALID")
	}
	cast := c.cast(c.me)
	answer := &tg.MessagesPeerDialogs{State: c.state()}
	answer.Dialogs, answer.Messages = c.showDialogs(cast, c.pinnedChats(in.FolderID))
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer, nil
}

// pinnedChats are the caller's chats on top, in their order.
func (c *call) pinnedChats(folder int) []entry {
	var list []entry
	for _, k := range c.me.prefs.Pinned[folder] {
		p := k.restored()
		if c.me.dialogs[p] == nil || p.kind == peerChannel && c.chats[p].byUser[c.me.id] == nil {
			continue
		}
		list = append(list, c.entryOf(p))
	}
	return list
}

func (c *call) entryOf(p peer) entry {
	e := entry{peer: p}
	if all := c.history(p); len(all) > 0 {
		e.top = c.boxOf(p).records[all.last()]
	}
	return e
}
