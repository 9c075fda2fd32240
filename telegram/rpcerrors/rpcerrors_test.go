package rpcerrors

import (
	"slices"
	"strings"
	"testing"

	"github.com/gotd/td/tgerr"
)

func TestWords(t *testing.T) {
	explained := 0
	for _, k := range All() {
		switch {
		case k.Words == "":
			continue
		case strings.HasSuffix(k.Words, "."), len(k.Words) > 130, strings.Contains(k.Words, "  "):
			t.Errorf("%s is explained as %q", k.Kind, k.Words)
		case strings.Contains(k.Words, "{n}") && k.Number == "":
			t.Errorf("%s has a number in its words, and none itself", k.Kind)
		case k.Number == "seconds" && !strings.Contains(k.Words, "a while") && !strings.Contains(k.Words, "{n}"):
			t.Errorf("%s does not say how long to wait: %q", k.Kind, k.Words)
		}
		explained++
	}
	if len(All()) < 750 || explained < 500 {
		t.Errorf("%d errors, %d of them explained", len(All()), explained)
	}
	for line := range strings.Lines(words) {
		kind, text, ok := strings.Cut(line, " ")
		if _, known := Find(kind); !known || !ok || text == "" {
			t.Errorf("there is no error %q", kind)
		}
	}
	if !slices.IsSortedFunc(All(), func(a, b Known) int { return strings.Compare(a.Kind, b.Kind) }) {
		t.Error("the table is not in order")
	}
}

// TestCommonErrors has no error unexplained that many methods answer with.
func TestCommonErrors(t *testing.T) {
	for _, k := range All() {
		if len(k.Methods) >= 3 && k.Words == "" {
			t.Errorf("%s (%d methods) has no words", k.Kind, len(k.Methods))
		}
		if len(k.Codes) == 0 || k.Codes[0] == 0 {
			t.Errorf("%s has no code", k.Kind)
		}
	}
}

func TestNumbers(t *testing.T) {
	for raw, want := range map[string]string{
		"FLOOD_WAIT_37":            "too many calls: wait 37 s",
		"FLOOD_WAIT_4000":          "too many calls: wait 67 min",
		"FLOOD_WAIT_40000":         "too many calls: wait 12 h",
		"TAKEOUT_INIT_DELAY_86400": "Telegram wants to be sure that it is you: confirm in another app, or wait 24 h",
		"2FA_CONFIRM_WAIT_604800":  "the account has a password that nobody knows: it can be reset after 7 days",
		"FILE_MIGRATE_4":           "the file is in data center 4",
		"FILE_PART_3_MISSING":      "part 3 of the file did not arrive",
		"ALLOW_PAYMENT_REQUIRED_5": "the other side takes 5 stars for a message: set allow_paid_stars",
		"ALLOW_PAYMENT_REQUIRED":   "the other side takes some stars for a message: set allow_paid_stars",
		"FLOOD_WAIT":               "too many calls: wait a while",
		"CHAT_WRITE_FORBIDDEN":     "the account may not write in this chat",
		"NOBODY_KNOWS_THIS":        "",
	} {
		e := tgerr.New(400, raw)
		if got := Explain(e.Type, e.Argument); got != want {
			t.Errorf("%s is explained as %q, want %q", raw, got, want)
		}
	}
	if !Timed("FLOOD_WAIT") || Timed("FILE_MIGRATE") || !Timed("SESSION_TOO_FRESH") {
		t.Error("times are mixed up")
	}
}
