package cron_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/service/clock"
	"github.com/tgscript/tgscript/bindings/service/cron"
)

func TestNext(t *testing.T) {
	for sentence, row := range map[string]struct{ schedule, from, zone, want string }{
		"every minute":               {"* * * * *", "2026-01-31 12:00:30", "", "2026-01-31 12:01"},
		"each quarter":               {"*/15 * * * *", "2026-01-31 12:46", "", "2026-01-31 13:00"},
		"not now again":              {"0 12 * * *", "2026-01-31 12:00", "", "2026-02-01 12:00"},
		"working days":               {"30 9 * * mon-fri", "2026-01-30 10:00", "", "2026-02-02 09:30"},
		"Sunday by both numbers":     {"0 0 * * 7", "2026-01-30 10:00", "", "2026-02-01 00:00"},
		"from a number on, in steps": {"10/20 * * * *", "2026-01-30 10:31", "", "2026-01-30 10:50"},
		"a day or a weekday":         {"0 0 15 * fri", "2026-02-14 00:00", "", "2026-02-15 00:00"},
		"a leap day":                 {"0 0 29 2 *", "2026-01-01 00:00", "", "2028-02-29 00:00"},
		"lists":                      {"5,50 8-9 * jan,MAR *", "2026-01-31 09:50", "", "2026-03-01 08:05"},
		"a word":                     {"@daily", "2026-01-31 12:00", "", "2026-02-01 00:00"},
		"in a zone":                  {"0 9 * * *", "2026-07-01 09:00", "Europe/Berlin", "2026-07-02 09:00"},
		"a time that is skipped":     {"30 2 * * *", "2026-03-28 12:00", "Europe/Berlin", "2026-03-30 02:30"},
		"a time that comes twice":    {"30 2 * * *", "2026-10-25 02:30", "Europe/Berlin", "2026-10-26 02:30"},
	} {
		s, err := cron.Parse(row.schedule)
		if err != nil {
			t.Fatalf("%s: %v", sentence, err)
		}
		zone, err := clock.Zone(row.zone)
		if err != nil {
			t.Fatal(err)
		}
		from, err := clock.Parse(row.from, "", zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Next(from).Format("2006-01-02 15:04"); got != row.want {
			t.Errorf("%s: got %s", sentence, got)
		}
	}
}

func TestWhatIsNoSchedule(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "write five fields",
		"* * * *":            "write five fields",
		"60 * * * *":         `minute: "60" is not 0 to 59`,
		"* * 0 * *":          `day: "0" is not 1 to 31`,
		"* * * foo *":        `month: "foo" is not 1 to 12`,
		"*/0 * * * *":        `minute: "0" is no step`,
		"5-1 * * * *":        `ends before it begins`,
		"0 0 30 2 *":         "never comes",
		"* * * * mon-":       `weekday: ""`,
		"1,,2 * * * *":       `minute: ""`,
		"-1 * * * *":         `minute: ""`,
		"*/99999999 * * * *": "is no step",
	} {
		if _, err := cron.Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzCron(f *testing.F) {
	f.Add("*/5 1-3 * jan mon")
	f.Add("0 0 29 2 1")
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := cron.Parse(text)
		if err != nil {
			return
		}
		if next := s.Next(from); !next.After(from) {
			t.Fatalf("%q comes at %v", text, next)
		}
	})
}
