package layers

import (
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func TestPeersStandInForUsersAndChannels(t *testing.T) {
	table := For(158)
	var b bin.Buffer
	b.PutID(0x77ced9d0) // channels.getParticipants of layer 158
	b.PutID(table.byName["inputPeerChannel"].id)
	b.PutLong(7)
	b.PutLong(8)
	b.PutID(table.byName["channelParticipantsRecent"].id)
	for range 2 {
		b.PutInt(0)
	}
	b.PutLong(0)
	var in tg.ChannelsGetParticipantsRequest
	if err := table.Decode(&b, &in); err != nil {
		t.Fatal(err)
	}
	if c, ok := in.Channel.(*tg.InputChannel); !ok || c.ChannelID != 7 || c.AccessHash != 8 {
		t.Errorf("the channel is %v", in.Channel)
	}
	for _, p := range []tg.InputPeerClass{&tg.InputPeerSelf{}, &tg.InputPeerUser{UserID: 1}, &tg.InputPeerUserFromMessage{UserID: 1}, &tg.InputPeerChannelFromMessage{ChannelID: 1}} {
		if _, ok := alike(p); !ok {
			t.Errorf("%v stands for nothing", p)
		}
	}
	if _, ok := alike(&tg.InputPeerChat{ChatID: 1}); ok {
		t.Error("a group stands for a channel")
	}
}
