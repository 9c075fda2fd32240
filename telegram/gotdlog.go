package telegram

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/gotd/log"
)

// gotdLogger gives gotd's warnings to our log, as details for who debugs: each that matters comes
// back to us as an error. Some of gotd's lines carry whole updates, so only short values pass.
// unread is told of messages that gotd could not read: it says so nowhere else, and drops what came with them.
func gotdLogger(l *slog.Logger, unread func()) log.Logger {
	return &gotdLog{handler: l.Handler(), unread: unread}
}

// gotdLog is written for lines that nobody reads: gotd makes a logger for each call and says a dozen things to it, so
// what a logger carries is joined only when something is said aloud.
type gotdLog struct {
	handler slog.Handler
	unread  func()
	parent  *gotdLog
	attrs   []log.Attr
}

// unreadable is what gotd says of a message that it could not read.
const unreadable = "Error while handling message"

const longestValue = 200

// Enabled implements log.Logger.
func (g *gotdLog) Enabled(ctx context.Context, level log.Level) bool {
	return level >= log.LevelWarn && (g.unread != nil || g.handler.Enabled(ctx, slog.LevelDebug))
}

// With implements log.Wither. gotd makes the attributes for the call and doesn't touch them again.
func (g *gotdLog) With(attrs ...log.Attr) log.Logger {
	return &gotdLog{handler: g.handler, unread: g.unread, parent: g, attrs: attrs}
}

// Log implements log.Logger.
func (g *gotdLog) Log(ctx context.Context, level log.Level, message string, attrs ...log.Attr) {
	if level < log.LevelWarn {
		return
	}
	if message == unreadable && g.unread != nil {
		g.unread()
	}
	if !g.handler.Enabled(ctx, slog.LevelDebug) {
		return
	}
	record := slog.NewRecord(time.Now(), slog.LevelDebug, "gotd: "+message, 0)
	var carried [][]log.Attr
	for at := g; at != nil; at = at.parent {
		carried = append(carried, at.attrs)
	}
	slices.Reverse(carried)
	for _, some := range append(carried, attrs) {
		for _, a := range some {
			record.AddAttrs(short(a))
		}
	}
	_ = g.handler.Handle(ctx, record)
}

func short(a log.Attr) slog.Attr {
	switch v := a.Value.Any().(type) {
	case string:
		return slog.String(a.Key, shortened(v))
	case error:
		return slog.String(a.Key, shortened(v.Error()))
	case int64, uint64, float64, bool, time.Duration, time.Time:
		return slog.Any(a.Key, v)
	}
	return slog.String(a.Key, "(left out)")
}

func shortened(s string) string {
	if len(s) > longestValue {
		return s[:longestValue] + "..."
	}
	return s
}
