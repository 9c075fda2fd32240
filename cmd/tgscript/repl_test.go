package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tgscript/tgscript"
)

// scripted is an evaluator that answers with what a function says.
type scripted struct {
	eval func(ctx context.Context, chunk string, print func(string)) ([]string, error)
}

func (s scripted) Eval(ctx context.Context, r tgscript.EvalRequest, print func(string)) ([]string, error) {
	return s.eval(ctx, r.Chunk, print)
}

func (scripted) Status(context.Context) ([]tgscript.Status, error) { return nil, nil }

func (scripted) Reload(context.Context, string) ([]string, error) { return nil, nil }

func (scripted) Logs(context.Context, tgscript.LogQuery, func(tgscript.LogLine) error) error {
	return nil
}

// running is an evaluator whose script prints until nobody listens.
type running struct {
	scripted
	lines []tgscript.LogLine
}

func (r running) Logs(ctx context.Context, q tgscript.LogQuery, each func(tgscript.LogLine) error) error {
	if !q.Follow || q.Since.IsZero() || q.Script != "hello" {
		return errors.New("nothing new was asked for")
	}
	for _, l := range r.lines {
		if err := each(l); err != nil {
			return err
		}
	}
	<-ctx.Done()
	return nil
}

func TestWhatTheScriptSaysIsShownMeanwhile(t *testing.T) {
	shown := &screen{}
	r := &repl{
		app:     &app{terminal: &terminal{out: shown, err: shown, env: func(string) (string, bool) { return "", false }}},
		request: tgscript.EvalRequest{Script: "hello"},
		to:      running{lines: []tgscript.LogLine{{Kind: "print", Text: "tick"}, {Kind: "log", Level: "warn", Script: "hello", Text: "careful"}}},
	}
	synctest.Test(t, func(t *testing.T) {
		end := r.follow(t.Context())
		synctest.Wait()
		end()
	})
	if got := shown.String(); !strings.HasPrefix(got, "tick\n") || !strings.Contains(got, "WARN hello careful") || strings.Contains(got, "ended") {
		t.Errorf("shown is %q", got)
	}
}

