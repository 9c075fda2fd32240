package bindings_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/service/kv"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/store"
)

func TestStore(t *testing.T) {
	serviceRows{
		{"values come back", `tg.store:set("v", { 1, "two", { deep = true }, tg.json.null }) local v = tg.store:get("v") print(v[1], v[2], v[3].deep, v[4] == tg.json.null, #v)
			tg.store:set("ids", { [1001] = "alice" }) print(tg.store:get("ids")[1001]) tg.store:set("no", false) print(tg.store:get("no", "default"))`,
			"print: 1\ttwo\ttrue\ttrue\t4\nprint: alice\nprint: false"},
		{"what isn't there", `print(tg.store:get("none"), tg.store:get("none", "default"), tg.store:has("none"), tg.store:delete("none"), tg.store:ttl("none"), tg.store:expire("none"))`,
			"print: nil\tdefault\tfalse\tfalse\tnil\tfalse"},
		{"text of any bytes", `tg.store:set("b\0\255", "\0\255") print(#tg.store:get("b\0\255"), #tg.store:keys("b\0")[1])`, "print: 2\t3"},
		{"large numbers keep their digits", `tg.store:set("id", "9223372036854775807") tg.store:set("n", 2^53) print(tg.store:get("id"), tg.store:get("n") == 2^53)`, "print: 9223372036854775807\ttrue"},
		{"a copy is kept", `local t = { 1 } tg.store:set("t", t) t[1] = 2 local u = tg.store:get("t") u[1] = 3 print(tg.store:get("t")[1])`, "print: 1"},
		{"values are no fields", `print(pcall(function() return tg.store.count end)) print(pcall(function() tg.store:user(7).count = 1 end)) print(pcall(function() tg.store:gett("x") end))`,
			"print: false\tStore: unknown field 'count': values are read by store:get(\"count\")\nprint: false\tStore: 'count' can't be set with =: write store:set(\"count\", value)\nprint: false\tStore: unknown field 'gett': did you mean 'get'?"},
		{"nil takes away", `tg.store:set("a", 1) tg.store:set("a", nil) print(tg.store:has("a"))`, "print: false"},
		{"only the first", `print(tg.store:set("lock", 1, { if_absent = true }), tg.store:set("lock", 2, { if_absent = true }), tg.store:get("lock"))`, "print: true\tfalse\t1"},
		{"counters", `print(tg.store:add("m"), tg.store:add("m", 5), tg.store:add("m", -0.5), tg.store:get("m")) tg.store:set("w", "x") print(pcall(tg.store.add, tg.store, "w"))`,
			"print: 1\t6\t5.5\t5.5\nprint: false\tadd: the value of \"w\" is no number"},
		{"compare and set", `local s = tg.store print(s:compare_and_set("c", nil, { a = 1, b = 2 }), s:compare_and_set("c", nil, 0), s:compare_and_set("c", { b = 2, a = 1 }, "x"),
			s:compare_and_set("c", "y", "z"), s:get("c"), s:compare_and_set("c", "x", nil), s:has("c"))`, "print: true\tfalse\ttrue\tfalse\tx\ttrue\tfalse"},
		{"going through", `for i = 1, 250 do tg.store:set("i:" .. i, i) end local n, sum = 0, 0 for key, value in tg.store:iter("i:") do n = n + 1 sum = sum + value
			tg.store:delete(key) tg.store:set("i:0" .. n, 0) end print(n >= 250, sum, #tg.store:keys("i:") == n) print(tg.store:clear("i:") > 0, #tg.store:keys("i:"))`,
			"print: true\t31375\ttrue\nprint: true\t0"},
		{"in order, and not all", `for _, k in ipairs({ "k:c", "k:a", "k:b" }) do tg.store:set(k, k:upper()) end print(table.concat(tg.store:keys("k:"), " "), #tg.store:keys("k:", { limit = 2 }), tg.store:list("k:", { limit = 1 })["k:a"])
			for key, value in tg.store:iter("k:", { limit = 2 }) do print(key, value) end`, "print: k:a k:b k:c\t2\tK:A\nprint: k:a\tK:A\nprint: k:b\tK:B"},
		{"parts", `tg.store:chat(-1001):set("x", 1) tg.store:user("7"):set("x", 2) tg.store:user(client.me):add("n") print(tg.store:chat(-1001):get("x"), tg.store:user(7):get("x"), tg.store:get("chat/-1001/x"), tg.store:get("user/1001/n"))
			for key, value in tg.store:user(7):iter() do print(key, value) end print(tg.store:user(7):clear(), tg.store:chat(-1001):has("x"), tg.store:user(7), tg.store:user(7) == tg.store:user(7))`,
			"print: 1\t2\t1\t1\nprint: x\t2\nprint: 1\ttrue\tStore(user/7/)\ttrue"},
		{"parts of what is shared", `print(pcall(function() tg.store:shared("x"):chat(1) end)) print(pcall(function() tg.store:chat("@durov") end)) print(pcall(function() tg.store:shared("") end))`,
			"print: false\tchat and user are parts of tg.store, not of what scripts share: put the id into the key\nprint: false\tchat: argument 1 (chat): id, or object with one (names may change) expected, got '@durov'\nprint: false\tshared: argument 1 (name): must have 1 to 64 bytes"},
		{"what can't be kept", `for _, v in ipairs({ client, { a = { print } } }) do local ok, e = pcall(tg.store.set, tg.store, "x", v) print(e.kind, e) end`,
			"print: ENCODE\twrite value: an object can't be kept: take its fields, or what to_table() returns\nprint: ENCODE\twrite value: a[1]: a function can't be kept"},
		{"too much", `local ok, e = pcall(tg.store.set, tg.store, ("k"):rep(513), 1) print(e.kind, e.what, e.limit) ok, e = pcall(tg.store.set, tg.store, "k", ("v"):rep(2^20 + 1)) print(e)
			print(pcall(tg.store.set, tg.store, "", 1)) print(pcall(tg.store.set, tg.store, "a", 1, { ttl = 0 }))`,
			"print: STORE_QUOTA\tkey\t512\nprint: a value has 1048581 bytes, more than 1048576: split it over several keys, or write it to a file with tg.fs\n" +
				"print: false\tset: argument 1 (key): must not be empty\nprint: false\tset: option 'ttl': must be more than 0"},
		{"how much", `tg.store:clear() tg.store:set("ab", "c") local u = tg.store:usage() print(u.keys, u.bytes, u.limit) tg.store:sync()`, "print: 1\t6\t67108864"},
	}.inWorld(t)
}

