package examples

import (
	"cmp"
	"context"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/scene"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// story shows that an example works.
type story struct {
	account string            // of config.yaml that it runs on; me if empty
	also    map[string]string // Lua that runs beside it, by account
	scene   string            // what people do and wait for: a scenario; scenes/ has it if it isn't here
	hears   []string          // what is said then, in this order: patterns of lines such as "bob → Friends: hello"
	more    []story           // scenes that follow, with what is heard in them
	files   map[string]string // what lies in the folder of config.yaml then: patterns of contents, by patterns of names
}

func (s story) on() string { return cmp.Or(s.account, "me") }

// play runs an example with the config of all of them, in a folder of its own.
func (s story) play(t *testing.T, file string) {
	config, err := tgscript.Load("config.yaml", tgscript.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	config.File = filepath.Join(dir, "config.yaml")
	if err := os.CopyFS(filepath.Join(dir, "files"), os.DirFS("files")); err != nil {
		t.Fatal(err)
	}
	path, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	config.Accounts[s.on()].Scripts = tgscript.Strings{path}
	for account, lua := range s.also {
		if err := os.WriteFile(filepath.Join(dir, account+".lua"), []byte(lua), 0o600); err != nil {
			t.Fatal(err)
		}
		config.Accounts[account].Scripts = append(config.Accounts[account].Scripts, account+".lua")
	}
	maps.DeleteFunc(config.Accounts, func(_ string, a *tgscript.Account) bool { return len(a.Scripts) == 0 })
	beside := permission.Rules{}
	if len(s.also) > 0 {
		beside = permission.Rules{permission.Read: {"files"}, permission.Net: {"127.0.0.1:18088", "127.0.0.1:18089"}, permission.Methods: {"payments.sendStarsForm"}}
	}
	lines := make(chan string, 1000)
	host, err := tgscript.Open(config, tgscript.Options{
		NoReload: true,
		Allow:    beside,
		Sandbox:  sandbox.Options{Clock: sandbox.NewVirtualClock(time.Time{}, false)},
		OnEntry:  func(e sandbox.Entry) { lines <- line(e) },
		OnError:  func(err *runtime.ScriptError) { t.Error(err.Detail()) },
		Print:    func(script, text string) { lines <- script + " prints: " + text },
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	ended := make(chan error, 1)
	go func() { ended <- host.Run(ctx) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := host.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := host.Ready(ctx); err != nil {
		t.Fatal(err)
	}
	director := scene.NewDirector(host.Sandbox())
	defer director.Close()
	if scene, err := os.ReadFile(filepath.Join("scenes", file)); err == nil && s.scene == "" {
		s.scene = string(scene)
	}
	for _, part := range append([]story{s}, s.more...) {
		if _, err := director.Play(ctx, scene.Scenario{Name: "scene of " + file, Source: []byte(part.scene)}); err != nil {
			t.Fatal(err)
		}
		part.hear(ctx, t, lines)
		if err := host.Settle(ctx); err != nil {
			t.Fatal(err)
		}
	}
	for name, contents := range s.files {
		saved, err := filepath.Glob(filepath.Join(dir, name))
		if err != nil || len(saved) == 0 {
			t.Fatalf("nothing was saved as %s: %v", name, err)
		}
		for _, path := range saved {
			if data, err := os.ReadFile(path); err != nil || !regexp.MustCompile(contents).Match(data) {
				t.Errorf("%s: %v, it contains %q", path, err, data)
			}
		}
	}
}

// line is how stories write an entry of the transcript.
func line(e sandbox.Entry) string {
	verb := map[string]string{sandbox.EntrySent: "", sandbox.EntryEdit: " (edited)", sandbox.EntryDelete: " (deleted)"}[e.Kind]
	if e.Media != "" {
		verb += ": [" + e.Media + "]"
	}
	return e.From + " → " + e.Chat + verb + ": " + e.Text
}

func (s story) hear(ctx context.Context, t *testing.T, lines <-chan string) {
	t.Helper()
	var heard []string
	for _, pattern := range s.hears {
		wanted := regexp.MustCompile(pattern)
		for said := ""; !wanted.MatchString(said); heard = append(heard, said) {
			select {
			case said = <-lines:
			case <-ctx.Done():
				t.Fatalf("nobody said %q, but\n%s", pattern, strings.Join(heard, "\n"))
			}
		}
	}
}
