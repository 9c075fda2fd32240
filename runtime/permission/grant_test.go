package permission_test

import (
	"path/filepath"
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

func TestGrants(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := set(t, root, nil, permission.Rules{"env": {"SECRET"}})
	check := func(want string) {
		t.Helper()
		if got := says(s.Check(permission.Env, "HOME")); got != want {
			t.Errorf("HOME: %s, want %s", got, want)
		}
	}
	check("no")
	once := s.Grant(permission.Env, "HOME")
	twice := s.Grant(permission.Env, "HOME")
	check("yes")
	once()
	check("yes")
	if err := s.Replace(nil, nil); err != nil {
		t.Fatal(err)
	}
	check("yes")
	twice()
	check("no")

	s = set(t, root, nil, permission.Rules{"env": {"SECRET"}})
	s.Grant(permission.Env, "SECRET")
	if got := says(s.Check(permission.Env, "SECRET")); got != "never" {
		t.Errorf("what is denied was granted: %s", got)
	}
	s.Grant(permission.Env, "*")
	if got := says(s.Check(permission.Env, "PATH")); got != "no" {
		t.Errorf("a grant is a pattern: %s", got)
	}
	s.Grant(permission.Net, "127.0.0.1:80")
	if got := says(s.Named(permission.Net, "127.0.0.1:80")); got != "yes" {
		t.Errorf("an address was granted: %s", got)
	}
	s.Grant(permission.Read, filepath.Join(root, "a.txt"))
	if _, err := s.Path(permission.Read, "a.txt"); err != nil {
		t.Error(err)
	}
	if _, err := s.Path(permission.Read, "b.txt"); err == nil {
		t.Error("another file was granted too")
	}
}
