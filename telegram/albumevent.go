package telegram

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/gotd/td/tg"
)

// EventAlbum is messages that were sent as one. Its Detail is an *AlbumEvent.
const EventAlbum = "album"

const (
	albumWindow = 500 * time.Millisecond // of silence, after which an album is complete
	albumMost   = 10                     // parts of an album: https://core.telegram.org/api/files#albums-grouped-media
	albumsTold  = 256                    // albums that are remembered to have been told
)

// AlbumEvent is the messages of an album, in order. They come one by one, each as a message of its own: the album is
// told once, when there are ten of them, or none has come for the Window.
type AlbumEvent struct {
	Happening
	Messages []*Message
	Window   time.Duration
	Partial  bool // some of it may be missing: Telegram did not keep all updates of the chat, nor could it be asked
}

// albums gathers the parts of albums. It is used by the goroutine that delivers, but for timers and windows.
type albums struct {
	mu      sync.Mutex
	windows map[time.Duration]int // how many want one that isn't the usual
	open    map[albumKey]*gathering
	told    latest[albumKey, struct{}]
}

type albumKey struct {
	chat, group int64
	window      time.Duration
}

// gathering is an album that isn't complete. It has taken the updates of its parts, so that after a crash all come
// again, and the album with them.
type gathering struct {
	key   albumKey
	parts []*Message
	taken []*delivery
	first tg.UpdateClass // of the part that came first
	own   bool
	gap   bool      // updates of its chat were skipped
	until time.Time // the end of its window
	asked bool      // Telegram was asked whether there are more, since the last part came
	stop  func() bool
	round int // of the timer: one that was set anew is late
}

// albumDue is a note that an album's time is over.
type albumDue struct {
	album *gathering
	round int
}

// gatherer is the party that takes the parts of albums.
const gatherer = "gatherer"

// AlbumWindow asks for albums that are told after a silence of d, in addition to the usual half second, until end is
// called. Events of kind album say which Window they had.
func (a *Account) AlbumWindow(d time.Duration) (end func()) {
	g := &a.albums
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.windows == nil {
		g.windows = map[time.Duration]int{}
	}
	g.windows[d]++
	return sync.OnceFunc(func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.windows[d]--; g.windows[d] == 0 {
			delete(g.windows, d)
		}
	})
}

// UsualAlbumWindow is the one that albums have if nobody asks for another.
func UsualAlbumWindow() time.Duration { return albumWindow }

// gather adds a message to its album, and returns the albums that are complete with it. The delivery is nil for what
// this process has sent.
func (a *Account) gather(m *Message, d *delivery, u tg.UpdateClass) (complete []*gathering) {
	if m.GroupedID == 0 {
		return nil
	}
	g := &a.albums
	g.mu.Lock()
	defer g.mu.Unlock()
	windows := []time.Duration{albumWindow}
	for w := range g.windows {
		if w != albumWindow {
			windows = append(windows, w)
		}
	}
	for _, w := range windows {
		if album := g.add(albumKey{m.Chat.ID, m.GroupedID, w}, m, d, u); album != nil {
			if len(album.parts) == albumMost {
				complete = append(complete, album)
			}
			album.until = a.tune.now().Add(w)
			a.await(album, w/2)
		}
	}
	return complete
}

// add is nil for a part that is there already, or comes after its album was told.
func (g *albums) add(key albumKey, m *Message, d *delivery, u tg.UpdateClass) *gathering {
	album := g.open[key]
	_, told := g.told.get(key)
	switch {
	case told:
		return nil
	case album == nil:
		if g.open == nil {
			g.open = map[albumKey]*gathering{}
		}
		album = &gathering{key: key, own: true, first: u}
		g.open[key] = album
	case slices.ContainsFunc(album.parts, func(o *Message) bool { return o.ID == m.ID }):
		return nil
	}
	album.parts = append(album.parts, m)
	album.own, album.asked = album.own && d == nil, false
	if d != nil {
		d.receipt.Take()
		album.taken = append(album.taken, d)
	}
	return album
}

// await sets the timer of an album anew. The caller holds the lock.
func (a *Account) await(album *gathering, d time.Duration) {
	if album.stop != nil {
		album.stop()
	}
	album.round++
	due := albumDue{album, album.round}
	after := a.tune.after
	if after == nil {
		after = func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }
	}
	album.stop = after(max(0, d), func() {
		if box := a.updates.get(); box != nil {
			box.Note(due)
		}
	})
}

// current says whether an album's time is over: no part has come since its timer was set.
func (g *albums) current(due albumDue) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.open[due.album.key] == due.album && due.album.round == due.round
}

// asks has Telegram be asked, in the midst of the silence, whether there are more parts: that the last one was lost on
// its way shows only then, or when something else comes.
func (a *Account) asks(album *gathering) bool {
	box := a.updates.get()
	a.albums.mu.Lock()
	defer a.albums.mu.Unlock()
	if album.asked || box == nil {
		return false
	}
	album.asked = true
	box.Look(channelOf(album.key.chat))
	a.await(album, album.until.Sub(a.tune.now()))
	return true
}

// waitsFor says whether parts of an album may be missing: the link is down, and its time begins anew, or something of
// its chat is being fetched, and it is looked at again when that has come.
func (a *Account) waitsFor(album *gathering) bool {
	box := a.updates.get()
	if box == nil {
		return false
	}
	a.albums.mu.Lock()
	defer a.albums.mu.Unlock()
	switch channel := channelOf(album.key.chat); {
	case a.Connection().Name != Ready:
		a.await(album, album.key.window)
	case box.Behind(channel):
		box.Whole(channel, albumDue{album, album.round})
	default:
		return false
	}
	return true
}

// channelOf is the channel of a chat by its marked id; 0 for chats of other kinds.
func channelOf(chat int64) int64 {
	if kind, id := unmark(chat); kind == kindChannel {
		return id
	}
	return 0
}

// close ends the gathering of an album.
func (g *albums) close(album *gathering) {
	g.mu.Lock()
	defer g.mu.Unlock()
	album.stop()
	delete(g.open, album.key)
	g.told.put(album.key, struct{}{}, albumsTold)
}

// drop forgets what isn't complete at the end of a Run: its updates were not handled, and come again.
func (g *albums) drop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, album := range g.open {
		album.stop()
	}
	g.open = nil
}

// tellAlbum hands an album to the handler. One message alone is none.
func (a *Account) tellAlbum(ctx context.Context, album *gathering) {
	a.albums.close(album)
	a.mend(ctx, album)
	if len(album.parts) > 1 {
		slices.SortFunc(album.parts, func(m, n *Message) int { return cmp.Compare(m.ID, n.ID) })
		first := album.parts[0]
		e := &Event{
			Kind: EventAlbum, Account: a, Update: album.first, Own: album.own, Late: first.Late, parts: album.taken,
			Detail: &AlbumEvent{Happening{a, first.Chat, first.Sender}, album.parts, album.key.window, album.gap},
		}
		a.opts.Handler(ctx, e)
		if e.refused {
			return // not done: the parts come again
		}
	}
	doneTogether(EventAlbum, gatherer, album.taken)
}
