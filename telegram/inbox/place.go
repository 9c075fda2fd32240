package inbox

import "github.com/gotd/td/tg"

// updateKind is the sequence that counts an update.
type updateKind uint8

const (
	uncountedUpdate updateKind = iota // by seq at best
	commonUpdate
	qtsUpdate
	channelUpdate
	tooLongUpdate // says that a channel has more than Telegram wants to push
)

// position is where an update belongs: the sequence, the number after it, and how many it counts for.
type position struct {
	kind       updateKind
	channel    int64
	pts, count int
}

// place finds the position of an update. The number 0 stands for "not counted": taken for a number
// it would set a sequence back to its begin.
func place(u tg.UpdateClass) position {
	if pts, count, ok := tg.IsPtsUpdate(u); ok && pts > 0 {
		return position{kind: commonUpdate, pts: pts, count: count}
	}
	if long, ok := u.(*tg.UpdateChannelTooLong); ok {
		return position{kind: tooLongUpdate, channel: long.ChannelID, pts: long.Pts}
	}
	if channel, pts, count, ok, err := tg.IsChannelPtsUpdate(u); ok && err == nil && pts > 0 {
		return position{kind: channelUpdate, channel: channel, pts: pts, count: count}
	}
	if qts, ok := tg.IsQtsUpdate(u); ok && qts > 0 {
		return position{kind: qtsUpdate, pts: qts, count: 1}
	}
	return position{}
}

// Contents lists the updates in a container, as they come off the wire or in the answer of a call.
func Contents(u tg.UpdatesClass) []tg.UpdateClass {
	switch u := u.(type) {
	case *tg.Updates:
		return u.Updates
	case *tg.UpdatesCombined:
		return u.Updates
	case *tg.UpdateShort:
		return []tg.UpdateClass{u.Update}
	}
	return nil
}

// newMessage makes the update that would have brought the message, had it been pushed.
func newMessage(m tg.MessageClass, channel bool) tg.UpdateClass {
	if channel {
		return &tg.UpdateNewChannelMessage{Message: m}
	}
	return &tg.UpdateNewMessage{Message: m}
}

// written is when a message was written and its id; 0, 0 for one that is gone.
func written(m tg.MessageClass) (date, id int) {
	switch m := m.(type) {
	case *tg.Message:
		return m.Date, m.ID
	case *tg.MessageService:
		return m.Date, m.ID
	}
	return 0, 0
}
