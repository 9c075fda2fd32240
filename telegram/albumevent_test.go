package telegram

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// albumPuppet has timers that the test lets fire.
type albumPuppet struct {
	*puppet
	timers []*albumTimer
}

type albumTimer struct {
	after   time.Duration
	stopped bool
}

func newAlbumPuppet(t *testing.T) *albumPuppet {
	p := &albumPuppet{puppet: newPuppet(nil)}
	t.Cleanup(p.peers.close)
	p.tune.after = func(d time.Duration, _ func()) func() bool {
		timer := &albumTimer{after: d}
		p.timers = append(p.timers, timer)
		return func() bool { was := timer.stopped; timer.stopped = true; return !was }
	}
	return p
}

func (p *albumPuppet) part(t *testing.T, id int, chat, group int64) {
	m := &tg.Message{ID: id, PeerID: &tg.PeerUser{UserID: chat}, GroupedID: group}
	if _, err := p.deliver(t.Context(), []inbox.Item{{Update: &tg.UpdateNewMessage{Message: m}}}); err != nil {
		t.Fatal(err)
	}
}

// silence lets the timers run out that are not stopped, as notes in the inbox do.
func (p *albumPuppet) silence(t *testing.T, window time.Duration) {
	var due []albumDue
	p.albums.mu.Lock()
	for _, album := range p.albums.open {
		if album.key.window == window {
			due = append(due, albumDue{album, album.round})
		}
	}
	p.albums.mu.Unlock()
	for _, d := range due {
		p.noted(t.Context(), d)
	}
}

// albumsTold are the albums that the handler has got.
func (p *albumPuppet) albumsTold() string {
	var list []string
	for _, e := range p.events {
		if e.Kind != EventAlbum {
			continue
		}
		album := e.Detail.(*AlbumEvent)
		var ids []string
		for _, m := range album.Messages {
			ids = append(ids, fmt.Sprint(m.ID))
		}
		text := fmt.Sprintf("%s in %d after %v", strings.Join(ids, " "), album.Chat.ID, album.Window)
		if e.Own {
			text += " own"
		}
		list = append(list, text)
	}
	p.events = nil
	return strings.Join(list, ", ")
}

