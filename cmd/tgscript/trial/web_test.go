package trial

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

// asker asks for what it is told, and says what it got.
const asker = `
local function got(event, ask)
  local ok, answer = pcall(ask)
  if not ok then return event:respond(tostring(answer.kind) .. ": " .. tostring(answer.message)) end
  event:respond(answer.status .. " " .. answer.body)
end
client:command("get", function(event) got(event, function() return tg.http.get(event.args[1]) end) end)
client:command("patient", function(event) got(event, function() return tg.http.get(event.args[1], { timeout = "2m" }) end) end)
client:command("hasty", function(event) got(event, function() return tg.http.get(event.args[1], { timeout = 0.1 }) end) end)
client:command("post", function(event) got(event, function()
  return tg.http.post(event.args[1], { json = { from = "script", n = 2 }, headers = { ["X-Key"] = "k" } })
end) end)
client:command("check", function(event) got(event, function() return tg.http.get(event.args[1], { check = true }) end) end)
client:command("small", function(event) got(event, function() return tg.http.get(event.args[1], { max_size = 4 }) end) end)
client:command("json", function(event) event:respond(tostring(tg.http.get(event.args[1]):json().rate)) end)
client:command("type", function(event) event:respond(tg.http.get(event.args[1]):header("content-type")) end)
client:command("save", function(event) got(event, function() return tg.http.get(event.args[1], { save_to = "out.bin" }) end) end)
client:command("url", function(event) event:respond(tg.http.get(event.args[1]).url) end)
`

const api = "https://api.example.com"

