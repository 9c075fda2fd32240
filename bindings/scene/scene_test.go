package scene

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// newDirector directs a sandbox of its own with a clock that stands still.
func newDirector(t *testing.T) *Director {
	t.Helper()
	server, err := sandbox.New(sandbox.Options{Clock: sandbox.NewVirtualClock(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), true), Random: 7})
	if err != nil {
		t.Fatal(err)
	}
	d := NewDirector(server)
	t.Cleanup(func() {
		d.Close()
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// play returns what a scenario prints and returns, a line each.
func play(t *testing.T, d *Director, lua string) (string, error) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	var lines []string
	results, err := d.Play(ctx, Scenario{Name: "test.lua", Source: []byte(lua), Print: func(line string) { lines = append(lines, line) }})
	return strings.Join(append(lines, results...), "\n"), err
}

// act lets Go be the bot: it answers every message of a private chat.
func act(t *testing.T, d *Director, answer func(sandbox.Entry) string) {
	t.Helper()
	bot := d.server.Person("EchoBot")
	forget := d.server.Observe(func(e sandbox.Entry) {
		if e.Chat != "EchoBot" || e.Kind != sandbox.EntrySent {
			return
		}
		if text := answer(e); text != "" {
			if _, err := bot.Send(t.Context(), e.From, text, sandbox.SendOptions{}); err != nil && t.Context().Err() == nil {
				t.Error(err)
			}
		}
	})
	t.Cleanup(forget)
}

func TestWhatScenariosDo(t *testing.T) {
	for name, row := range map[string]struct{ lua, prints string }{
		"somebody writes and waits for the answer": {`
			local alice = sandbox:person("alice")
			alice:send("EchoBot", "one")
			alice:send("EchoBot", "two")
			print(alice:wait("EchoBot"), alice:wait("EchoBot").text)`, "EchoBot: echo one\techo two"},
		"a wait passes over what doesn't fit": {`
			local alice = sandbox:person("alice")
			alice:send("EchoBot", "one")
			alice:send("EchoBot", "two")
			return alice:wait("EchoBot", { pattern = "t.o$", from = "EchoBot" })`, "EchoBot: echo two"},
		"each person waits alone": {`
			local alice, bob = sandbox:person("alice"), sandbox:person("bob")
			alice:send("Friends", "hello")
			print(bob:wait("Friends").text, sandbox:person("carol"):wait("Friends").text)`, "hello\thello"},
		"what was said before isn't waited for": {`
			local ok, err = pcall(function() return sandbox:person("bob"):wait("News", { timeout = 0.01 }) end)
			print(ok, err.kind, err.message)`, "false\tTIMEOUT\tbob has waited 10ms for a message in News"},
		"a message is edited by its author, and who sees it notices": {`
			local alice, bob = sandbox:person("alice"), sandbox:person("bob")
			local sent = alice:send("bob", "helo")
			local seen = bob:wait("alice")
			alice:edit(sent, "hello")
			print(seen.text, seen:wait_edit().text, seen == sent, seen.id == sent.id)`, "helo\thello\ttrue\ttrue"},
		"a message is acted on by anybody who sees it": {`
			local alice, bob = sandbox:person("alice"), sandbox:person("bob")
			local sent = alice:send("Friends", "hello")
			bob:react(sent, "👍")
			bob:forward(sent, "carol")
			print(bob:send("Friends", "yes", { reply_to = sent }).reply_to ~= nil, sandbox:person("carol"):wait("bob").text)
			local seen = bob:messages("Friends")[1]
			alice:delete(sent)
			seen:wait_deleted()`, "true\thello"},
		"nobody edits what another has written": {`
			local sent = sandbox:person("alice"):send("bob", "x")
			local ok, err = pcall(function() sandbox:person("bob"):edit(sent, "y") end)
			print(ok, err.kind, err.code)`, "false\tMESSAGE_AUTHOR_REQUIRED\t403"},
		"files go out and come back": {`
			local sent = sandbox:person("alice"):send_file("bob", "a\0b", { name = "x.bin", caption = "here" })
			print(sent.media, sent.text, #sandbox:person("bob"):wait("alice", { media = "document" }):file())`, "document\there\t3"},
		"files may have any bytes, and many of them": {`
			local sent = sandbox:person("alice"):send_file("bob", ("\255\0"):rep(700000))
			print(#sent:file(), sent:file():byte(1, 2))`, "1400000\t255\t0"},
		"chats are joined, left and read": {`
			local dave = sandbox:person("dave")
			dave:join("Friends")
			print(#sandbox:chat("Friends"):members())
			dave:read("Friends")
			dave:read("Workshop")
			dave:leave("Friends")
			for _, name in ipairs(sandbox:chat("Friends"):members()) do print(name) end`, "5\nEchoBot\nalice\nbob\ncarol"},
		"the cast is listed": {`
			print(#sandbox:people(), #sandbox:bots(), #sandbox:chats(), sandbox:people()[1], sandbox:chats()[1].kind)
			local alice = sandbox:person("alice")
			print(alice.id, alice.username, alice.phone, sandbox:bot("EchoBot").phone, alice == sandbox:people()[1])`,
			"5\t3\t3\talice\tgroup\n1001\talice\t+427770001\tnil\ttrue"},
		"the transcript has what was said since the beginning": {`
			local alice = sandbox:person("alice")
			local sent = alice:send("bob", "x")
			alice:edit(sent, "y")
			alice:send("Friends", "z")
			for i, e in ipairs(sandbox:transcript()) do print(i, e, e.kind) end
			print(#sandbox:transcript("Friends"), sandbox:messages("Friends")[1])`,
			"1\talice → bob: x\tsent\n2\talice → bob (edited): y\tedit\n3\talice → Friends: z\tsent\n1\talice: z"},
		"time is moved": {`
			local before = sandbox:now()
			sandbox:advance("1h30m")
			print(sandbox:now() - before, os.date("!%H:%M", os.time()))`, "5400\t04:34"},
		"a bot is a person, too": {`
			local alice = sandbox:person("alice")
			alice:send("EchoBot", "/start")
			sandbox:bot("EchoBot"):send("alice", "hi")
			print(alice:wait("EchoBot", { text = "hi" }))`, "EchoBot: hi"},
		"silence is heard": {`
			local alice = sandbox:person("alice")
			alice:silence("bob", 0.01)
			sandbox:person("bob"):send("alice", "boo")
			print(pcall(function() alice:silence("bob", 5) end))`, "false\talice should have heard nothing in bob, but heard \"bob: boo\""},
		"a snapshot brings everything back": {`
			local alice = sandbox:person("alice")
			alice:send("bob", "kept")
			local state = sandbox:snapshot()
			alice:send("bob", "lost")
			sandbox:restore(state)
			print(#alice:messages("bob"))
			sandbox:reset()
			print(#alice:messages("bob"))
			sandbox:person("bob"):send("alice", "again")
			print(alice:wait("bob"))`, "1\n0\nbob: again"},
		"pins and typing": {`
			local alice = sandbox:person("alice")
			local sent = alice:send("Friends", "read this")
			alice:pin(sent)
			alice:pin(sent, false)
			alice:type("Friends")
			return sent.out`, "true"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDirector(t)
			act(t, d, func(e sandbox.Entry) string { return "echo " + e.Text })
			prints, err := play(t, d, row.lua)
			if err != nil {
				t.Fatal(err)
			}
			if prints != row.prints {
				t.Errorf("it prints\n%s\nwant\n%s", prints, row.prints)
			}
		})
	}
}

