package bindings_test

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/runtime/permission"
)

func TestQuestionsOfAScript(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		answer permission.Answer
		asked  int64
		last   string // words
	}{
		"one after another, until ten are refused": {`for i = 1, 1000 do pcall(tg.env, "V" .. i) end print("done")`, permission.No, 10, "done"},
		"many at once, until ten are refused": {`local left = 300
			for i = 1, 300 do tg.spawn(function() pcall(tg.env, "V" .. i) left = left - 1 if left == 0 then print("done") end end) end`, permission.No, 10, "done"},
		"what is permitted for good is asked once, however many wait": {`local left, fine = 300, 0
			for i = 1, 300 do tg.spawn(function() if pcall(tg.env, "V") then fine = fine + 1 end left = left - 1 if left == 0 then print("done " .. fine) end end) end`, permission.Always, 1, "done 300"},
		"a no is remembered":            {`for i = 1, 1000 do pcall(tg.env, "V" .. i % 9) end print("done")`, permission.No, 9, "done"},
		"who permits is asked for ever": {`for i = 1, 30 do tg.env("V" .. i) end print("done")`, permission.Once, 30, "done"},
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := allowed(t, permission.Rules{})
			var asked, atOnce atomic.Int64
			w.env.Ask = func(context.Context, bindings.Asked) permission.Answer {
				if atOnce.Add(1) > 1 {
					t.Error("two questions at once")
				}
				defer atOnce.Add(-1)
				asked.Add(1)
				return c.answer
			}
			var told atomic.Int64
			w.env.Logger = slog.New(&lineHandler{tell: func(line string) {
				if strings.Contains(line, "nobody is asked any more") {
					told.Add(1)
				}
			}})
			w.run(t, c.source, "print: "+c.last)
			if got := asked.Load(); got != c.asked {
				t.Errorf("asked %d times, want %d", got, c.asked)
			}
			if got := told.Load(); (got == 1) != (c.asked == 10) {
				t.Errorf("told %d times that nobody is asked", got)
			}
		})
	}
}
