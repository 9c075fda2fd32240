package telegram

import (
	"slices"
	"strings"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// TestAlbumsAcrossAGap has Telegram keep only some of the parts of an album.
func TestAlbumsAcrossAGap(t *testing.T) {
	part := func(id int, group int64) tg.MessageClass {
		return &tg.Message{ID: id, PeerID: &tg.PeerUser{UserID: 5}, GroupedID: group}
	}
	for sentence, row := range map[string]struct {
		parts   []int
		skipped []int64
		answer  []tg.MessageClass
		err     error
		want    string
		partial bool
	}{
		"the last part is asked for":         {[]int{21, 22}, []int64{0}, []tg.MessageClass{part(23, 77), part(24, 78), part(19, 0)}, nil, "21 22 23 in 5 after 500ms", false},
		"all but one are":                    {[]int{22}, []int64{0}, []tg.MessageClass{part(21, 77), part(23, 77)}, nil, "21 22 23 in 5 after 500ms", false},
		"none was missing":                   {[]int{21, 22}, []int64{0}, []tg.MessageClass{part(23, 0)}, nil, "21 22 in 5 after 500ms", false},
		"they can't be had":                  {[]int{21, 22}, []int64{0}, nil, tgerr.New(500, "INTERNAL"), "21 22 in 5 after 500ms", true},
		"a gap in a channel is not its own":  {[]int{21, 22}, []int64{9}, []tg.MessageClass{part(23, 77)}, nil, "21 22 in 5 after 500ms", false},
		"one part without others is no more": {[]int{21}, []int64{0}, nil, nil, "", false},
	} {
		t.Run(sentence, func(t *testing.T) {
			p := newAlbumPuppet(t)
			p.answer = func(in bin.Encoder) (bin.Encoder, error) {
				asked := in.(*tg.MessagesGetMessagesRequest).ID
				low, high := asked[0].(*tg.InputMessageID).ID, asked[len(asked)-1].(*tg.InputMessageID).ID
				if last := slices.Max(row.parts); low != last-9 || high != slices.Min(row.parts)+9 {
					t.Errorf("asked for %d to %d", low, high)
				}
				return &tg.MessagesMessages{Messages: row.answer}, row.err
			}
			for _, id := range row.parts {
				p.part(t, id, 5, 77)
			}
			for _, channel := range row.skipped {
				if _, err := p.deliver(t.Context(), []inbox.Item{{Skipped: &inbox.Skipped{Channel: channel, From: 1, To: 2}}}); err != nil {
					t.Fatal(err)
				}
			}
			p.silence(t, albumWindow)
			partial := slices.ContainsFunc(p.events, func(e *Event) bool {
				album, ok := e.Detail.(*AlbumEvent)
				return ok && album.Partial
			})
			if got := p.albumsTold(); got != row.want || partial != row.partial {
				t.Errorf("told %q, partial: %v", got, partial)
			}
			if asked := strings.Join(p.asked, " "); strings.Contains(asked, "getMessages") == (row.skipped[0] == 9) {
				t.Errorf("asked %s", asked)
			}
		})
	}
}
