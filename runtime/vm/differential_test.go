package vm_test

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

var update = flag.Bool("update", false, "write the golden files anew (those of testdata/differential with lua5.1)")

// programs are Lua programs whose output depends on a seed only; NAME.golden is what lua5.1 prints for seed 1.
func programs(t *testing.T) []string {
	files, err := filepath.Glob("testdata/differential/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
	}
	return files
}

// ours runs a program in a machine of ours.
func ours(t *testing.T, file string, seed int) string {
	t.Helper()
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	m := newMachine(t, vm.Options{MaxRun: 20 * time.Second, Print: func(line string) { out.WriteString(line + "\n") }})
	fn := load(t, m, file, string(source))
	_, err = m.Run(context.Background(), fn, func(*vm.State) []vm.Value { return []vm.Value{vm.Number(seed)} })
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func theirs(t *testing.T, lua, file string, seed int) string {
	t.Helper()
	cmd := exec.Command(lua, file, strconv.Itoa(seed))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// compare reports the first lines that differ.
func compare(t *testing.T, got, want string) {
	t.Helper()
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	differ := 0
	for i := range max(len(a), len(b)) {
		x, y := "(nothing)", "(nothing)"
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			if differ++; differ <= 8 {
				t.Errorf("line %d:\n ours   %s\n lua5.1 %s", i+1, x, y)
			}
		}
	}
	if differ > 8 {
		t.Errorf("%d lines differ", differ)
	}
}

func TestAgreesWithLua51(t *testing.T) {
	for _, file := range programs(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			golden, err := os.ReadFile(strings.TrimSuffix(file, ".lua") + ".golden")
			if err != nil {
				t.Fatal(err)
			}
			compare(t, ours(t, file, 1), string(golden))
		})
	}
	lua, err := exec.LookPath("lua5.1")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Error("lua5.1 has to be installed where CI=true: apt-get install lua5.1")
		}
		return // the golden files have to do
	}
	for _, file := range programs(t) {
		t.Run("live "+filepath.Base(file), func(t *testing.T) {
			first := theirs(t, lua, file, 1)
			if *update {
				if err := os.WriteFile(strings.TrimSuffix(file, ".lua")+".golden", []byte(first), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			compare(t, ours(t, file, 1), first)
			for seed := 2; seed <= 6; seed++ {
				compare(t, ours(t, file, seed), theirs(t, lua, file, seed))
			}
		})
	}
}
