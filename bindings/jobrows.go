package bindings

import (
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/service/agenda"
	"github.com/tgscript/tgscript/bindings/service/clock"
	"github.com/tgscript/tgscript/bindings/service/cron"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

type jobArgs struct {
	Name     string       `lua:"name" doc:"Its name: what is planned is kept under it."`
	Function *vm.Function `lua:"fn" type:"fun(data: any, run: Run)" doc:"What to call, with the data of the run."`
}

var newJob = spec.Function("job", "Something to do later that outlives reloads, restarts and crashes: a name, and the function that does it. Declare it at the top level, so that the next version of the script finds it again; "+
	"its methods plan runs. What a top level plans goes on over reloads as long as it says the same, and ends when it says so no more; what a "+
	"handler plans is kept until it is done. "+
	"A run counts as done when the function has ended, even with an error; one that a crash, reload or stop cuts off comes again.",
	func(c *spec.Call, in jobArgs) (*job, error) {
		wrong := func(problem string) (*job, error) {
			return nil, &spec.ArgumentError{Function: "job", Place: "argument 1 (name)", Problem: problem}
		}
		if in.Name == "" || len(in.Name) > 64 || strings.Contains(in.Name, "/") {
			return wrong("a name of 1 to 64 bytes without / expected")
		}
		own, err := jobsOf(c)
		if err != nil {
			return nil, err
		}
		own.mu.Lock()
		taken, full := own.functions[in.Name] != nil, len(own.functions) >= mostJobs
		if !taken && !full {
			own.functions[in.Name] = in.Function
		}
		own.mu.Unlock()
		switch {
		case full && !taken:
			return wrong("there are " + strconv.Itoa(mostJobs) + " jobs already: put what differs into the data of their runs")
		case taken:
			return wrong("there is a job '" + in.Name + "' already")
		}
		if !c.Generation.Staged() {
			own.agenda.Arm()
		}
		return &job{own, in.Name}, nil
	},
).Example(`local remind = tg.job("remind", function(data, run)
  client:send_message(data.chat, "Reminder: " .. data.text)
end)
client:command("remind", function(event)
  remind:after("2h", { data = { chat = event.chat_id, text = event.rest } })
end)
tg.job("report", function() client:send_message("me", "A new day") end):cron("0 9 * * *", { tz = "Europe/Berlin" })`)

type jobAfterArgs struct {
	Duration time.Duration `lua:"duration" doc:"How long."`
	Opts     jobOptions    `lua:"options,optional" doc:"What it gets, and what it is called."`
}

var jobAfter = spec.Method("after", "Plan one run, later. At the top level it is planned with each load, unless it is planned already.",
	func(c *spec.Call, j *job, in jobAfterArgs) (*jobRun, error) {
		plan := agenda.Plan{At: "after " + in.Duration.String()}
		return j.plan(c, "after", plan, c.Generation.Now().Add(in.Duration).Round(0), in.Opts)
	},
).Direct().Raises("ENCODE", "STORE_QUOTA").Example(`local remind = tg.job("remind", function(data) client:send_message("me", data) end)
client:command("tea", function() remind:after("4m", { data = "Tea is ready." }) end)`)

type jobAtOptions struct {
	zoneOption
	jobOptions
}

type jobAtArgs struct {
	Time clockReading `lua:"time" doc:"Seconds since 1970, \"2026-01-31 12:00\", or \"09:30\": the next time that the clock shows it."`
	Opts jobAtOptions `lua:"options,optional" doc:"Where, what it gets, and what it is called."`
}

var jobAt = spec.Method("at", "Plan one run, at a time that is to come. At the top level a time that is over plans nothing.",
	func(c *spec.Call, j *job, in jobAtArgs) (*jobRun, error) {
		zone, err := in.Opts.location("at")
		if err != nil {
			return nil, err
		}
		var t time.Time
		now := c.Generation.Now()
		switch v := in.Time.value.(type) {
		case vm.Number:
			t, err = clock.Of(float64(v), zone)
		case vm.String:
			t, err = clockTime(string(v), now.In(zone))
		}
		wrong := ""
		switch {
		case err != nil:
			wrong = err.Error()
		case t.Before(now.Add(-time.Second)) && !c.Generation.Staged():
			wrong = t.Format(time.DateTime) + " is over"
		}
		if wrong != "" {
			return nil, &spec.ArgumentError{Function: "at", Place: "argument 1 (time)", Problem: wrong}
		}
		return j.plan(c, "at", agenda.Plan{At: "at " + vm.Text(in.Time.value) + " " + in.Opts.Zone}, t, in.Opts.jobOptions)
	},
).Direct().Raises("ENCODE", "STORE_QUOTA").Example(`local greet = tg.job("greet", function(name) client:send_message(name, "A happy new year") end)
greet:at("2030-01-01 00:00", { tz = "Europe/Berlin", data = "@alice" })`)

var jobEvery = spec.Method("every", "Plan runs again and again, in step: from when it was planned first. A run that takes longer is not overtaken by the next.",
	func(c *spec.Call, j *job, in jobAfterArgs) (*jobRun, error) {
		if in.Duration < time.Second {
			return nil, &spec.ArgumentError{Function: "every", Place: "argument 1 (duration)", Problem: "must be at least a second: for shorter times there is tg.every"}
		}
		return j.plan(c, "every", agenda.Plan{Every: in.Duration}, time.Time{}, in.Opts)
	},
).Direct().Raises("ENCODE", "STORE_QUOTA").Example(`tg.job("backup", function(_, run)
  if run.missed > 0 then print(run.missed .. " were missed") end
end):every("6h", { jitter = "10m" })`)

type jobCronArgs struct {
	Schedule string       `lua:"schedule" doc:"Five fields, \"minute hour day month weekday\", as of tg.cron; or @hourly, @daily, @weekly, @monthly, @yearly."`
	Opts     jobAtOptions `lua:"options,optional" doc:"Where, what it gets, and what it is called."`
}

var jobCron = spec.Method("cron", "Plan runs at the times of a schedule, as tg.cron does.",
	func(c *spec.Call, j *job, in jobCronArgs) (*jobRun, error) {
		if _, err := cron.Parse(in.Schedule); err != nil {
			return nil, &spec.ArgumentError{Function: "cron", Place: "argument 1 (schedule)", Problem: err.Error()}
		}
		if _, err := in.Opts.location("cron"); err != nil {
			return nil, err
		}
		return j.plan(c, "cron", agenda.Plan{Cron: in.Schedule, Zone: in.Opts.Zone}, time.Time{}, in.Opts.jobOptions)
	},
).Direct().Raises("ENCODE", "STORE_QUOTA").Example(`local digest = tg.job("digest", function(chat) client:send_message(chat, "Good morning") end)
client:command("daily", function(event)
  digest:cron("0 8 * * *", { tz = "Europe/Berlin", id = event.chat_id, data = event.chat_id })
end)`)

type jobIDArgs struct {
	ID limitKey `lua:"id" doc:"What the run is called."`
}

type jobCancelArgs struct {
	ID limitKey `lua:"id,optional" doc:"What the run is called; all that is planned for the job if not given."`
}

var jobGet = spec.Method("get", "What is planned under an id; nil if nothing is.",
	func(_ *spec.Call, j *job, in jobIDArgs) (*jobRun, error) {
		if e, there := j.jobs.agenda.Get(j.name, string(in.ID)); there {
			return &jobRun{j.jobs, agenda.Run{Entry: e}, false}, nil
		}
		return nil, nil
	},
).Direct().Result("Run?").Example(`local digest = tg.job("digest", function() end)
client:command("when", function(event)
  local run = digest:get(event.chat_id)
  event:reply(run and tg.time.format(run.due) or "Never.")
end)`)

var jobList = spec.Method("list", "All that is planned for the job, what is due first at the front.",
	func(_ *spec.Call, j *job, _ spec.None) ([]*jobRun, error) {
		runs := []*jobRun{}
		for _, e := range j.jobs.agenda.List(j.name) {
			runs = append(runs, &jobRun{j.jobs, agenda.Run{Entry: e}, false})
		}
		return runs, nil
	},
).Direct().Example(`local remind = tg.job("remind", function() end)
for _, run in ipairs(remind:list()) do print(run.id, run.due, run.data) end`)

var jobCancel = spec.Method("cancel", "Take away what is planned under an id, or all for the job. Returns how many there were. A run that goes on is not disturbed.",
	func(c *spec.Call, j *job, in jobCancelArgs) (n int, err error) {
		for _, e := range j.jobs.agenda.List(j.name) {
			if in.ID != "" && e.ID != string(in.ID) {
				continue
			}
			there, err := j.jobs.agenda.Cancel(c, e.Job, e.ID)
			if err != nil {
				return n, err
			}
			if there {
				n++
			}
		}
		return n, nil
	},
).Direct().Example(`local digest = tg.job("digest", function() end)
client:command("stop", function(event) digest:cancel(event.chat_id) end)`)

// jobClass is the class Job.
var jobClass = spec.Class{
	Name: "Job", Call: "job", Go: reflect.TypeFor[*job](),
	Doc:     "Something to do later that outlives the program: see tg.job.",
	Text:    func(v any) string { return "Job(" + v.(*job).name + ")" },
	Fields:  []spec.Field{spec.Get("name", "Its name.", func(j *job) string { return j.name })},
	Methods: []spec.Func{jobAfter, jobAt, jobEvery, jobCron, jobGet, jobList, jobCancel},
}

// current is the run as it is planned now.
func (r *jobRun) current() agenda.Entry {
	if r.going {
		return r.Entry
	}
	if e, there := r.jobs.agenda.Get(r.Job, r.ID); there {
		return e
	}
	return r.Entry
}

// packedData is what a run was given; it becomes a Lua value when it is read.
type packedData struct {
	jobs *jobs
	data []byte
}

// EncodeLua makes the value.
func (d packedData) EncodeLua(_ *spec.Instance, L *vm.State) vm.Value { return d.jobs.data(L, d.data) }

// LuaType is how the editor types write it.
func (packedData) LuaType() string { return "any" }

var runCancel = spec.Method("cancel", "Take it away, and with it the runs that would follow. Returns whether it was planned.",
	func(c *spec.Call, r *jobRun, _ spec.None) (bool, error) { return r.jobs.agenda.Cancel(c, r.Job, r.ID) },
).Direct().Example(`tg.job("countdown", function(_, run)
  if tg.store:add("left", -1) <= 0 then run:cancel() end
end):every("1d")`)

// runClass is the class Run.
var runClass = spec.Class{
	Name: "Run", Call: "run", Go: reflect.TypeFor[*jobRun](),
	Doc:  "A run of a job, or a row of them: planned, or the one that goes on.",
	Text: func(v any) string { r := v.(*jobRun); return "Run(" + r.Job + " " + strconv.Quote(r.ID) + ")" },
	Equal: func(a, b any) bool {
		x, y := a.(*jobRun), b.(*jobRun)
		return x.Job == y.Job && x.ID == y.ID
	},
	Fields: []spec.Field{
		spec.Get("id", "What it is called.", func(r *jobRun) string { return r.ID }),
		spec.Get("job", "Name of the job.", func(r *jobRun) string { return r.Job }),
		spec.Get("due", "When it comes next, or should have come if it goes on: seconds since 1970.", func(r *jobRun) float64 { return clock.Seconds(r.current().Due) }),
		spec.Get("data", "What the function gets.", func(r *jobRun) packedData { return packedData{r.jobs, r.Data} }).Is("table|string|number|boolean?"),
		spec.Get("late", "How many seconds after its time it has begun.", func(r *jobRun) time.Duration { return r.Late }),
		spec.Get("missed", "How many more times have come before it could begin, which this run is for as well.", func(r *jobRun) int { return r.Missed }),
		spec.Get("pending", "It is planned, or goes on.", func(r *jobRun) bool { _, there := r.jobs.agenda.Get(r.Job, r.ID); return there }),
	},
	Methods: []spec.Func{runCancel},
}
