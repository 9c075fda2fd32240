package main

import (
	"context"
	"errors"
	"os"
	"syscall"
	"testing"
)

func TestHowASignalEnds(t *testing.T) {
	for sentence, row := range map[string]struct {
		signal           os.Signal
		done, half, hard int // exit codes: all was done, something wasn't, a second one came
	}{
		"Ctrl-C is a change of mind":                {os.Interrupt, 130, 130, 130},
		"SIGTERM is how a run is meant to end":      {syscall.SIGTERM, 0, 143, 143},
		"a terminal that is closed ends it as well": {syscall.SIGHUP, 0, 143, 143},
	} {
		hard, cause := meaning(row.signal)
		ctx, stop := context.WithCancelCause(t.Context())
		stop(cause)
		if !signalled(ctx) {
			t.Errorf("%s: nobody knows of it", sentence)
		}
		done, half := exitCode(ctx, nil), exitCode(ctx, context.Canceled)
		if done != row.done || half != row.half || hard != row.hard {
			t.Errorf("%s: exits with %d, %d, %d", sentence, done, half, hard)
		}
		if code := exitCode(ctx, usageError{errors.New("x")}); code != exitUsage {
			t.Errorf("%s: a mistake is one nonetheless, not %d", sentence, code)
		}
	}
	if signalled(t.Context()) {
		t.Error("no signal came")
	}
}
