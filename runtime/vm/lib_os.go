package vm

import (
	"fmt"
	"strings"
	"time"
)

// osFunctions is all of os that a script gets.
func osFunctions(now func() time.Time) map[string]GoFunction {
	started := now()
	return map[string]GoFunction{
		"clock": func(L *State) int { return pushNumber(L, now().Sub(started).Seconds()) },
		"time": func(L *State) int {
			if L.Get(1) == Nil {
				return pushNumber(L, float64(now().Unix()))
			}
			return pushNumber(L, float64(fromFields(L, argTable(L, 1)).Unix()))
		},
		"difftime": func(L *State) int {
			b := 0.0
			if L.Get(2) != Nil {
				b = argNumber(L, 2)
			}
			return pushNumber(L, argNumber(L, 1)-b)
		},
		"date": func(L *State) int {
			format, t := optString(L, 1, "%c"), now()
			if L.Get(2) != Nil {
				t = time.Unix(int64(argInt(L, 2)), 0)
			}
			if utc, ok := strings.CutPrefix(format, "!"); ok {
				format, t = utc, t.UTC()
			} else {
				t = t.Local()
			}
			if strings.HasPrefix(format, "*t") {
				L.Push(toFields(L, t))
				return 1
			}
			return pushString(L, strftime(L, format, t))
		},
	}
}

// fromFields reads a table as os.time takes it; fields out of range carry over.
func fromFields(L *State, t *Table) time.Time {
	get := func(name string, otherwise int) int {
		switch v := t.RawGetString(name).(type) {
		case Number:
			return truncate(float64(v))
		case String:
			if x, ok := ParseNumber(string(v)); ok {
				return truncate(x)
			}
		}
		if otherwise < 0 {
			raise(L, "field '%s' missing in date table", name)
		}
		return otherwise
	}
	return time.Date(get("year", -1), time.Month(get("month", -1)), get("day", -1),
		get("hour", 12), get("min", 0), get("sec", 0), 0, time.Local)
}

func toFields(L *State, t time.Time) *Table {
	out := L.NewTable()
	for name, n := range map[string]int{
		"year": t.Year(), "month": int(t.Month()), "day": t.Day(), "hour": t.Hour(), "min": t.Minute(),
		"sec": t.Second(), "wday": int(t.Weekday()) + 1, "yday": t.YearDay(),
	} {
		out.RawSetString(name, Number(n))
	}
	out.RawSetString("isdst", Bool(t.IsDST()))
	return out
}

// layouts are the conversions that Go's own formats have.
var layouts = map[byte]string{
	'a': "Mon", 'A': "Monday", 'b': "Jan", 'B': "January", 'h': "Jan", 'd': "02", 'm': "01", 'y': "06", 'Y': "2006",
	'H': "15", 'I': "03", 'M': "04", 'S': "05", 'p': "PM", 'Z': "MST", 'z': "-0700",
	'c': "Mon Jan _2 15:04:05 2006", 'x': "01/02/06", 'X': "15:04:05", 'D': "01/02/06", 'F': "2006-01-02",
	'T': "15:04:05", 'R': "15:04", 'r': "03:04:05 PM", 'e': "_2",
}

// strftime writes a time as C does in the C locale.
func strftime(L *State, format string, t time.Time) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(format, "%")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		if rest == "" {
			raise(L, "invalid conversion '%%' in a date format")
		}
		out.WriteString(conversion(L, rest[0], t))
		format = rest[1:]
	}
}

func conversion(L *State, c byte, t time.Time) string {
	if layout, ok := layouts[c]; ok {
		return t.Format(layout)
	}
	week := func(first time.Weekday) string {
		days := (int(t.Weekday()) - int(first) + 7) % 7
		return fmt.Sprintf("%02d", (t.YearDay()+6-days)/7)
	}
	isoYear, isoWeek := t.ISOWeek()
	switch c {
	case 'j':
		return fmt.Sprintf("%03d", t.YearDay())
	case 'w':
		return fmt.Sprint(int(t.Weekday()))
	case 'u':
		return fmt.Sprint((int(t.Weekday())+6)%7 + 1)
	case 'U':
		return week(time.Sunday)
	case 'W':
		return week(time.Monday)
	case 'V':
		return fmt.Sprintf("%02d", isoWeek)
	case 'G':
		return fmt.Sprint(isoYear)
	case 'g':
		return fmt.Sprintf("%02d", isoYear%100)
	case 'C':
		return fmt.Sprintf("%02d", t.Year()/100)
	case 's':
		return fmt.Sprint(t.Unix())
	case 'n':
		return "\n"
	case 't':
		return "\t"
	case '%':
		return "%"
	}
	raise(L, "invalid conversion '%%%c' in a date format", c)
	return ""
}
