package telegram

import "time"

// TuneNow replaces the clock that pauses and delays between connections are measured by. Call it before Run.
func (a *Account) TuneNow(now func() time.Time) {
	a.tune.now = now
	a.setPace(a.opts.BotToken != "")
}
