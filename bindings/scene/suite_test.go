package scene

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/bindings/service/hook"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// solo is a company without scripts: the bot is played by Go.
type solo struct {
	server *sandbox.Server
	files  map[string][]byte
}

func (c *solo) Load(_ context.Context, casting Casting) (Loaded, error) {
	return Loaded{Script: casting.Name, Account: "EchoBot", ID: 2001}, nil
}

func (c *solo) Settle(context.Context) error { c.server.Settle(); return nil }

func (c *solo) Webhooks() []hook.Served { return nil }

func (c *solo) Read(name string) ([]byte, error) {
	if data, ok := c.files[name]; ok {
		return data, nil
	}
	return nil, os.ErrNotExist
}

func (c *solo) Write(name string, data []byte) error {
	c.files[name] = data
	return nil
}

// playSuite runs the cases of a file, and gives what each ended with.
func playSuite(t *testing.T, lua string) (map[string]error, *Suite) {
	t.Helper()
	s, err := OpenSuite(t.Context(), Scenario{Name: "x_test.lua", Source: []byte(lua)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	ended := map[string]error{}
	for _, c := range s.Cases {
		clock := sandbox.NewVirtualClock(time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC), true)
		server, err := sandbox.New(sandbox.Options{Clock: clock, Random: 1})
		if err != nil {
			t.Fatal(err)
		}
		set := &Set{Server: server, Clock: clock, Company: &solo{server, map[string][]byte{}}, Diary: &Diary{}, Web: &Web{Diary: &Diary{}, Clock: clock}}
		ended[c.Name] = s.Run(t.Context(), c, set, []Casting{{Name: "x.lua"}})
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}
	return ended, s
}

func TestExpectations(t *testing.T) {
	for name, row := range map[string]struct{ lua, says string }{
		"equal numbers":                     {`expect(1):equals(1)`, ""},
		"other numbers":                     {`expect(1):equals(2)`, "expected 1 to equal 2\n- 2\n+ 1"},
		"a number and its text":             {`expect(1):equals("1")`, `expected 1 to equal "1"`},
		"nil is nil":                        {`expect(nil):equals(nil)`, ""},
		"nil is not there":                  {`expect(nil):exists()`, "expected nil to be there"},
		"equal tables":                      {`expect({ a = { 1, { b = "x" } } }):equals({ a = { 1, { b = "x" } } })`, ""},
		"a table with more":                 {`expect({ a = 1, b = 2 }):equals({ a = 1 })`, "  {\n    a = 1,\n+   b = 2,\n  }"},
		"a table with less":                 {`expect({ a = 1 }):equals({ a = 1, ["b c"] = { 1, 2 } })`, `-   ["b c"] = {`},
		"texts of several lines":            {`expect("a\nb\nc"):equals("a\nx\nc")`, "  [[a\n- x\n+ b\n  c]]"},
		"never":                             {`expect(1).never:equals(1)`, "expected 1 never to equal 1"},
		"never, twice":                      {`expect(1).never.never:equals(1)`, ""},
		"a pattern":                         {`expect("hello"):matches("^h%a+$")`, ""},
		"another pattern":                   {`expect("hello"):matches("^x")`, `expected "hello" to match "^x"`},
		"a broken pattern":                  {`expect("hello"):matches("%")`, `match "%"`},
		"text in text":                      {`expect("hello"):contains("ell")`, ""},
		"an element":                        {`expect({ 1, { 2 } }):contains({ 2 })`, ""},
		"no element":                        {`expect({ 1 }):contains(2)`, "expected a table to contain 2"},
		"truth":                             {`expect(0):holds() expect(false).never:holds()`, ""},
		"a type":                            {`expect({}):is_a("table")`, ""},
		"another type":                      {`expect("x"):is_a("number")`, `expected "x" to be a number`},
		"a length":                          {`expect({ 1, 2 }):has_length(2) expect("ab"):has_length(2)`, ""},
		"another length":                    {`expect({ 1, 2 }):has_length(3)`, "to have the length 3, not 2"},
		"between":                           {`expect(5):is_between(1, 10)`, ""},
		"not between":                       {`expect(11):is_between(1, 10)`, "expected 11 to be between 1 and 10"},
		"raises":                            {`expect(function() error("oh no") end):raises("oh")`, ""},
		"raises a kind":                     {`expect(function() sandbox:person("nobody") end):raises("UNKNOWN_NAME")`, ""},
		"raises nothing":                    {`expect(function() end):raises()`, "but it didn't"},
		"never raises":                      {`expect(function() end).never:raises()`, ""},
		"raises something else":             {`expect(function() error("ab") end):raises("xy")`, "another error than expected\n- xy\n+ "},
		"raises what is no function":        {`expect(1):raises()`, "there is a number"},
		"a failure is an error with a kind": {`local ok, err = pcall(function() expect(1):equals(2) end) expect(err.kind):equals("EXPECTED")`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			ended, _ := playSuite(t, "test('x', function(t) "+row.lua+" end)")
			err := ended["x"]
			if row.says == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			var vmError *vm.Error
			if !errors.As(err, &vmError) || !strings.Contains(vmError.Message, row.says) {
				t.Errorf("it says %v, want %s", vmError, row.says)
			}
		})
	}
}