func TestWhatScriptsAskIsAnsweredByTheTest(t *testing.T) {
	for sentence, row := range map[string]struct{ lua, says string }{
		"JSON":                              {`t:http("GET", api .. "/rate", { json = { rate = 1.25 } }) ask("/json " .. api .. "/rate", "1.25")`, ""},
		"any query, where none is said":     {`t:http("get", api .. "/rate", { text = "x" }) ask("/get " .. api .. "/rate?a=1&b=2", "200 x")`, ""},
		"a query, in any order":             {`t:http("GET", api .. "/rate?b=2&a=1", { text = "x" }) ask("/get " .. api .. "/rate?a=1&b=2", "200 x")`, ""},
		"another query is refused":          {`t:http("GET", api .. "/rate?a=2", {}) alice:send("/get " .. api .. "/rate?a=1") alice:expect({ contains = "NOT_ANSWERED" })`, ""},
		"stars":                             {`t:http("*", "https://*.example.com/v*/x", { text = "x" }) ask("/get " .. api .. "/v2/y/x", "200 x")`, ""},
		"the port that goes without saying": {`t:http("GET", "https://API.example.com:443/a", { text = "x" }) ask("/get " .. api .. "/a", "200 x")`, ""},
		"the latest that fits":              {`t:http("GET", api .. "/*", { text = "old" }) t:http("GET", api .. "/a", { text = "new" }) ask("/get " .. api .. "/a", "200 new") ask("/get " .. api .. "/b", "200 old")`, ""},
		"answers in order, the last ever after": {`t:http("GET", api .. "/a", { { status = 503, text = "no" }, { text = "1" }, { text = "2" } })
			ask("/get " .. api .. "/a", "503 no") ask("/get " .. api .. "/a", "200 1") ask("/get " .. api .. "/a", "200 2") ask("/get " .. api .. "/a", "200 2")`, ""},
		"a function": {`t:http("POST", api .. "/*", function(r)
				return { status = 201, text = r.method .. " " .. r.url .. " " .. r.json.from .. " " .. r.json.n .. " " .. r.headers["x-key"] .. " " .. r.body:sub(1, 1) }
			end) ask("/post " .. api .. "/new", "201 POST " .. api .. "/new script 2 k {")`, ""},
		"a function that fails":         {`t:http("GET", api .. "/*", function(r) error("in the responder") end) alice:send("/get " .. api .. "/x") t:settle()`, "in the responder"},
		"a function that answers wrong": {`t:http("GET", api .. "/*", function(r) return { stats = 200 } end) alice:send("/get " .. api .. "/x") t:settle()`, "did you mean 'status'?"},
		"a function that gives nothing": {`t:http("GET", api .. "/*", function(r) end) alice:send("/get " .. api .. "/x") t:settle()`, "answer such as"},
		"a function that waits":         {`t:http("GET", api .. "/*", function(r) alice:send("more") return {} end) alice:send("/get " .. api .. "/x") t:settle()`, "can't wait for scripts"},
		"requests that are noted": {`t:http("POST", api .. "/new", { status = 201 }) t:http("GET", api .. "/*", {}) alice:send("/post " .. api .. "/new?x=1") alice:send("/get " .. api .. "/other")
			local all = t:requests()
			expect(#all):equals(2) expect({ all[1].method, all[1].url, all[1].status }):equals({ "POST", api .. "/new?x=1", 201 })
			expect(all[1].json):equals({ from = "script", n = 2 }) expect(all[1].headers["x-key"]):equals("k") expect(all[2].json):equals(nil)
			expect(t:requests(api .. "/o*")[1].url):equals(api .. "/other") expect(#t:requests("https://example.org/*")):equals(0)`, ""},
		"redirects, each of them":         {`t:http("GET", api .. "/a", { status = 302, headers = { Location = "/b" } }) t:http("GET", api .. "/b", { text = "there" }) ask("/get " .. api .. "/a", "200 there") ask("/url " .. api .. "/a", api .. "/b") expect(#t:requests()):equals(4)`, ""},
		"redirects to where it may not":   {`t:http("GET", api .. "/a", { status = 302, headers = { Location = "https://example.org/" } }) t:http("GET", "https://example.org/", {}) alice:send("/get " .. api .. "/a") alice:expect({ contains = "PERMISSION_DENIED" })`, ""},
		"what it may not ask":             {`t:http("GET", "https://example.org/", {}) alice:send("/get https://example.org/") alice:expect({ contains = "PERMISSION_DENIED" }) expect(#t:requests()):equals(0)`, ""},
		"limits":                          {`t:http("GET", api .. "/a", { text = "12345" }) alice:send("/small " .. api .. "/a") alice:expect({ contains = "TOO_LARGE" })`, ""},
		"statuses that raise":             {`t:http("GET", api .. "/a", { status = 404 }) alice:send("/check " .. api .. "/a") alice:expect({ contains = "HTTP_STATUS" })`, ""},
		"kinds of bodies":                 {`t:http("GET", api .. "/a", { { html = "<p>" }, { body = "\0\255" }, { json = {}, headers = { ["Content-Type"] = "x/y" } } }) ask("/type " .. api .. "/a", "text/html; charset=utf-8") ask("/type " .. api .. "/a", "application/octet-stream") ask("/type " .. api .. "/a", "x/y")`, ""},
		"bodies that are saved":           {`t:http("GET", api .. "/a", { body = "a\0\255b" }) alice:send("/save " .. api .. "/a") t:settle() expect(t:read("out.bin")):equals("a\0\255b")`, ""},
		"time-outs, at once":              {`t:http("GET", api .. "/a", { error = "timeout" }) local at = t:now() alice:send("/get " .. api .. "/a") alice:expect({ contains = "TIMEOUT" }) expect(t:now()):equals(at)`, ""},
		"other errors":                    {`t:http("GET", api .. "/a", { error = "connection refused" }) alice:send("/get " .. api .. "/a") alice:expect({ contains = "HTTP: request https://api.example.com/a: connection refused" }) expect(t:requests()[1].error):equals("connection refused")`, ""},
		"slow answers":                    {`t:http("GET", api .. "/a", { text = "x", after = "20s" }) alice:send("/get " .. api .. "/a") t:advance("19s") alice:expect_none() t:advance("1s") alice:expect("200 x")`, ""},
		"answers that are too slow":       {`t:http("GET", api .. "/a", { text = "x", after = "1h" }) alice:send("/get " .. api .. "/a") t:advance("29s") alice:expect_none() t:advance("1s") alice:expect({ contains = "TIMEOUT" }) alice:send("/patient " .. api .. "/a") t:advance("119s") alice:expect_none() t:advance("1s") alice:expect({ contains = "TIMEOUT" })`, ""},
		"more slow ones than may be open": {`t:http("GET", api .. "/a", { text = "x", after = "20s" }) for _ = 1, 40 do sandbox:person("alice"):send("EchoBot", "/get " .. api .. "/a") end t:advance("20s") expect(#alice:messages()):equals(40 + 32)`, ""},
		"a wrong address":                 {`t:http("GET", "api.example.com", {})`, "an address begins with http://"},
		"a wrong option":                  {`t:http("GET", api, { jsn = {} })`, "did you mean 'json'?"},
		"two bodies":                      {`t:http("GET", api, { json = {}, text = "" })`, "one body"},
		"a status that can't be":          {`t:http("GET", api, { status = 7 })`, "there is no status 7"},
		"an error with a status":          {`t:http("GET", api, { status = 200, error = "x" })`, "neither status nor body"},
	} {
		t.Run(sentence, func(t *testing.T) {
			dir := folder(t, map[string]string{
				"bot.lua": asker,
				"bot_test.lua": `script("bot.lua", { account = "bot", allow = { net = "api.example.com", write = "out.bin" } })
local api = "` + api + `"
test("x", function(t)
  local alice = t:person("alice")
  local function ask(text, answer) alice:send(text) alice:expect(answer) end
  ` + row.lua + `
end)`})
			s := run(t, dir, Options{Allow: permission.Rules{permission.Net: {"api.example.com"}}})
			switch r := s.Results[0]; {
			case row.says == "" && r.State != Passed:
				t.Error(r.Story())
			case row.says != "" && !strings.Contains(r.Message(), row.says):
				t.Errorf("%s: %s", r.State, r.Story())
			}
		})
	}
}

