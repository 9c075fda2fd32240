package vm_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/vm"
)

// checks is what the scripts of testdata/conformance call: check(what, got, want).
const checks = `failures = 0
function check(what, got, want)
  if got ~= want then
    failures = failures + 1
    print(what .. ": got " .. tostring(got) .. ", want " .. tostring(want))
  end
end`

// TestConformance runs scripts that check themselves. Where lua5.1 is installed it has to agree with them, but for
// those that show what it hasn't.
func TestConformance(t *testing.T) {
	files, err := filepath.Glob("testdata/conformance/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	lua, _ := exec.LookPath("lua5.1")
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			m := newMachine(t, vm.Options{Print: func(line string) { t.Error(line) }})
			if _, err := do(t, m, checks); err != nil {
				t.Fatal(err)
			}
			if _, err := m.Run(context.Background(), load(t, m, file, string(source)), nil); err != nil {
				t.Error(err)
			}
			if lua == "" || strings.Contains(string(source), "5.1 has no") {
				return
			}
			out, err := exec.Command(lua, "-e", checks, file).CombinedOutput()
			if err != nil || len(out) > 0 {
				t.Errorf("lua5.1 says otherwise: %v\n%s", err, out)
			}
		})
	}
}
