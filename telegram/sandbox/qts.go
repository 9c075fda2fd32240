package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// qtsBox is an account's second row of updates: what bots are told about members and requests.
// See https://core.telegram.org/api/updates#update-handling. A server with a folder keeps it.
type qtsBox struct {
	Last int
	Log  [][]byte // updates in TL form; the last has the number Last
}

const qtsKept = 1000

// noteQts gives an update the account's next number, keeps it and tells it.
func (s *Server) noteQts(u *user, make func(qts int) tg.UpdateClass) {
	u.qts.Last++
	update := make(u.qts.Last)
	var b bin.Buffer
	if err := update.Encode(&b); err != nil {
		s.report(err)
		return
	}
	u.qts.Log = append(u.qts.Log, b.Buf)
	if len(u.qts.Log) > 2*qtsKept {
		u.qts.Log = append(u.qts.Log[:0], u.qts.Log[len(u.qts.Log)-qtsKept:]...)
	}
	s.push(u, nil, update)
}

// since returns the updates after a number, as far as they are kept.
func (q *qtsBox) since(qts int) ([]tg.UpdateClass, error) {
	var list []tg.UpdateClass
	for _, raw := range q.Log[max(0, len(q.Log)-max(0, q.Last-qts)):] {
		update, err := tg.DecodeUpdate(&bin.Buffer{Buf: raw})
		if err != nil {
			return nil, err
		}
		list = append(list, update)
	}
	return list, nil
}
