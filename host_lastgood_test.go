package tgscript_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/tgscript/tgscript"
)

// restarted is a host of the config in a folder that an earlier one has left.
func restarted(t *testing.T, lastGood bool, dir string, files map[string]string) *stage {
	t.Helper()
	files["config"] = "" // the folder is made
	config := tgscript.Config{Data: filepath.Join(dir, "state"), LastGood: lastGood, Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", filepath.Join(dir, "echo.lua"), filepath.Join(dir, "other.lua"))}}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, config, tgscript.Options{NoReload: true}, nil)
	return s
}

func TestARestartServesTheLastGoodVersion(t *testing.T) {
	dir := t.TempDir()
	good := `local word = require("word")` + "\n" + strings.Replace(echo, `"VERSION "`, `word .. " "`, 1)
	s := restarted(t, true, dir, map[string]string{"echo.lua": good, "word.lua": `return "one"`, "other.lua": `client:on("message", function() end)`})
	s.run()
	s.send("@me_account", "a")
	s.expect("one a")
	s.stop()
	if err := <-s.ended; err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(dir, "state", "@last_good", "me", "echo.json")
	if info, err := os.Stat(kept); err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		t.Errorf("what is kept: %v, %v", info, err)
	}

	s = restarted(t, true, dir, map[string]string{"echo.lua": "x x", "word.lua": "y y"})
	s.run()
	if e := next(t, s.failures, "error"); e.Script != "echo" || !strings.Contains(e.Detail(), "echo.lua:1") || !strings.Contains(e.Detail(), "generation 2 goes on serving") {
		t.Errorf("told of\n%s", e.Detail())
	}
	older := func(want bool) {
		t.Helper()
		for _, script := range s.host.Status().Scripts {
			if serves := script.Name == "echo" && want; script.Older != serves || serves && script.State != "running" {
				t.Errorf("an earlier version is to serve: %v, and the status is %+v", serves, script)
			}
		}
	}
	s.send("@me_account", "b")
	s.expect("one b")
	older(true)
	if err := os.WriteFile(filepath.Join(dir, "echo.lua"), []byte(version("two")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.host.Reload(t.Context(), "echo"); err != nil {
		t.Fatal(err)
	}
	s.send("@me_account", "c")
	s.expect("two c")
	older(false)
	if err := os.WriteFile(filepath.Join(dir, "echo.lua"), []byte("x x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.host.Reload(t.Context(), "echo"); err == nil {
		t.Error("a broken version was loaded")
	}
	older(true)
	s.stop()
	if err := <-s.ended; err != nil {
		t.Errorf("the run ended with %v", err)
	}

	s = restarted(t, false, dir, map[string]string{"echo.lua": "x x"})
	s.run()
	s.stop()
	if err := <-s.ended; err == nil || !strings.Contains(err.Error(), "echo.lua:1") {
		t.Errorf("not asked for, and the run ended with %v", err)
	}
}

// TestDamagedSourcesAreNone has a broken file of sources beside a broken script.
func TestDamagedSourcesAreNone(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "state", "@last_good", "me"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"{", "{}", "[]", `{"` + dir + `/echo.lua": "eCB4"}`} {
		s := restarted(t, true, dir, map[string]string{"echo.lua": "y y", "other.lua": `client:on("message", function() end)`, "state/@last_good/me/echo.json": text})
		s.run()
		s.stop()
		if err := <-s.ended; err == nil || !strings.Contains(err.Error(), "echo.lua:1") {
			t.Errorf("with %s the run ended with %v", text, err)
		}
	}
}
