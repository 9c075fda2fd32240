package layers

import (
	"reflect"

	"github.com/gotd/td/tg"
)

// renamed are methods that go by another name today. What they were told of a channel they are told
// of a peer now.
var renamed = map[string]string{
	"channels.createForumTopic":         "messages.createForumTopic",
	"channels.deleteTopicHistory":       "messages.deleteTopicHistory",
	"channels.editCreator":              "messages.editChatCreator",
	"channels.editForumTopic":           "messages.editForumTopic",
	"channels.getForumTopics":           "messages.getForumTopics",
	"channels.getForumTopicsByID":       "messages.getForumTopicsByID",
	"channels.reorderPinnedForumTopics": "messages.reorderPinnedForumTopics",
	"channels.updatePinnedForumTopic":   "messages.updatePinnedForumTopic",
}

// channelAsPeer moves what an older method says of its channel to where the newest has its peer.
func channelAsPeer(old fields, in any) {
	peer := reflect.ValueOf(in).Elem().FieldByName("Peer")
	switch c := old["channel"].(type) {
	case *tg.InputChannel:
		peer.Set(reflect.ValueOf(&tg.InputPeerChannel{ChannelID: c.ChannelID, AccessHash: c.AccessHash}))
	case *tg.InputChannelFromMessage:
		peer.Set(reflect.ValueOf(&tg.InputPeerChannelFromMessage{Peer: c.Peer, MsgID: c.MsgID, ChannelID: c.ChannelID}))
	case tg.InputPeerClass: // clients of Pyrogram's family say it so
		peer.Set(reflect.ValueOf(c))
	default:
		peer.Set(reflect.ValueOf(&tg.InputPeerEmpty{}))
	}
}
