// Package examples runs every example against the sandbox.
package examples

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// line is something that alice says, and what must be heard then, by whomever and wherever.
type line struct{ to, say, hear string }

const me = "@me_account"

var stories = map[string][]line{
	"roll.lua":   {{me, "/roll 1", `^You rolled 1 of 1\.$`}},
	"survey.lua": {{me, "/survey", "^What is your name"}, {me, "Ann", "^Which language"}, {me, "Lua", "^Thank you, Ann! Lua it is"}},
	"remind.lua": {{me, "/remind", "^Write it like this"}, {me, "/remind soon tea", "^I don't understand"}, {me, "/remind 1ms tea", "⏰ tea"}},
	"relay.lua":  {{"Friends", "hello all", "^alice: hello all$"}},
	"edits.lua":  {{me, "helo", "helo"}},
	"errors.lua": {{me, "/say @nobody_at_all hi", "^I know nobody"}, {me, "/say me hi", "^Said"}},
}

func TestEveryExampleHasAStory(t *testing.T) {
	files, err := filepath.Glob("*.lua")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if stories[file] == nil {
			t.Errorf("%s has no story", file)
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, finding := range reference.Check(bindings.Table(), file, source) {
			t.Errorf("tgscript check: %v", finding)
		}
	}
}

func TestExamples(t *testing.T) {
	for file, story := range stories {
		t.Run(file, func(t *testing.T) {
			entries := make(chan sandbox.Entry, 100)
			host, err := tgscript.Open(&tgscript.Config{
				Server:   tgscript.Server{Kind: "sandbox"},
				Accounts: map[string]*tgscript.Account{"me": {Phone: "+42 777 0002"}}, // bob: a member of Friends
			}, tgscript.Options{
				Scripts: []string{file}, NoReload: true,
				OnEntry: func(e sandbox.Entry) { entries <- e },
				OnError: func(err *runtime.ScriptError) { t.Error(err.Detail()) },
			})
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithTimeout(t.Context(), time.Minute)
			ended := make(chan error, 1)
			go func() { ended <- host.Run(ctx) }()
			if err := host.Ready(ctx); err != nil {
				t.Fatal(err)
			}
			alice := host.Sandbox().Person("alice")
			for _, l := range story {
				to := l.to
				if to == me {
					to = "@bobby"
				}
				sent, err := alice.Send(ctx, to, l.say, sandbox.SendOptions{})
				if err != nil {
					t.Fatal(err)
				}
				expect(ctx, t, entries, l.hear)
				if file == "edits.lua" {
					if err := host.Settle(ctx); err != nil {
						t.Fatal(err)
					}
					if _, err := alice.Edit(ctx, to, sent.ID, "hello"); err != nil {
						t.Fatal(err)
					}
					expect(ctx, t, entries, "^It was “helo” before")
				}
			}
			stop()
			if err := <-ended; err != nil {
				t.Error(err)
			}
			if err := host.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func expect(ctx context.Context, t *testing.T, entries <-chan sandbox.Entry, text string) {
	t.Helper()
	wanted := regexp.MustCompile(text)
	for {
		select {
		case e := <-entries:
			if wanted.MatchString(e.Text) {
				return
			}
		case <-ctx.Done():
			t.Fatalf("nobody said %q", text)
		}
	}
}
