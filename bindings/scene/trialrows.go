package scene

import (
	"fmt"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

type scriptArgs struct {
	Name    string         `lua:"name,optional" doc:"File, as seen from the test's folder; if not given, that of the test without _test."`
	Options CastingOptions `lua:"options,optional"`
}

type fnArgs struct {
	Function *vm.Function `lua:"fn" type:"fun(t: Trial)" doc:"What to do."`
}

type namedArgs struct {
	Name     string       `lua:"name" doc:"What it shows."`
	Function *vm.Function `lua:"fn" type:"fun(t: Trial)" doc:"The test."`
}

type describeArgs struct {
	Name     string       `lua:"name" doc:"What its tests have in common."`
	Function *vm.Function `lua:"fn" type:"fun()" doc:"Tells the tests."`
}

type eachArgs struct {
	Cases    *vm.Table    `lua:"cases" type:"table" doc:"Rows by their names, or a list of rows."`
	Name     string       `lua:"name" doc:"What it shows; the row's name is put behind it, or in place of %s."`
	Function *vm.Function `lua:"fn" type:"fun(t: Trial, row: any, name: any)" doc:"The test."`
}

// casting is the row of script, and of t:script.
const castingDoc = "Say which script is tested, and on which account it runs: it is loaded anew for each test. Without it that is the file of the " +
	"same name without _test."

// trialRows are the methods of t.
var trialRows = []spec.Func{
	spec.Method("person", "A person, or a bot, to act as: in the private chat with the script's account until it says elsewhere.",
		func(c *spec.Call, t *trial, in nameArgs) (vm.Value, error) {
			if err := t.stage.known(account(in.Name)); err != nil {
				return nil, err
			}
			return c.Instance.Object("Actor", &person{stage: t.stage, name: in.Name, calm: true}), nil
		}).Direct().Result("Actor").Example(`test("echoes", function(t)
  local alice = t:person("alice")
  alice:send("hello")
  alice:expect("hello")
end)`).Raises("UNKNOWN_NAME"),
	spec.Method("script", "Load one more script, beside those that the file has named.",
		func(c *spec.Call, t *trial, in scriptArgs) (spec.None, error) {
			return spec.None{}, t.stage.cast(c, Casting{Name: in.Name, Options: in.Options})
		}).Example(`test("two talk", function(t)
  t:script("helper.lua", { account = "user" })
end)`),
	spec.Method("advance", "Move the time on: timers, time-outs, pauses and schedules of scripts and of the sandbox come on the way, in order.",
		func(c *spec.Call, t *trial, in struct {
			Time time.Duration `lua:"time" doc:"How far."`
		}) (spec.None, error) {
			return spec.None{}, t.stage.set.Advance(c, in.Time)
		}).Example(`test("reminds", function(t)
  local alice = t:person("alice")
  alice:send("/remind 5m tea")
  t:advance("5m")
  alice:expect("tea")
end)`),
	spec.Method("settle", "Let everything that is under way come to rest. Time stands still.",
		func(c *spec.Call, t *trial, _ spec.None) (spec.None, error) {
			return spec.None{}, t.stage.set.Settle(c)
		}).Example(`test("starts", function(t) t:settle() end)`),
	spec.Method("now", "The time, in seconds since 1970. Each test begins at 2026-01-01 12:00 UTC.",
		func(_ *spec.Call, t *trial, _ spec.None) (time.Time, error) { return t.stage.server.Now(), nil }).
		Result("number").Direct().Example(`test("time stands still", function(t)
  local before = t:now()
  t:advance("1h")
  expect(t:now() - before):equals(3600)
end)`),
	spec.Method("calls", "The calls that scripts' accounts have made, in order: of one method, or all but those that accounts make by themselves.",
		func(c *spec.Call, t *trial, in struct {
			Method string `lua:"method,optional" doc:"TL name, such as messages.sendMessage."`
		}) ([]apiCall, error) {
			if err := t.stage.set.Settle(c); err != nil {
				return nil, err
			}
			t.stage.server.Settle()
			return t.stage.set.Diary.made(in.Method), nil
		}).Example(`test("asks once", function(t)
  t:person("alice"):send("/top")
  expect(#t:calls("messages.getHistory")):equals(1)
end)`),
	spec.Method("lines", "What scripts have printed and logged, in order.",
		func(c *spec.Call, t *trial, _ spec.None) ([]Line, error) {
			if err := t.stage.set.Settle(c); err != nil {
				return nil, err
			}
			return append([]Line{}, t.stage.set.Diary.Lines()...), nil
		}).Example(`test("says what it does", function(t)
  expect(t:lines()[1].text):contains("ready")
end)`),
	spec.Method("errors", "The errors that calls of scripts have ended with. A test that doesn't ask for them fails if there are any.",
		func(c *spec.Call, t *trial, _ spec.None) ([]string, error) {
			if err := t.stage.set.Settle(c); err != nil {
				return nil, err
			}
			return t.stage.set.Diary.failures(), nil
		}).Example(`test("survives nonsense", function(t)
  t:person("alice"):send("/add x")
  expect(t:errors()[1]):matches("number expected")
end)`),
	spec.Method("read", "The contents of a file in the scripts' folder, which each test has anew.",
		func(_ *spec.Call, t *trial, in struct {
			Name string `lua:"name" doc:"Its name."`
		}) ([]byte, error) {
			return t.stage.set.Company.Read(in.Name)
		}).Example(`test("saves", function(t)
  t:person("alice"):send_file("a,b\n", { name = "numbers.csv" })
  t:settle()
  expect(t:read("downloads/numbers.csv")):equals("a,b\n")
end)`),
	spec.Method("write", "Put a file into the scripts' folder.",
		func(_ *spec.Call, t *trial, in struct {
			Name string `lua:"name" doc:"Its name."`
			Data string `lua:"data,bytes" doc:"Its contents."`
		}) (spec.None, error) {
			return spec.None{}, t.stage.set.Company.Write(in.Name, []byte(in.Data))
		}).Example(`test("reads", function(t)
  t:write("words.txt", "one two")
end)`),
	spec.Method("skip", "End the test here, without a verdict.",
		func(_ *spec.Call, _ *trial, in struct {
			Reason string `lua:"reason,optional" doc:"Why."`
		}) (spec.None, error) {
			return spec.None{}, &SkippedError{in.Reason}
		}).Direct().Example(`test("some day", function(t) t:skip("not written yet") end)`),
	spec.Method("fail", "End the test here, as a failure.",
		func(_ *spec.Call, _ *trial, in struct {
			Reason string `lua:"reason" doc:"Why."`
		}) (spec.None, error) {
			return spec.None{}, &Failure{Message: in.Reason}
		}).Direct().Example(`test("never", function(t) t:fail("this can't be") end)`),
}

// testRows are the functions that a file of tests has.
func testRows() []spec.Namespace {
	told := func(c Case) func(*spec.Call, namedArgs) (spec.None, error) {
		return func(call *spec.Call, in namedArgs) (spec.None, error) {
			return spec.None{}, suiteOf(call).add(call.State, in.Name, in.Function, c)
		}
	}
	grouped := func(skip, only bool) func(*spec.Call, describeArgs) (spec.None, error) {
		return func(c *spec.Call, in describeArgs) (spec.None, error) {
			s := suiteOf(c)
			s.group = &group{parent: s.group, name: in.Name, skip: skip, only: only}
			defer func() { s.group = s.group.parent }()
			_, err := vm.Call(c.State, in.Function)
			return spec.None{}, err
		}
	}
	test := spec.Function("test", "Tell a test. It runs on a sandbox of its own.", told(Case{})).Direct().Example(`test("answers", function(t)
  local alice = t:person("alice")
  alice:send("/ping")
  alice:expect("pong")
end)`)
	describe := spec.Function("describe", "Tell tests that belong together.", grouped(false, false)).Direct().Example(`describe("the menu", function()
  test("opens", function(t) t:person("alice"):send("/menu") end)
end)`)
	before := spec.Function("before_each", "Do something before each test of the file, or of the group.", func(c *spec.Call, in fnArgs) (spec.None, error) {
		g := suiteOf(c).group
		g.before = append(g.before, in.Function)
		return spec.None{}, nil
	}).Direct().Example(`before_each(function(t) t:person("alice"):send("/start") end)`)
	after := spec.Function("after_each", "Do something after each test of the file, or of the group.", func(c *spec.Call, in fnArgs) (spec.None, error) {
		g := suiteOf(c).group
		g.after = append(g.after, in.Function)
		return spec.None{}, nil
	}).Direct().Example(`after_each(function(t) expect(#t:errors()):equals(0) end)`)
	script := spec.Function("script", castingDoc, func(c *spec.Call, in scriptArgs) (spec.None, error) {
		s := suiteOf(c)
		if s.running != nil {
			return spec.None{}, fmt.Errorf("script belongs to the top of the file: within a test use t:script")
		}
		s.castings = append(s.castings, Casting{Name: in.Name, Options: in.Options})
		return spec.None{}, nil
	}).Direct().Example(`script("echo.lua", { account = "bot" })`)
	expectation := spec.Function("expect", "Say what a value should be.", newExpectation).Direct().Example(`test("sums", function() expect(1 + 1):equals(2) end)`)
	return []spec.Namespace{
		{Name: "test", Doc: "Tells tests.", Call: &test, Functions: []spec.Func{
			spec.Function("skip", "Tell a test that isn't run.", told(Case{Skip: true})).Direct().Example(`test.skip("some day", function(t) end)`),
			spec.Function("only", "Tell a test that is run alone, with others that are told so.", told(Case{Only: true})).Direct().Example(`test.only("this one", function(t) end)`),
			spec.Function("each", "Tell a test for each row of a table.", tellEach).Direct().Example(`test.each({ ["/ping"] = "pong", ["/pong"] = "ping" }, "answers %s", function(t, answer, question)
  local alice = t:person("alice")
  alice:send(question)
  alice:expect(answer)
end)`),
		}},
		{Name: "describe", Doc: "Tells tests that belong together.", Call: &describe, Functions: []spec.Func{
			spec.Function("skip", "Tell tests that aren't run.", grouped(true, false)).Direct().Example(`describe.skip("later", function() end)`),
			spec.Function("only", "Tell tests that are run alone.", grouped(false, true)).Direct().Example(`describe.only("these", function() end)`),
		}},
		{Name: "before_each", Doc: "What comes before each test.", Call: &before},
		{Name: "after_each", Doc: "What comes after each test.", Call: &after},
		{Name: "script", Doc: "The script that is tested.", Call: &script},
		{Name: "expect", Doc: "What values should be.", Call: &expectation},
	}
}
