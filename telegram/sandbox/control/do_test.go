package control

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

type longError struct{ error }

func (longError) Detail() string { return "the whole story" }

// scenes is a sandbox whose scenarios are run by f.
func scenes(t *testing.T, f func(ctx context.Context, name string, source []byte, print func(string)) ([]string, error)) Info {
	t.Helper()
	s, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := Listen(s, Options{Do: f})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(c.Close(), s.Close()); err != nil {
			t.Error(err)
		}
	})
	return c.Info()
}

func TestScenariosAreRun(t *testing.T) {
	at := scenes(t, func(_ context.Context, name string, source []byte, print func(string)) ([]string, error) {
		print("one")
		print("")
		if string(source) == "fail" {
			return nil, longError{errors.New(name + ":1: wrong")}
		}
		return []string{string(source)}, nil
	})
	var lines []string
	results, err := at.Do(t.Context(), "x.lua", []byte("return"), func(line string) { lines = append(lines, line) })
	if err != nil || !slices.Equal(results, []string{"return"}) || !slices.Equal(lines, []string{"one", ""}) {
		t.Errorf("%q %q %v", lines, results, err)
	}
	var wrong *ScenarioError
	if _, err := at.Do(t.Context(), "x.lua", []byte("fail"), func(string) {}); !errors.As(err, &wrong) || err.Error() != "x.lua:1: wrong" || wrong.Detail() != "the whole story" {
		t.Errorf("it ends with %v", err)
	}
	at.Token = "x"
	if _, err := at.Do(t.Context(), "x.lua", nil, func(string) {}); !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "token") {
		t.Errorf("without the token: %v", err)
	}
}

func TestScenariosEndWithWhoAsked(t *testing.T) {
	ended := make(chan error, 1)
	at := scenes(t, func(ctx context.Context, _ string, _ []byte, print func(string)) ([]string, error) {
		print("begun")
		<-ctx.Done()
		ended <- ctx.Err()
		return nil, ctx.Err()
	})
	ctx, stop := context.WithCancel(t.Context())
	if _, err := at.Do(ctx, "x.lua", nil, func(string) { stop() }); !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the scenario ends with %v", err)
	}
}

func TestNoScenariosWithoutSomebodyToRunThem(t *testing.T) {
	at := scenes(t, nil)
	if _, err := at.Do(t.Context(), "x.lua", nil, func(string) {}); !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "no scenarios") {
		t.Errorf("it ends with %v", err)
	}
}