func TestWhatActorsExpect(t *testing.T) {
	for name, row := range map[string]struct{ lua, says string }{
		"a text":                    {`bot:send("hi") alice:expect("hi")`, ""},
		"those before are passed":   {`bot:send("a") bot:send("b") alice:expect("b") alice:expect_none()`, ""},
		"each is looked at once":    {`bot:send("a") alice:expect("a") alice:expect("a")`, `alice expected a message that says "a" in EchoBot, but there is nothing new`},
		"another text":              {`bot:send("ab") alice:expect("ac")`, `but the last is "EchoBot: ab"` + "\n- ac\n+ ab"},
		"what alice says herself":   {`alice:send("x") alice:expect("x")`, "there is nothing new: alice has said that, and expects what others say"},
		"a pattern":                 {`bot:send("12 left") alice:expect({ pattern = "^%d+ left$" })`, ""},
		"a part":                    {`bot:send("12 left") alice:expect({ contains = "left", from = "EchoBot" })`, ""},
		"another author":            {`bot:send("x") alice:expect({ text = "x", from = "bob" })`, "- bob\n+ EchoBot"},
		"a medium":                  {`bot:send_file("x", { caption = "c" }) alice:expect({ text = "c", media = "document" })`, ""},
		"another medium":            {`bot:send_file("x") alice:expect({ media = "photo" })`, "expected a photo in EchoBot"},
		"an answer":                 {`local q = alice:send("q") bot:send("a", { reply_to = q }) alice:expect({ reply_to = q })`, ""},
		"an answer to another":      {`local q = alice:send("q") bot:send("a") alice:expect({ reply_to = q })`, `in answer to "alice: q"`},
		"no buttons":                {`bot:send("a") alice:expect({ buttons = {} })`, ""},
		"buttons that aren't there": {`bot:send("a") alice:expect({ buttons = { { "Yes", "No" } } })`, "with buttons [Yes] [No]"},
		"an entity":                 {`bot:send("see @bobby") alice:expect({ entities = { { type = "mention", text = "@bobby" } } })`, ""},
		"no such entity":            {`bot:send("see @bobby") alice:expect({ entities = { { type = "bold" } } })`, `+ mention "@bobby"`},
		"nothing":                   {`alice:expect_none() bot:send("x") alice:expect_none()`, `expected nothing more in EchoBot, but there is "EchoBot: x"`},
		"a change":                  {`local m = bot:send("a") alice:expect("a") bot:edit(m, "b") alice:expect("b") alice:expect_none()`, ""},
		"a change of one message":   {`local m = bot:send("a") local seen = alice:expect("a") bot:edit(m, "b") expect(alice:expect_edit(seen, "b").text):equals("b") alice:expect_none()`, ""},
		"no change":                 {`local m = bot:send("a") alice:expect_edit(alice:expect("a"))`, `alice expected that "EchoBot: a" is changed`},
		"another change":            {`local m = bot:send("a") local seen = alice:expect("a") bot:edit(m, "b") alice:expect_edit(seen, "c")`, "- c\n+ b"},
		"a deletion":                {`local m = bot:send("a") local seen = alice:expect("a") bot:delete(m) alice:expect_deleted(seen)`, ""},
		"no deletion":               {`bot:send("a") alice:expect_deleted(alice:expect("a"))`, `expected that "EchoBot: a" is deleted`},
		"another place":             {`bob:at("Friends"):send("x") alice:at("Friends"):expect("x") alice:expect_none()`, ""},
		"no button":                 {`bot:send("a") alice:press("Yes")`, `alice expected a button "Yes" in EchoBot`},
		"messages":                  {`bot:send("a") alice:send("b") expect(#alice:messages()):equals(3) expect(alice:last().text):equals("b")`, ""},
		"a wrong option":            {`alice:expect({ txt = "a" })`, "did you mean 'text'?"},
		"files":                     {`t:write("a.txt", "x") expect(t:read("a.txt")):equals("x") t:read("b.txt")`, "file does not exist"},
		"time":                      {`local at = t:now() t:advance("90s") expect(t:now() - at):equals(90) expect(os.time()):equals(t:now())`, ""},
		"a failure of one's own":    {`t:fail("no")`, "no"},
		"what the sandbox does":     {`sandbox:person("bob"):send("EchoBot", "x") expect(#sandbox:transcript()):equals(2)`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			ended, s := playSuite(t, `test("x", function(t)
				local alice, bob, bot = t:person("alice"), t:person("bob"), t:person("EchoBot"):at("alice")
				alice:send("/start")
				`+row.lua+`
			end)`)
			err := ended["x"]
			if row.says == "" && err != nil {
				t.Errorf("%v\n%s", err, strings.Join(s.Said(), "\n"))
			}
			if row.says != "" && (err == nil || !strings.Contains(errors.Unwrap(err).Error(), row.says)) {
				t.Errorf("it says %v, want %s", err, row.says)
			}
		})
	}
}

