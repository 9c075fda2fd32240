package bindings

import (
	"math/rand/v2"
	"time"

	"github.com/tgscript/tgscript/bindings/service/clock"
	"github.com/tgscript/tgscript/bindings/service/cron"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

type cronArgs struct {
	Schedule string       `lua:"schedule" doc:"Five fields, \"minute hour day month weekday\", each of *, 5, 1-5, */10, mon-fri and lists of them; or @hourly, @daily, @weekly, @monthly, @yearly."`
	Opts     cronOptions  `lua:"options,optional" doc:"Where, and how exactly."`
	Function *vm.Function `lua:"fn" type:"fun()" doc:"What to call."`
}

type cronOptions struct {
	zoneOption
	Jitter time.Duration `lua:"jitter,optional" doc:"Up to how much later, by chance, so that not all come at once."`
}

var atCron = spec.Function("cron", "Call a function at the times of a schedule. A call that takes longer than to the next time is not overtaken. A time that the clock skips in spring is left out, one that it shows twice in autumn comes once.",
	func(c *spec.Call, in cronArgs) (*timer, error) {
		schedule, err := cron.Parse(in.Schedule)
		if err != nil {
			return nil, &spec.ArgumentError{Function: "cron", Place: "argument 1 (schedule)", Problem: err.Error()}
		}
		zone, err := in.Opts.location("cron")
		if err != nil {
			return nil, err
		}
		if in.Opts.Jitter < 0 {
			return nil, &spec.ArgumentError{Function: "cron", Place: "option 'jitter'", Problem: "must not be less than 0"}
		}
		if err := c.Generation.TaskRoom(); err != nil {
			return nil, err
		}
		next := func(after time.Time) time.Time {
			t := schedule.Next(after.In(zone))
			if in.Opts.Jitter > 0 && !t.IsZero() {
				t = t.Add(rand.N(in.Opts.Jitter))
			}
			return t
		}
		return &timer{c.Generation.Schedule(next, in.Function)}, nil
	},
).Direct().Example(`tg.cron("30 9 * * mon-fri", { tz = "Europe/Berlin" }, function() client:send_message("me", "Good morning") end)
tg.cron("@hourly", { jitter = "1m" }, function() print("an hour has passed") end)`)

type atArgs struct {
	Time     clockReading `lua:"time" doc:"Seconds since 1970, \"2026-01-31 12:00\", or \"09:30\": the next time that the clock shows it."`
	Opts     zoneOption   `lua:"options,optional" doc:"Where."`
	Function *vm.Function `lua:"fn" type:"fun()" doc:"What to call."`
}

// clockReading is a time as people say it: what it means depends on where they are.
type clockReading struct{ value vm.Value }

// DecodeLua takes a number or text.
func (r *clockReading) DecodeLua(_ *vm.State, v vm.Value) error {
	if t := v.Type(); t != vm.TypeNumber && t != vm.TypeString {
		return spec.Expected("time", v)
	}
	r.value = v
	return nil
}

// LuaType is how the editor types write it.
func (clockReading) LuaType() string { return "number|string" }

var atTime = spec.Function("at", "Call a function once, at a time that is to come.",
	func(c *spec.Call, in atArgs) (*timer, error) {
		zone, err := in.Opts.location("at")
		if err != nil {
			return nil, err
		}
		wrong := func(problem string) (*timer, error) {
			return nil, &spec.ArgumentError{Function: "at", Place: "argument 1 (time)", Problem: problem}
		}
		now := c.Generation.Now()
		var t time.Time
		switch v := in.Time.value.(type) {
		case vm.Number:
			t, err = clock.Of(float64(v), zone)
		case vm.String:
			t, err = clockTime(string(v), now.In(zone))
		}
		switch {
		case err != nil:
			return wrong(err.Error())
		case t.Before(now.Add(-time.Second)):
			return wrong(t.Format(time.DateTime) + " is over")
		}
		if err := c.Generation.TaskRoom(); err != nil {
			return nil, err
		}
		done := false
		return &timer{c.Generation.Schedule(func(time.Time) time.Time {
			if done {
				return time.Time{}
			}
			done = true
			return t
		}, in.Function)}, nil
	},
).Direct().Example(`tg.at("2030-01-01 00:00", { tz = "Europe/Berlin" }, function() client:send_message("me", "A happy new year") end)
tg.at("18:00", function() client:send_message("me", "Go home") end)`)

// clockTime reads a time, or what the clock shows when it comes next.
func clockTime(text string, now time.Time) (time.Time, error) {
	if wall, err := time.Parse("15:04", text); err == nil {
		for day := range 3 { // a day may lack the time
			t := time.Date(now.Year(), now.Month(), now.Day()+day, wall.Hour(), wall.Minute(), 0, 0, now.Location())
			if t.After(now) && t.Hour() == wall.Hour() {
				return t, nil
			}
		}
	}
	return clock.Parse(text, "", now.Location())
}
