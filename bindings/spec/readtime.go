package spec

import (
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// longest is the longest duration, in seconds: Telegram counts them, and those since 1970, with 31 bits.
const longest = math.MaxInt32

// ParseDuration reads "1h30m", "90s", "2d" or a number of seconds as text.
func ParseDuration(s string) (time.Duration, bool) {
	if seconds, err := strconv.ParseFloat(s, 64); err == nil {
		return Seconds(seconds)
	}
	days := time.Duration(0)
	if before, after, ok := strings.Cut(s, "d"); ok {
		n, err := strconv.Atoi(before)
		if err != nil || n < 0 || n > 100_000 {
			return 0, false
		}
		days, s = time.Duration(n)*24*time.Hour, after
		if s == "" {
			return days, days <= longest*time.Second
		}
	}
	d, err := time.ParseDuration(s)
	const most = longest * time.Second
	return days + d, err == nil && d >= 0 && d <= most && days <= most && days+d <= most
}

// Seconds is a number of seconds as a duration.
func Seconds(s float64) (time.Duration, bool) {
	if math.IsNaN(s) || s < 0 || s > longest {
		return 0, false
	}
	return time.Duration(s * float64(time.Second)), true
}

const durationHint = `write seconds or "5m", "1h30m", "2d"`

func readDuration(_ *vm.State, v vm.Value, into reflect.Value) error {
	d, ok := time.Duration(0), false
	switch v := v.(type) {
	case vm.Number:
		d, ok = Seconds(float64(v))
	case vm.String:
		d, ok = ParseDuration(string(v))
	default:
		return &mismatch{want: "duration", got: describe(v), hint: durationHint}
	}
	if !ok {
		got := describe(v)
		if v.Type() == vm.TypeNumber {
			got = vm.Text(v)
		}
		return &mismatch{want: "duration", got: got, hint: durationHint}
	}
	into.SetInt(int64(d))
	return nil
}

const timeHint = `write seconds since 1970, as os.time() gives, or "2026-01-31T12:00:00Z"`

// ParseTime reads "2026-01-31T12:00:00Z", from 1970 to 2038: Telegram has no later time.
func ParseTime(s string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, s)
	return t, err == nil && t.Unix() >= 0 && t.Unix() <= longest
}

func readTime(_ *vm.State, v vm.Value, into reflect.Value) error {
	switch v := v.(type) {
	case vm.Number:
		if f := float64(v); f >= 0 && f <= longest {
			whole, part := math.Modf(f)
			into.Set(reflect.ValueOf(time.Unix(int64(whole), int64(part*1e9))))
			return nil
		}
	case vm.String:
		if t, ok := ParseTime(string(v)); ok {
			into.Set(reflect.ValueOf(t))
			return nil
		}
	}
	return &mismatch{want: "time", got: describe(v), hint: timeHint}
}
