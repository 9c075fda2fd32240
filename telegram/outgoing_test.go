package telegram

import (
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// A search in all chats may find messages of channels of which Telegram shows a glimpse only (min, without a hash).
func TestSearchEverywhereTellsTheChat(t *testing.T) {
	p := newPuppet(func(bin.Encoder) (bin.Encoder, error) {
		return &tg.MessagesMessages{
			Messages: []tg.MessageClass{&tg.Message{ID: 5, PeerID: &tg.PeerChannel{ChannelID: 77}, Message: "seen"}},
			Chats:    []tg.ChatClass{&tg.Channel{ID: 77, Min: true, Title: "Glimpsed", Photo: &tg.ChatPhotoEmpty{}}},
		}, nil
	})
	found, _, err := p.Messages(nil, HistoryOptions{Search: "seen"}).Collect(t.Context())
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if chat := found[0].Chat; chat.ID != channelID(77) || chat.Chat == nil {
		t.Errorf("the chat is %+v", chat)
	}
}
