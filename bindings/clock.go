package bindings

import (
	"math"
	"time"

	"github.com/tgscript/tgscript/bindings/service/clock"
	"github.com/tgscript/tgscript/bindings/spec"
)

// zoneOption is a time zone by its name.
type zoneOption struct {
	Zone string `lua:"tz,optional" doc:"Time zone: \"Europe/Berlin\", \"UTC\", \"local\", \"+02:00\"; UTC if not given."`
}

func (o zoneOption) location(function string) (*time.Location, error) {
	zone, err := clock.Zone(o.Zone)
	if err != nil {
		return nil, &spec.ArgumentError{Function: function, Place: "option 'tz'", Problem: err.Error()}
	}
	return zone, nil
}

type timeFormatArgs struct {
	Time   *float64   `lua:"time,optional" doc:"Seconds since 1970; now if not given."`
	Format string     `lua:"format,optional" doc:"As for os.date: %Y %m %d %H %M %S %B %b %A %a %j %p %I %Z %z %F %T %s %f %u %V; as \"2026-01-31T12:00:00Z\" if not given."`
	Opts   zoneOption `lua:"options,optional" doc:"Where."`
}

type timeParseArgs struct {
	Text   string     `lua:"text" doc:"What to read."`
	Format string     `lua:"format,optional" doc:"How it is written, as for format; if not given, one of the common ways that begin with year or day and can't be mistaken."`
	Opts   zoneOption `lua:"options,optional" doc:"Where, unless the text says it."`
}

type timeArgs struct {
	Time *float64   `lua:"time,optional" doc:"Seconds since 1970; now if not given."`
	Opts zoneOption `lua:"options,optional" doc:"Where."`
}

type timeMakeArgs struct {
	Parts timeMakeParts `lua:"parts" doc:"What the clock on the wall says."`
}

type timeMakeParts struct {
	Year  int     `lua:"year" doc:"Year."`
	Month int     `lua:"month,optional" doc:"1 to 12; January if not given. Beyond that it is in another year."`
	Day   int     `lua:"day,optional" doc:"1 to 31; the first if not given. Beyond that it is in another month."`
	Hour  int     `lua:"hour,optional" doc:"Hour."`
	Min   int     `lua:"min,optional" doc:"Minute."`
	Sec   float64 `lua:"sec,optional" doc:"Second."`
	zoneOption
}

type timeAddArgs struct {
	Time float64      `lua:"time" doc:"Seconds since 1970."`
	Opts timeAddParts `lua:"options" doc:"What to add; may be less than 0."`
}

type timeAddParts struct {
	Years   int     `lua:"years,optional" doc:"Years."`
	Months  int     `lua:"months,optional" doc:"Months: the last day if the month has no such day."`
	Weeks   int     `lua:"weeks,optional" doc:"Weeks."`
	Days    int     `lua:"days,optional" doc:"Days, which may have 23 or 25 hours in a time zone."`
	Hours   float64 `lua:"hours,optional" doc:"Hours."`
	Minutes float64 `lua:"minutes,optional" doc:"Minutes."`
	Seconds float64 `lua:"seconds,optional" doc:"Seconds."`
	zoneOption
}

type timeSpanArgs struct {
	Duration time.Duration `lua:"duration" doc:"Seconds, or text such as \"90m\"."`
}

// timeParts is a time as a clock and a calendar show it.
type timeParts struct {
	Year   int     `lua:"year"`
	Month  int     `lua:"month"`
	Day    int     `lua:"day"`
	Hour   int     `lua:"hour"`
	Min    int     `lua:"min"`
	Sec    float64 `lua:"sec"`
	Wday   int     `lua:"wday"`
	Yday   int     `lua:"yday"`
	Week   int     `lua:"week"`
	Offset int     `lua:"offset"`
	Zone   string  `lua:"zone"`
}

// LuaType is how the editor types write it.
func (timeParts) LuaType() string {
	return "{ year: integer, month: integer, day: integer, hour: integer, min: integer, sec: number, wday: integer, yday: integer, week: integer, " +
		"offset: integer, zone: string }"
}

// timeOf is an argument, or now, in a zone.
func timeOf(c *spec.Call, function string, seconds *float64, zone zoneOption) (time.Time, error) {
	at, err := zone.location(function)
	if err != nil {
		return time.Time{}, err
	}
	if seconds == nil {
		return c.Generation.Now().In(at), nil
	}
	t, err := clock.Of(*seconds, at)
	if err != nil {
		return t, &spec.ArgumentError{Function: function, Place: "argument 1 (time)", Problem: err.Error()}
	}
	return t, nil
}

