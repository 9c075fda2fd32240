//go:build unix

package bindings_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

func TestExec(t *testing.T) {
	t.Setenv("SECRET_TOKEN", "abc")
	w, root := allowed(t, permission.Rules{"exec": {"cat", "echo", "sh", "/bin/echo", "no-such-program", "tools/hello"}, "read": {"."}})
	if err := os.Mkdir(filepath.Join(root, "tools"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "tools/hello"), []byte("#!/bin/sh\necho hello $1\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	w.services(t, serviceRows{
		{"arguments are not read by a shell", `local r = tg.exec("echo", { "$HOME", "a  b", "; rm -rf /" }) print(r.ok, r.code, r.stdout, r.stderr == "")`, "print: true\t0\t$HOME a  b ; rm -rf /\n\ttrue"},
		{"without arguments", `print(#tg.exec("echo").stdout)`, "print: 1"},
		{"what it reads", `print(tg.exec("cat", {}, { stdin = "\0\255" }).stdout == "\0\255")`, "print: true"},
		{"how it fails", `local r = tg.exec("sh", { "-c", "echo no >&2; exit 3" }) print(r.ok, r.code, r.stderr)
			local ok, e = pcall(tg.exec, "sh", { "-c", "echo no >&2; exit 3" }, { check = true }) print(ok, e.kind, e.code, e.message)`,
			"print: false\t3\tno\n\nprint: false\tEXEC\t3\tsh failed with exit code 3: no"},
		{"a variable that loads code", `for _, name in ipairs({ "LD_PRELOAD", "ld_library_path", "BASH_ENV", "PATH", "GIT_SSH_COMMAND", "PYTHONPATH" }) do
			print(select(2, pcall(tg.exec, "sh", {}, { env = { [name] = "x" } })).message:match("would make") or name) end`,
			strings.TrimSuffix(strings.Repeat("print: would make\n", 6), "\n")},
		{"its environment has no secrets", `print(tg.exec("sh", { "-c", "echo $SECRET_TOKEN$MINE" }, { env = { MINE = "m" } }).stdout)`, "print: m\n"},
		{"it may not run forever", `local ok, e = pcall(tg.exec, "sh", { "-c", "sleep 100 & sleep 100" }, { timeout = 0.05 }) print(ok, e.kind, e.seconds)`, "print: false\tTIMEOUT\t0.05"},
		{"it may not talk forever", `local ok, e = pcall(tg.exec, "sh", { "-c", "while :; do echo y; done" }, { max_output = 1000 }) print(ok, e.kind, e.message)`, "print: false\tTOO_LARGE\twhat sh writes is larger than 1000 bytes"},
		{"a path", `print(tg.exec("/bin/echo", { "x" }).stdout)`, "print: x\n"},
		{"what isn't allowed", `for _, name in ipairs({ "rm", "/bin/sh", "../bin/sh", "./cat", "cat ", "" }) do local ok, e = pcall(tg.exec, name) print(ok, e.kind, e.permission) end`,
			"print: false\tPERMISSION_DENIED\texec\nprint: false\tPERMISSION_DENIED\texec\nprint: false\tPERMISSION_DENIED\texec\nprint: false\tPERMISSION_DENIED\texec\nprint: false\tPERMISSION_DENIED\texec\nprint: false\tPERMISSION_DENIED\texec"},
		{"what isn't there", `local ok, e = pcall(tg.exec, "no-such-program") print(ok, e.kind, e.message)`, "print: false\tEXEC\trun no-such-program: executable file not found in $PATH"},
		{"a path from config.yaml's folder", `print(tg.exec("./tools/hello", { "x" }).stdout, tg.exec("tools/hello").stdout, select(2, pcall(tg.exec, "tools/other")).kind)`, "print: hello x\n\thello\n\tPERMISSION_DENIED"},
		{"it runs there", `print(tg.exec("sh", { "-c", "ls tools" }).stdout)`, "print: hello\n"},
		{"a folder", `print(tg.exec("sh", { "-c", "pwd" }, { cwd = "." }).ok, select(2, pcall(tg.exec, "sh", {}, { cwd = "/" })).kind)`, "print: true\tPERMISSION_DENIED"},
		{"others run meanwhile", `local done = false tg.spawn(function() done = true end) tg.exec("sh", { "-c", "exit 0" }) print("back")`, "print: back"},
	})
}
