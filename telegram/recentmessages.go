package telegram

import (
	"sync"

	"github.com/gotd/td/tg"
)

// recentSize is of how many messages the chat is remembered: of the last ones, since an account numbers its messages
// one after the other.
const recentSize = 8192

// recentMessages remembers in which private chat or basic group a message is: Telegram names those by their number
// alone when they are deleted or listened to.
type recentMessages struct {
	mu    sync.Mutex
	slots []recentMessage // by the id's remainder; nil until there is one
}

type recentMessage struct {
	id   int
	chat int64
}

// see notes where a message is. Channels number their messages by themselves, and are always named.
func (r *recentMessages) see(id int, peer tg.PeerClass) {
	if _, channel := peer.(*tg.PeerChannel); channel || peer == nil || id <= 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.slots == nil {
		r.slots = make([]recentMessage, recentSize)
	}
	if slot := &r.slots[id%recentSize]; id >= slot.id { // old messages that are read don't drive out new ones
		*slot = recentMessage{id, MarkedID(peer)}
	}
}

// chatMessages are ids of one chat; 0 is not known.
type chatMessages struct {
	chat int64
	ids  []int
}

// byChat sorts ids by their chats, in the order in which these come.
func (r *recentMessages) byChat(ids []int) []chatMessages {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []chatMessages
next:
	for _, id := range ids {
		var chat int64
		if r.slots != nil && id > 0 && r.slots[id%recentSize].id == id {
			chat = r.slots[id%recentSize].chat
		}
		for i := range list {
			if list[i].chat == chat {
				list[i].ids = append(list[i].ids, id)
				continue next
			}
		}
		list = append(list, chatMessages{chat, []int{id}})
	}
	return list
}
