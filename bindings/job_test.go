package bindings_test

import (
	"log/slog"
	"strconv"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings"
)

const reminding = `local remind = tg.job("remind", function(data, run)
	print(data.text, run.id, run.late, run.missed, run.pending)
end)
`

func TestJobs(t *testing.T) {
	for name, row := range map[string]struct{ script, want string }{
		"once, with what it gets": {reminding + `tg.spawn(function() local run = remind:after("2h", { data = { text = "tea", [7] = { true } } })
			print(run, run.job, run.due - os.time(), run.data.text, run.data[7][1], run.pending) end)`,
			"Run(remind \"#1\")\tremind\t7200\ttea\ttrue\ttrue\ntea\t#1\t0\t0\ttrue"},
		"an id takes the place of another": {reminding + `tg.spawn(function() remind:after("1h", { id = 7, data = { text = "old" } }) remind:after("2h", { id = "7", data = { text = "new" } })
			print(#remind:list(), remind:get(7).data.text, remind:get("8")) end)`, "1\tnew\tnil\nnew\t7\t0\t0\ttrue"},
		"lists and cancels": {reminding + `tg.spawn(function() for i = 1, 4 do remind:after(i .. "h", { data = { text = i } }) end
			local runs = remind:list() print(#runs, runs[1].data.text, runs[1] == remind:get(runs[1].id), runs[2]:cancel(), runs[2]:cancel(), runs[2].pending, remind:cancel(runs[3].id), remind:cancel("none"))
			tg.after("90m", function() print(remind:cancel()) end) end)`, "4\t1\ttrue\ttrue\tfalse\tfalse\t1\t0\n1\t#1\t0\t0\ttrue\n1"},
		"again and again until it ends itself": {`local n = 0 local run run = tg.job("e", function(data, run) n = n + 1 print(n, data) if n == 3 then run:cancel() end end):every("1h") print(run.id)`,
			"top 1\n1\tnil\n2\tnil\n3\tnil"},
		"a slow run is not overtaken": {`tg.job("e", function(_, run) print(os.time() % 86400 / 3600) tg.sleep("90m") end):every("1h") tg.after("4h", function() tg.store:set("x", 1) end) tg.job("stop", function() end)`,
			"1\n3\n5\n7\n9\n11\n13\n15\n17\n19\n21\n23"},
		"a schedule":                             {`tg.job("c", function(_, run) print(tg.time.format(run.due, "%H:%M")) end):cron("30 */6 * * *", { tz = "+02:00" })`, "04:30\n10:30\n16:30\n22:30"},
		"a time of the day":                      {`tg.job("a", function() print(tg.time.format(tg.time.now(), "%H:%M")) end):at("18:00", { tz = "+02:00" })`, "16:00"},
		"an error is an end, too":                {`local n = 0 tg.job("a", function(data) n = n + 1 error("boom " .. n, 0) end):every("10h")`, "error: boom 1\nerror: boom 2"},
		"a top level that is over plans nothing": {`print(tg.job("a", function() print("no") end):at("1999-01-01 00:00").pending)`, "false"},
		"slips": {`local j = tg.job("a", function() end) local function try(f, ...) print(select(2, pcall(f, ...)).message) end
			try(tg.job, "a", print) try(tg.job, "a/b", print) try(j.after, j, "1h", { chat = 1 }) try(j.every, j, 0.5) try(j.cron, j, "x") try(j.after, j, "1h", { data = print })
			try(j.after, j, 1, { id = "#1" }) try(j.after, j, 1, { missed = "never" }) try(j.after, j, 1, { jitter = -1 }) try(j.after, j, 1, { data = ("x"):rep(70000) })
			tg.spawn(function() try(j.at, j, "1999-01-01 00:00") end)`,
			"job: argument 1 (name): there is a job 'a' already\njob: argument 1 (name): a name of 1 to 64 bytes without / expected\nafter: unknown option 'chat'\n" +
				"every: argument 1 (duration): must be at least a second: for shorter times there is tg.every\n" +
				"cron: argument 1 (schedule): \"x\" is no schedule: write five fields, \"minute hour day month weekday\", as \"30 9 * * mon-fri\", or @daily\nwrite value: a function can't be kept\nafter: option 'id': must have at most 128 bytes, and not begin with #\n" +
				"after: option 'missed': 'never' is not one of 'run', 'skip', 'all'\nafter: option 'jitter': duration expected, got -1 (write seconds or \"5m\", \"1h30m\", \"2d\")\n" +
				"the data of a run has 70004 bytes, more than 65536: put them into tg.store, and the key into the data\nat: argument 1 (time): 1999-01-01 00:00:00 is over"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(b *bubble) {
				got := b.load("s", row.script)
				if rest := b.pass(24*time.Hour - time.Second); got != "" && rest != "" {
					got += "\n" + rest
				} else {
					got += rest
				}
				b.is(got, row.want)
			})
		})
	}
}

