package vm_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// FuzzRun runs whatever compiles: a script may fail, and never panic or outlive its limits.
func FuzzRun(f *testing.F) {
	for _, glob := range []string{"testdata/errors/*.lua", "testdata/differential/*.lua"} {
		files, err := filepath.Glob(glob)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(source))
		}
	}
	f.Add(everywhere)
	f.Fuzz(func(t *testing.T, source string) {
		proto, err := vm.Compile("fuzz.lua", []byte(source))
		if err != nil {
			return
		}
		m := vm.New(vm.Options{MaxRun: 100 * time.Millisecond, MaxHeap: 1 << 30})
		defer func() {
			if err := m.Close(); err != nil {
				t.Error(err)
			}
		}()
		withBindings(m)
		withPause(m)
		m.Lock()
		fn := m.Root().NewFunctionFromProto(proto)
		m.Unlock()
		_, err = m.Run(context.Background(), fn, nil)
		var e *vm.Error
		if err != nil && (!errors.As(err, &e) || e.Error() == "" || e.Detail() == "") {
			t.Errorf("ended with %#v", err)
		}
	})
}
