// Package pace spreads things over time: a rate says how many there may be, a limiter tells each how long it has to
// wait. It is the generic cell rate algorithm: one number a key, and first come, first served.
package pace

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Rate is how often something may happen: Events in Per, and Burst of them at once after a time of quiet. The zero
// rate limits nothing.
type Rate struct {
	Events float64
	Per    time.Duration
	Burst  int // 0 is 1
}

// units are the words after the stroke in "20/m".
var units = map[string]time.Duration{
	"ms": time.Millisecond, "s": time.Second, "sec": time.Second, "second": time.Second,
	"m": time.Minute, "min": time.Minute, "minute": time.Minute, "h": time.Hour, "hour": time.Hour, "d": 24 * time.Hour, "day": 24 * time.Hour,
}

// Parse reads "30/s", "20/m", "3/10s" or "20/m, burst 5"; "off" is the zero rate.
func Parse(text string) (Rate, error) {
	wrong := fmt.Errorf(`%q is no rate: write "30/s", "20/m", "3/10s" or "20/m, burst 5"`, text)
	body, more, burst := strings.Cut(strings.ToLower(strings.TrimSpace(text)), ",")
	if body == "off" && !burst {
		return Rate{}, nil
	}
	count, per, ok := strings.Cut(body, "/")
	if !ok {
		return Rate{}, wrong
	}
	r := Rate{Burst: 1}
	var err error
	if r.Events, err = strconv.ParseFloat(strings.TrimSpace(count), 64); err != nil {
		return Rate{}, wrong
	}
	if r.Per, ok = period(strings.TrimSpace(per)); !ok {
		return Rate{}, wrong
	}
	if burst {
		number, ok := strings.CutPrefix(strings.TrimSpace(more), "burst")
		if r.Burst, err = strconv.Atoi(strings.TrimSpace(number)); err != nil || !ok {
			return Rate{}, wrong
		}
	}
	if !r.sound() {
		return Rate{}, wrong
	}
	return r, nil
}

// period reads "s", "10s", "1.5m", "1h30m" or "2d".
func period(text string) (time.Duration, bool) {
	if d, ok := units[text]; ok {
		return d, true
	}
	if d, err := time.ParseDuration(text); err == nil {
		return d, true
	}
	digits := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz")
	n, err := strconv.ParseFloat(digits, 64)
	unit, ok := units[text[len(digits):]]
	if err != nil || !ok || math.Abs(n*float64(unit)) > float64(math.MaxInt64/2) {
		return 0, false
	}
	return time.Duration(n * float64(unit)), true
}

// longestInterval keeps sums of times far from what they can hold.
const longestInterval = 365 * 24 * time.Hour

// sound says whether a rate that was asked for can be kept.
func (r Rate) sound() bool {
	if !(r.Events > 0) || math.IsInf(r.Events, 0) || r.Per <= 0 || r.Burst < 1 || r.Burst > 1_000_000 {
		return false
	}
	between := float64(r.Per) / r.Events
	return between >= 1 && between <= float64(longestInterval)
}

// IsZero says whether the rate limits nothing.
func (r Rate) IsZero() bool { return r.Events == 0 || r.Per == 0 }

// between is the time from one to the next.
func (r Rate) between() time.Duration { return time.Duration(float64(r.Per) / r.Events) }

// String is the rate as Parse reads it.
func (r Rate) String() string {
	if r.IsZero() {
		return "off"
	}
	per := r.Per.String()
	for _, unit := range []string{"s", "m", "h", "d"} {
		if units[unit] == r.Per {
			per = unit
		}
	}
	text := strconv.FormatFloat(r.Events, 'f', -1, 64) + "/" + per
	if r.Burst > 1 {
		text += ", burst " + strconv.Itoa(r.Burst)
	}
	return text
}