// TestWhatNobodyAnswersLeavesNoTest but for what stays on this machine, and what the test lets through.
func TestWhatNobodyAnswersLeavesNoTest(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hangs" {
			<-r.Context().Done()
			return
		}
		body, _ := io.ReadAll(r.Body)
		_, _ = io.WriteString(w, "real "+r.URL.Path+string(body))
	}))
	defer server.Close()
	allow := permission.Rules{permission.Net: {"api.example.com", "127.0.0.1", "example.invalid"}}
	dir := folder(t, map[string]string{"bot.lua": asker, "bot_test.lua": `
script("bot.lua", { account = "bot" })
local real = "` + server.URL + `"
test("refused", function(t)
  t:person("alice"):send("/json https://api.example.com/rate?x=1")
end)
test("told to the script", function(t)
  local alice = t:person("alice")
  alice:send("/get https://api.example.com/rate?x=1")
  alice:expect({ contains = [[add t:http("GET", "https://api.example.com/rate", { json = {} }) to it]] })
end)
test("of this machine", function(t)
  local alice = t:person("alice")
  alice:send("/get " .. real .. "/a") alice:expect("200 real /a")
  alice:send("/post " .. real .. "/b") alice:expect({ pattern = "^200 real /b{" })
  expect(#t:requests(real .. "/*")):equals(2)
  t:http("GET", real .. "/a", { text = "not real" })
  alice:send("/get " .. real .. "/a") alice:expect("200 not real")
end)
test("that hangs, by the machine's clock", function(t)
  local alice, at = t:person("alice"), t:now()
  alice:send("/hasty " .. real .. "/hangs") alice:expect({ contains = "TIMEOUT" })
  expect(t:now()):equals(at)
end)
test("let through", function(t)
  local alice = t:person("alice")
  t:http_through("http://example.invalid/*")
  alice:send("/get http://example.invalid/x") alice:expect({ contains = "HTTP: request http://example.invalid/x: " })
end)`})
	s := run(t, dir, Options{Allow: allow})
	for i, r := range s.Results {
		switch {
		case i > 0 && r.State != Passed:
			t.Error(r.Name, r.Story())
		case i == 0 && (r.State != Failed || !strings.Contains(r.Story(), `doesn't answer GET https://api.example.com/rate?x=1: add t:http("GET", "https://api.example.com/rate", { json = {} })`) ||
			!strings.Contains(r.Story(), "what scripts asked by tg.http:\n  GET https://api.example.com/rate?x=1: nobody answers it")):
			t.Error(r.State, r.Story())
		}
	}
	if len(s.Results) != 5 {
		t.Errorf("%d results", len(s.Results))
	}
}
