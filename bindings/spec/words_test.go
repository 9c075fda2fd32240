package spec_test

import (
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
)

func TestNearest(t *testing.T) {
	known := []string{"silent", "reply_to", "send_message", "edit_message", "on", "warn", "schedule"}
	for _, row := range [][2]string{
		{"slient", "silent"},    // neighbours swapped
		{"silnt", "silent"},     // one missing
		{"silentt", "silent"},   // one too many
		{"Silent", "silent"},    // capitals
		{"replyTo", "reply_to"}, // another style
		{"replyto", "reply_to"}, // without underscore
		{"sendMessage", "send_message"},
		{"send", "send_message"},    // half of it
		{"message", "edit_message"}, // half of several: the shorter one
		{"warning", "warn"},         // more than it
		{"ona", "on"},               // short names need short distances
		{"xyz", ""},
		{"", ""},
	} {
		if got := spec.Nearest(row[0], known); got != row[1] {
			t.Errorf("%q: got %q, want %q", row[0], got, row[1])
		}
	}
}

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"5": 5 * time.Second, "0": 0, "1.5": 1500 * time.Millisecond, "5m": 5 * time.Minute, "1h30m": 90 * time.Minute,
		"2d": 48 * time.Hour, "1d12h": 36 * time.Hour, "10ms": 10 * time.Millisecond,
		"": -1, "soon": -1, "-1": -1, "-5m": -1, "1d-5h": -1, "d": -1, "-1d": -1, "NaN": -1, "Inf": -1, "1e300": -1, "999999999999h": -1, "100000d200000h": -1,
	} {
		got, ok := spec.ParseDuration(text)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: got %v, %v", text, got, ok)
		}
	}
}

func FuzzParseDuration(f *testing.F) {
	f.Add("1d2h3m")
	f.Fuzz(func(t *testing.T, s string) {
		if d, ok := spec.ParseDuration(s); ok && d < 0 {
			t.Errorf("%q is %v", s, d)
		}
	})
}
