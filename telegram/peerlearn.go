package telegram

import (
	"time"

	"github.com/gotd/td/tg"
)

// learn takes over what Telegram said about users and chats.
func (b *peerBook) learn(users []tg.UserClass, chats []tg.ChatClass) {
	if len(users)+len(chats) == 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, u := range users {
		if u, ok := u.(*tg.User); ok {
			b.learnUser(u)
		}
	}
	for _, c := range chats {
		b.learnChat(c)
	}
}

func (b *peerBook) learnUser(u *tg.User) {
	k := b.fetch(u.ID)
	today := dayOf(time.Now())
	if old := k.peer.User; old != nil && sameUser(old, u) && (u.Min || k.record.Seen == today) {
		if !u.Min || old.Min {
			k.peer.User = u
		}
		return
	}
	if u.Min {
		if k.peer.User == nil || k.peer.User.Min {
			k.peer.User = u
		}
		return // names of min users are right, but those of whole ones come from the same server
	}
	k.peer.User = u
	b.set(k, recordOfUser(u, k.record).seen(today))
}

// sameUser says whether nothing changed that the store or the address depends on. It is asked for
// every user of every update.
func sameUser(a, b *tg.User) bool {
	return a.AccessHash == b.AccessHash && a.Min == b.Min && a.Username == b.Username && a.FirstName == b.FirstName &&
		a.LastName == b.LastName && a.Phone == b.Phone && a.Contact == b.Contact && len(a.Usernames) == len(b.Usernames)
}

func (b *peerBook) learnChat(c tg.ChatClass) {
	today := dayOf(time.Now())
	switch c := c.(type) {
	case *tg.Channel:
		k := b.fetch(channelID(c.ID))
		old, _ := k.peer.Chat.(*tg.Channel)
		if c.Min && k.record.Hash != 0 && old != nil {
			return
		}
		k.peer.Chat = c
		if same := old != nil && old.AccessHash == c.AccessHash && old.Min == c.Min && old.Title == c.Title &&
			old.Username == c.Username && old.Left == c.Left && len(old.Usernames) == len(c.Usernames) && k.record.Seen == today; !same && !c.Min {
			b.set(k, recordOfChannel(c, k.record).seen(today))
		}
	case *tg.ChannelForbidden:
		k := b.fetch(channelID(c.ID))
		k.peer.Chat = c
		b.set(k, peerRecord{Hash: c.AccessHash, Title: c.Title}.seen(today))
	case *tg.Chat:
		k := b.fetch(groupID(c.ID))
		k.peer.Chat = c
		record := peerRecord{Title: c.Title, Near: !c.Left && !c.Deactivated}
		if moved, ok := c.MigratedTo.(*tg.InputChannel); ok {
			record.Moved, record.Near = channelID(moved.ChannelID), false
			if to := b.fetch(record.Moved); to.record.Hash == 0 {
				b.set(to, peerRecord{Hash: moved.AccessHash, Title: c.Title, Near: true}.seen(today))
			}
		}
		b.set(k, record.seen(today))
	case *tg.ChatForbidden:
		k := b.fetch(groupID(c.ID))
		k.peer.Chat = c
		b.set(k, peerRecord{Title: c.Title}.seen(today))
	}
}
