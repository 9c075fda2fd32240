package inbox

import (
	"encoding/binary"
	"hash/fnv"

	"github.com/gotd/td/tg"
)

// key names an update so that it is known again when Telegram tells of it once more, in a difference
// and so without the number that it first came with.
type key struct {
	kind    keyKind
	channel int64 // 0 outside of channels
	number  uint64
}

type keyKind uint8

const (
	keyNone     keyKind = iota // nobody keeps count
	keyMessage                 // number is the message's id
	keyEdit                    // number is made of id, date and text: two edits may be of the same second
	keyCounted                 // number is made of the type and pts or qts
	keyOnce                    // Telegram tells of it once: number is its slot
	keyQuestion                // a question to a bot, which comes again while Telegram isn't sure that it came: number is its id
	keyTogether                // no update: a record of records that count together
	keyDeed                    // no update: a call of ours that an update may tell of
)

// keyOf names an update; one that only comes once is named by its slot.
func keyOf(u tg.UpdateClass, slot uint64) key {
	switch u := u.(type) {
	case *tg.UpdateNewMessage:
		return messageKey(u.Message, slot)
	case *tg.UpdateNewChannelMessage:
		return messageKey(u.Message, slot)
	case *tg.UpdateEditMessage:
		return editKey(u.Message, slot)
	case *tg.UpdateEditChannelMessage:
		return editKey(u.Message, slot)
	}
	at := place(u)
	if id := queryOf(u); id != 0 {
		return key{kind: keyQuestion, number: uint64(id)}
	}
	if at.kind == uncountedUpdate || at.kind == tooLongUpdate {
		return key{kind: keyOnce, number: slot}
	}
	return key{kind: keyCounted, channel: at.channel, number: uint64(u.TypeID())<<32 | uint64(uint32(at.pts))}
}

func messageKey(m tg.MessageClass, slot uint64) key {
	if m, ok := m.(tg.NotEmptyMessage); ok {
		return key{kind: keyMessage, channel: channelIn(m), number: uint64(m.GetID())}
	}
	return key{kind: keyOnce, number: slot}
}

func editKey(m tg.MessageClass, slot uint64) key {
	message, ok := m.(*tg.Message)
	if !ok {
		return messageKey(m, slot)
	}
	h := fnv.New64a()
	var head [16]byte
	binary.LittleEndian.PutUint64(head[:], uint64(message.ID))
	binary.LittleEndian.PutUint64(head[8:], uint64(message.EditDate))
	_, _ = h.Write(head[:])
	_, _ = h.Write([]byte(message.Message))
	return key{kind: keyEdit, channel: channelIn(message), number: h.Sum64()}
}

// changedKey is the key of the change of a message that is told of as new, for it was changed before anybody heard of
// it; none if it was not.
func changedKey(u tg.UpdateClass) key {
	var message tg.MessageClass
	switch u := u.(type) {
	case *tg.UpdateNewMessage:
		message = u.Message
	case *tg.UpdateNewChannelMessage:
		message = u.Message
	}
	if m, ok := message.(*tg.Message); !ok || m.EditDate == 0 || m.EditHide {
		return key{}
	}
	return editKey(message, 0)
}

func channelIn(m tg.NotEmptyMessage) int64 {
	if c, ok := m.GetPeerID().(*tg.PeerChannel); ok {
		return c.ChannelID
	}
	return 0
}

// queryOf is the id of a question to a bot, such as a button that was pressed; 0 for any other update.
func queryOf(u tg.UpdateClass) int64 {
	if q, ok := u.(interface{ GetQueryID() int64 }); ok {
		return q.GetQueryID()
	}
	return 0
}

// party is one of those that handle updates, and what for, by a hash. 0 stands for all of them.
type party uint32

func partyOf(kind, name string) party {
	h := fnv.New32a()
	_, _ = h.Write([]byte(kind + "\x00" + name))
	return party(max(1, h.Sum32()))
}

const keySize = 1 + 8 + 8

func (k key) append(b []byte) []byte {
	b = append(b, byte(k.kind))
	b = binary.LittleEndian.AppendUint64(b, uint64(k.channel))
	return binary.LittleEndian.AppendUint64(b, k.number)
}

func readKey(b []byte) key {
	return key{keyKind(b[0]), int64(binary.LittleEndian.Uint64(b[1:])), binary.LittleEndian.Uint64(b[9:])}
}
