package telegram

import (
	"hash/fnv"
	"strings"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// earlierDeeds are what a process that was killed has sent and edited last. A difference tells of it, and that nobody
// did it on another device stands in the journal.
type earlierDeeds struct {
	deeds []inbox.Deed
	until int // unix time when the next process began
}

// deedSlack is how far the clocks of Telegram and of this machine may differ, in seconds.
const deedSlack = 60

// says names what a message says. Of a changed one it is another name.
func says(text string, file, changed bool) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.TrimSpace(text)))
	name := h.Sum64() &^ 3
	if file {
		name |= 1
	}
	if changed {
		name |= 2
	}
	return name
}

// sendingDeeds notes messages before they are sent; done takes what has become of them.
func (a *Account) sendingDeeds(chat int64, drafts []*tg.Message) (done func(ids ...int)) {
	box := a.updates.get()
	if box == nil {
		return func(...int) {}
	}
	deeds := make([]inbox.Deed, len(drafts))
	for i, m := range drafts {
		deeds[i] = inbox.Deed{Chat: chat, Says: says(m.Message, isFile(m.Media), false), At: int(a.tune.now().Unix())}
	}
	return box.Doing(deeds...)
}

// editing notes a message before it is edited.
func (a *Account) editing(chat int64, id int, text string) {
	a.updates.sent.edited(chat, id, text)
	if box := a.updates.get(); box != nil {
		box.Doing(inbox.Deed{Chat: chat, Says: says(text, false, true), ID: id, At: int(a.tune.now().Unix())})(id)
	}
}

// earlier tells what a process did that was killed.
func (o *ownMessages) earlier(deeds []inbox.Deed, now time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.before = earlierDeeds{deeds, int(now.Unix()) + deedSlack}
}

// didBefore says whether a process that was killed has sent the message, or made it say this.
func (o *ownMessages) didBefore(m *tg.Message, kind string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	b := &o.before
	date, changed := m.Date, kind == EventEdit
	if changed {
		date = m.EditDate
	}
	if len(b.deeds) == 0 || date > b.until {
		return false
	}
	chat, name := MarkedID(m.PeerID), says(m.Message, isFile(m.Media) && !changed, changed)
	for i := range b.deeds {
		d := &b.deeds[i]
		switch {
		case d.Chat != chat || d.Says&2 != name&2:
		case d.ID == m.ID && (!changed || d.Says == name):
			return true
		case d.ID == 0 && d.Says == name && date >= d.At-deedSlack:
			d.ID = m.ID
			return true
		}
	}
	return false
}
