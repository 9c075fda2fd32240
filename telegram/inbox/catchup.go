package inbox

import (
	"time"

	"github.com/gotd/td/tg"
)

// CatchUp says what happens to updates of the time when the account was down. The zero value hands all
// of them over, as late ones.
type CatchUp struct {
	None bool          // none of them
	Max  time.Duration // none that are older; 0 sets no limit
}

// Stale says whether a late update is one that nobody wants any more. Those that carry no date count as
// of now.
func (c CatchUp) Stale(u tg.UpdateClass, now time.Time) bool {
	if u == nil {
		return false
	}
	date := dateOf(u)
	return c.None || c.Max > 0 && date > 0 && now.Sub(time.Unix(int64(date), 0)) > c.Max
}

// dateOf is when what an update tells of happened; 0 if it doesn't say.
func dateOf(u tg.UpdateClass) int {
	var m tg.MessageClass
	switch u := u.(type) {
	case *tg.UpdateNewMessage:
		m = u.Message
	case *tg.UpdateNewChannelMessage:
		m = u.Message
	case *tg.UpdateEditMessage:
		m = u.Message
	case *tg.UpdateEditChannelMessage:
		m = u.Message
	case interface{ GetDate() int }:
		return u.GetDate()
	}
	if message, ok := m.(*tg.Message); ok && message.EditDate > message.Date {
		return message.EditDate
	}
	date, _ := written(m)
	return date
}
