package trial

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// folder makes files in a folder of its own, and returns its path.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// run runs all tests of a folder.
func run(t testing.TB, dir string, opts Options) *Summary {
	t.Helper()
	files, err := Find([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Run(t.Context(), files, opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// passes fails the test for each of a folder's that doesn't pass.
func passes(t testing.TB, files map[string]string, opts Options) *Summary {
	t.Helper()
	s := run(t, folder(t, files), opts)
	for _, r := range s.Results {
		if r.State != Passed {
			t.Errorf("%s %s\n%s", r.Name, r.State, r.Story())
		}
	}
	return s
}

const chatter = `
client:command("wait", function(event) event:respond("soon") tg.sleep("10m") event:respond("now") end)
client:command("ask", function(event)
  local ok, answer = pcall(event.ask, event, "What?", { timeout = "5m" })
  event:respond(ok and "You say " .. answer.text or answer.kind)
end)
client:command("at", function(event) tg.at("18:00", function() event:respond("six o'clock") end) end)
client:command("cron", function(event) tg.cron("0 9 * * *", function() event:respond(os.date("!%d %H:%M", os.time())) end) end)
client:command("later", function(event) client:send_message(event.chat, "scheduled", { schedule = "1h" }) end)
client:command("time", function(event) event:respond(tg.time.format(nil, "%F %T")) end)
client:on("message", { pattern = "^slow", sequential = "chat" }, function(event) tg.sleep("1m") event:respond(event.text) end)
client:command("arg", function(event) event:respond(tostring(tg.args.word)) end)
client:command("file", function(event) event:respond(tg.fs.read("data/words.txt")) end)
client:command("print", function(event) print("printed", event.id) tg.log.warn("logged") end)
client:on("callback", function(event) tg.sleep("3s") event:answer("pressed") end)
client:command("button", function(event) event:respond("here", { buttons = { { text = "Go", data = "go" } } }) end)
client:on("inline_query", function(event) event:answer({ { title = "One", text = "one" } }) end)
client:command("oops", function() error("oops") end)
client:command("two", function(event) event:respond("a") event:respond("b") end)
`

// TestTimeIsThatOfTheTest is about everything that goes by the clock.
func TestTimeIsThatOfTheTest(t *testing.T) {
	began := time.Now()
	passes(t, map[string]string{"bot.lua": chatter, "bot_test.lua": `
script({ account = "bot" })
local alice
before_each(function(t) alice = t:person("alice") end)
test("sleep", function(t)
  alice:send("/wait")
  alice:expect("soon") alice:expect_none()
  t:advance("9m59s") alice:expect_none()
  t:advance("1s") alice:expect("now")
end)
test("expect waits by itself, up to its time", function(t)
  alice:send("/wait")
  alice:expect("soon")
  expect(function() alice:expect("now", { within = "9m" }) end):raises("EXPECTED")
  alice:expect("now", { within = "1m" })
end)
test("questions run out", function(t)
  alice:send("/ask") alice:expect("What?")
  t:advance("5m") alice:expect("TIMEOUT")
  alice:send("/ask") alice:expect("What?") alice:send("this") alice:expect("You say this")
end)
test("times of day", function(t)
  alice:send("/at") t:advance("5h59m") alice:expect_none()
  t:advance("1m") alice:expect("six o'clock")
end)
test("cron", function(t)
  alice:send("/cron") t:advance("3d")
  alice:expect("02 09:00") alice:expect("03 09:00") alice:expect("04 09:00") alice:expect_none()
end)
test("the time of day", function(t)
  t:advance("90m") alice:send("/time") alice:expect("2026-01-01 13:30:00")
end)
test("sequential handlers wait for one another", function(t)
  alice:send("slow 1") alice:send("slow 2")
  t:advance("1m") alice:expect("slow 1") alice:expect_none()
  t:advance("1m") alice:expect("slow 2")
end)
test("floods", function(t)
  sandbox:flood("messages.sendMessage", 30)
  alice:send("/two") t:settle() alice:expect_none()
  t:advance("29s") alice:expect_none()
  t:advance("1s") alice:expect("a") alice:expect("b")
end)
test("presses", function()
  alice:send("/button") alice:expect({ buttons = { { "Go" } } })
  expect(alice:press("Go").text):equals("pressed")
end)
`, "user_test.lua": `
script("bot.lua", { account = "user" })
test("scheduled messages", function(t)
  local alice = t:person("alice")
  alice:send("/later") t:advance("59m") alice:expect_none()
  t:advance("2m") alice:expect("scheduled")
end)
test("slow top levels have their time", function(t)
  t:script("slow.lua", { account = "bot", source = 'tg.sleep("1h") client:command("x", function(event) event:respond("y") end)' })
  local alice = t:person("alice"):at("EchoBot")
  alice:send("/x") alice:expect("y")
end)`}, Options{})
	if took := time.Since(began); took > time.Minute {
		t.Errorf("it took %v", took)
	}
}

func TestScriptsHaveWhatTheTestGivesThem(t *testing.T) {
	s := passes(t, map[string]string{
		"config.yaml":             "server: telegram\napi_id: ${NO_ID}\napi_hash: ${NO_HASH}\naccounts:\n  mine:\n    bot_token: ${NO_TOKEN}\n    scripts: scripts/*.lua\n    args: { bot: { word: configured } }\n    allow: { bot: { read: [data] } }\n",
		"data/words.txt":          "one two",
		"scripts/bot.lua":         chatter,
		"scripts/bot_test.lua":    "test('args', function(t) local a = t:person('alice') a:send('/arg') a:expect({ text = 'configured', from = 'mine' }) end)",
		"scripts/given_test.lua":  "script('bot.lua', { args = { word = 'given' }, files = { 'data' } })\ntest('args', function(t) local a = t:person('alice') a:send('/arg') a:expect('given') a:send('/file') a:expect('one two') end)",
		"scripts/denied_test.lua": "script('bot.lua', { account = 'bot' })\ntest('no rights', function(t) t:person('alice'):send('/file') expect(t:errors()[1]):contains('data/words.txt') end)",
		"scripts/allow_test.lua":  "script('bot.lua', { account = 'bot', allow = { read = { 'data' } } })\ntest('rights', function(t) t:write('data/words.txt', 'w') local a = t:person('alice') a:send('/file') a:expect('w') end)",
		"scripts/lines_test.lua":  "script('bot.lua', { account = 'bot' })\ntest('lines', function(t) t:person('alice'):send('/print') local l = t:lines() expect(l[1].text):matches('^printed') expect({ l[2].level, l[2].text }):equals({ 'warn', 'logged' }) end)",
		"scripts/calls_test.lua":  "script('bot.lua', { account = 'bot' })\ntest('calls', function(t) t:person('alice'):send('/two') local c = t:calls('messages.sendMessage') expect(#c):equals(2) expect(c[1].request.message):equals('a') end)",
		"scripts/query_test.lua":  "script('bot.lua', { account = 'bot' })\ntest('query', function(t) local a = t:person('alice') local o = a:query('x') expect(o[1].title):equals('One') a:choose('Friends', o[1]) a:at('Friends'):last() end)",
	}, Options{Env: func(string) (string, bool) { return "", false }})
	if len(s.Results) != 7 {
		t.Errorf("there are %d results", len(s.Results))
	}
}

func TestWhatIsRun(t *testing.T) {
	dir := folder(t, map[string]string{
		"a_test.lua":         "test('one', function() end) test('two', function() error('x') end) test('three', function() end)",
		"sub/b_test.lua":     "test('one', function() end) test.only('four', function() end)",
		".hidden/c_test.lua": "test('never', function() end)",
		"d.lua":              "error('no test')",
	})
	for name, row := range map[string]struct {
		opts Options
		want []string
	}{
		"everything":              {Options{}, []string{"four passed", "one passed", "three passed", "two failed"}},
		"by name":                 {Options{Filter: regexp.MustCompile("^t")}, []string{"three passed", "two failed"}},
		"by file":                 {Options{Filter: regexp.MustCompile("b_test")}, []string{"four passed"}},
		"until the first failure": {Options{FailFast: true, Jobs: 1}, []string{"one passed", "two failed"}},
		"in an order of chance":   {Options{Shuffle: true, Seed: 5}, []string{"four passed", "one passed", "three passed", "two failed"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, r := range run(t, dir, row.opts).Results {
				got = append(got, r.Name+" "+r.State)
			}
			slices.Sort(got)
			if !slices.Equal(got, row.want) {
				t.Errorf("got %v, want %v", got, row.want)
			}
		})
	}
	first, second := run(t, dir, Options{Shuffle: true, Seed: 9, Jobs: 1}), run(t, dir, Options{Shuffle: true, Seed: 9, Jobs: 1})
	for i := range first.Results {
		if first.Results[i].Name != second.Results[i].Name {
			t.Error("the same seed gives another order")
		}
	}
	if _, err := Find([]string{filepath.Join(dir, "nowhere")}); err == nil {
		t.Error("a folder that isn't there is found")
	}
}

func TestCoverage(t *testing.T) {
	cover := &Coverage{}
	passes(t, map[string]string{
		"bot.lua":      "local m = require('mod')\nclient:command('x', function(event)\n  event:respond(m.word())\nend)\nlocal function never()\n  return 1\nend\n",
		"mod.lua":      "return { word = function()\n  return 'w'\nend }\n",
		"bot_test.lua": "script({ account = 'bot' })\ntest('x', function(t) local a = t:person('alice') a:send('/x') a:expect('w') end)",
	}, Options{Cover: cover})
	got := map[string]string{}
	for _, f := range cover.Files() {
		got[filepath.Base(f.File)] = fmt.Sprintf("%d of %d, not %s, %.0f%%", f.Runs, f.Lines, Ranges(f.Missed), f.Percent())
	}
	want := map[string]string{"bot.lua": "4 of 5, not 6, 80%", "mod.lua": "2 of 2, not , 100%"}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	var b bytes.Buffer
	if err := cover.WriteLCOV(&b); err != nil || !strings.Contains(b.String(), "DA:6,0\nLF:5\nLH:4\nend_of_record") {
		t.Errorf("%v, %s", err, b.String())
	}
	if got := Ranges([]int{1, 2, 3, 5, 7, 8}); got != "1-3, 5, 7-8" {
		t.Errorf("ranges are %s", got)
	}
}

func TestAFailureTellsItsStory(t *testing.T) {
	s := run(t, folder(t, map[string]string{
		"bot_test.lua": "script({ account = 'bot', source = [[" + chatter + "]] })\ntest('x', function(t)\n  local a = t:person('alice')\n  a:send('/print') a:send('/button') a:send('/oops')\n  a:expect('there')\nend)",
	}), Options{})
	r := s.Results[0]
	for _, part := range []string{
		": alice expected a message that says \"there\" in EchoBot, but the last is \"EchoBot: here\"\n",
		" |   a:expect('there')", "  - there\n  + here", "alice → EchoBot: /button\n  EchoBot → alice: here\n      [Go]", "print: printed\t2", "warn: logged", "errors of scripts:\n  bot.lua:17: oops (in the handler of message from",
	} {
		if !strings.Contains(r.Story(), part) {
			t.Errorf("%q isn't in\n%s", part, r.Story())
		}
	}
}

// BenchmarkCases is 200 small cases in ten files. They are to take less than ten seconds on two cores.
func BenchmarkCases(b *testing.B) {
	files := map[string]string{"bot.lua": chatter}
	for f := range 10 {
		var text strings.Builder
		text.WriteString("script('bot.lua', { account = 'bot' })\n")
		for c := range 20 {
			fmt.Fprintf(&text, "test('case %d', function(t) local a = t:person('alice') a:send('/two') a:expect('a') a:expect('b') t:advance('1m') a:expect_none() end)\n", c)
		}
		files[fmt.Sprintf("b%d_test.lua", f)] = text.String()
	}
	dir := folder(b, files)
	for b.Loop() {
		if s := run(b, dir, Options{}); s.Count(Passed) != 200 {
			b.Fatalf("%d passed", s.Count(Passed))
		}
	}
}
