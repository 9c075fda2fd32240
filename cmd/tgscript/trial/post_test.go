package trial

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime/permission"
)

const hooked = `
tg.webhook({ listen = "127.0.0.1:8091", path = "/echo", method = { "POST", "PUT", "GET" } }, function(r)
  return { status = 201, headers = { ["X-Was"] = r:header("X-Is") or "nothing" }, json = { method = r.method, body = r.body, kind = r:header("Content-Type"), q = r.query.q, host = r.host } }
end)
tg.webhook({ listen = "127.0.0.1:8091", path = "/signed", secret = "s3cret" }, function(r) return r:json().word end)
tg.webhook({ listen = "127.0.0.1:8091", path = "/form", max_body = 20 }, function(r) return r:form().name end)
tg.webhook({ listen = "127.0.0.1:8091", path = "/says" }, function(r) client:send_message("@alice", r.body) end)
tg.webhook({ listen = "127.0.0.1:8091", path = "/fails" }, function(r) error("in the hook") end)
tg.webhook({ listen = "127.0.0.1:8091", path = "/slow" }, function(r) tg.sleep("20s") return "at last" end)
tg.webhook({ listen = "127.0.0.1:8091", path = "/slower" }, function(r) tg.sleep("1h") return "never" end)
tg.webhook({ listen = "127.0.0.1:8091", path = "/asks" }, function(r) return tg.http.get("https://api.example.com/x").body end)
tg.webhook({ listen = "127.0.0.1:8092", path = "/two" }, function(r) return "92" end)
tg.webhook({ listen = "127.0.0.1:8093", path = "/two" }, function(r) return "93" end)
tg.every("1m", function() end)
`

func TestTestsPostToWebhooks(t *testing.T) {
	for sentence, row := range map[string]struct{ lua, says string }{
		"JSON": {`local a = t:post("/echo", { json = { a = 1 } })
			expect({ a.status, a.json.method, a.json.body, a.json.kind }):equals({ 201, "POST", '{"a":1}', "application/json" }) expect(a.body):contains("method")`, ""},
		"headers, both ways":           {`local a = t:post("/echo", { headers = { ["X-Is"] = "this" } }) expect(a.headers["x-was"]):equals("this") expect(a.headers["content-type"]):equals("application/json")`, ""},
		"other methods":                {`expect(t:post("/echo", { method = "put", body = "\0x" }).json.method):equals("PUT") expect(t:post("/says", { method = "GET" }).status):equals(405)`, ""},
		"a query":                      {`expect(t:post("/echo?q=a%20b").json.q):equals("a b")`, ""},
		"the host that it names":       {`expect(t:post("/echo").json.host):equals("127.0.0.1:8091")`, ""},
		"signatures":                   {`expect(t:post("/signed", { json = { word = "w" }, secret = "s3cret" }).body):equals("w") expect(t:post("/signed", { json = { word = "w" }, secret = "other" }).status):equals(403) expect(t:post("/signed").status):equals(403)`, ""},
		"forms, and bounds":            {`expect(t:post("/form", { form = { name = "x&y", n = 3 } }).body):equals("x&y") expect(t:post("/form", { body = ("x"):rep(21) }).status):equals(413)`, ""},
		"what the script does then":    {`expect(t:post("/says", { body = "hi" }).status):equals(204) alice:expect("hi")`, ""},
		"errors":                       {`expect(t:post("/fails").status):equals(500) expect(t:errors()[1]):contains("in the hook")`, ""},
		"errors that fail the test":    {`t:post("/fails")`, "in the hook"},
		"answers that take their time": {`local at = t:now() expect(t:post("/slow").body):equals("at last") expect(t:now() - at):equals(20)`, ""},
		"answers that take too long":   {`local at = t:now() expect(t:post("/slower").status):equals(504) expect(t:now() - at):equals(30) t:errors()`, ""},
		"time stands still else":       {`local at = t:now() for i = 1, 50 do t:post("/echo") t:post("/fails") end expect(t:now()):equals(at) expect(#t:errors()):equals(50)`, ""},
		"a hook that asks the web":     {`t:http("GET", "https://api.example.com/*", { { text = "x" }, { text = "y", after = "5s" } }) expect(t:post("/asks").body):equals("x") expect(t:post("/asks").body):equals("y")`, ""},
		"a path that isn't there":      {`t:post("/eco")`, "did you mean '/echo'?"},
		"a path at several":            {`t:post("/two")`, "/two is served at 127.0.0.1:8092 and at 127.0.0.1:8093: say which with listen"},
		"one of several":               {`expect(t:post("/two", { listen = "127.0.0.1:8093" }).body):equals("93")`, ""},
		"another address":              {`t:post("/two", { listen = "127.0.0.1:1" })`, "no script serves /two at 127.0.0.1:1"},
		"two bodies":                   {`t:post("/echo", { json = 1, body = "" })`, "one body"},
		"a script that is loaded by the test": {`t:script("more.lua", { account = "user", allow = { listen = "127.0.0.1:1" }, source = [[tg.webhook({ listen = "127.0.0.1:1", path = "/more" }, function() return 202 end)]] })
			expect(t:post("/more").status):equals(202)`, ""},
		"from a function that answers": {`t:http("GET", "https://api.example.com/*", function() return { text = t:post("/echo").body } end) t:post("/asks")`, "can't wait for scripts"},
	} {
		t.Run(sentence, func(t *testing.T) {
			s := run(t, folder(t, map[string]string{"bot.lua": hooked, "bot_test.lua": `script("bot.lua", { account = "bot", allow = { listen = "127.0.0.1" } })
test("x", function(t)
  local alice = t:person("alice")
  alice:send("/start") t:settle()
  ` + row.lua + `
end)`}), Options{Allow: permission.Rules{permission.Net: {"api.example.com"}}})
			switch r := s.Results[0]; {
			case row.says == "" && r.State != Passed:
				t.Error(r.Story())
			case row.says != "" && !strings.Contains(r.Message(), row.says):
				t.Errorf("%s: %s", r.State, r.Story())
			}
		})
	}
}

func TestNoScriptServesAnything(t *testing.T) {
	s := run(t, folder(t, map[string]string{"bot_test.lua": `script({ account = "bot", source = "tg.every('1h', print)" })
test("x", function(t) t:post("/x") end)`}), Options{})
	if r := s.Results[0]; !strings.Contains(r.Message(), "no script serves /x: none has begun with tg.webhook") {
		t.Error(r.Story())
	}
}

// TestAPostThatIsNeverAnsweredEndsWithItsTest, and so does what it waits for.
func TestAPostThatIsNeverAnsweredEndsWithItsTest(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer server.Close()
	s := run(t, folder(t, map[string]string{"bot.lua": `
tg.webhook({ listen = "127.0.0.1:8091", path = "/x" }, function() return tg.http.get("` + server.URL + `").body end)`, "bot_test.lua": `
script("bot.lua", { account = "bot", allow = { listen = "127.0.0.1" } })
test("x", function(t) t:post("/x") end)`}), Options{Timeout: 500 * time.Millisecond, Allow: permission.Rules{permission.Net: {"127.0.0.1"}}})
	if r := s.Results[0]; r.State != Failed || !strings.Contains(r.Message(), "took longer than 500ms") {
		t.Error(r.State, r.Story())
	}
}
