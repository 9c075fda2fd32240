package bindings_test

import "testing"

func TestSchedules(t *testing.T) {
	w := newWorld(t, "alice")
	w.services(t, serviceRows{
		{"schedules are timers", `local t = tg.cron("30 9 * * mon-fri", { tz = "Europe/Berlin", jitter = "1m" }, print) t:cancel() tg.cron("@daily", print):cancel() tg.at("18:00", print):cancel() tg.at("2090-01-01 12:00", { tz = "local" }, print):cancel() print("all")`, "print: all"},
		{"what is no schedule", `print(select(2, pcall(tg.cron, "61 * * * *", print)).message) print(select(2, pcall(tg.cron, "* * * * *", { tz = "Mars" }, print)).kind, select(2, pcall(tg.cron, "* * * * *", { jitter = -1 }, print)).kind)`,
			"print: cron: argument 1 (schedule): minute: \"61\" is not 0 to 59\nprint: ARGUMENT\tARGUMENT"},
		{"what is over", `print(select(2, pcall(tg.at, "2020-01-01 12:00", print)).message, select(2, pcall(tg.at, "soon", print)).kind, select(2, pcall(tg.at, true, print)).kind)`,
			"print: at: argument 1 (time): 2020-01-01 12:00:00 is over\tARGUMENT\tARGUMENT"},
	})
	w.run(t, `tg.at(tg.time.now() + 0.02, function() print("it is time") end)`, "print: it is time")
}