func TestAlbums(t *testing.T) {
	for sentence, row := range map[string]struct {
		story func(t *testing.T, p *albumPuppet)
		want  string
	}{
		"parts become one, in order": {func(t *testing.T, p *albumPuppet) {
			p.part(t, 2, 5, 77)
			p.part(t, 1, 5, 77)
			p.part(t, 3, 5, 77)
			p.silence(t, albumWindow)
		}, "1 2 3 in 5 after 500ms"},
		"albums of several chats mix": {func(t *testing.T, p *albumPuppet) {
			p.part(t, 1, 5, 77)
			p.part(t, 2, 6, 77)
			p.part(t, 3, 5, 77)
			p.part(t, 4, 6, 77)
			p.noted(t.Context(), albumDue{p.albums.open[albumKey{5, 77, albumWindow}], 2})
			p.noted(t.Context(), albumDue{p.albums.open[albumKey{6, 77, albumWindow}], 2})
		}, "1 3 in 5 after 500ms, 2 4 in 6 after 500ms"},
		"ten parts are complete at once": {func(t *testing.T, p *albumPuppet) {
			for id := range 10 {
				p.part(t, id+1, 5, 77)
			}
		}, "1 2 3 4 5 6 7 8 9 10 in 5 after 500ms"},
		"a part that comes twice counts once": {func(t *testing.T, p *albumPuppet) {
			p.part(t, 1, 5, 77)
			p.part(t, 1, 5, 77)
			p.part(t, 2, 5, 77)
			p.silence(t, albumWindow)
		}, "1 2 in 5 after 500ms"},
		"one message is no album": {func(t *testing.T, p *albumPuppet) {
			p.part(t, 1, 5, 77)
			p.part(t, 2, 5, 0)
			p.silence(t, albumWindow)
		}, ""},
		"it is told once, whatever comes later": {func(t *testing.T, p *albumPuppet) {
			p.part(t, 1, 5, 77)
			p.part(t, 2, 5, 77)
			p.silence(t, albumWindow)
			p.part(t, 3, 5, 77)
			p.part(t, 1, 5, 77)
			p.silence(t, albumWindow)
		}, "1 2 in 5 after 500ms"},
		"a timer that was set anew says nothing": {func(t *testing.T, p *albumPuppet) {
			p.part(t, 1, 5, 77)
			p.part(t, 2, 5, 77)
			early := albumDue{p.albums.open[albumKey{5, 77, albumWindow}], 1}
			p.noted(t.Context(), early)
			p.part(t, 3, 5, 77)
			p.silence(t, albumWindow)
			p.noted(t.Context(), early)
		}, "1 2 3 in 5 after 500ms"},
		"another window for those who ask": {func(t *testing.T, p *albumPuppet) {
			end := p.AlbumWindow(3 * time.Second)
			p.part(t, 1, 5, 77)
			p.part(t, 2, 5, 77)
			p.silence(t, albumWindow)
			p.part(t, 3, 5, 77)
			p.silence(t, 3*time.Second)
			end()
			end()
			p.part(t, 4, 5, 78)
			p.part(t, 5, 5, 78)
			p.silence(t, 3*time.Second)
		}, "1 2 in 5 after 500ms, 1 2 3 in 5 after 3s"},
		"what isn't complete at the end of a run is forgotten": {func(t *testing.T, p *albumPuppet) {
			p.part(t, 1, 5, 77)
			p.albums.drop()
			p.part(t, 2, 5, 77)
			p.part(t, 3, 5, 77)
			p.silence(t, albumWindow)
		}, "2 3 in 5 after 500ms"},
		"our own, for those who ask": {func(t *testing.T, p *albumPuppet) {
			own := func(id int) *Message {
				return p.messageFrom(&tg.Message{ID: id, Out: true, PeerID: &tg.PeerUser{UserID: 5}, GroupedID: 77})
			}
			p.noted(t.Context(), ownDone{own(1), EventMessage})
			defer p.WantOwn()()
			p.noted(t.Context(), ownDone{own(2), EventMessage})
			p.noted(t.Context(), ownDone{own(3), EventMessage})
			p.silence(t, albumWindow)
		}, "2 3 in 5 after 500ms own"},
	} {
		t.Run(sentence, func(t *testing.T) {
			p := newAlbumPuppet(t)
			row.story(t, p)
			if got := p.albumsTold(); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestAlbumTimers(t *testing.T) {
	p := newAlbumPuppet(t)
	p.part(t, 1, 5, 77)
	p.part(t, 2, 5, 77)
	p.silence(t, albumWindow)
	if len(p.timers) != 2 || !p.timers[0].stopped || !p.timers[1].stopped || p.timers[1].after != albumWindow/2 {
		t.Errorf("the timers are %v", p.timers)
	}
	for group := range int64(2 * albumsTold) {
		p.part(t, 1, 5, 100+group)
		p.silence(t, albumWindow)
	}
	if len(p.albums.told.values) != albumsTold || len(p.albums.open) != 0 {
		t.Errorf("%d told, %d open", len(p.albums.told.values), len(p.albums.open))
	}
}

func TestOwnEventsAreToldOnce(t *testing.T) {
	p := newPuppet(nil)
	defer p.peers.close()
	end := p.WantOwn()
	at := &tg.PeerUser{UserID: 5}
	sent := &tg.Message{ID: 7, PeerID: at, Out: true, Message: "hi"}
	edited := &tg.Message{ID: 7, PeerID: at, Out: true, Message: "ho", EditDate: 3}
	items := []inbox.Item{
		{Update: &tg.UpdateNewMessage{Message: sent}, Own: true},
		{Note: ownDone{p.messageFrom(sent), EventMessage}},
		{Update: &tg.UpdateEditMessage{Message: edited}, Own: true},
		{Note: ownDone{p.messageFrom(edited), EventEdit}},
		{Note: ownDone{p.messageFrom(&tg.Message{ID: 8, PeerID: at, Message: "short"}), EventMessage}},
	}
	if _, err := p.deliver(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	for _, e := range p.events {
		if !e.Own || e.Message.Chat.ID != 5 {
			t.Errorf("got %+v", e)
		}
	}
	if got, want := p.told(), []string{"message 7", "edit 7", "message 8"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for id := range 2 * sentLimit {
		p.noted(t.Context(), ownDone{p.messageFrom(&tg.Message{ID: id + 100, PeerID: at}), EventMessage})
	}
	if len(p.own.told.values) != sentLimit || len(p.told()) != 2*sentLimit {
		t.Errorf("%d are remembered", len(p.own.told.values))
	}
	end()
	if _, err := p.deliver(t.Context(), []inbox.Item{{Note: ownDone{p.messageFrom(&tg.Message{ID: 9, PeerID: at}), EventMessage}}}); err != nil {
		t.Fatal(err)
	}
}