// screen is what an editor shows.
type screen struct {
	prompts chan struct{} // one for each that was shown
	mu      sync.Mutex
	text    bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if string(p) == prompt {
		s.prompts <- struct{}{}
	}
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// typing is a session at an editor: keys go in, and what is evaluated comes out.
func typing(t *testing.T, eval func(ctx context.Context, chunk string, print func(string)) ([]string, error)) (keys io.Writer, shown *screen, ended chan error) {
	t.Helper()
	reader, writer := io.Pipe()
	t.Cleanup(func() { _ = writer.Close() })
	shown = &screen{prompts: make(chan struct{}, 100)}
	e := &editor{
		keyboard: reader, display: shown, past: &history{},
		raw:  func() (func(), error) { return func() {}, nil },
		size: func() (int, int, error) { return 80, 25, nil },
	}
	e.under(&app{terminal: &terminal{in: reader, env: func(string) (string, bool) { return "", false }}})
	r := &repl{app: e.app(), to: scripted{eval}}
	ended = make(chan error, 1)
	go func() {
		ended <- r.loop(t.Context(), e)
		e.end()
	}()
	return writer, shown, ended
}

func press(t *testing.T, keys io.Writer, text string) {
	t.Helper()
	if _, err := io.WriteString(keys, text); err != nil {
		t.Fatal(err)
	}
}

func TestLinesAreEdited(t *testing.T) {
	chunks := make(chan string, 10)
	keys, shown, ended := typing(t, func(_ context.Context, chunk string, print func(string)) ([]string, error) {
		if !strings.HasPrefix(chunk, "local ok") { // of a completion
			chunks <- chunk
		}
		print("printed")
		return []string{"42"}, nil
	})
	for typed, c := range map[string]struct {
		want    string
		prompts int
	}{
		"1 + 1\r":                {"1 + 1", 1},
		"for i = 1, 2 do\rend\r": {"for i = 1, 2 do\nend", 1},
		"client:send_mes\t()\r":  {"client:send_message()", 1},
		"nonsense\x03x\r":        {"x", 2},
		"if x then\r\x03y\r":     {"y", 2},
		`client:send_message("me", { sil` + "\t = 1 })\r": {`client:send_message("me", { silent = 1 })`, 1},
	} {
		<-shown.prompts // a Ctrl-C before would be for the chunk that runs
		press(t, keys, typed)
		for range c.prompts - 1 {
			<-shown.prompts
		}
		select {
		case got := <-chunks:
			if got != c.want {
				t.Errorf("%q is %q, want %q", typed, got, c.want)
			}
		case <-time.After(time.Minute):
			t.Fatalf("%q is no chunk: %q", typed, shown)
		}
	}
	press(t, keys, "client.api.messages.getHis\t\t\r")
	if got := <-chunks; got != "client.api.messages.getHistory" {
		t.Errorf("a method is completed to %q", got)
	}
	press(t, keys, "\x04")
	if err := <-ended; err != nil {
		t.Error(err)
	}
	for _, want := range []string{"> 1 + 1", "... end", "printed\r\n42\r\n"} {
		if !strings.Contains(shown.String(), want) {
			t.Errorf("no %q on the screen: %q", want, shown)
		}
	}
}

func TestCtrlCEndsWhatRuns(t *testing.T) {
	begun := make(chan struct{})
	keys, shown, ended := typing(t, func(ctx context.Context, _ string, _ func(string)) ([]string, error) {
		close(begun)
		<-ctx.Done()
		return nil, ctx.Err()
	})
	press(t, keys, "loop()\r")
	<-begun
	press(t, keys, "\x03")
	press(t, keys, ":quit\r")
	if err := <-ended; err != nil || !strings.Contains(shown.String(), "interrupted") {
		t.Errorf("%v, %q", err, shown)
	}
}

func TestErrorsOfASessionAreShownAndForgiven(t *testing.T) {
	keys, shown, ended := typing(t, func(context.Context, string, func(string)) ([]string, error) {
		return nil, &tgscript.ControlError{Code: tgscript.CodeScriptError, Message: "oops", Detail: "typed:1: oops\ntraceback\nscript x, generation 1"}
	})
	press(t, keys, "f()\r\x04")
	if err := <-ended; err != nil || !strings.Contains(shown.String(), "traceback") || strings.Contains(shown.String(), "generation") {
		t.Errorf("%v, %q", err, shown)
	}
}

func TestCompletion(t *testing.T) {
	r := &repl{to: scripted{func(_ context.Context, chunk string, print func(string)) ([]string, error) {
		switch {
		case strings.Contains(chunk, "return _G end"):
			print("counter")
		case strings.Contains(chunk, "return mine.deep end"):
			print("inner")
			print("other")
		}
		return nil, nil
	}}}
	w := newWords(r, t.Context())
	for line, want := range map[string]string{
		":rel":                         ":reload",
		":help tg.sl":                  "tg.sleep",
		"cou":                          "counter",
		"x = cli":                      "client",
		"tg.sl":                        "tg.sleep",
		"tg.htt":                       "tg.http",
		"client.api.messages.getHisto": "client.api.messages.getHistory",
		"client.api.mess":              "client.api.messages",
		"print(mine.deep.i":            "mine.deep.inner",
		"event:repl":                   "event:reply",
		`client:on("message", { patt`:  "pattern",
		`tg.http.get("x", { timeo`:     "timeout",
		"client:edit_mes":              "client:edit_message",
	} {
		from, found := w.complete(line)
		if !slices.Contains(found, want) || !strings.HasSuffix(line, line[from:]) {
			t.Errorf("%q is completed to %q from %d, want %q", line, found, from, want)
		}
	}
	for _, line := range []string{"", "x = ", "f(", "zzz.yyy.qqq_nothing"} {
		if _, found := w.complete(line); len(found) > 0 {
			t.Errorf("%q is completed to %q", line, found)
		}
	}
}

func TestHistoryKeepsNoSecrets(t *testing.T) {
	state := t.TempDir()
	a := &app{terminal: &terminal{env: func(name string) (string, bool) { return state, name == "XDG_STATE_HOME" }}}
	h := openHistory(a)
	for _, line := range []string{"first", "", " hidden", "first", `edit_2fa("x")`, `t = "1234567:AAHabcdefghijklmnopqrstuvw"`, "last"} {
		h.Add(line)
	}
	if h.At(0) != "last" || h.At(h.Len()-1) == "hidden" {
		t.Errorf("lines %q", h.lines)
	}
	again := openHistory(a)
	if !slices.Equal(again.lines, []string{"first", "first", "last"}) && !slices.Equal(again.lines, []string{"first", "last"}) {
		t.Errorf("kept are %q", again.lines)
	}
	file := filepath.Join(state, "tgscript", "repl_history")
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if err := os.WriteFile(file, []byte(strings.Repeat("x\n", 5*mostHistory)), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := openHistory(a).Len(); n != mostHistory {
		t.Errorf("%d lines are kept", n)
	}
}

func TestASessionEndsWithItsProgram(t *testing.T) {
	p := &pipe{from: &app{terminal: &terminal{in: strings.NewReader("x")}}}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	reader, writer := io.Pipe()
	defer writer.Close()
	p.lines = bufio.NewReader(reader)
	if _, err := p.line(ctx, ""); !errors.Is(err, io.EOF) {
		t.Errorf("a session that is over reads on: %v", err)
	}
}
