package sandbox

import (
	"slices"

	"github.com/gotd/td/tg"
)

// chosenDialogs are the caller's chats in a folder, or in all of them, those on top first.
func (c *call) chosenDialogs(in *tg.MessagesGetDialogsRequest) ([]entry, error) {
	folder, given := in.GetFolderID()
	if folder != mainFolder && folder != archiveFolder {
		return nil, bad("FOLDER_ID_INVALID")
	}
	prefs := &c.me.prefs
	list := slices.DeleteFunc(c.dialogList(), func(e entry) bool {
		return given && prefs.folderOf(e.peer) != folder || in.ExcludePinned && prefs.pinnedAt(e.peer) >= 0
	})
	slices.SortStableFunc(list, func(a, b entry) int { return c.rank(a) - c.rank(b) })
	return list, nil
}

// rank is smaller for chats that come before others however old their messages are.
func (c *call) rank(e entry) int {
	at := c.me.prefs.pinnedAt(e.peer)
	switch {
	case at < 0:
		return pinnedAtMost[mainFolder] + pinnedAtMost[archiveFolder]
	case c.me.prefs.folderOf(e.peer) == archiveFolder:
		return pinnedAtMost[mainFolder] + at
	}
	return at
}

// withArchive puts the archive on top of the list, as one entry, if there is anything in it.
//
// See https://core.telegram.org/constructor/dialogFolder.
func (c *call) withArchive(cast *cast, dialogs []tg.DialogClass) []tg.DialogClass {
	d := &tg.DialogFolder{Pinned: true, Folder: tg.Folder{ID: archiveFolder, Title: "Archived chats"}}
	for _, e := range c.dialogList() {
		if c.me.prefs.folderOf(e.peer) != archiveFolder {
			continue
		}
		if d.Peer == nil {
			d.Peer = e.peer.tg()
			cast.add(e.peer)
			if e.top != nil {
				d.TopMessage = e.top.id
			}
		}
		unread := c.me.dialog(e.peer).unread
		if e.peer.kind == peerChannel {
			unread = c.unreadIn(c.chats[e.peer], c.me)
		}
		if unread == 0 {
			continue
		}
		if c.muted(c.me, e.peer) {
			d.UnreadMutedPeersCount++
			d.UnreadMutedMessagesCount += unread
		} else {
			d.UnreadUnmutedPeersCount++
			d.UnreadUnmutedMessagesCount += unread
		}
	}
	if d.Peer == nil {
		return dialogs
	}
	return slices.Insert(dialogs, 0, tg.DialogClass(d))
}

// unarchive takes a chat out of the archive when somebody says something in it, unless it's muted.
//
// See https://core.telegram.org/api/folders#peer-folders.
func (s *Server) unarchive(u *user, p peer) {
	if u.prefs.folderOf(p) != archiveFolder || s.muted(u, p) {
		return
	}
	s.inFolder(u, p, mainFolder)
	s.push(u, nil, s.tellFolders(u, []tg.FolderPeer{{Peer: p.tg(), FolderID: mainFolder}}))
}
