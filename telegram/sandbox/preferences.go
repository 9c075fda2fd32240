package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// preferences are what an account has chosen for itself. A server with a folder keeps them as
// they are: hence the exported fields.
type preferences struct {
	Takeouts    map[int64]bool // sessions of takeout that are open
	TakeoutFrom int            // date from which one may begin that had to wait
	Left        map[int64]bool // channels that were left
	Filters     []keptFilter   // folders, in the account's order
	FiltersFrom int            // place of the chats that are in no folder
	FilterTags  bool
	Archived    map[keptPeer]bool
	Pinned      [2][]keptPeer // chats on top of the list and of the archive
	Notify      map[string][]byte
	Payments    []payment
	Names       map[int64]contactName
	SendAs      map[int64]keptPeer // in whose name the account writes in a supergroup
	Days        int                // without a sign-in until the account goes
	AuthDays    int

	Premium       bool
	Recent        []string       // reactions, the last one first
	Often         map[string]int // how often each was used
	Favourite     string         // the reaction of a double tap
	PasswordUntil int            // date from which a forgotten password can be taken away
	Looks         looks
}

// keptFilter is a folder in its TL form.
type keptFilter struct {
	ID  int
	Raw []byte
}

const (
	mainFolder = iota
	archiveFolder
)

// folderOf tells where a chat is in the account's list.
func (p *preferences) folderOf(chat peer) int {
	if p.Archived[keepPeer(chat)] {
		return archiveFolder
	}
	return mainFolder
}

// pinnedAt is a chat's place among those on top, or -1.
func (p *preferences) pinnedAt(chat peer) int {
	return slices.Index(p.Pinned[p.folderOf(chat)], keepPeer(chat))
}

func (p *preferences) left(channel int64) {
	if p.Left == nil {
		p.Left = map[int64]bool{}
	}
	p.Left[channel] = true
}

func (p *preferences) unpin(chat peer) {
	for folder, list := range p.Pinned {
		p.Pinned[folder] = slices.DeleteFunc(list, func(k keptPeer) bool { return k == keepPeer(chat) })
	}
}

// filters are the folders as clients see them.
func (p *preferences) filters() ([]tg.DialogFilterClass, error) {
	list := make([]tg.DialogFilterClass, 0, len(p.Filters)+1)
	for _, kept := range p.Filters {
		f, err := tg.DecodeDialogFilter(&bin.Buffer{Buf: kept.Raw})
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return slices.Insert(list, min(p.FiltersFrom, len(list)), tg.DialogFilterClass(&tg.DialogFilterDefault{})), nil
}

// setNotify keeps the settings of a chat or of a kind of chats.
func (p *preferences) setNotify(key string, raw []byte) {
	if p.Notify == nil {
		p.Notify = map[string][]byte{}
	}
	p.Notify[key] = raw
}

func (p *preferences) notifyOf(key string) (tg.PeerNotifySettings, error) {
	var out tg.PeerNotifySettings
	if raw := p.Notify[key]; len(raw) > 0 {
		return out, out.Decode(&bin.Buffer{Buf: raw})
	}
	return out, nil
}
