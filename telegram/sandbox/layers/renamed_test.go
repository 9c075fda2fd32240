package layers

import (
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tdp"
	"github.com/gotd/td/tg"
)

func TestMethodsThatWereRenamed(t *testing.T) {
	at := &tg.InputChannel{ChannelID: 7, AccessHash: 8}
	for old, row := range map[string]struct {
		into tdp.Object
		rest func(b *bin.Buffer)
	}{
		"channels.editCreator": {&tg.MessagesEditChatCreatorRequest{}, func(b *bin.Buffer) {
			_ = (&tg.InputUserSelf{}).Encode(b)
			_ = (&tg.InputCheckPasswordEmpty{}).Encode(b)
		}},
		"channels.getForumTopicsByID":     {&tg.MessagesGetForumTopicsByIDRequest{}, func(b *bin.Buffer) { b.PutVectorHeader(1); b.PutInt(5) }},
		"channels.updatePinnedForumTopic": {&tg.MessagesUpdatePinnedForumTopicRequest{}, func(b *bin.Buffer) { b.PutInt(5); b.PutBool(true) }},
		"channels.deleteTopicHistory":     {&tg.MessagesDeleteTopicHistoryRequest{}, func(b *bin.Buffer) { b.PutInt(5) }},
	} {
		for _, layer := range []int{150, 158, 198} {
			table := For(layer)
			var id uint32
			for number, d := range table.methods {
				if d.name == old {
					id = number
				}
			}
			if id == 0 {
				t.Errorf("layer %d has no %s", layer, old)
				continue
			}
			if now := table.Method(id); now != renamed[old] {
				t.Errorf("%s is called %q", old, now)
			}
			var b bin.Buffer
			b.PutID(id)
			_ = at.Encode(&b)
			row.rest(&b)
			if err := table.Decode(&b, row.into); err != nil {
				t.Errorf("%s of layer %d: %v", old, layer, err)
				continue
			}
			p, ok := row.into.(interface{ GetPeer() tg.InputPeerClass }).GetPeer().(*tg.InputPeerChannel)
			if !ok || p.ChannelID != 7 || p.AccessHash != 8 {
				t.Errorf("%s is about %v", old, row.into)
			}
		}
	}
}

func TestAChannelBecomesAPeer(t *testing.T) {
	for want, in := range map[uint32]any{
		tg.InputPeerChannelTypeID:            &tg.InputChannel{},
		tg.InputPeerChannelFromMessageTypeID: &tg.InputChannelFromMessage{},
		tg.InputPeerSelfTypeID:               &tg.InputPeerSelf{},
		tg.InputPeerEmptyTypeID:              nil,
	} {
		var request tg.MessagesGetForumTopicsRequest
		channelAsPeer(fields{"channel": in}, &request)
		if request.Peer == nil || request.Peer.TypeID() != want {
			t.Errorf("%v became %v", in, request.Peer)
		}
	}
}