func TestDataOfEvents(t *testing.T) {
	w := newWorld(t, "alice")
	w.run(t, `client:on("message", { pattern = "^count", incoming = true }, function(event)
		local name = event.user_data:get("name", event.sender.first_name)
		event:reply(name .. ": " .. event.chat_data:add("n") .. ", " .. event.user_data:add("n") .. ", " .. tg.store:user(event):get("n") .. ", " .. tostring(event.chat_data))
		event.user_data:set("name", "again")
	end)`, `
		bob> count
		alice: bob: 1, 1, 1, Store(chat/1002/)
		bob> count
		alice: again: 2, 2, 2, Store(chat/1002/)
		bob@Friends> count
		alice@Friends: again: 1, 3, 3, Store(chat/-3001/)`)
}

// bubble runs scripts without a Telegram, on a clock of its own. Scripts of one name and store are the same.
type bubble struct {
	t       *testing.T
	dir     string
	storage *bindings.Storage
	kept    store.Store
	host    *runtime.Host
	envs    map[string]*bindings.Env
	bus     *bindings.Bus
	said    chan string
	logger  *slog.Logger // of the scripts; nil for none
}

func newBubble(t *testing.T, dir string) *bubble {
	b := &bubble{t: t, dir: dir, envs: map[string]*bindings.Env{}, said: make(chan string, 1000)}
	b.start()
	return b
}

func (b *bubble) start() {
	b.t.Helper()
	var err error
	if b.kept, err = store.OpenJournaled(filepath.Join(b.dir, "scripts.db")); err != nil {
		b.t.Fatal(err)
	}
	kept := b.kept
	b.storage = bindings.NewStorage(func() (store.Store, error) { return kept, nil }, kv.Quota{})
	b.bus = &bindings.Bus{}
	b.host = runtime.NewHost(runtime.Options{
		Library: bindings.Library,
		Print:   func(_ *runtime.Generation, line string) { b.said <- line },
		OnError: func(e *runtime.ScriptError) { b.said <- "error: " + message(e) },
	})
}