// timeSpace is tg.time.
var timeSpace = spec.Namespace{
	Name: "time", Doc: "Times are seconds since 1970, as those of messages are, with up to six digits behind the point.",
	Functions: []spec.Func{
		spec.Function("now", "Now.", func(c *spec.Call, _ spec.None) (float64, error) { return clock.Seconds(c.Generation.Now()), nil }).
			Direct().Example(`local began = tg.time.now()`),
		spec.Function("format", "Write a time.",
			func(c *spec.Call, in timeFormatArgs) (string, error) {
				t, err := timeOf(c, "format", in.Time, in.Opts)
				if err != nil {
					return "", err
				}
				text, err := clock.Format(t, in.Format)
				if err != nil {
					return "", &spec.ArgumentError{Function: "format", Place: "argument 2 (format)", Problem: err.Error()}
				}
				return text, nil
			},
		).Direct().Example(`print(tg.time.format(tg.time.now(), "%d.%m.%Y %H:%M", { tz = "Europe/Berlin" }))`),
		spec.Function("parse", "Read a time.",
			func(_ *spec.Call, in timeParseArgs) (float64, error) {
				zone, err := in.Opts.location("parse")
				if err != nil {
					return 0, err
				}
				t, err := clock.Parse(in.Text, in.Format, zone)
				return clock.Seconds(t), err
			},
		).Direct().Raises("PARSE").Example(`local start = tg.time.parse("2026-01-31 12:00", { tz = "Europe/Berlin" })
local day = tg.time.parse("31/01/26", "%d/%m/%y")`),
		spec.Function("parts", "A time as clock and calendar show it: year, month, day, hour, min, sec, wday (1 is Sunday, as in os.date), yday, week "+
			"(of ISO 8601), offset from UTC in seconds, zone.",
			func(c *spec.Call, in timeArgs) (timeParts, error) {
				t, err := timeOf(c, "parts", in.Time, in.Opts)
				name, offset := t.Zone()
				_, week := t.ISOWeek()
				return timeParts{
					t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), float64(t.Second()) + math.Round(float64(t.Nanosecond())/1e3)/1e6,
					int(t.Weekday()) + 1, t.YearDay(), week, offset, name,
				}, err
			},
		).Direct().Example(`print(tg.time.parts(tg.time.now(), { tz = "local" }).hour)`),
		spec.Function("make", "The time at which the clock on the wall shows this.",
			func(_ *spec.Call, in timeMakeArgs) (float64, error) {
				p := in.Parts
				zone, err := p.location("make")
				if err != nil {
					return 0, err
				}
				whole, part := math.Modf(p.Sec)
				t := time.Date(p.Year, time.Month(max(p.Month, 1)), max(p.Day, 1), p.Hour, p.Min, int(whole), int(part*1e9), zone)
				return clock.Seconds(t), nil
			},
		).Direct().Example(`local noon = tg.time.make({ year = 2026, month = 1, day = 31, hour = 12, tz = "Europe/Berlin" })`),
		spec.Function("add", "A time some calendar units later or earlier.", addTime).Direct().
			Example(`local tomorrow = tg.time.add(tg.time.now(), { days = 1, tz = "Europe/Berlin" })`),
		spec.Function("seconds", "How many seconds a duration such as \"1h30m\" has.",
			func(_ *spec.Call, in timeSpanArgs) (float64, error) { return in.Duration.Seconds(), nil },
		).Direct().Example(`print(tg.time.seconds("1h30m"))`),
		spec.Function("span", "A duration for people to read: \"1d 2h\", \"3m\", \"0.5s\".",
			func(_ *spec.Call, in timeSpanArgs) (string, error) { return clock.Span(in.Duration), nil },
		).Direct().Example(`print(tg.time.span(90000))`),
	},
}

func addTime(_ *spec.Call, in timeAddArgs) (float64, error) {
	t, err := timeOf(nil, "add", &in.Time, in.Opts.zoneOption)
	if err != nil {
		return 0, err
	}
	o := in.Opts
	if o.Years != 0 || o.Months != 0 {
		month := time.Date(t.Year()+o.Years, t.Month()+time.Month(o.Months), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
		last := month.AddDate(0, 1, -1).Day()
		t = month.AddDate(0, 0, min(t.Day(), last)-1)
	}
	if o.Days != 0 || o.Weeks != 0 {
		t = t.AddDate(0, 0, o.Days+7*o.Weeks)
	}
	seconds := clock.Seconds(t) + o.Hours*3600 + o.Minutes*60 + o.Seconds
	if _, err := clock.Of(seconds, time.UTC); err != nil {
		return 0, &spec.ArgumentError{Function: "add", Problem: err.Error()}
	}
	return seconds, nil
}
