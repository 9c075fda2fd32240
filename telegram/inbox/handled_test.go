package inbox

import (
	"os"
	"slices"
	"testing"

	"github.com/gotd/td/tg"
)

func TestHandledIsReadFromAJournal(t *testing.T) {
	dir := t.TempDir()
	j, _, err := openNotes(dir)
	if err != nil {
		t.Fatal(err)
	}
	private := &tg.UpdateNewMessage{Message: &tg.Message{ID: 5, PeerID: &tg.PeerUser{UserID: 7}}}
	public := &tg.UpdateNewChannelMessage{Message: &tg.Message{ID: 5, PeerID: &tg.PeerChannel{ChannelID: 8}}}
	edit := &tg.UpdateEditMessage{Message: &tg.Message{ID: 5, PeerID: &tg.PeerUser{UserID: 7}, EditDate: 3, Message: "b"}}
	press := &tg.UpdateBotCallbackQuery{QueryID: 9, Peer: &tg.PeerUser{UserID: 7}}
	for _, r := range []record{
		{key: keyOf(private, 0)}, {key: keyOf(public, 0), party: 3}, {key: keyOf(edit, 0)}, {key: keyOf(press, 0), slot: 4, body: []byte{1}},
	} {
		if err := j.write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(notesIn(dir) + "1.log")
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		update tg.UpdateClass
		in     bool
	}{
		"a message":                        {private, true},
		"one that some are not done with":  {public, false},
		"an edit":                          {edit, true},
		"another edit of the same message": {&tg.UpdateEditMessage{Message: &tg.Message{ID: 5, PeerID: &tg.PeerUser{UserID: 7}, EditDate: 3, Message: "c"}}, false},
		"a press that was only noted":      {press, false},
	} {
		for what, data := range map[string][]byte{"whole": data, "cut off": data[:len(data)-3]} {
			if got := slices.Contains(HandledIn(data), HandledAs(row.update)); got != row.in {
				t.Errorf("%s, %s: handled is %v", name, what, got)
			}
		}
	}
	if HandledAs(&tg.UpdateConfig{}) != (Handled{}) {
		t.Error("what comes only once has a name")
	}
}
