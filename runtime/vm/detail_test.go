package vm_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/vm"
)

// floodError is a Go error that has fields for scripts.
type floodError struct{ seconds int }

func (e *floodError) Error() string { return "flood wait of 17s: at 12:30:05" }

func (e *floodError) LuaFields() map[string]any {
	return map[string]any{"kind": "FLOOD_WAIT", "seconds": e.seconds, "method": "messages.sendMessage"}
}

// withBindings installs nested(fn), which calls fn; flood(), which raises a Go error; panics().
func withBindings(m *vm.Machine) {
	m.Lock()
	defer m.Unlock()
	L := m.Root()
	L.SetGlobal("nested", vm.Wrap(L, func(L *vm.State) int {
		out, err := vm.Call(L, L.CheckFunction(1))
		vm.Raise(L, err)
		for _, v := range out {
			L.Push(v)
		}
		return len(out)
	}))
	L.SetGlobal("flood", vm.Wrap(L, func(L *vm.State) int { vm.Raise(L, &floodError{17}); return 0 }))
	L.SetGlobal("panics", vm.Wrap(L, func(*vm.State) int { panic("index out of range") }))
}

// TestDetails compares what a script's author sees of each script in testdata/errors with NAME.txt beside it; -update
// writes those.
func TestDetails(t *testing.T) {
	files, err := filepath.Glob("testdata/errors/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	address := regexp.MustCompile(`0x[0-9a-f]+`)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".lua"), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := address.ReplaceAllString(detail(t, filepath.Base(file), source), "0x...") + "\n"
			golden := strings.TrimSuffix(file, ".lua") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(golden); err != nil || got != string(want) {
				t.Errorf("%v, got\n%swant\n%s", err, got, want)
			}
		})
	}
}

func detail(t *testing.T, name string, source []byte) string {
	m := newMachine(t, vm.Options{})
	withBindings(m)
	proto, err := vm.Compile(name, source)
	var syntax *vm.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Detail()
	}
	m.Lock()
	fn := m.Root().NewFunctionFromProto(proto)
	m.Unlock()
	_, err = m.Run(context.Background(), fn, nil)
	var e *vm.Error
	if !errors.As(err, &e) {
		t.Fatalf("ended with %v", err)
	}
	return e.Detail()
}
