package sandbox

import (
	"slices"
	"testing"

	"github.com/gotd/td/tg"
)

// chats lists the titles of a folder; with all, those of every folder.
func (c someone) chats(t *testing.T, folder int, all bool) []string {
	t.Helper()
	in := &tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}, Limit: 100}
	if !all {
		in.SetFolderID(folder)
	}
	answer, err := c.api.MessagesGetDialogs(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	dialogs, _ := answer.AsModified()
	for _, d := range dialogs.GetDialogs() {
		if _, folder := d.(*tg.DialogFolder); folder {
			titles = append(titles, "archive")
			continue
		}
		c.server.mu.Lock()
		titles = append(titles, c.server.title(peerOf(d.(*tg.Dialog).Peer)))
		c.server.mu.Unlock()
	}
	return titles
}

func (c someone) archive(t *testing.T, folder int, chats ...tg.InputPeerClass) error {
	t.Helper()
	in := []tg.InputFolderPeer{}
	for _, p := range chats {
		in = append(in, tg.InputFolderPeer{Peer: p, FolderID: folder})
	}
	return second(c.api.FoldersEditPeerFolders(t.Context(), in))
}

func (c someone) pinChat(t *testing.T, p tg.InputPeerClass, on bool) error {
	t.Helper()
	return second(c.api.MessagesToggleDialogPin(t.Context(), &tg.MessagesToggleDialogPinRequest{Pinned: on, Peer: &tg.InputDialogPeer{Peer: p}}))
}

func TestTheArchive(t *testing.T) {
	s := serve(t, Options{})
	alice, other := enter(t, s, "alice"), enter(t, s, "alice")
	say(t, s, "bob", "alice", "hello")
	before := alice.state(t)
	wantError(t, alice.archive(t, 1), "FOLDER_ID_EMPTY")
	wantError(t, alice.archive(t, 2, alice.peer("bob")), "FOLDER_ID_INVALID")
	wantError(t, alice.archive(t, 1, &tg.InputPeerEmpty{}), "PEER_ID_INVALID")
	if err := alice.archive(t, 1, alice.peer("bob"), &tg.InputPeerChat{ChatID: 3001}); err != nil {
		t.Fatal(err)
	}
	u := next[*tg.UpdateFolderPeers](t, other.client)
	if len(u.FolderPeers) != 2 || u.FolderPeers[0].FolderID != 1 || u.Pts != before.Pts+1 || u.PtsCount != 1 {
		t.Errorf("the other device was told %v", u)
	}
	if got := alice.chats(t, 1, false); len(got) != 2 || !slices.Contains(got, "bob") || !slices.Contains(got, "Friends") {
		t.Errorf("in the archive: %q", got)
	}
	if got := alice.chats(t, 0, false); got[0] != "archive" || slices.Contains(got, "bob") {
		t.Errorf("outside: %q", got)
	}
	if got := alice.chats(t, 0, true); slices.Contains(got, "archive") || !slices.Contains(got, "bob") {
		t.Errorf("everywhere: %q", got)
	}
	found := false
	for _, u := range alice.difference(t, before).(*tg.UpdatesDifference).OtherUpdates {
		_, is := u.(*tg.UpdateFolderPeers)
		found = found || is
	}
	if !found {
		t.Error("the difference doesn't tell of the archive")
	}
	mute := tg.InputPeerNotifySettings{}
	mute.SetMuteUntil(1<<31 - 1)
	if _, err := alice.api.AccountUpdateNotifySettings(t.Context(), &tg.AccountUpdateNotifySettingsRequest{
		Peer: &tg.InputNotifyPeer{Peer: &tg.InputPeerChat{ChatID: 3001}}, Settings: mute,
	}); err != nil {
		t.Fatal(err)
	}
	say(t, s, "bob", "alice", "again")
	say(t, s, "bob", "Friends", "again")
	if u := next[*tg.UpdateFolderPeers](t, other.client); len(u.FolderPeers) != 1 || u.FolderPeers[0].FolderID != 0 {
		t.Errorf("a new message in the archive told %v", u)
	}
	if got := alice.chats(t, 1, false); len(got) != 1 || got[0] != "Friends" {
		t.Errorf("what is muted stays: %q", got)
	}
}

