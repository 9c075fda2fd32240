package telegram

import (
	"sync/atomic"
	"time"

	"github.com/tgscript/tgscript/telegram/proxy"
)

// Standing is how an account stands with Telegram, and what it has done since it was opened.
type Standing struct {
	Connection ConnectionState
	Since      time.Time // of the connection's state; zero before Run
	DC         int       // data center of the session; 0 for none
	Proxy      proxy.Chain

	Connections int64     // that stood
	Calls       int64     // to Telegram, by whomever
	Failed      int64     // of them; not those of a sign-in, which asks by them who it is, and where
	Floods      int64     // pauses that Telegram has ordered
	Updates     int64     // messages with updates that came
	LastUpdate  time.Time // the latest of them; zero for none
	Waiting     int       // of them, for events before them to be handed over
}

// tally counts what an account does. Counting must cost nothing.
type tally struct {
	calls, failed, floods, updates, connections atomic.Int64
	updated, changed                            atomic.Int64 // Unix nanoseconds
}

// Standing of the account now.
func (a *Account) Standing() Standing {
	t := &a.tally
	s := Standing{
		Connection: a.Connection(), Since: moment(t.changed.Load()), Proxy: a.opts.Proxy,
		Connections: t.connections.Load(), Calls: t.calls.Load(), Failed: t.failed.Load(), Floods: t.floods.Load(),
		Updates: t.updates.Load(), LastUpdate: moment(t.updated.Load()),
	}
	if r := a.vault.snapshot(); r != nil {
		s.DC = r.Data.DC
	}
	if box := a.updates.get(); box != nil {
		s.Waiting = box.Waiting()
	}
	return s
}

func moment(unixNano int64) time.Time {
	if unixNano == 0 {
		return time.Time{}
	}
	return time.Unix(0, unixNano)
}

// called counts a call that has ended.
func (a *Account) called(err error) error {
	a.tally.calls.Add(1)
	if err != nil && a.Self() != nil {
		a.tally.failed.Add(1)
	}
	return err
}

// came counts updates off the wire.
func (t *tally) came() {
	t.updates.Add(1)
	t.updated.Store(time.Now().UnixNano())
}

// stands notes a change of the connection.
func (t *tally) stands(s ConnectionState) {
	t.changed.Store(time.Now().UnixNano())
	if s.Name == Ready {
		t.connections.Add(1)
	}
}