func TestHowFilesTellTheirTests(t *testing.T) {
	ended, s := playSuite(t, `
		local log = {}
		before_each(function() log[#log + 1] = "before" end)
		after_each(function() log[#log + 1] = "after" end)
		test("one", function(t) log[#log + 1] = t.name end)
		describe("group", function()
			before_each(function() log[#log + 1] = "within" end)
			test("two", function(t) log[#log + 1] = t.name end)
			test.skip("three", function() end)
			describe.only("deeper", function() test("four", function() end) end)
		end)
		test.each({ "x", "y" }, "row", function(t, value, key) log[#log + 1] = key .. value end)
		test.each({ b = 2, a = 1 }, "has %s in it", function(t, value) log[#log + 1] = value end)
		test("skips itself", function(t) t:skip("why not") end)
		test("shows the log", function() error(table.concat(log, " ")) end)`)
	var names []string
	for _, c := range s.Cases {
		name := c.Name
		if c.Skip {
			name += " (skip)"
		}
		if c.Only {
			name += " (only)"
		}
		names = append(names, name)
	}
	if got := strings.Join(names, ", "); got != "one, group › two, group › three (skip), group › deeper › four (only), row x, row y, has a in it, has b in it, skips itself, shows the log" {
		t.Errorf("the tests are %s", got)
	}
	if s.Cases[1].Site != "x_test.lua:8" {
		t.Errorf("group › two is at %s", s.Cases[1].Site)
	}
	var skipped *SkippedError
	if err := ended["skips itself"]; !errors.As(err, &skipped) || skipped.Reason != "why not" {
		t.Errorf("it skips with %v", err)
	}
	want := "before one after before within group › two after before within after before within after before 1x after before 2y after before 1 after before 2 after before after before"
	if err := ended["shows the log"]; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("the log is %v", err)
	}
}

func TestWhatFilesOfTestsAreToldOfMistakes(t *testing.T) {
	for lua, says := range map[string]string{
		`test("x")`: "function expected",
		`test("x", function() end) test("x", function() end)`: `there are two tests "x": the other is at x_test.lua:1`,
		`tset("x", function() end)`:                           "tset",
		`test.onyl("x", function() end)`:                      "did you mean 'only'?",
		`describe("x", function() error("oh") end)`:           "oh",
		`test("x", function(`:                                 "x_test.lua:1",
		`sandbox:person("alice")`:                             "nil",
		`script("x.lua", { acount = "bot" })`:                 "did you mean 'account'?",
	} {
		s, err := OpenSuite(t.Context(), Scenario{Name: "x_test.lua", Source: []byte(lua)})
		if err == nil {
			s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: it says %v, want %s", lua, err, says)
		}
	}
	ended, _ := playSuite(t, `
		test("nested", function() test("inner", function() end) end)
		test("late script", function() script("y.lua") end)
		test("a person that is not there", function(t) t:person("alicia") end)`)
	for name, says := range map[string]string{"nested": "can't begin within another", "late script": "use t:script", "a person that is not there": "did you mean 'alice'?"} {
		if err := ended[name]; err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: it says %v, want %s", name, err, says)
		}
	}
}

// TestEveryRowOfTestsIsDocumented compiles the examples and lets the checker look at them.
func TestEveryRowOfTestsIsDocumented(t *testing.T) {
	rows := TestTable()
	look := func(name, doc, sample string) {
		t.Helper()
		if doc == "" || sample == "" {
			t.Errorf("%s needs a doc and an example", name)
		}
		if _, err := vm.Compile("example", []byte(sample)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, finding := range reference.Check(rows, name, []byte(sample)) {
			if finding.Severity == reference.Error {
				t.Error(finding)
			}
		}
	}
	for _, name := range []string{"Trial", "Actor", "Expectation"} {
		for _, f := range rows.Class(name).Methods {
			look(name+":"+f.Name, f.Doc, f.Sample)
		}
	}
	for _, space := range rows.Namespaces {
		look(space.Name, space.Call.Doc, space.Call.Sample)
		for _, f := range space.Functions {
			look(space.Name+"."+f.Name, f.Doc, f.Sample)
		}
	}
	for _, finding := range reference.Check(rows, "x_test.lua", []byte("test(\"x\", function(t)\n  t:advanse(\"1m\")\nend)\n")) {
		t.Log(finding)
	}
}
