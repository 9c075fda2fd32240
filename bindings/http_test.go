package bindings_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

// web is a web server on this machine.
func web(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // a short body shows in the answer
		w.Header().Set("X-Kind", r.Header.Get("Content-Type"))
		fmt.Fprintf(w, "%s %s %s %s", r.Method, r.URL.RequestURI(), r.Header.Get("X-Mine"), body)
	})
	mux.HandleFunc("/json", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"n":[1,null]}`) })
	mux.HandleFunc("/form", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		for name, files := range r.MultipartForm.File {
			f, err := files[0].Open()
			if err != nil {
				panic(err)
			}
			data, _ := io.ReadAll(f) // a short file shows in the answer
			fmt.Fprintf(w, "%s=%s(%s)%s ", name, files[0].Filename, files[0].Header.Get("Content-Type"), data)
		}
		fmt.Fprint(w, r.FormValue("title"))
	})
	mux.HandleFunc("/no", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusTeapot) })
	mux.HandleFunc("/to", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.FormValue("to"), http.StatusFound) })
	mux.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) })
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/large", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("x", 100_000)) })
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		zeros := make([]byte, 1<<20)
		for range 64 {
			if _, err := z.Write(zeros); err != nil {
				return // the client has had enough
			}
		}
		_ = z.Close() // neither has it any use for the end
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func TestHTTP(t *testing.T) {
	server := web(t)
	w, root := allowed(t, permission.Rules{"net": {"127.0.0.1", "*.example.com"}, "write": {"out"}, "read": {"in"}})
	for _, dir := range []string{"in", "out"} {
		if err := os.Mkdir(filepath.Join(root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "in/cat.txt"), []byte("meow"), 0o600); err != nil {
		t.Fatal(err)
	}
	base := "local base = " + fmt.Sprintf("%q", server.URL) + "\n"
	rows := serviceRows{
		{"asking", `local r = tg.http.get(base .. "/echo?a=1", { query = { b = "x y", c = { 1, 2 } }, headers = { ["X-Mine"] = "m" } }) print(r, r.status, r.ok, r.body, r.size, r.url == base .. "/echo?a=1&b=x+y&c=1&c=2")`,
			"print: HttpResponse(200)\t200\ttrue\tGET /echo?a=1&b=x+y&c=1&c=2 m \t30\ttrue"},
		{"bodies", `print(tg.http.post(base .. "/echo", { json = { a = { 1 } } }).body) print(tg.http.put(base .. "/echo", { body = "\255" }).body == "PUT /echo  \255")
			local r = tg.http.post(base .. "/echo", { form = { a = "x&y", b = 2 } }) print(r.body, r:header("x-kind"), r.headers["x-kind"], r:header("none"))`,
			"print: POST /echo  {\"a\":[1]}\nprint: true\nprint: POST /echo  a=x%26y&b=2\tapplication/x-www-form-urlencoded\tapplication/x-www-form-urlencoded\tnil"},
		{"other methods", `print(tg.http.patch(base .. "/echo").body, tg.http.delete(base .. "/echo").body, tg.http.request("options", base .. "/echo").body, tg.http.head(base .. "/large").size)`,
			"print: PATCH /echo  \tDELETE /echo  \tOPTIONS /echo  \t0"},
		{"JSON", `local v = tg.http.get(base .. "/json"):json() print(v.n[1], v.n[2] == tg.json.null) print(select(2, pcall(function() return tg.http.get(base .. "/echo"):json() end)).kind)`, "print: 1\ttrue\nprint: PARSE"},
		{"files", `print(tg.http.post(base .. "/form", { form = { title = "T" }, files = { a = { path = "in/cat.txt" } } }).body)
			print(tg.http.post(base .. "/form", { files = { b = { data = "{}", filename = 'x"y', type = "text/x" } } }).body)`,
			"print: a=cat.txt(text/plain; charset=utf-8)meow T\nprint: b=x\"y(text/x){} "},
		{"files that may not be read", `print(select(2, pcall(tg.http.post, base .. "/form", { files = { a = { path = "/etc/passwd" } } })).kind, select(2, pcall(tg.http.post, base, { files = { a = {} } })).message)`,
			"print: PERMISSION_DENIED\tpost: option 'files': a: either path or data is needed"},
		{"to a file", `local r = tg.http.get(base .. "/large", { save_to = "out/l" }) print(r.body == "", r.size, r.path ~= nil) print(select(2, pcall(tg.http.get, base, { save_to = "l" })).kind)
			local r = tg.http.get(base .. "/no", { save_to = "out/no" }) print(r.body, r.path)`, "print: true\t100000\ttrue\nprint: PERMISSION_DENIED\nprint: no\n\tnil"},
		{"refusals", `local r = tg.http.get(base .. "/no") print(r.ok, r.status) local ok, e = pcall(tg.http.get, base .. "/no", { check = true }) print(ok, e.kind, e.status, e.body, e.message)`,
			"print: false\t418\nprint: false\tHTTP_STATUS\t418\tno\n\tthe server answered 418 I'm a teapot"},
		{"redirects", `print(tg.http.get(base .. "/to?to=/json").url == base .. "/json", tg.http.get(base .. "/to?to=/json", { redirects = 0 }).status)
			print(select(2, pcall(tg.http.get, base .. "/round")).kind)
			print(select(2, pcall(tg.http.get, base .. "/to", { query = { to = base .. "/to?to=/json" }, redirects = 1 })).message:match("more than.*"))`,
			"print: true\t302\nprint: HTTP\nprint: more than 1 redirects"},
		{"redirects to where the script may not go", `for _, to in ipairs({ "http://169.254.169.254/latest/meta-data", "http://127.0.0.2/", "http://[::1]/", "http://localhost/", "https://google.com", "http://2130706434/", "http://x.example.com@127.0.0.2/" }) do
			local ok, e = pcall(tg.http.get, base .. "/to", { query = { to = to } }) print(e.kind, e.what) end
			print(select(2, pcall(tg.http.get, base .. "/to?to=file:///etc/passwd")).kind)`,
			"print: PERMISSION_DENIED\t169.254.169.254:80\nprint: PERMISSION_DENIED\t127.0.0.2:80\nprint: PERMISSION_DENIED\t[::1]:80\nprint: PERMISSION_DENIED\tlocalhost:80\nprint: PERMISSION_DENIED\tgoogle.com:443\nprint: PERMISSION_DENIED\t2130706434:80\nprint: PERMISSION_DENIED\t127.0.0.2:80\nprint: HTTP"},
		{"a server that is slow", `local ok, e = pcall(tg.http.get, base .. "/slow", { timeout = 0.05 }) print(ok, e.kind, e.seconds)`, "print: false\tTIMEOUT\t0.05"},
		{"an answer that is large", `local ok, e = pcall(tg.http.get, base .. "/large", { max_size = 99999 }) print(ok, e.kind, e.limit, #tg.http.get(base .. "/large", { max_size = 100000 }).body)`, "print: false\tTOO_LARGE\t99999\t100000"},
		{"an answer that becomes large", `print(select(2, pcall(tg.http.get, base .. "/bomb")).kind, select(2, pcall(tg.http.get, base .. "/bomb", { save_to = "out/bomb", max_size = 1000000 })).kind)`, "print: TOO_LARGE\tTOO_LARGE"},
		{"what is no request", `for _, call in ipairs({ function() tg.http.get("ftp://127.0.0.1/") end, function() tg.http.get("http://") end, function() tg.http.get("x y") end, function() tg.http.request("G T", base) end,
			function() tg.http.get(base, { headers = { a = "b\r\nc: d" } }) end, function() tg.http.get(base, { headers = { Host = "x" } }) end, function() tg.http.get(base, { json = 1, body = "x" }) end, function() tg.http.get(base, { json = print }) end,
			function() tg.http.get(base, { max_size = 2^40 }) end, function() tg.http.get(base, { proxy = "x" }) end }) do print(select(2, pcall(call)).kind) end`,
			"print: HTTP\nprint: HTTP\nprint: HTTP\nprint: HTTP\nprint: HTTP\nprint: ARGUMENT\nprint: ARGUMENT\nprint: ARGUMENT\nprint: ARGUMENT\nprint: HTTP"},
		{"proxies must be allowed", `local ok, e = pcall(tg.http.get, "http://a.example.com", { proxy = "http://10.0.0.1:3128" }) print(ok, e.kind, e.what)`, "print: false\tPERMISSION_DENIED\t10.0.0.1:3128"},
		{"through a proxy", `print(tg.http.get("http://a.example.com/json", { proxy = base }).status) print(select(2, pcall(tg.http.get, "http://192.168.1.1/json", { proxy = base })).kind)`, "print: 200\nprint: PERMISSION_DENIED"},
	}
	for i := range rows {
		rows[i][1] = base + rows[i][1]
	}
	w.services(t, rows)
	left, err := os.ReadDir(filepath.Join(root, "out"))
	if err != nil || len(left) != 1 || left[0].Name() != "l" {
		t.Errorf("left are %v, %v", left, err)
	}
}

func TestEverythingIsNotThisMachine(t *testing.T) {
	server := web(t)
	w, _ := allowed(t, permission.Rules{"net": {"*"}})
	w.services(t, serviceRows{
		{"a star doesn't name it", fmt.Sprintf(`local ok, e = pcall(tg.http.get, %q) print(ok, e.kind, e.message:match("allow: .*%%]"))`, server.URL), "print: false\tPERMISSION_DENIED\tallow: { hello: { net: [\"" + strings.TrimPrefix(server.URL, "http://") + "\"]"},
		{"by another name neither", fmt.Sprintf(`local ok, e = pcall(tg.http.get, "http://localhost:%s") print(ok, e.kind)`, server.URL[strings.LastIndex(server.URL, ":")+1:]), "print: false\tPERMISSION_DENIED"},
	})
}
