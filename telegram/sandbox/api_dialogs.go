package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func dialogsMethods(t table) {
	on(t, people, (*call).getDialogs)
	on(t, people, (*call).getPeerDialogs)
	on(t, people, (*call).getPeerSettings)
}

// entry is one chat in the list of one account, with the message it is sorted by.
type entry struct {
	peer peer
	top  *record
}

// dialogList returns the caller's chats, the one with the newest message first.
func (c *call) dialogList() []entry {
	var list []entry
	for p := range c.me.dialogs {
		if p.kind == peerChannel && c.chats[p].byUser[c.me.id] == nil {
			continue
		}
		all := c.history(p)
		if len(all) == 0 {
			if p.kind == peerUser {
				continue
			}
			list = append(list, entry{peer: p})
			continue
		}
		list = append(list, entry{p, c.boxOf(p).records[all.last()]})
	}
	slices.SortFunc(list, func(a, b entry) int { return b.compare(a) })
	return list
}

func (e entry) place() (date, id int) {
	if e.top == nil {
		return 0, 0
	}
	return e.top.date, e.top.id
}

// compare orders by date, then by message id, then by peer, so that pages never overlap.
func (e entry) compare(other entry) int {
	date, id := e.place()
	otherDate, otherID := other.place()
	switch {
	case date != otherDate:
		return date - otherDate
	case id != otherID:
		return id - otherID
	case e.peer.marked() < other.peer.marked():
		return -1
	case e.peer.marked() > other.peer.marked():
		return 1
	}
	return 0
}

// getDialogs: https://core.telegram.org/method/messages.getDialogs
func (c *call) getDialogs(in *tg.MessagesGetDialogsRequest) (bin.Encoder, error) {
	list, err := c.chosenDialogs(in)
	if err != nil {
		return nil, err
	}
	count := len(list)
	if in.OffsetDate > 0 || in.OffsetID > 0 {
		list = c.after(list, in)
	}
	limit := in.Limit
	if limit <= 0 || limit > pageAtMost {
		limit = pageAtMost
	}
	list = list[:min(limit, len(list))]
	cast := c.cast(c.me)
	dialogs, messages := c.showDialogs(cast, list)
	if folder, given := in.GetFolderID(); given && folder == mainFolder && in.OffsetID == 0 && in.OffsetDate == 0 {
		dialogs = c.withArchive(cast, dialogs)
	}
	if len(list) == count {
		return &tg.MessagesDialogs{Dialogs: dialogs, Messages: messages, Users: cast.users, Chats: cast.chats}, nil
	}
	return &tg.MessagesDialogsSlice{Count: count, Dialogs: dialogs, Messages: messages, Users: cast.users, Chats: cast.chats}, nil
}

// after drops the chats up to the one that the last page ended with.
func (c *call) after(list []entry, in *tg.MessagesGetDialogsRequest) []entry {
	p, err := c.peer(in.OffsetPeer)
	if err == nil {
		if at := slices.IndexFunc(list, func(e entry) bool { return e.peer == p }); at >= 0 {
			return list[at+1:]
		}
	}
	at := slices.IndexFunc(list, func(e entry) bool {
		date, id := e.place()
		return date < in.OffsetDate || in.OffsetDate == 0 && id < in.OffsetID
	})
	if at < 0 {
		return nil
	}
	return list[at:]
}

func (c *call) showDialogs(cast *cast, list []entry) (dialogs []tg.DialogClass, messages []tg.MessageClass) {
	for _, e := range list {
		cast.add(e.peer)
		dialogs = append(dialogs, c.showDialog(e))
		if e.top != nil {
			m := messageFor(c.me, e.top)
			cast.message(m)
			messages = append(messages, m)
		}
	}
	return dialogs, messages
}

func (c *call) showDialog(e entry) *tg.Dialog {
	d := c.me.dialog(e.peer)
	out := &tg.Dialog{Peer: e.peer.tg(), ReadInboxMaxID: d.readIn, ReadOutboxMaxID: d.readOut, UnreadCount: d.unread}
	if e.top != nil {
		out.TopMessage = e.top.id
	}
	out.UnreadMark, out.UnreadMentionsCount, out.UnreadReactionsCount = d.marked, len(d.mentions), len(d.reacted)
	if d.draft != nil {
		out.SetDraft(d.draft)
	}
	out.Pinned = c.me.prefs.pinnedAt(e.peer) >= 0
	if folder := c.me.prefs.folderOf(e.peer); folder != mainFolder {
		out.SetFolderID(folder)
	}
	out.NotifySettings, _ = c.me.prefs.notifyOf(notifyKey(e.peer, 0)) // what was kept can be read
	if ttl := c.ttlOf(c.me, e.peer); ttl > 0 {
		out.SetTTLPeriod(ttl)
	}
	if e.peer.kind == peerChannel {
		ch := c.chats[e.peer]
		out.UnreadCount = c.unreadIn(ch, c.me)
		out.SetPts(ch.box.pts)
	}
	return out
}

// getPeerDialogs: https://core.telegram.org/method/messages.getPeerDialogs
func (c *call) getPeerDialogs(in *tg.MessagesGetPeerDialogsRequest) (bin.Encoder, error) {
	var list []entry
	for _, wanted := range in.Peers {
		w, ok := wanted.(*tg.InputDialogPeer)
		if !ok {
			continue
		}
		p, err := c.peer(w.Peer)
		if err != nil {
			return nil, err
		}
		list = append(list, c.entryOf(p))
	}
	cast := c.cast(c.me)
	answer := &tg.MessagesPeerDialogs{State: c.state()}
	answer.Dialogs, answer.Messages = c.showDialogs(cast, list)
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer, nil
}

// getPeerSettings: https://core.telegram.org/method/messages.getPeerSettings
func (c *call) getPeerSettings(in *tg.MessagesGetPeerSettingsRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	cast := c.cast(c.me)
	cast.add(p)
	return &tg.MessagesPeerSettings{Users: cast.users, Chats: cast.chats}, nil
}
