package runtime

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestATopLevelThatNeverEndsIsToldOf(t *testing.T) {
	for sentence, row := range map[string]struct {
		runs time.Duration
		told int
	}{
		"one that takes its time":        {longTop - time.Second, 0},
		"one that is a loop":             {longTop + time.Second, 1},
		"it is said once, not each time": {4 * longTop, 1},
	} {
		t.Run(sentence, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPlay(t, Limits{})
				var lines bytes.Buffer
				p.host.opts.Logger = slog.New(slog.NewTextHandler(&lines, nil))
				loaded := make(chan struct{})
				go func() {
					defer close(loaded)
					p.run(`say("top level") pause("gate")`)
				}()
				p.hear("top level")
				<-time.After(row.runs)
				synctest.Wait()
				p.open("gate")
				<-loaded
				if n := strings.Count(lines.String(), "top level still runs"); n != row.told {
					t.Errorf("told %d times, want %d: %s", n, row.told, &lines)
				}
			})
		})
	}
}
