// Package clock writes and reads times as strftime has it, in time zones by their names.
package clock

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones where the system has none

	"github.com/tgscript/tgscript/bindings/service/shape"
)

// Zone finds a time zone: "Europe/Berlin", "UTC", "local", "+02:00". Empty is UTC.
func Zone(name string) (*time.Location, error) {
	switch {
	case name == "" || strings.EqualFold(name, "utc") || name == "Z":
		return time.UTC, nil
	case strings.EqualFold(name, "local"):
		return time.Local, nil
	case name[0] == '+' || name[0] == '-':
		for _, layout := range []string{"-07:00", "-0700", "-07"} {
			if t, err := time.Parse(layout, name); err == nil {
				_, offset := t.Zone()
				return time.FixedZone(name, offset), nil
			}
		}
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("there is no time zone %q: write \"Europe/Berlin\", \"UTC\", \"local\" or \"+02:00\"", name)
	}
	return zone, nil
}

// Of is a number of seconds since 1970 as a time.
func Of(seconds float64, zone *time.Location) (time.Time, error) {
	if !(seconds > -62135596800 && seconds < 253402300800) { // the years 1 to 9999
		return time.Time{}, fmt.Errorf("%v seconds since 1970 are no time that can be written", seconds)
	}
	return time.UnixMicro(int64(seconds * 1e6)).In(zone), nil
}

// Seconds is a time as a number of seconds since 1970.
func Seconds(t time.Time) float64 { return float64(t.UnixMicro()) / 1e6 }

// letters are what %-letters stand for, in Go's terms.
var letters = map[byte]string{
	'Y': "2006", 'y': "06", 'm': "01", 'd': "02", 'H': "15", 'I': "03", 'M': "04", 'S': "05", 'p': "PM",
	'a': "Mon", 'A': "Monday", 'b': "Jan", 'h': "Jan", 'B': "January", 'Z': "MST", 'z': "-0700", 'j': "002", 'e': "_2",
}

// several are letters that stand for several.
var several = strings.NewReplacer("%F", "%Y-%m-%d", "%T", "%H:%M:%S", "%R", "%H:%M", "%D", "%m/%d/%y", "%c", "%a %b %e %H:%M:%S %Y", "%x", "%Y-%m-%d", "%X", "%H:%M:%S", "%%", "%%")

// Format writes a time. Empty is RFC 3339.
func Format(t time.Time, layout string) (string, error) {
	if layout == "" {
		return t.Format(time.RFC3339), nil
	}
	layout = several.Replace(layout)
	var out strings.Builder
	for i := 0; i < len(layout); i++ {
		if layout[i] != '%' {
			out.WriteByte(layout[i])
			continue
		}
		i++
		if i == len(layout) {
			return "", fmt.Errorf("the format ends with a %%: write %%%% for one")
		}
		switch c := layout[i]; c {
		case '%':
			out.WriteByte('%')
		case 's':
			out.WriteString(strconv.FormatInt(t.Unix(), 10))
		case 'f':
			fmt.Fprintf(&out, "%06d", t.Nanosecond()/1000)
		case 'u':
			out.WriteString(strconv.Itoa((int(t.Weekday())+6)%7 + 1))
		case 'w':
			out.WriteString(strconv.Itoa(int(t.Weekday())))
		case 'V':
			_, week := t.ISOWeek()
			fmt.Fprintf(&out, "%02d", week)
		case 'G':
			year, _ := t.ISOWeek()
			out.WriteString(strconv.Itoa(year))
		case 'n':
			out.WriteByte('\n')
		case 't':
			out.WriteByte('\t')
		default:
			written, known := letters[c]
			if !known {
				return "", fmt.Errorf("%%%c stands for nothing in a time", c)
			}
			out.WriteString(t.Format(written))
		}
	}
	return out.String(), nil
}

// known are the ways in which times are read without a format. Those without a zone are in the given one.
var known = []string{
	time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02",
	time.RFC1123Z, time.RFC1123, "02.01.2006 15:04:05", "02.01.2006 15:04", "02.01.2006",
}

// Parse reads a time. Without a format it is one of those that are common and can't be mistaken.
func Parse(text, layout string, zone *time.Location) (time.Time, error) {
	if layout == "" {
		for _, one := range known {
			if t, err := time.ParseInLocation(one, text, zone); err == nil {
				return t, nil
			}
		}
		return time.Time{}, &shape.ParseError{Format: "time", Problem: fmt.Sprintf("%.60q is none of \"2026-01-31 12:00\", \"2026-01-31\", "+
			"\"2026-01-31T12:00:00Z\" and \"31.01.2026\": give a format", text)}
	}
	written, err := goLayout(several.Replace(layout))
	if err != nil {
		return time.Time{}, err
	}
	t, err := time.ParseInLocation(written, text, zone)
	if err != nil {
		return time.Time{}, &shape.ParseError{Format: "time", Problem: fmt.Sprintf("%.60q is not written as %q", text, layout)}
	}
	return t, nil
}

// goLayout is a format in Go's terms. Words and digits of its own would be taken for a part of a time.
func goLayout(layout string) (string, error) {
	var out strings.Builder
	for i := 0; i < len(layout); i++ {
		c := layout[i]
		if c != '%' {
			if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' && c != 'T' || c == '_' {
				return "", fmt.Errorf("a format to read a time has signs and small letters between its parts, not %q", c)
			}
			out.WriteByte(c)
			continue
		}
		i++
		if i == len(layout) {
			return "", fmt.Errorf("the format ends with a %%")
		}
		if layout[i] == '%' {
			out.WriteByte('%')
			continue
		}
		if layout[i] == 'f' {
			out.WriteString("000000")
			continue
		}
		written, known := letters[layout[i]]
		if !known {
			return "", fmt.Errorf("%%%c can't be read", layout[i])
		}
		out.WriteString(written)
	}
	return out.String(), nil
}

// Span writes a duration with its two largest units: "1d 2h", "3m", "0.5s".
func Span(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -max(d, -1<<62)
	}
	if d < time.Minute {
		return sign + strconv.FormatFloat(d.Round(time.Millisecond).Seconds(), 'f', -1, 64) + "s"
	}
	var parts []string
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if n := d / unit.of; n > 0 && len(parts) < 2 {
			parts = append(parts, strconv.Itoa(int(n))+unit.name)
		} else if len(parts) > 0 {
			break
		}
		d %= unit.of
	}
	return sign + strings.Join(parts, " ")
}
