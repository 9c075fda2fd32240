package tgscript

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
)

// LogLine is one line of what a host and its scripts have to say.
type LogLine struct {
	Time     time.Time         `json:"time"`
	Level    string            `json:"level"` // "debug", "info", "warn" or "error"
	Kind     string            `json:"kind"`  // "log", "print", or "error" for the error of a script
	Account  string            `json:"account,omitempty"`
	Script   string            `json:"script,omitempty"`
	Text     string            `json:"text"`
	Values   map[string]string `json:"values,omitempty"`
	Detail   string            `json:"detail,omitempty"`   // the error with its traceback
	Repeated int               `json:"repeated,omitempty"` // so many times more than the line before it; then it says nothing else
	Missed   int               `json:"missed,omitempty"`   // so many lines before it were too many for this reader

	level slog.Level
}

// Bounds of the book: of its lines, of their size together, of one of them, and of what waits for a reader.
const (
	bookLines   = 5000
	bookBytes   = 2 << 20
	lineBytes   = 8 << 10
	followLines = 1000
)

// logbook keeps the latest lines, and hands new ones to those who follow. Nobody who writes ever waits for a reader.
type logbook struct {
	hide *strings.Replacer // secrets of the config

	mu        sync.Mutex
	lines     []LogLine // the latest last
	size      int
	followers map[*follower]struct{}
}

// follower gets new lines as they come.
type follower struct {
	lines  chan LogLine
	missed int // guarded by the book
}

func newLogbook(c *Config) *logbook {
	return &logbook{hide: strings.NewReplacer(c.secrets()...), followers: map[*follower]struct{}{}}
}

// secrets are pairs of what must not be shown, and what is shown in its place.
func (c *Config) secrets() (pairs []string) {
	hide := func(secret, shown string) {
		const guessable = 6 // what is shorter would be found in innocent words
		if len(secret) >= guessable {
			pairs = append(pairs, secret, shown)
		}
	}
	hide(string(c.APIHash), hidden)
	for _, name := range c.Names() {
		a := c.Accounts[name]
		hide(string(a.BotToken), hidden)
		for _, phone := range []string{a.Phone, digits(a.Phone)} {
			hide(phone, "(phone of "+name+")")
		}
	}
	return pairs
}

func (l *LogLine) bytes() int {
	n := len(l.Text) + len(l.Detail) + 100
	for name, value := range l.Values {
		n += len(name) + len(value)
	}
	return n
}

func (b *logbook) clean(text string) string {
	if text = b.hide.Replace(text); len(text) > lineBytes { // in this order: half a secret would be found no more
		text = strings.ToValidUTF8(text[:lineBytes], "") + "…"
	}
	return text
}

// add writes a line.
func (b *logbook) add(l LogLine) {
	if l.Time.IsZero() {
		l.Time = time.Now()
	}
	l.Level = strings.ToLower(l.level.String())
	l.Text, l.Detail = b.clean(l.Text), b.clean(l.Detail)
	for name, value := range l.Values {
		l.Values[name] = b.clean(value)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = append(b.lines, l)
	b.size += l.bytes()
	drop := 0
	for len(b.lines)-drop > bookLines || b.size > bookBytes && drop < len(b.lines)-1 {
		b.size -= b.lines[drop].bytes()
		b.lines[drop] = LogLine{}
		drop++
	}
	b.lines = b.lines[drop:] // append moves the rest from time to time
	for f := range b.followers {
		next := l
		next.Missed = f.missed
		select {
		case f.lines <- next:
			f.missed = 0
		default:
			f.missed++
		}
	}
}

// read gives the lines there are, and with follow those that come, until leave is called.
func (b *logbook) read(follow bool) (lines []LogLine, more <-chan LogLine, leave func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	lines = slices.Clone(b.lines)
	if !follow {
		return lines, nil, func() {}
	}
	f := &follower{lines: make(chan LogLine, followLines)}
	b.followers[f] = struct{}{}
	return lines, f.lines, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.followers, f)
	}
}

// bookHandler writes what is logged into the book, from information on, and hands it to the handler of the program.
type bookHandler struct {
	slog.Handler
	book   *logbook
	attrs  []slog.Attr
	prefix string // of groups
}

func (h bookHandler) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelInfo || h.Handler.Enabled(ctx, level)
}

func (h bookHandler) Handle(ctx context.Context, r slog.Record) error {
	line := LogLine{Time: r.Time, Kind: "log", Text: r.Message, level: r.Level}
	for _, a := range h.attrs {
		line.note(a.Key, a.Value)
	}
	r.Attrs(func(a slog.Attr) bool {
		line.note(h.prefix+a.Key, a.Value)
		return true
	})
	h.book.add(line)
	if !h.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

// note keeps one attribute; those that have a place of their own go there.
func (l *LogLine) note(name string, value slog.Value) {
	value = value.Resolve()
	if value.Kind() == slog.KindGroup {
		for _, a := range value.Group() {
			l.note(name+"."+a.Key, a.Value)
		}
		return
	}
	switch name {
	case "account":
		l.Account = value.String()
	case "script":
		l.Script = value.String()
	case "detail":
		l.Detail = value.String()
	default:
		if l.Values == nil {
			l.Values = map[string]string{}
		}
		l.Values[name] = value.String()
	}
}

func (h bookHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	if slices.ContainsFunc(attrs, func(a slog.Attr) bool { return a.Key == "room" }) {
		return h.Handler.WithAttrs(attrs) // what the embedded sandbox tells of itself is no word of the host's
	}
	h.Handler, h.attrs = h.Handler.WithAttrs(attrs), slices.Clone(h.attrs)
	for _, a := range attrs {
		h.attrs = append(h.attrs, slog.Attr{Key: h.prefix + a.Key, Value: a.Value})
	}
	return h
}

func (h bookHandler) WithGroup(name string) slog.Handler {
	if name != "" {
		h.Handler, h.prefix = h.Handler.WithGroup(name), h.prefix+name+"."
	}
	return h
}
