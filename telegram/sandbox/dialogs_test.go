package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestPagesOfDialogsWithoutAKnownPeer(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	all, err := alice.api.MessagesGetDialogs(t.Context(), &tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	dialogs := all.(*tg.MessagesDialogs)
	// Everything is older than tomorrow, and nothing is older than the beginning.
	later, err := alice.api.MessagesGetDialogs(t.Context(), &tg.MessagesGetDialogsRequest{OffsetDate: 1<<31 - 1, OffsetPeer: &tg.InputPeerEmpty{}, Limit: 100})
	if err != nil || len(later.(*tg.MessagesDialogs).Dialogs) != len(dialogs.Dialogs) {
		t.Errorf("before the end of time: %v, %v", later, err)
	}
	none, err := alice.api.MessagesGetDialogs(t.Context(), &tg.MessagesGetDialogsRequest{OffsetDate: 1, OffsetPeer: &tg.InputPeerEmpty{}, Limit: 100})
	if err != nil || len(none.(*tg.MessagesDialogsSlice).Dialogs) != 0 {
		t.Errorf("before the beginning: %v, %v", none, err)
	}
	folder, err := alice.api.MessagesGetDialogs(t.Context(), &tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}, FolderID: 1, Limit: 100})
	if err != nil || len(folder.(*tg.MessagesDialogs).Dialogs) != 0 {
		t.Errorf("the archive: %v, %v", folder, err)
	}
}