func TestWhatScenariosAreToldOfMistakes(t *testing.T) {
	d := newDirector(t)
	for name, row := range map[string][2]string{
		"nobody":                  {`sandbox:person("alicia")`, `test.lua:1: sandbox: unknown person 'alicia': did you mean 'alice'?`},
		"no chat":                 {`sandbox:chat("Frends")`, `unknown chat 'Frends': did you mean 'Friends'?`},
		"no method of Telegram's": {`sandbox:flood("messages.sendMesage", 5)`, `unknown method 'messages.sendMesage': did you mean 'messages.sendMessage'?`},
		"no function":             {`sandbox:flod("x", 1)`, `did you mean 'flood'?`},
		"no option":               {`sandbox:person("alice"):wait("bob", { timout = 1 })`, `did you mean 'timeout'?`},
		"a dot":                   {`sandbox.reset()`, `use sandbox:reset, not sandbox.reset`},
		"no chat of theirs":       {`sandbox:person("alice"):send("Nowhere", "x")`, `find chat "Nowhere"`},
		"no Lua":                  {`sandbox:`, `test.lua:1`},
		"a fault for nobody":      {`sandbox:swallow("bobb")`, `unknown person 'bobb'`},
		"a broken pattern":        {`sandbox:person("alice"):send("bob", "x") sandbox:person("bob"):wait("alice", { pattern = "%" })`, `match "%"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := play(t, d, row[0])
			var told *runtime.ScriptError
			if !errors.As(err, &told) || !strings.Contains(err.Error(), row[1]) {
				t.Errorf("it says %v, want %s", err, row[1])
			}
		})
	}
}

func TestAScenarioEndsWithItsContext(t *testing.T) {
	d := newDirector(t)
	ctx, stop := context.WithCancel(t.Context())
	_, err := d.Play(ctx, Scenario{Name: "test.lua", Source: []byte(`print("begun") sandbox:person("alice"):wait("bob", { timeout = "1h" })`), Print: func(string) { stop() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
}

// TestEveryRowIsDocumented compiles the examples and lets the checker that scripts have look at them.
func TestEveryRowIsDocumented(t *testing.T) {
	rows := Table()
	for _, c := range rows.Classes {
		if c.Doc == "" {
			t.Errorf("%s has no doc", c.Name)
		}
		for _, f := range c.Methods {
			if f.Doc == "" || f.Sample == "" {
				t.Errorf("%s:%s needs a doc and an example", c.Name, f.Name)
			}
			if _, err := vm.Compile("example", []byte(f.Sample)); err != nil {
				t.Errorf("%s:%s: %v", c.Name, f.Name, err)
			}
			for _, finding := range reference.Check(rows, c.Name+":"+f.Name, []byte(f.Sample)) {
				if finding.Severity == reference.Error {
					t.Error(finding)
				}
			}
		}
	}
	if text, _ := reference.Lookup(rows, "sandbox:flood"); !strings.Contains(text, "FLOOD_WAIT") {
		t.Errorf("flood is described as %s", text)
	}
}
