package sandbox

import (
	"slices"

	"github.com/gotd/td/tg"
)

// heardOnce tells whether media is a voice or video note, which shows whether it was played.
//
// See https://core.telegram.org/constructor/message, media_unread.
func heardOnce(media tg.MessageMediaClass) bool {
	kind := kindOf(media)
	return kind == kindVoice || kind == kindRound
}

// hears marks a note in a private chat or group as played by the caller: in the caller's copy and
// in its author's. It reports whether it wasn't before.
func (c *call) hears(r *record) bool {
	if r.author == c.me.id || !unheard(c.me, r) {
		return false
	}
	c.heard(r)
	author := c.users[r.author]
	theirs := c.copyOf(r, author)
	if author == nil || author == c.me || theirs == 0 {
		return true
	}
	copied := author.box.records[theirs]
	if m, ok := copied.said(); ok && m.MediaUnread {
		c.heard(copied)
		h := author.box.note(happenedOther, 1, c.today)
		h.update = &tg.UpdateReadMessagesContents{Messages: []int{theirs}, Pts: h.pts, PtsCount: 1}
		c.push(author, nil, h.update)
	}
	return true
}

func (c *call) heard(r *record) {
	m, _ := r.said()
	m.Flags, m.MediaUnread = 0, false
	c.report(r.put(m))
}

// hearsInChannel marks a note in a supergroup as played by the caller: everybody there has the
// same copy, so who has played it is noted beside. The author sees when the first one has.
func (c *call) hearsInChannel(r *record) bool {
	d := c.me.dialog(r.chat)
	at, already := slices.BinarySearch(d.heard, r.id)
	if already || !unheard(c.me, r) || r.author == c.me.id {
		return false
	}
	d.heard = slices.Insert(d.heard, at, r.id)
	author := c.users[r.author]
	if author == nil {
		return true
	}
	theirs := author.dialog(r.chat)
	if at, told := slices.BinarySearch(theirs.heard, r.id); !told {
		theirs.heard = slices.Insert(theirs.heard, at, r.id)
		c.pushShort(author, nil, &tg.UpdateChannelReadMessagesContents{ChannelID: r.chat.id, Messages: []int{r.id}})
	}
	return true
}

// unheard tells whether viewer, or who listens to viewer, has yet to play a note.
func unheard(viewer *user, r *record) bool {
	m, ok := r.said()
	if !ok || !m.MediaUnread || !heardOnce(m.Media) {
		return false
	}
	if d := viewer.dialogs[r.chat]; d != nil {
		_, heard := slices.BinarySearch(d.heard, r.id)
		return !heard
	}
	return true
}
