package reference_test

import (
	"slices"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
)

func TestNeeds(t *testing.T) {
	for source, want := range map[string][]string{
		`print("nothing")`:                                                            nil,
		`tg.http.get("https://api.github.com/x")`:                                     {"line 1: net: api.github.com (tg.http.get)"},
		`tg.http.get("https://api.github.com")`:                                       {"line 1: net: api.github.com (tg.http.get)"},
		`tg.http.get("http://127.0.0.1:8080/x?y")`:                                    {"line 1: net: 127.0.0.1:8080 (tg.http.get)"},
		`tg.http.post("https://example.com/" .. path .. "/x", { json = {} })`:         {"line 1: net: example.com (tg.http.post)"},
		`tg.http.get("https://" .. host .. "/x")`:                                     {"line 1: net: what, only a run can tell (tg.http.get)"},
		`tg.http.get("https://example.com" .. rest)`:                                  {"line 1: net: what, only a run can tell (tg.http.get)"},
		`tg.http.request("PUT", "https://example.com/x")`:                             {"line 1: net: example.com (tg.http.request)"},
		"local base = \"https://example.com/\"\ntg.http.get(base .. \"x\")":           {"line 2: net: example.com (tg.http.get)"},
		"local base = \"https://example.com/\" base = other tg.http.get(base)":        {"line 1: net: what, only a run can tell (tg.http.get)"},
		"local a = \"https://a.b/\" do local a = \"https://c.d/\" tg.http.get(a) end": {"line 1: net: what, only a run can tell (tg.http.get)"},
		"local http = tg.http\nlocal get = http.get\nget('https://example.com/')":     {"line 3: net: example.com (tg.http.get)"},
		`pcall(tg.http.get, "https://example.com/")`:                                  {"line 1: net: example.com (tg.http.get)"},
		`tg.http.get("https://example.com/f", { save_to = "films/f.mp4" })`:           {"line 1: net: example.com (tg.http.get)", "line 1: write: films/f.mp4 (tg.http.get)"},
		"function f()\n  if x then return tg.env('TOKEN') end\nend":                   {"line 2: env: TOKEN (tg.env)"},
		"local t = { x = { tg.env(name) } }":                                          {"line 1: env: what, only a run can tell (tg.env)"},
		`tg.exec("ffmpeg", { "-version" }, { cwd = "films" })`:                        {"line 1: exec: ffmpeg (tg.exec)", "line 1: read: films (tg.exec)"},
		`tg.fs.write("a.txt", tg.fs.read("b.txt"))`:                                   {"line 1: write: a.txt (tg.fs.write)", "line 1: read: b.txt (tg.fs.read)"},
		`tg.fs.rename("a", "b")`:                                                      {"line 1: write: a (tg.fs.rename)", "line 1: write: b (tg.fs.rename)"},
		`client.api.auth.logOut({})`:                                                  {"line 1: methods: auth.logOut (client.api.auth.logOut)"},
		`client.api.messages.getHistory({ peer = "me" })`:                             nil,
		`for m in client:iter_messages(777000) do print(m) end`:                       {"line 1: chats: 777000 (:iter_messages)"},
		`client:send_file("me", "cat.jpg")`:                                           {"line 1: read: cat.jpg (:send_file)"},
		`client:send_file("me", "https://example.com/cat.jpg")`:                       nil,
		`client:send_file("me", { bytes = x, name = "cat.jpg" })`:                     nil,
		`client:send_file("me", { path = "cat.jpg" })`:                                {"line 1: read: cat.jpg (:send_file)"},
		`client:send_file("me", { "a.jpg", "b.jpg" })`:                                {"line 1: read: a.jpg (:send_file)", "line 1: read: b.jpg (:send_file)"},
		`client:send_file("me", photo)`:                                               nil,
		`client:on("message", function(event) event:reply("x", { file = "a.jpg" }) event.message:download("films/") end)`: {
			"line 1: read: a.jpg (:reply)", "line 1: write: films/ (:download)"},
		"tg.env('A') tg.env('A')":                        {"line 1: env: A (tg.env)"},
		`print(#tg.host.scripts(), tg.host.reload("x"))`: {"line 1: host: status (tg.host.scripts)", "line 1: host: reload (tg.host.reload)"},
		"#!/usr/bin/tgscript\ntg.env('A')":               {"line 2: env: A (tg.env)"},
	} {
		needs, err := reference.Needs("s.lua", []byte(source), bindings.Guarded)
		if err != nil {
			t.Errorf("%s: %v", source, err)
		}
		var got []string
		for _, n := range needs {
			got = append(got, n.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %q\nwant %q", source, got, want)
		}
	}
	if _, err := reference.Needs("s.lua", []byte("x x"), bindings.Guarded); err == nil {
		t.Error("a script that is none has needs")
	}
}

func FuzzNeeds(f *testing.F) {
	f.Add([]byte(`local a = b local b = a tg.http.get(a)`))
	f.Add([]byte(`tg.http.get() tg.fs.rename() client:send_file() pcall() x:reply() tg.exec("a", 1, 2)`))
	f.Fuzz(func(t *testing.T, source []byte) {
		if len(reference.Check(bindings.Table(), "s.lua", source)) == 0 {
			_, _ = reference.Needs("s.lua", source, bindings.Guarded) // must not panic
		}
	})
}