// stop ends the scripts; what is kept stays.
func (b *bubble) stop() {
	b.t.Helper()
	if err := b.host.Close(context.Background()); err != nil {
		b.t.Error(err)
	}
	if err := b.kept.Close(); err != nil {
		b.t.Error(err)
	}
}

// crash stops without a word: what the disk has now is what is found next.
func (b *bubble) crash() {
	b.t.Helper()
	left := filepath.Join(b.t.TempDir(), "left")
	if err := os.CopyFS(left, os.DirFS(b.dir)); err != nil {
		b.t.Fatal(err)
	}
	b.stop()
	b.heard()
	b.dir = left
	b.start()
}

// load adds a script, or loads it anew, and returns what it said.
func (b *bubble) load(name, source string) string {
	b.t.Helper()
	path := filepath.Join(b.dir, name+".lua")
	if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
		b.t.Fatal(err)
	}
	var err error
	if b.host.Script(name) != nil {
		err = b.host.Reload(context.Background(), name)
	} else {
		_, err = b.host.Add(context.Background(), runtime.ScriptConfig{Name: name, Account: "me", Path: path, Value: &bindings.Env{Storage: b.storage, Space: name, Bus: b.bus, Logger: b.logger}})
	}
	if err != nil {
		b.said <- "load: " + message(err)
	}
	return b.heard()
}

// pass lets time go by and returns what the scripts said.
func (b *bubble) pass(d time.Duration) string {
	b.t.Helper()
	<-time.After(d)
	return b.heard()
}

func (b *bubble) heard() string {
	synctest.Wait()
	var lines []string
	for {
		select {
		case line := <-b.said:
			lines = append(lines, line)
		default:
			return strings.Join(lines, "\n")
		}
	}
}

func (b *bubble) is(got, want string) {
	b.t.Helper()
	if got != want {
		b.t.Errorf("got  %q\nwant %q", got, want)
	}
}

func inBubble(t *testing.T, play func(b *bubble)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		b := newBubble(t, dir)
		play(b)
		b.stop()
	})
}

func TestTimesToLive(t *testing.T) {
	inBubble(t, func(b *bubble) {
		b.is(b.load("s", `tg.store:set("code", 1, { ttl = "5m" }) tg.store:add("tries", 1, { ttl = 60 }) print(tg.store:ttl("code"), tg.store:ttl("tries"))
			tg.every("1m", function() print(tg.store:get("code"), tg.store:add("tries", 1, { ttl = 90 }), tg.store:ttl("tries"), tg.store:usage().keys) end)
			tg.after("4m30s", function() tg.store:expire("code", "1m") end)`), "300\t60")
		b.is(b.pass(time.Minute+time.Millisecond), "1\t1\t90\t2")
		b.is(b.pass(time.Minute), "1\t2\t30\t2")
		b.is(b.pass(3*time.Minute), "1\t1\t90\t2\n1\t2\t30\t2\n1\t1\t90\t2")
		b.is(b.pass(time.Minute), "nil\t2\t30\t1")
	})
}

func TestStoreOutlives(t *testing.T) {
	const script = `print(tg.store:add("loads"), tg.store:shared("all"):add("loads")) tg.every("1h", function() end)`
	inBubble(t, func(b *bubble) {
		b.is(b.load("a", script), "1\t1")
		b.is(b.load("a", script+" -- a reload"), "2\t2")
		b.is(b.load("b", script), "1\t3") // a script of its own
		b.stop()
		b.start()
		b.is(b.load("a", script), "3\t4")
		b.crash()
		b.is(b.load("a", script), "4\t5")
		b.is(b.load("b", script), "2\t6")
	})
}

func TestCountersLoseNothing(t *testing.T) {
	inBubble(t, func(b *bubble) {
		b.load("a", `for i = 1, 50 do tg.spawn(function() for i = 1, 20 do
			local s = tg.store:shared("all")
			s:add("sum")
			repeat local old = s:get("cas") tg.sleep(0.001) until s:compare_and_set("cas", old, (old or 0) + 1)
		end end) end`)
		b.load("b", `for i = 1, 20 do tg.spawn(function() tg.sleep(0.1) for i = 1, 20 do tg.store:shared("all"):add("sum") end end) end`)
		b.pass(time.Hour)
		b.is(b.load("c", `print(tg.store:shared("all"):get("sum"), tg.store:shared("all"):get("cas"))`), fmt.Sprintf("%d\t%d", 50*20+20*20, 50*20))
	})
}
