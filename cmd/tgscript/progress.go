package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// Transfers that are over soon are not worth a line, and nobody reads more than a few a second.
const (
	quickTransfer = time.Second
	redrawEvery   = 200 * time.Millisecond
)

// progress shows how far files have come, where a person sits before a terminal; nil elsewhere.
func (a *app) progress() func(what, name string) (func(done, total int64), func()) {
	if !isTerminal(a.err) {
		return nil
	}
	return func(what, name string) (func(done, total int64), func()) {
		line := &progressLine{to: a.err, now: time.Now, text: what + " " + printable(name), began: time.Now()}
		return line.report, line.over
	}
}

// progressLine is one line that is drawn over itself. It ends with the cursor at its begin, so that whatever else is
// printed takes its place.
type progressLine struct {
	to   io.Writer
	now  func() time.Time
	text string

	mu          sync.Mutex
	began, last time.Time
	drawn       bool
}

func (l *progressLine) report(done, total int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if now.Sub(l.began) < quickTransfer || now.Sub(l.last) < redrawEvery {
		return
	}
	l.last, l.drawn = now, true
	state := megabytes(done)
	if total > 0 {
		state = fmt.Sprintf("%3d %% of %s", 100*done/total, megabytes(total))
	}
	perSecond := float64(done) / now.Sub(l.began).Seconds()
	fmt.Fprintf(l.to, "\r\x1b[K%s  %s  %s/s\r", l.text, state, megabytes(int64(perSecond)))
}

// over wipes the line.
func (l *progressLine) over() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.drawn {
		fmt.Fprint(l.to, "\r\x1b[K")
	}
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }
