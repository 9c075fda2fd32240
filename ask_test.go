package tgscript_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/runtime/permission"
)

func TestAPersonIsAskedForPermissions(t *testing.T) {
	t.Setenv("FIRST", "one")
	t.Setenv("SECOND", "two")
	wishes, answers := make(chan bindings.Asked), make(chan permission.Answer)
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{"me": {Phone: "+42 777 0100", Scripts: tgscript.Strings{"s.lua"},
		Deny: map[string]tgscript.Access{"s": {Env: tgscript.Strings{"DENIED"}}}}}}, tgscript.Options{
		Ask: func(_ context.Context, wish bindings.Asked) permission.Answer {
			wishes <- wish
			return <-answers
		},
	}, map[string]string{
		"note.txt": "written",
		"s.lua": `client:on("message", { incoming = true, pattern = "^hello$" }, function() print("others go on") end)
client:on("message", { incoming = true, pattern = "^%u+$" }, function(event)
	local ok, v = pcall(tg.env, event.raw_text)
	print(event.raw_text, ok and v or v.kind)
end)
client:on("message", { incoming = true, pattern = "^file$" }, function() print(tg.fs.read("note.txt")) end)`,
	})
	s.run()
	said := func(want string) {
		t.Helper()
		if line := next(t, s.printed, want); line != want {
			t.Errorf("printed %q, want %q", line, want)
		}
	}
	asked := func(what string, answer permission.Answer) {
		t.Helper()
		wish := next(t, wishes, "question about "+what)
		if wish.Denied.What != what || wish.Script != "s" || wish.Account != "me" || !strings.Contains(wish.Site, "s.lua:") {
			t.Errorf("asked about %+v", wish)
		}
		answers <- answer
	}
	s.send("@me_account", "FIRST")
	wish := next(t, wishes, "question")
	s.send("@me_account", "hello")
	said("others go on")
	if wish.Denied.Wish() != "read the variable FIRST" || !strings.HasSuffix(wish.Site, "s.lua:3") {
		t.Errorf("asked about %+v", wish)
	}
	answers <- permission.Once
	said("FIRST\tone")
	s.send("@me_account", "FIRST")
	asked("FIRST", permission.No)
	said("FIRST\tPERMISSION_DENIED")
	s.send("@me_account", "SECOND")
	asked("SECOND", permission.Always)
	said("SECOND\ttwo")
	s.send("@me_account", "SECOND")
	said("SECOND\ttwo")
	s.send("@me_account", "DENIED")
	said("DENIED\tPERMISSION_DENIED")
	s.send("@me_account", "file")
	real, err := filepath.EvalSymlinks(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	asked(filepath.Join(real, "note.txt"), permission.Once)
	said("written")
	if _, err := os.Stat(filepath.Join(s.dir, "note.txt")); err != nil {
		t.Error(err)
	}
}
