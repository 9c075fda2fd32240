package trial

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

func TestWhatATestMayAllow(t *testing.T) {
	config := strings.Replace(aProject, "scripts/*.lua }", "scripts/*.lua, allow: { a: { net: [api.example.com], exec: [git] } } }", 1)
	for sentence, row := range map[string]struct {
		allow, path string
		given       permission.Rules
		want        string // of the error; empty for none
	}{
		"files in its folder":                  {`{ read = { "data", "x/y.txt" }, write = "out" }`, "scripts/b.lua", nil, ""},
		"what is about the sandbox":            {`{ methods = "auth.*", chats = "777000", host = { "reload" } }`, "scripts/b.lua", nil, ""},
		"addresses of this machine":            {`{ listen = { "127.0.0.1:80", "[::1]:80", "localhost:1" } }`, "scripts/b.lua", nil, ""},
		"a host that somebody else has":        {`{ net = "api.example.com" }`, "scripts/b.lua", nil, `no test can allow net "api.example.com" by itself: run it with --allow-net=api.example.com, or`},
		"a host that the config allows":        {`{ net = "api.example.com" }`, "scripts/a.lua", nil, ""},
		"another than the config allows":       {`{ net = "example.com" }`, "scripts/a.lua", nil, "--allow-net=example.com"},
		"a program that the config allows":     {`{ exec = "git" }`, "scripts/a.lua", nil, ""},
		"any program":                          {`{ exec = "*" }`, "scripts/a.lua", nil, "--allow-exec=*"},
		"a program that a flag allows":         {`{ exec = "make" }`, "scripts/b.lua", permission.Rules{permission.Exec: {"make"}}, ""},
		"a variable that the flags allow, too": {`{ env = "HOME" }`, "scripts/b.lua", permission.Everything(), ""},
		"variables":                            {`{ env = "HOME" }`, "scripts/b.lua", nil, "--allow-env=HOME"},
		"files elsewhere":                      {`{ read = "/etc" }`, "scripts/b.lua", nil, "--allow-read=/etc"},
		"files above":                          {`{ write = "../x" }`, "scripts/b.lua", nil, "--allow-write=../x"},
		"all files":                            {`{ read = "*" }`, "scripts/b.lua", nil, "--allow-read=*"},
		"addresses of other machines":          {`{ listen = "0.0.0.0:80" }`, "scripts/b.lua", nil, "--allow-listen=0.0.0.0:80"},
		"no kind":                              {`{ nett = "x" }`, "scripts/b.lua", nil, `there is no kind "nett"`},
		"no text":                              {`{ net = true }`, "scripts/b.lua", nil, "net takes a text or a list of texts"},
	} {
		t.Run(sentence, func(t *testing.T) {
			name := strings.TrimSuffix(filepath.Base(row.path), ".lua")
			files := map[string]string{
				"config.yaml": config, "scripts/a.lua": "", "scripts/b.lua": "",
				"scripts/t_test.lua": `test("x", function(t) t:script("` + name + `.lua", { account = "me", allow = ` + row.allow + ` }) end)`,
			}
			s := run(t, folder(t, files), Options{Allow: row.given})
			if len(s.Results) != 1 {
				t.Fatalf("%d results", len(s.Results))
			}
			switch r := s.Results[0]; {
			case row.want == "" && r.State != Passed:
				t.Error(r.Story())
			case row.want != "" && !strings.Contains(r.Message(), row.want):
				t.Errorf("%s: %s", r.State, r.Message())
			}
		})
	}
}

// TestAllFilesAreNotATestsToGive: a star is about every file there is.
func TestAllFilesAreNotATestsToGive(t *testing.T) {
	for rule, want := range map[string]bool{"*": false, "data/*.txt": true, "": false, ".": true} {
		if got := harmless(permission.Read, rule); got != want {
			t.Errorf("%q: %v", rule, got)
		}
	}
}

func TestLinksLeadOutOfNoTest(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // links need rights of their own there
	}
	outside := folder(t, map[string]string{"secret": "kept"})
	dir := folder(t, map[string]string{
		"config.yaml": aProject, "scripts/a.lua": "", "data/in.txt": "inside", "real.txt": "real",
		"scripts/a_test.lua": `
			test("a folder with a link to a file outside", function(t) t:script("a.lua", { files = { "bad" } }) end)
			test("a link to a file outside", function(t) t:script("a.lua", { files = { "out.txt" } }) end)
			test("a link to a folder outside", function(t) t:script("a.lua", { files = { "away" } }) end)
			test("above", function(t) t:script("a.lua", { files = { "../x" } }) end)
			test("a link inside", function(t)
				t:script("a.lua", { files = { "data", "link.txt" } })
				expect(t:read("data/in.txt")):equals("inside")
				expect(t:read("link.txt")):equals("real")
				t:write("data/in.txt", "changed")
				t:script("a.lua", { files = { "data" } })
				expect(t:read("data/in.txt")):equals("changed")
			end)`,
	})
	if err := os.Mkdir(filepath.Join(dir, "bad"), 0o700); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"bad/x": filepath.Join(outside, "secret"), "out.txt": filepath.Join(outside, "secret"), "away": outside, "link.txt": "real.txt"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	s := run(t, dir, Options{})
	for i, r := range s.Results {
		if inside := i == len(s.Results)-1; inside && r.State != Passed || !inside && (r.State != Failed || !strings.Contains(r.Message(), "give the script")) {
			t.Errorf("%s is %s\n%s", r.Name, r.State, r.Story())
		}
	}
	if len(s.Results) != 5 {
		t.Errorf("%d results", len(s.Results))
	}
}
