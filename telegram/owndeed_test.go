package telegram

import (
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
)

func TestWhatAKilledProcessDid(t *testing.T) {
	const born = 10_000
	sent := inbox.Deed{Chat: 7, Says: says("hello", false, false), At: 9_000}
	answered := sent
	answered.ID = 5
	edited := inbox.Deed{Chat: 7, Says: says("better", false, true), ID: 5, At: 9_000}
	message := func(id int, text string, date int) *tg.Message {
		return &tg.Message{ID: id, PeerID: &tg.PeerUser{UserID: 7}, Message: text, Date: date, EditDate: date}
	}
	photo := message(5, "hello", 9_001)
	photo.Media = &tg.MessageMediaPhoto{}
	elsewhere := message(5, "hello", 9_001)
	elsewhere.PeerID = &tg.PeerChannel{ChannelID: 7}
	for sentence, row := range map[string]struct {
		deed    inbox.Deed
		message *tg.Message
		kind    string
		own     bool
	}{
		"what was being sent is known by its text":    {sent, message(5, "hello ", 9_001), EventMessage, true},
		"another text is somebody's":                  {sent, message(5, "hi", 9_001), EventMessage, false},
		"a file with the same text, too":              {sent, photo, EventMessage, false},
		"and the same in another chat":                {sent, elsewhere, EventMessage, false},
		"what was written before it, too":             {sent, message(5, "hello", 8_000), EventMessage, false},
		"and what is written after the next start":    {sent, message(5, "hello", born+2*deedSlack), EventMessage, false},
		"what was sent is known by its number":        {answered, message(5, "changed since", 9_001), EventMessage, true},
		"another number is somebody's":                {answered, message(6, "hello", 9_001), EventMessage, false},
		"a change is known by number and text":        {edited, message(5, "better", 9_001), EventEdit, true},
		"another change of it is somebody's":          {edited, message(5, "best", 9_001), EventEdit, false},
		"who changed it need not have written it":     {edited, message(5, "better", 9_001), EventMessage, false},
		"who wrote it need not have changed it later": {answered, message(5, "hello", 9_001), EventEdit, false},
	} {
		t.Run(sentence, func(t *testing.T) {
			var o ownMessages
			o.earlier([]inbox.Deed{row.deed}, time.Unix(born, 0))
			for range 2 { // a difference may tell twice
				if own := o.didBefore(row.message, row.kind); own != row.own {
					t.Errorf("own is %v", own)
				}
			}
		})
	}
	t.Run("the same text once more was typed", func(t *testing.T) {
		var o ownMessages
		o.earlier([]inbox.Deed{sent}, time.Unix(born, 0))
		if !o.didBefore(message(5, "hello", 9_001), EventMessage) || o.didBefore(message(6, "hello", 9_001), EventMessage) {
			t.Error("one deed stands for two messages, or for none")
		}
	})
}
