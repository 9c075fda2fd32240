// Package cron reads the times at which cron runs things.
package cron

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Schedule is a set of minutes.
type Schedule struct {
	minute, hour, day, month, weekday uint64 // bits of what matches
	anyDay, anyWeekday                bool
}

type field struct {
	name     string
	min, max int
	words    []string // names of min, min+1, ...
}

var fields = []field{
	{"minute", 0, 59, nil}, {"hour", 0, 23, nil}, {"day", 1, 31, nil},
	{"month", 1, 12, []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}},
	{"weekday", 0, 7, []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}},
}

// named are words for whole schedules.
var named = map[string]string{
	"@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
}

// Parse reads five fields, minute, hour, day, month and weekday, each of *, 5, 1-5, */10, 1-30/5, mon-fri and lists
// of them; or @daily and the like. As everywhere, a day matches if one of day and weekday does, when both are given.
func Parse(text string) (Schedule, error) {
	if full := named[strings.ToLower(strings.TrimSpace(text))]; full != "" {
		text = full
	}
	parts := strings.Fields(text)
	if len(parts) != len(fields) {
		return Schedule{}, fmt.Errorf("%.60q is no schedule: write five fields, \"minute hour day month weekday\", as \"30 9 * * mon-fri\", or @daily", text)
	}
	var sets [5]uint64
	for i, f := range fields {
		for _, one := range strings.Split(parts[i], ",") {
			set, err := f.parse(strings.ToLower(one))
			if err != nil {
				return Schedule{}, err
			}
			sets[i] |= set
		}
	}
	if sets[4]&(1<<7) != 0 { // Sunday again
		sets[4] = sets[4]&^(1<<7) | 1
	}
	s := Schedule{sets[0], sets[1], sets[2], sets[3], sets[4], parts[2][0] == '*', parts[4][0] == '*'}
	if !s.possible() {
		return Schedule{}, fmt.Errorf("%q never comes: no month has such a day", text)
	}
	return s, nil
}

func (f field) parse(text string) (uint64, error) {
	span, stepText, stepped := strings.Cut(text, "/")
	step := 1
	if stepped {
		n, err := strconv.Atoi(stepText)
		if err != nil || n < 1 || n > f.max {
			return 0, fmt.Errorf("%s: %q is no step", f.name, stepText)
		}
		step = n
	}
	from, to := f.min, f.max
	if f.max == 7 {
		to = 6
	}
	if span != "*" {
		first, last, ranged := strings.Cut(span, "-")
		var err error
		if from, err = f.value(first); err != nil {
			return 0, err
		}
		switch {
		case ranged:
			if to, err = f.value(last); err != nil {
				return 0, err
			}
		case !stepped:
			to = from
		}
		if to < from {
			return 0, fmt.Errorf("%s: %q ends before it begins", f.name, span)
		}
	}
	var set uint64
	for i := from; i <= to; i += step {
		set |= 1 << i
	}
	return set, nil
}

func (f field) value(text string) (int, error) {
	if i := slices.Index(f.words, text); i >= 0 {
		return f.min + i, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < f.min || n > f.max || text[0] == '+' || text[0] == '-' {
		return 0, fmt.Errorf("%s: %q is not %d to %d", f.name, text, f.min, f.max)
	}
	return n, nil
}

// possible says whether there is such a day at all: February has no 30th.
func (s Schedule) possible() bool {
	if !s.anyWeekday {
		return true
	}
	first := bits.TrailingZeros64(s.day)
	for m := 1; m <= 12; m++ {
		if s.month&(1<<m) != 0 && first <= time.Date(2024, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() {
			return true
		}
	}
	return false
}

func (s Schedule) onDay(t time.Time) bool {
	if s.month&(1<<t.Month()) == 0 {
		return false
	}
	day, weekday := s.day&(1<<t.Day()) != 0, s.weekday&(1<<t.Weekday()) != 0
	if s.anyDay || s.anyWeekday {
		return day && weekday
	}
	return day || weekday
}

// Next is the first time after t, in t's zone. A time that the clock skips in spring is left out; one that it shows
// twice in autumn comes once, unless the schedule is of every hour.
func (s Schedule) Next(t time.Time) time.Time {
	end := t.AddDate(30, 0, 0) // a 29th of February that is a given weekday comes within 28 years
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
	for ; day.Before(end); day = time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, t.Location()) {
		if !s.onDay(day) {
			continue
		}
		for hour := range 24 {
			if s.hour&(1<<hour) == 0 {
				continue
			}
			for minute := range 60 {
				if s.minute&(1<<minute) == 0 {
					continue
				}
				at := time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, t.Location())
				if at.After(t) && at.Hour() == hour && at.Minute() == minute {
					return at
				}
			}
		}
	}
	return time.Time{}
}
