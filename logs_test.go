package tgscript_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/tgscript/tgscript"
)

// texts are the lines of a script as one text each.
func texts(t *testing.T, r *tgscript.Running, q tgscript.LogQuery) (list []string) {
	t.Helper()
	err := r.Logs(t.Context(), q, func(l tgscript.LogLine) error {
		text := l.Level + " " + l.Kind + " " + l.Text
		if l.Repeated > 0 {
			text += fmt.Sprintf(" x%d", l.Repeated)
		}
		list = append(list, text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTheLogIsKeptForOthers(t *testing.T) {
	s, config := serving(t, "state")
	running := reached(t, config)
	s.save("echo.lua", `print("hello")
		for i = 1, 121 do tg.log.warn("again", { n = 1 }) end
		print("+427770100 is 42 777 0100")
		print(string.rep("y", 8192 - 6) .. "+427770100")
		client:on("message", function() error("oops") end)`)
	if _, err := running.Reload(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	s.send("@me_account", "x")
	next(t, s.failures, "failure")
	got := texts(t, running, tgscript.LogQuery{Script: "echo"})
	for _, want := range []string{"info print hello", "warn log again", "warn log again x120", "info log script reloaded (version 2)", "error error "} {
		if !strings.Contains(strings.Join(got, "\n"), want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	if all := strings.Join(got, "\n"); strings.Contains(all, "+4277") || !strings.Contains(all, "(phone of me)") {
		t.Errorf("a phone number is told: %q", got)
	}
	if len(got) > 10 {
		t.Errorf("%d lines", len(got))
	}
	if got := texts(t, running, tgscript.LogQuery{Level: "error"}); len(got) != 1 || !strings.Contains(got[0], "oops") {
		t.Errorf("errors %q", got)
	}
	if got := texts(t, running, tgscript.LogQuery{Last: 1}); len(got) != 1 {
		t.Errorf("the last line is %q", got)
	}
	if got := texts(t, running, tgscript.LogQuery{}); !strings.Contains(got[0], "signed in") {
		t.Errorf("the first line is %q", got[0])
	}
}

func TestTheLogIsFollowed(t *testing.T) {
	s, config := serving(t, "state")
	running := reached(t, config)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	heard, ended := make(chan string), make(chan error, 1)
	go func() {
		ended <- running.Logs(ctx, tgscript.LogQuery{Script: "echo", Follow: true}, func(l tgscript.LogLine) error {
			heard <- l.Text
			return nil
		})
	}()
	say := func(text string) {
		if _, err := running.Eval(t.Context(), tgscript.EvalRequest{Chunk: fmt.Sprintf("tg.log(%q)", text)}, nil); err != nil {
			t.Fatal(err)
		}
	}
	say("first")
	if got := next(t, heard, "line"); got != "first" {
		t.Errorf("heard %q", got)
	}
	say("second")
	if got := next(t, heard, "line"); got != "second" {
		t.Errorf("heard %q", got)
	}
	s.stop() // the host ends, and with it whoever follows
	next(t, s.ended, "end")
	cancel()
	if err := next(t, ended, "end of the follower"); err != nil {
		t.Error(err)
	}
}

// TestASlowReaderHoldsNobodyUp has one that reads nothing until far more has been written than waits for anybody.
func TestASlowReaderHoldsNobodyUp(t *testing.T) {
	s, _ := serving(t, "state")
	enough := errors.New("enough")
	reading, read, missed := make(chan struct{}), make(chan struct{}), 0
	ended := make(chan error, 1)
	go func() {
		n := 0
		ended <- s.host.Logs(t.Context(), tgscript.LogQuery{Follow: true}, func(l tgscript.LogLine) error {
			if l.Text == "begin" {
				close(reading)
				<-read
			}
			n++
			if missed += l.Missed; missed > 0 {
				return enough
			}
			return nil
		})
	}()
	say := func(chunk string) {
		if _, err := s.host.Eval(t.Context(), tgscript.EvalRequest{Chunk: chunk}, nil); err != nil {
			t.Fatal(err)
		}
	}
	say(`tg.log("begin")`)
	next(t, reading, "reader")
	say(`for i = 1, 3000 do tg.log(i) if i % 500 == 0 then tg.sleep(0.001) end end`)
	close(read)
	say(`tg.log("more")`)
	for range 100 { // until the reader has caught up, and hears of the next line
		select {
		case err := <-ended:
			if !errors.Is(err, enough) || missed < 1000 {
				t.Errorf("%d lines missed, %v", missed, err)
			}
			return
		default:
			say(`tg.sleep(0.01) tg.log("more", math.random())`)
		}
	}
	t.Error("nobody says that lines were missed")
}

func TestTheBookIsBounded(t *testing.T) {
	config := tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}, Limits: tgscript.Limits{LogLines: 1_000_000}}
	var shown strings.Builder
	s := open(t, config, tgscript.Options{Logger: slog.New(slog.NewTextHandler(&shown, &slog.HandlerOptions{Level: slog.LevelError}))},
		map[string]string{"loud.lua": `for i = 1, 7000 do tg.log(i) if i % 500 == 0 then tg.sleep(0.001) end end
		for i = 1, 1000 do tg.log(i .. string.rep("x", 20000)) end`})
	s.run()
	next(t, s.ended, "end")
	lines, bytes := 0, 0
	if err := s.host.Logs(t.Context(), tgscript.LogQuery{}, func(l tgscript.LogLine) error {
		lines++
		bytes += len(l.Text)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if lines < 100 || lines > 5000 || bytes > 3<<20 {
		t.Errorf("%d lines of %d bytes are kept", lines, bytes)
	}
	if shown.Len() > 0 {
		t.Errorf("the program shows %s", shown.String())
	}
}