func TestChatsOnTop(t *testing.T) {
	s := serve(t, Options{})
	alice, other := enter(t, s, "alice"), enter(t, s, "alice")
	wantError(t, alice.pinChat(t, alice.peer("carol"), true), "PEER_HISTORY_EMPTY")
	for _, name := range []string{"bob", "carol", "dave"} {
		say(t, s, name, "alice", "hello")
	}
	for _, name := range []string{"bob", "carol"} {
		if err := alice.pinChat(t, alice.peer(name), true); err != nil {
			t.Fatal(err)
		}
	}
	if u := next[*tg.UpdateDialogPinned](t, other.client); !u.Pinned {
		t.Errorf("the other device was told %v", u)
	}
	if got := alice.chats(t, 0, false); got[0] != "carol" || got[1] != "bob" {
		t.Errorf("the list: %q", got)
	}
	order := []tg.InputDialogPeerClass{&tg.InputDialogPeer{Peer: alice.peer("bob")}}
	for _, row := range []struct {
		force bool
		want  []string
	}{{false, []string{"bob", "carol"}}, {true, []string{"bob"}}} {
		if _, err := alice.api.MessagesReorderPinnedDialogs(t.Context(), &tg.MessagesReorderPinnedDialogsRequest{Force: row.force, Order: order}); err != nil {
			t.Fatal(err)
		}
		got, err := alice.api.MessagesGetPinnedDialogs(t.Context(), 0)
		if err != nil || len(got.Dialogs) != len(row.want) || got.Dialogs[0].(*tg.Dialog).Peer.(*tg.PeerUser).UserID != 1002 || !got.Dialogs[0].(*tg.Dialog).Pinned {
			t.Errorf("in order, force %v: %v, %v", row.force, got, err)
		}
	}
	if u := next[*tg.UpdatePinnedDialogs](t, other.client); len(u.Order) == 0 {
		t.Errorf("the other device was told %v", u)
	}
	without, err := alice.api.MessagesGetDialogs(t.Context(), &tg.MessagesGetDialogsRequest{ExcludePinned: true, OffsetPeer: &tg.InputPeerEmpty{}, Limit: 1})
	if modified, _ := without.AsModified(); err != nil || modified.GetDialogs()[0].(*tg.Dialog).Pinned {
		t.Errorf("without those on top: %v, %v", without, err)
	}
	if err := alice.pinChat(t, alice.peer("bob"), false); err != nil {
		t.Error(err)
	}
	for i, chat := range []tg.InputPeerClass{alice.peer("bob"), alice.peer("carol"), alice.peer("dave"), &tg.InputPeerChat{ChatID: 3001}, alice.where(3002), alice.where(3003)} {
		if err := alice.pinChat(t, chat, true); i < 5 && err != nil {
			t.Error(err)
		} else if i == 5 {
			wantError(t, err, "PINNED_DIALOGS_TOO_MUCH")
		}
	}
	_, err = alice.api.MessagesGetPinnedDialogs(t.Context(), 7)
	wantError(t, err, "FOLDER_ID_INVALID")
}

func TestFolders(t *testing.T) {
	s := serve(t, Options{})
	alice, other := enter(t, s, "alice"), enter(t, s, "alice")
	ctx := t.Context()
	set := func(id int, f tg.DialogFilterClass) error {
		in := &tg.MessagesUpdateDialogFilterRequest{ID: id}
		if f != nil {
			in.SetFilter(f)
		}
		return second(alice.api.MessagesUpdateDialogFilter(ctx, in))
	}
	named := func(title string) *tg.DialogFilter {
		return &tg.DialogFilter{Title: tg.TextWithEntities{Text: title}, IncludePeers: []tg.InputPeerClass{alice.peer("bob")}}
	}
	stranger := named("x")
	stranger.ExcludePeers = []tg.InputPeerClass{&tg.InputPeerUser{UserID: 1003, AccessHash: 1}}
	for name, row := range map[string]struct {
		id     int
		filter tg.DialogFilterClass
		want   string
	}{
		"an id that is taken":   {1, named("x"), "FILTER_ID_INVALID"},
		"nothing to delete":     {5, nil, "FILTER_ID_INVALID"},
		"no title":              {5, named(" "), "FILTER_TITLE_EMPTY"},
		"nothing in it":         {5, &tg.DialogFilter{Title: tg.TextWithEntities{Text: "x"}}, "FILTER_INCLUDE_EMPTY"},
		"somebody unknown":      {5, stranger, "PEER_ID_INVALID"},
		"a folder of all chats": {5, &tg.DialogFilterDefault{}, "FILTER_NOT_SUPPORTED"},
	} {
		if err := set(row.id, row.filter); err == nil {
			t.Errorf("%s: done", name)
		} else {
			wantError(t, err, row.want)
		}
	}
	for i, title := range []string{"Work", "Home", "Club"} {
		if err := set(i+2, named(title)); err != nil {
			t.Fatal(err)
		}
	}
	if u := next[*tg.UpdateDialogFilter](t, other.client); u.Filter == nil {
		t.Errorf("the other device was told %v", u)
	}
	if _, err := alice.api.MessagesUpdateDialogFiltersOrder(ctx, []int{4, 0, 2}); err != nil {
		t.Fatal(err)
	}
	if u := next[*tg.UpdateDialogFilterOrder](t, other.client); len(u.Order) != 3 {
		t.Errorf("the other device was told %v", u)
	}
	if err := set(2, nil); err != nil {
		t.Fatal(err)
	}
	got, err := alice.api.MessagesGetDialogFilters(ctx)
	if err != nil || len(got.Filters) != 3 {
		t.Fatalf("got %v, %v", got, err)
	}
	if f, ok := got.Filters[0].(*tg.DialogFilter); !ok || f.Title.Text != "Club" || f.ID != 4 || len(f.IncludePeers) != 1 {
		t.Errorf("first: %v", got.Filters[0])
	}
	if _, ok := got.Filters[1].(*tg.DialogFilterDefault); !ok {
		t.Errorf("second: %v", got.Filters[1])
	}
	for i := range 8 {
		if err := set(i+10, named("more")); err != nil {
			t.Error(err)
		}
	}
	wantError(t, set(99, named("more")), "DIALOG_FILTERS_TOO_MUCH")
	if some, err := alice.api.MessagesGetSuggestedDialogFilters(ctx); err != nil || len(some) != 1 {
		t.Errorf("suggested: %v, %v", some, err)
	}
	_, err = alice.api.MessagesToggleDialogFilterTags(ctx, true)
	wantError(t, err, "PREMIUM_ACCOUNT_REQUIRED")
}
