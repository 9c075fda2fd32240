package bindings

import "github.com/tgscript/tgscript/bindings/spec"

type httpArgs struct {
	URL  string      `lua:"url" doc:"Where: http or https."`
	Opts httpOptions `lua:"options,optional" doc:"What else."`
}

type httpRequestArgs struct {
	Method string      `lua:"method" doc:"GET, POST, or any other."`
	URL    string      `lua:"url" doc:"Where: http or https."`
	Opts   httpOptions `lua:"options,optional" doc:"What else."`
}

// httpKinds are the errors of requests.
var httpKinds = []string{"PERMISSION_DENIED", "HTTP", "HTTP_STATUS", "TIMEOUT", "TOO_LARGE"}

func httpVerb(name, method, doc, example string) spec.Func {
	return spec.Function(name, doc, func(c *spec.Call, in httpArgs) (*httpResponse, error) {
		return in.Opts.do(c, name, method, in.URL)
	}).Raises(httpKinds...).Example(example)
}

// httpSpace is tg.http.
var httpSpace = spec.Namespace{
	Name: "http", Doc: "Requests to web servers, those that `allow: { SCRIPT: { net: [...] } }` in config.yaml names. This machine and its network are refused unless a rule names their address, " +
		"whatever name leads to it; the same holds for each redirect. An answer of any status is no error, unless `check` is given. At most 32 requests of a script are open at a time; more wait.",
	Functions: []spec.Func{
		httpVerb("get", "GET", "Ask for what is there.", `local answer = tg.http.get("https://api.github.com/repos/golang/go", { timeout = "10s", check = true })
print(answer:json().stargazers_count)
tg.http.get("https://example.com/film.mp4", { save_to = "film.mp4" })`),
		httpVerb("post", "POST", "Send something.", `tg.http.post("https://example.com/api", { json = { name = "Alice" }, headers = { Authorization = "Bearer 123" } })
tg.http.post("https://example.com/upload", { form = { title = "A cat" }, files = { photo = { path = "cat.jpg" } } })`),
		httpVerb("put", "PUT", "Send what shall be there.", `tg.http.put("https://example.com/notes/1", { body = "A note" })`),
		httpVerb("patch", "PATCH", "Send what shall change.", `tg.http.patch("https://example.com/notes/1", { json = { done = true } })`),
		httpVerb("delete", "DELETE", "Take away what is there.", `tg.http.delete("https://example.com/notes/1")`),
		httpVerb("head", "HEAD", "Ask for the headers alone.", `print(tg.http.head("https://example.com").headers["content-type"])`),
		spec.Function("request", "Make a request of any method.", func(c *spec.Call, in httpRequestArgs) (*httpResponse, error) {
			return in.Opts.do(c, "request", in.Method, in.URL)
		}).Raises(httpKinds...).Example(`tg.http.request("OPTIONS", "https://example.com")`),
	},
}