func TestJobsOutliveTheProcess(t *testing.T) {
	inBubble(t, func(b *bubble) {
		b.load("s", reminding+`tg.spawn(function() for i, missed in ipairs({ "run", "skip", "all" }) do
			remind:after("1h", { data = { text = "once " .. missed }, missed = missed }) remind:every("1h", { data = { text = "hourly " .. missed }, missed = missed })
		end end)`)
		b.stop()
		b.start()
		<-time.After(150 * time.Minute)
		b.is(b.load("s", reminding), "once run\t#1\t5400\t0\ttrue\nhourly run\t#2\t5400\t1\ttrue\nonce all\t#5\t5400\t0\ttrue\nhourly all\t#6\t5400\t0\ttrue\nhourly all\t#6\t1800\t0\ttrue")
		b.is(b.pass(time.Hour), "hourly run\t#2\t0\t0\ttrue\nhourly skip\t#4\t0\t0\ttrue\nhourly all\t#6\t0\t0\ttrue")
		b.is(b.load("s", reminding), "") // a reload disturbs nothing
		b.is(b.pass(time.Hour), "hourly run\t#2\t0\t0\ttrue\nhourly skip\t#4\t0\t0\ttrue\nhourly all\t#6\t0\t0\ttrue")
		b.is(b.load("s", reminding+`error("broken", 0)`), "load: broken") // the old version goes on
		b.is(b.pass(time.Hour), "hourly run\t#2\t0\t0\ttrue\nhourly skip\t#4\t0\t0\ttrue\nhourly all\t#6\t0\t0\ttrue")
	})
}

// TestAJobThatIsCutOff is at least once over a crash, and once otherwise.
func TestAJobThatIsCutOff(t *testing.T) {
	const slow = `local slow = tg.job("slow", function(data, run) print("begins", run.late) tg.sleep("3s") tg.store:add("done") print("ends") end)
		slow:after("1m", { id = "x" })
		`
	inBubble(t, func(b *bubble) {
		b.load("s", slow)
		b.is(b.pass(time.Minute+time.Second), "begins\t0")
		b.is(b.load("s", slow), "") // the run has time to end in the version that began it
		b.is(b.pass(5*time.Second), "ends")
		b.load("s", slow)
		b.is(b.pass(time.Minute+time.Second), "begins\t0") // planned anew by the new load
		b.crash()
		b.is(b.load("s", slow), "begins\t3") // the last moments of the other process took two seconds
		b.is(b.pass(time.Minute), "ends")
		b.is(b.load("t", `print(1)`), "1")
		b.stop()
		b.start()
		b.is(b.load("s", slow), "")
		b.is(b.load("s", slow+`print(tg.store:get("done"))`), "2")
	})
}

func TestJobsOfTheTopLevel(t *testing.T) {
	inBubble(t, func(b *bubble) {
		hourly := `tg.job("tick", function(data) print("tick", data) end):every("1h", { data = "VERSION" })` + "\n"
		b.load("s", hourly)
		b.is(b.pass(90*time.Minute), "tick\tVERSION")
		b.load("s", hourly[:len(hourly)-14]+`"two" })`) // the same plan goes on in step
		b.is(b.pass(30*time.Minute), "tick\ttwo")
		b.load("s", `tg.job("tick", function(data) print("tick", data) end):every("45m")`) // another plan begins anew
		b.is(b.pass(45*time.Minute), "tick\tnil")
		b.load("s", `local tick = tg.job("tick", function() print("tick") end) tg.after("10h", function() print(#tick:list()) end)`) // none any more
		b.is(b.pass(10*time.Hour), "0")
	})
}

// TestJobsThatAreGone is about runs of jobs that the script has no more.
func TestJobsThatAreGone(t *testing.T) {
	inBubble(t, func(b *bubble) {
		b.logger = slog.New(&lineHandler{tell: func(line string) { b.said <- line }})
		b.load("s", reminding+`tg.spawn(function() remind:after("1h", { data = { text = "tea" } }) end) tg.job("other", print)`)
		b.is(b.load("s", `tg.job("other", print):after("9h")`), "log WARN: runs are planned of jobs that the script doesn't have any more: they wait until it has them, or are cancelled jobs=remind")
		b.is(b.pass(2*time.Hour), "")
		b.is(b.load("s", reminding), "tea\t#1\t3600\t0\ttrue") // late
	})
}

// TestPlanned is what a status tells of jobs.
func TestPlanned(t *testing.T) {
	inBubble(t, func(b *bubble) {
		b.load("s", `print(1)`)
		planned := func() string {
			live := b.host.Script("s").Generation()
			soonest, all := bindings.Planned(live, 2)
			told := strconv.Itoa(all)
			for _, p := range soonest {
				told += " " + p.Job + "/" + p.ID + " " + time.Until(p.Next).String() + " " + p.Every.String()
			}
			return told
		}
		b.is(planned(), "0")
		b.load("s", reminding+`remind:every("2h") tg.spawn(function() remind:after("1h") remind:after("3h") end)`)
		b.is(planned(), "3 remind/#1 1h0m0s 0s remind/top 1 2h0m0s 2h0m0s")
	})
}
