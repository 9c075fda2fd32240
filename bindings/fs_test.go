package bindings_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

// allowed is a world whose scripts may do what the rules say, in a folder of their own.
func allowed(t *testing.T, rules permission.Rules) (*world, string) {
	t.Helper()
	w := newWorld(t, "alice")
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	allow, err := permission.New("hello", root, rules, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.permit(allow)
	return w, root
}

func TestFilesOfScripts(t *testing.T) {
	w, root := allowed(t, permission.Rules{"read": {"in", "files"}, "write": {"files"}})
	for _, dir := range []string{"in", "files", "secret"} {
		if err := os.Mkdir(filepath.Join(root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "secret/key"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../secret", filepath.Join(root, "files/out")); err != nil {
		t.Fatal(err)
	}
	w.services(t, serviceRows{
		{"what is written is read", `tg.fs.write("files/a.txt", "one\0\255") tg.fs.append("files/a.txt", "two") print(tg.fs.read("files/a.txt") == "one\0\255two", tg.fs.exists("files/a.txt"), tg.fs.exists("files/b.txt"))`, "print: true\ttrue\tfalse"},
		{"a write replaces all", `tg.fs.write("files/a.txt", "x") tg.fs.append("files/new.txt", "y") print(tg.fs.read("files/a.txt"), tg.fs.read("files/new.txt"))`, "print: x\ty"},
		{"only where there is none", `local ok, e = pcall(tg.fs.write, "files/a.txt", "z", { exclusive = true }) print(ok, e.kind) tg.fs.write("files/c.txt", "c", { exclusive = true }) print(tg.fs.read("files/a.txt"), tg.fs.read("files/c.txt"))`, "print: false\tFILE_EXISTS\nprint: x\tc"},
		{"folders", `tg.fs.mkdir("files/d/e/f") tg.fs.mkdir("files/d/e/f") tg.fs.write("files/d/x", "123") for _, e in ipairs(tg.fs.list("files")) do print(e.name, e.is_folder, e.is_folder or e.size, e.modified > 1e9) end`,
			"print: a.txt\tfalse\t1\ttrue\nprint: c.txt\tfalse\t1\ttrue\nprint: d\ttrue\ttrue\ttrue\nprint: new.txt\tfalse\t1\ttrue"},
		{"renaming", `tg.fs.rename("files/c.txt", "files/g.txt") tg.fs.rename("files/g.txt", "files/d/g.txt") print(tg.fs.exists("files/c.txt"), tg.fs.read("files/d/g.txt"), tg.fs.stat("files/d/g.txt").size)`, "print: false\tc\t1"},
		{"deleting", `print(pcall(tg.fs.remove, "files/d") and "gone" or "not empty") tg.fs.remove("files/d", { recursive = true }) tg.fs.remove("files/new.txt") print(#tg.fs.list("files"), select(2, pcall(tg.fs.remove, "files/none")).kind, select(2, pcall(tg.fs.remove, "files/none", { recursive = true })).kind)`,
			"print: not empty\nprint: 1\tFILE_NOT_FOUND\tFILE_NOT_FOUND"},
		{"what isn't there", `local ok, e = pcall(tg.fs.read, "files/none") print(ok, e.kind) print(select(2, pcall(tg.fs.read, "files")).kind, select(2, pcall(tg.fs.write, "files", "x")).kind, select(2, pcall(tg.fs.append, "files", "x")).kind)`, "print: false\tFILE_NOT_FOUND\nprint: FILE_ERROR\tFILE_ERROR\tFILE_ERROR"},
		{"too large", `tg.fs.write("files/a.txt", ("x"):rep(100)) local ok, e = pcall(tg.fs.read, "files/a.txt", { max_size = 99 }) print(ok, e.kind, #tg.fs.read("files/a.txt", { max_size = 100 }))`, "print: false\tFILE_TOO_LARGE\t100"},
		{"the ways out", `for _, name in ipairs({ "secret/key", "files/../secret/key", "files/out/key", "/etc/passwd", "files/a\0b" }) do
			for _, call in ipairs({ tg.fs.read, tg.fs.list, tg.fs.stat, tg.fs.exists, tg.fs.mkdir, tg.fs.remove }) do assert(not pcall(call, name), name) end
			assert(not pcall(tg.fs.write, name, "x")) assert(not pcall(tg.fs.append, name, "x")) assert(not pcall(tg.fs.rename, "files/a.txt", name)) assert(not pcall(tg.fs.rename, name, "files/b")) end
			print(select(2, pcall(tg.fs.write, "in/x", "y")).kind, select(2, pcall(tg.fs.read, "files/out/key")).permission)`, "print: PERMISSION_DENIED\tread"},
		{"the error names the line", `print((select(2, pcall(tg.fs.read, "/etc/passwd")).message))`, "print: the script may not read /etc/passwd: to allow it, write `allow: { hello: { read: [\"/etc/passwd\"] } }` under the account in config.yaml"},
	})
	if data, err := os.ReadFile(filepath.Join(root, "secret/key")); err != nil || string(data) != "secret" {
		t.Errorf("the secret is %q, %v", data, err)
	}
	left, err := os.ReadDir(filepath.Join(root, "files"))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range left {
		if strings.HasPrefix(one.Name(), ".") {
			t.Errorf("%s was left behind", one.Name())
		}
	}
}

func TestEnv(t *testing.T) {
	t.Setenv("SCRIPT_TOKEN", "abc")
	w, _ := allowed(t, permission.Rules{"env": {"SCRIPT_*"}})
	w.services(t, serviceRows{
		{"what is allowed", `print(tg.env("SCRIPT_TOKEN"), tg.env("SCRIPT_NONE"), tg.env("SCRIPT_NONE", "x"))`, "print: abc\tnil\tx"},
		{"what isn't", `local ok, e = pcall(tg.env, "HOME") print(ok, e.kind, e.permission)`, "print: false\tPERMISSION_DENIED\tenv"},
	})
}
