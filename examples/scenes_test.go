package examples

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/bindings/scene"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// scenes are scenarios that no story plays, what they print last, and the script that they are about.
var scenes = map[string]struct{ script, prints string }{
	"scenes/roll.lua":     {"roll.lua", "four rolls, nothing lost"},
	"scenes/busy_day.lua": {"", "bob → Friends: me"},
}

func TestScenes(t *testing.T) {
	files, err := filepath.Glob("scenes/*.lua")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			want, known := scenes[filepath.ToSlash(file)]
			_, told := stories()[filepath.Base(file)]
			if !known && !told {
				t.Fatalf("%s isn't played", file)
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, finding := range reference.Check(scene.Table(), file, source) {
				t.Errorf("check: %v", finding)
			}
			if !known {
				return // the example's story plays it
			}
			ctx, stop := context.WithTimeout(t.Context(), time.Minute)
			defer stop()
			server := stageFor(ctx, t, want.script)
			director := scene.NewDirector(server)
			defer director.Close()
			var lines []string
			if _, err := director.Play(ctx, scene.Scenario{Name: file, Source: source, Print: func(line string) { lines = append(lines, line) }}); err != nil {
				t.Fatal(err)
			}
			if all := strings.Join(lines, "\n"); !strings.HasSuffix(all, want.prints) {
				t.Errorf("it prints\n%s", all)
			}
		})
	}
}

// stageFor is a sandbox, with an account on it that runs a script if there is one.
func stageFor(ctx context.Context, t *testing.T, script string) *sandbox.Server {
	t.Helper()
	options := sandbox.Options{Clock: sandbox.NewVirtualClock(time.Time{}, false)}
	if script == "" {
		server, err := sandbox.New(options)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := server.Close(); err != nil {
				t.Error(err)
			}
		})
		return server
	}
	host, err := tgscript.Open(&tgscript.Config{
		Server: tgscript.Server{Kind: "sandbox"}, Accounts: map[string]*tgscript.Account{"me": {}},
	}, tgscript.Options{
		Scripts: []string{script}, NoReload: true, Sandbox: options,
		OnError: func(err *runtime.ScriptError) { t.Error(err.Detail()) },
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- host.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := host.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := host.Ready(ctx); err != nil {
		t.Fatal(err)
	}
	return host.Sandbox()
}
