package sandbox

import (
	"log/slog"

	"github.com/gotd/td/clock"
)

// Options describe a Server. The zero value is a server in memory with the default people.
type Options struct {
	// Listen is the loopback address of the first data centre; "" means 127.0.0.1:0. With port 80 all is
	// as at Telegram: an address for each data centre, which listens on 443 as well.
	Listen string
	// Dir keeps keys, sign-ins and messages over restarts; "" keeps everything in memory.
	Dir string
	// Seed says who lives here; nil means [DefaultSeed]. A Dir that was used before wins.
	Seed *Seed
	// Clock is where dates, limits and schedules take their time from; nil means the machine's
	// clock. MTProto itself always keeps the machine's time, as clients do.
	Clock clock.Clock
	// Logger gets what goes wrong and what isn't emulated; nil means silence.
	Logger *slog.Logger
	// Random makes what is random in a server's state (invite links, ids of polls) the same for
	// the same number, so that with a [VirtualClock] that stands still a run can be repeated exactly.
	// 0 makes it unforeseeable. Inspections leave out what clients make up then. Keys, passwords and what guards them are that always.
	Random uint64
	// Inspect is told of every call and update; see [Server.Inspect].
	Inspect func(Inspection)
	// InspectAnswers lets inspections of calls hold their answers, not only the types of those.
	InspectAnswers bool
	// LongUpdates sends everything in whole containers, which Telegram does only where it must: by
	// default people are told of texts and of what passes in the short forms of
	// https://core.telegram.org/api/updates, which name no users.
	LongUpdates bool
	// Limits change the sizes at which Telegram's rules begin to bite.
	Limits Limits
}

// Limits are the sizes of https://core.telegram.org/api/config and of the update log. A zero
// field means Telegram's own value, or, for the log, one that tests don't run into by accident.
type Limits struct {
	MessageLength int // characters of one message; 4096
	CaptionLength int // characters beside a photo or file; 1024
	Storage       int // bytes of all files; 256 MB in memory, 16 GB in a folder
	Slice         int // events in one updates.getDifference; 1000
	Log           int // events kept for each account and channel before a difference is too long; 10000
	CodeTries     int // wrong codes before a code is dead; 5
	TakeoutDelay  int // seconds that account.initTakeoutSession makes an account wait; 0, where Telegram may say a day
}

func (l Limits) withDefaults() Limits {
	for _, field := range []struct {
		value    *int
		fallback int
	}{
		{&l.MessageLength, 4096},
		{&l.CaptionLength, 1024},
		{&l.Slice, 1000},
		{&l.Log, 10_000},
		{&l.CodeTries, 5},
	} {
		if *field.value <= 0 {
			*field.value = field.fallback
		}
	}
	return l
}
