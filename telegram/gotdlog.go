package telegram

import (
	"context"
	"log/slog"

	"github.com/gotd/log"
	"github.com/gotd/log/logslog"
)

// gotdLogger gives gotd's warnings to our log, as details for who debugs: each that matters comes
// back to us as an error. Some of gotd's lines carry whole updates, so only short values pass.
// unread is told of messages that gotd could not read: it says so nowhere else, and drops what came with them.
func gotdLogger(l *slog.Logger, unread func()) log.Logger {
	return logslog.New(slog.New(quiet{l.Handler(), unread}))
}

type quiet struct {
	slog.Handler
	unread func()
}

// unreadable is what gotd says of a message that it could not read.
const unreadable = "Error while handling message"

const longestValue = 200

func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && (q.unread != nil || q.Handler.Enabled(ctx, slog.LevelDebug))
}

func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	if r.Message == unreadable && q.unread != nil {
		q.unread()
	}
	if !q.Handler.Enabled(ctx, slog.LevelDebug) {
		return nil
	}
	out := slog.NewRecord(r.Time, slog.LevelDebug, "gotd: "+r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		out.AddAttrs(short(a))
		return true
	})
	return q.Handler.Handle(ctx, out)
}

func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler {
	out := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		out[i] = short(a)
	}
	return quiet{q.Handler.WithAttrs(out), q.unread}
}

func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name), q.unread} }

func short(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindAny:
		if err, ok := v.Any().(error); ok {
			return short(slog.String(a.Key, err.Error()))
		}
		return slog.String(a.Key, "(left out)")
	case slog.KindString:
		if s := v.String(); len(s) > longestValue {
			return slog.String(a.Key, s[:longestValue]+"...")
		}
	}
	return slog.Attr{Key: a.Key, Value: v}
}
