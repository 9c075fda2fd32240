package bindings_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/tgscript/tgscript/runtime"
)

func TestTime(t *testing.T) {
	serviceRows{
		{"now", `print(math.abs(tg.time.now() - os.time()) < 5)`, "print: true"},
		{"writing", `print(tg.time.format(0), tg.time.format(86400.5, "%d.%m.%Y %H:%M:%S.%f", { tz = "Europe/Berlin" }), tg.time.format(0, "%A %j %U", { tz = "UTC" }))`,
			`load: format: argument 2 (format): %U stands for nothing in a time`},
		{"writing in a zone", `print(tg.time.format(86400.5, "%d.%m.%Y %H:%M:%S.%f %Z", { tz = "Europe/Berlin" }), tg.time.format(0, { tz = "+05:30" }))`,
			"print: 02.01.1970 01:00:00.500000 CET\t1970-01-01T05:30:00+05:30"},
		{"reading", `print(tg.time.parse("2026-07-01 12:00", { tz = "Europe/Berlin" }), tg.time.parse("2026-07-01T10:00:00Z"), tg.time.parse("01/07/26", "%d/%m/%y"))`,
			"print: 1782900000\t1782900000\t1782864000"},
		{"reading what is none", `local ok, e = pcall(tg.time.parse, "yesterday") print(ok, e.kind) print(select(2, pcall(tg.time.parse, "1", "%d", { tz = "Mars/Base" })).message)`,
			"print: false\tPARSE\nprint: parse: option 'tz': there is no time zone \"Mars/Base\": write \"Europe/Berlin\", \"UTC\", \"local\" or \"+02:00\""},
		{"parts, and back", `local p = tg.time.parts(1782900000.25, { tz = "Europe/Berlin" }) print(p.year, p.month, p.day, p.hour, p.min, p.sec, p.wday, p.yday, p.week, p.offset, p.zone)
			print(tg.time.make({ year = 2026, month = 7, day = 1, hour = 12, sec = 0.25, tz = "Europe/Berlin" }))`, "print: 2026\t7\t1\t12\t0\t0.25\t4\t182\t27\t7200\tCEST\nprint: 1782900000.25"},
		{"adding over the change of clocks", `local t = tg.time.parse("2026-03-28 12:00", { tz = "Europe/Berlin" })
			print(tg.time.add(t, { days = 1, tz = "Europe/Berlin" }) - t, tg.time.add(t, { hours = 24 }) - t)`, "print: 82800\t86400"},
		{"adding months", `local function day(t, o) return tg.time.format(tg.time.add(tg.time.parse(t), o), "%F") end
			print(day("2026-01-31", { months = 1 }), day("2024-02-29", { years = 1 }), day("2026-03-31", { months = -1 }), day("2026-01-01", { weeks = 1, days = -1 }))`,
			"print: 2026-02-28\t2025-02-28\t2026-02-28\t2026-01-07"},
		{"beyond all times", `print(select(2, pcall(tg.time.format, 0/0)).kind, select(2, pcall(tg.time.add, 0, { seconds = 1e300 })).kind)`, "print: ARGUMENT\tARGUMENT"},
		{"durations", `print(tg.time.seconds("1h30m"), tg.time.span(93784), tg.time.span("90s"), tg.time.span(0.5), tg.time.span(3600), tg.time.span(61))`, "print: 5400\t1d 2h\t1m 30s\t0.5s\t1h\t1m 1s"},
	}.inWorld(t)
}

func TestStateSurvivesAReload(t *testing.T) {
	w := newWorld(t, "alice")
	path := filepath.Join(t.TempDir(), "s.lua")
	write := func(source string) {
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`tg.state.set("count", tg.state.get("count", 0) + 1) tg.state.set("list", { 1, { deep = "x" } }) print("first", tg.state.get("count"))`)
	_, err := w.host.Add(w.ctx, runtime.ScriptConfig{Name: "kept", Path: path, Value: w.env})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { w.try("remove", w.host.Remove(context.Background(), "kept")) }()
	w.expect(t, "print: first\t1")
	write(`tg.state.set("count", tg.state.get("count", 0) + 1) print("second", tg.state.get("count"), tg.state.get("list")[2].deep, table.concat(tg.state.names(), ","))`)
	if err := w.host.Reload(w.ctx, "kept"); err != nil {
		t.Fatal(err)
	}
	w.expect(t, "print: second\t2\tx\tcount,list")
}

func TestState(t *testing.T) {
	serviceRows{
		{"values are copied", `tg.state.clear() local v = { 1 } tg.state.set("a", v) v[1] = 2 local w = tg.state.get("a") w[1] = 3 print(tg.state.get("a")[1], tg.state.get("none"), tg.state.get("none", "x"), tg.state.get("a", "x")[1])`,
			"print: 1\tnil\tx\t1"},
		{"nil takes a value away", `tg.state.set("a", false) print(tg.state.get("a")) tg.state.set("a", nil) print(#tg.state.names())`, "print: false\nprint: 0"},
		{"what belongs to a version can't be kept", `print(select(2, pcall(tg.state.set, "a", { print })).message) print(select(2, pcall(tg.state.set, "a", client)).message)
			local t = {} t.t = t print(select(2, pcall(tg.state.set, "a", t)).message:match("table expected.*"))`,
			"print: set: argument 2 (value): element 1: plain value expected, got function\nprint: set: argument 2 (value): text, numbers, booleans and tables of these expected, got an object\nprint: table expected, got one that contains itself or nests too deeply"},
		{"there is an end to it", `local ok, e = pcall(tg.state.set, "a", ("x"):rep(8 * 2^20)) print(ok, e.kind, e.message) for i = 1, 3 do tg.state.set("b", ("x"):rep(5 * 2^20)) end
			print(select(2, pcall(tg.state.set, "c", ("x"):rep(5 * 2^20))).kind) tg.state.set("b", nil) tg.state.set("c", ("x"):rep(5 * 2^20)) tg.state.clear() print("done")`,
			"print: false\tTOO_LARGE\twhat tg.state holds is larger than 8 MiB\nprint: TOO_LARGE\nprint: done"},
	}.inWorld(t)
}
