package permission_test

import (
	"path/filepath"
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

func TestWhatIsDeniedBeneath(t *testing.T) {
	for sentence, row := range map[string]struct {
		deny, path string
		want       string
	}{
		"a file in the folder":             {"files/keep", "files", "never"},
		"a file deep in the folder":        {"files/a/b/keep", "files", "never"},
		"the folder itself":                {"files", "files", "never"},
		"a file in another folder":         {"other/keep", "files", "yes"},
		"a folder that begins alike":       {"files2/keep", "files", "yes"},
		"a folder above":                   {"files", "files/inner", "yes"}, // which Path refuses
		"a pattern in the folder":          {"files/*.key", "files", "never"},
		"a pattern that could be a folder": {"*/keep", "files", "never"},
		"a pattern that couldn't":          {"x*/keep", "files", "yes"},
		"a pattern of folders in between":  {"files/*/keep", "files/a", "never"},
		"everything":                       {"*", "files", "never"},
	} {
		root := t.TempDir()
		s := set(t, root, permission.Everything(), permission.Rules{"write": {row.deny}})
		real, err := filepath.EvalSymlinks(root)
		if err != nil {
			t.Fatal(err)
		}
		if got := says(s.Beneath(permission.Write, filepath.Join(real, row.path))); got != row.want {
			t.Errorf("%s: %s", sentence, got)
		}
		if got := says(s.Beneath(permission.Read, filepath.Join(real, row.path))); got != "yes" {
			t.Errorf("%s: of another kind: %s", sentence, got)
		}
	}
	if err := (*permission.Set)(nil).Beneath(permission.Write, "/x"); err != nil {
		t.Error(err)
	}
}
