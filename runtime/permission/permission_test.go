package permission_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

func set(t testing.TB, root string, allow, deny permission.Rules) *permission.Set {
	t.Helper()
	s, err := permission.New("hello", root, allow, deny)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// says is how a check ends: "yes", "no" without a rule, "never" by a rule of deny.
func says(err error) string {
	var denied *permission.DeniedError
	switch {
	case err == nil:
		return "yes"
	case !errors.As(err, &denied):
		return err.Error()
	case denied.Forbidden:
		return "never"
	}
	return "no"
}

func TestRules(t *testing.T) {
	type rules = permission.Rules
	for sentence, row := range map[string]struct {
		allow, deny rules
		kind        permission.Kind
		what        string
		want        string
	}{
		"nothing is allowed":                    {nil, nil, permission.Net, "example.com:80", "no"},
		"a host":                                {rules{"net": {"example.com"}}, nil, permission.Net, "example.com:80", "yes"},
		"a host in other letters":               {rules{"net": {"Example.COM."}}, nil, permission.Net, "example.com:80", "yes"},
		"another host":                          {rules{"net": {"example.com"}}, nil, permission.Net, "example.org:80", "no"},
		"a host that only ends like one":        {rules{"net": {"example.com"}}, nil, permission.Net, "badexample.com:80", "no"},
		"what is below a host is not it":        {rules{"net": {"example.com"}}, nil, permission.Net, "www.example.com:80", "no"},
		"a star is what is below":               {rules{"net": {"*.example.com"}}, nil, permission.Net, "a.b.example.com:80", "yes"},
		"a star is not the host":                {rules{"net": {"*.example.com"}}, nil, permission.Net, "example.com:80", "no"},
		"a star is not what only ends like one": {rules{"net": {"*.example.com"}}, nil, permission.Net, "badexample.com:80", "no"},
		"a port":                                {rules{"net": {"example.com:443"}}, nil, permission.Net, "example.com:443", "yes"},
		"another port":                          {rules{"net": {"example.com:443"}}, nil, permission.Net, "example.com:80", "no"},
		"an address of IPv6":                    {rules{"net": {"::1"}}, nil, permission.Net, "[::1]:80", "yes"},
		"an address of IPv6 with a port":        {rules{"net": {"[::1]:80"}}, nil, permission.Net, "[::1]:80", "yes"},
		"a variable":                            {rules{"env": {"HOME"}}, nil, permission.Env, "HOME", "yes"},
		"variables that begin alike":            {rules{"env": {"MY_*"}}, nil, permission.Env, "MY_TOKEN", "yes"},
		"another variable":                      {rules{"env": {"MY_*"}}, nil, permission.Env, "HOME", "no"},
		"a method":                              {rules{"methods": {"auth.*"}}, nil, permission.Methods, "auth.logOut", "yes"},
		"a method of another kind":              {rules{"methods": {"auth.*"}}, nil, permission.Methods, "account.deleteAccount", "no"},
		"everything":                            {permission.Everything(), nil, permission.Exec, "/bin/sh", "yes"},
		"deny wins":                             {permission.Everything(), rules{"exec": {"sh"}}, permission.Exec, "sh", "never"},
		"deny wins over the same rule":          {rules{"env": {"HOME"}}, rules{"env": {"HOME"}}, permission.Env, "HOME", "never"},
		"deny of everything":                    {rules{"env": {"HOME"}}, rules{"env": {"*"}}, permission.Env, "HOME", "never"},
		"deny of one kind is not of another":    {rules{"env": {"X"}}, rules{"exec": {"*"}}, permission.Env, "X", "yes"},
		"a rule of one kind is not of another":  {rules{"read": {"*"}}, nil, permission.Write, "/x", "no"},
		"several lists in one":                  {permission.Joined(rules{"env": {"A"}}, nil, rules{"env": {"B"}}), nil, permission.Env, "B", "yes"},
		"a chat by its id":                      {rules{"chats": {"777000"}}, nil, permission.Chats, "777000", "yes"},
		"a stroke is not skipped by a star in other names": {rules{"exec": {"/bin/*"}}, nil, permission.Exec, "/bin/a/b", "no"},
	} {
		t.Run(sentence, func(t *testing.T) {
			s := set(t, "/root", row.allow, row.deny)
			if got := says(s.Check(row.kind, row.what)); got != row.want {
				t.Errorf("%s", got)
			}
			forbidden := says(s.Forbidden(row.kind, row.what))
			if want := map[bool]string{true: "never", false: "yes"}[row.want == "never"]; forbidden != want {
				t.Errorf("forbidden: %s", forbidden)
			}
		})
	}
}

func TestWhatIsRefusedTellsWhatToWrite(t *testing.T) {
	err := set(t, "/root", nil, nil).Check(permission.Net, "example.com:443")
	want := `the script may not connect to example.com:443: to allow it, write ` + "`allow: { hello: { net: [\"example.com:443\"] } }`" + ` under the account in config.yaml`
	if err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	var denied *permission.DeniedError
	if !errors.As(err, &denied) {
		t.Fatalf("a %T", err)
	}
	if fields := denied.LuaFields(); fields["kind"] != "PERMISSION_DENIED" || fields["permission"] != "net" || fields["what"] != "example.com:443" {
		t.Errorf("scripts see %v", fields)
	}
	err = set(t, "/root", nil, permission.Rules{"exec": {"rm"}}).Check(permission.Exec, "rm")
	if err.Error() != "the script may not run rm: config.yaml denies it" {
		t.Errorf("got %v", err)
	}
	for _, kind := range permission.Kinds {
		if text := (*permission.Set)(nil).Check(kind, "x").Error(); !strings.Contains(text, "the script may not ") || strings.Contains(text, "%!") {
			t.Errorf("%s: %s", kind, text)
		}
	}
	if err := (*permission.Set)(nil).Forbidden(permission.Env, "x"); err != nil {
		t.Errorf("no rules forbid nothing, got %v", err)
	}
}

func TestRulesThatAreNone(t *testing.T) {
	for sentence, row := range map[string]struct {
		rules permission.Rules
		want  string
	}{
		"a kind that is none":   {permission.Rules{"reed": {"x"}}, `allow: there is no permission "reed"`},
		"an empty rule":         {permission.Rules{"read": {""}}, "allow.read: a rule is empty"},
		"a pattern without end": {permission.Rules{"env": {"A["}}, `allow.env: "A[" is no pattern`},
		"a path without an end": {permission.Rules{"read": {"/x/[a"}}, `is no pattern`},
		"a host may be an IPv6": {permission.Rules{"net": {"[::1]:80"}}, ""},
	} {
		t.Run(sentence, func(t *testing.T) {
			_, err := permission.New("hello", "/root", row.rules, nil)
			if (err == nil) != (row.want == "") || err != nil && !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestRulesAreReplaced(t *testing.T) {
	s := set(t, "/root", permission.Rules{"env": {"A"}}, nil)
	if err := s.Replace(permission.Rules{"env": {"B"}}, nil); err != nil {
		t.Fatal(err)
	}
	if says(s.Check(permission.Env, "A")) != "no" || says(s.Check(permission.Env, "B")) != "yes" {
		t.Error("the old rules are still in force")
	}
	if err := s.Replace(permission.Rules{"env": {""}}, nil); err == nil || says(s.Check(permission.Env, "B")) != "yes" {
		t.Errorf("a mistake has changed something: %v", err)
	}
}

// tree makes files, folders (a name that ends with a stroke) and links (name -> target) in a folder.
func tree(t testing.TB, names ...string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		name, target, link := strings.Cut(name, " -> ")
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		switch {
		case link:
			err = os.Symlink(strings.ReplaceAll(target, "ROOT", root), path)
		case strings.HasSuffix(name, "/"):
			err = os.MkdirAll(path, 0o755)
		default:
			err = os.WriteFile(path, nil, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestPaths(t *testing.T) {
	root := tree(t, "files/a.txt", "files/deep/b.txt", "secret/key", "files/out -> ROOT/secret", "files/up -> ../secret/key",
		"files/nowhere -> ROOT/secret/new", "files/round -> round", "files/in -> deep/b.txt", "linked -> files", "files/back -> ..")
	for sentence, row := range map[string]struct {
		allow, deny []string
		name, want  string
		real        string // where it leads, from the root
	}{
		"a file in a folder that is allowed":             {[]string{"files"}, nil, "files/a.txt", "yes", "files/a.txt"},
		"far below":                                      {[]string{"files"}, nil, "files/deep/b.txt", "yes", "files/deep/b.txt"},
		"the folder itself":                              {[]string{"files"}, nil, "files", "yes", "files"},
		"a file that is not there yet":                   {[]string{"files"}, nil, "files/new/deep.txt", "yes", "files/new/deep.txt"},
		"a neighbour":                                    {[]string{"files"}, nil, "secret/key", "no", ""},
		"a folder whose name only begins alike":          {[]string{"files"}, nil, "files2/a", "no", ""},
		"out by two dots":                                {[]string{"files"}, nil, "files/../secret/key", "no", ""},
		"out by a link to a folder":                      {[]string{"files"}, nil, "files/out/key", "no", ""},
		"out by a link to a file":                        {[]string{"files"}, nil, "files/up", "no", ""},
		"out by a link to a file that isn't there":       {[]string{"files"}, nil, "files/nowhere", "no", ""},
		"out by a link to the folder above":              {[]string{"files"}, nil, "files/back/secret/key", "no", ""},
		"a link that stays inside":                       {[]string{"files"}, nil, "files/in", "yes", "files/deep/b.txt"},
		"a link that leads in a circle":                  {[]string{"files"}, nil, "files/round", "find files/round: its symbolic links go in a circle", ""},
		"a rule that is a link":                          {[]string{"linked"}, nil, "files/a.txt", "yes", "files/a.txt"},
		"a rule that is a link, by its name":             {[]string{"linked"}, nil, "linked/a.txt", "yes", "files/a.txt"},
		"a pattern":                                      {[]string{"files/*.txt"}, nil, "files/a.txt", "yes", "files/a.txt"},
		"a pattern does not go down":                     {[]string{"files/*.txt"}, nil, "files/deep/b.txt", "no", ""},
		"a pattern that matches a folder":                {[]string{"files/d*"}, nil, "files/deep/b.txt", "yes", "files/deep/b.txt"},
		"deny of one file":                               {[]string{"files"}, []string{"files/a.txt"}, "files/a.txt", "never", ""},
		"deny of a folder":                               {[]string{"*"}, []string{"secret"}, "secret/key", "never", ""},
		"deny is not escaped by a link":                  {[]string{"*"}, []string{"secret"}, "files/out/key", "never", ""},
		"deny is not escaped by two dots":                {[]string{"*"}, []string{"secret"}, "files/../secret/key", "never", ""},
		"deny of where a link leads, by the link's name": {[]string{"*"}, []string{"files/out"}, "secret/key", "never", ""},
		"a name with a zero":                             {[]string{"*"}, nil, "a\x00b", `"a\x00b" is no file name`, ""},
		"everything":                                     {[]string{"*"}, nil, "/etc/passwd", "yes", "/etc/passwd"},
	} {
		t.Run(sentence, func(t *testing.T) {
			s := set(t, root, permission.Rules{"read": row.allow}, permission.Rules{"read": row.deny})
			real, err := s.Path(permission.Read, row.name)
			if got := says(err); got != row.want {
				t.Fatalf("%s", got)
			}
			want := row.real
			if want != "" && !filepath.IsAbs(want) {
				want = filepath.Join(root, want)
			}
			if real != want {
				t.Errorf("it leads to %s", real)
			}
		})
	}
	if _, err := (*permission.Set)(nil).Path(permission.Write, "x"); says(err) != "no" {
		t.Errorf("no rules allow nothing, got %v", err)
	}
}

// FuzzPath looks for a name that leads out of the only folder that is allowed.
func FuzzPath(f *testing.F) {
	for _, name := range []string{"files/a", "files/../secret/key", "files/out/../a", "files//back/./secret", "files/in/..", "linked/out", "/", ""} {
		f.Add(name)
	}
	root := tree(f, "files/a", "secret/key", "files/out -> ../secret", "files/back -> ..", "files/round -> round", "linked -> files")
	s := set(f, root, permission.Rules{"read": {"files"}}, nil)
	inside := filepath.Join(root, "files")
	f.Fuzz(func(t *testing.T, name string) {
		real, err := s.Path(permission.Read, name)
		if err != nil {
			return
		}
		if real != inside && !strings.HasPrefix(real, inside+string(filepath.Separator)) {
			t.Fatalf("%q leads to %s", name, real)
		}
		if resolved, err := filepath.EvalSymlinks(real); err == nil && resolved != real {
			t.Fatalf("%q is said to lead to %s, which leads on to %s", name, real, resolved)
		}
	})
}
