package main

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tgscript": main})
}

// TestStories runs the command as its user does. The first word of a story's name is its subject.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/stories",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("NO_COLOR", "")
			env.Setenv("TERM", "dumb")
			env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/.cache")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"telegram":   startTelegram,
			"silence":    startSilence,
			"exits":      exits,
			"eventually": eventually,
			"isjson":     isJSON,
			"isxml":      isXML,
		},
	})
}

// startTelegram (telegram [LINES...]) starts a sandbox of its own for the story and writes config.yaml, which
// points at it; the arguments become the lines of the account me.
func startTelegram(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs("server")
	server, err := sandbox.New(sandbox.Options{Dir: dir})
	ts.Check(err)
	ts.Defer(func() { ts.Check(server.Close()) })
	info := server.Info()
	config := fmt.Sprintf("server: {dc: %d, address: %q, public_key: %q}\napi_id: %d\napi_hash: %s\naccounts:\n  me:\n    %s\n",
		info.DC, info.Address, info.PublicKey, info.APIID, info.APIHash, strings.Join(args, "\n    "))
	ts.Check(os.WriteFile(ts.MkAbs("config.yaml"), []byte(config), 0o600))
}

// startSilence (silence) listens at $SILENT and never answers.
func startSilence(ts *testscript.TestScript, _ bool, _ []string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") // the system accepts, nobody reads
	ts.Check(err)
	ts.Defer(func() { ts.Check(listener.Close()) })
	ts.Setenv("SILENT", listener.Addr().String())
}

// exits (exits CODE COMMAND...) runs a command and compares its exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		code = fmt.Sprint(exit.ExitCode())
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if code != args[0] {
		ts.Fatalf("%s exits with %s, want %s", strings.Join(args[1:], " "), code, args[0])
	}
}

// eventually (eventually COMMAND...) repeats a command until it succeeds: a background command has come so far.
func eventually(ts *testscript.TestScript, _ bool, args []string) {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for ts.Exec(args[0], args[1:]...) != nil {
		select {
		case <-tick.C:
		case <-ctx.Done():
			ts.Fatalf("%s never succeeds", strings.Join(args, " "))
		}
	}
}

// isXML (isxml FILE) checks that a file is XML.
func isXML(ts *testscript.TestScript, _ bool, args []string) {
	d := xml.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			ts.Fatalf("%s is no XML: %v", args[0], err)
		}
	}
}

// isJSON checks that the last output is one JSON value.
func isJSON(ts *testscript.TestScript, _ bool, _ []string) {
	var v any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &v); err != nil {
		ts.Fatalf("stdout is no JSON: %v", err)
	}
}

// TestEveryCommandHasHelpAndExamples keeps the help of new commands as good as that of the old ones.
func TestEveryCommandHasHelpAndExamples(t *testing.T) {
	root := (&app{terminal: &terminal{env: os.LookupEnv}}).root()
	for _, c := range root.Commands() {
		if c.Name() == "exit-codes" || c.Name() == "completion" || c.Name() == "help" {
			continue
		}
		if c.Short == "" || strings.Count(c.Example, "tgscript") < 2 {
			t.Errorf("%s needs a short help and two examples", c.Name())
		}
		for _, sub := range c.Commands() {
			if sub.Short == "" || strings.Count(sub.Example, "tgscript") < 2 {
				t.Errorf("%s needs a short help and two examples", sub.CommandPath())
			}
		}
	}
}

func TestPrintableObeysNothing(t *testing.T) {
	if got := printable("a\x1b[31mb\u009bc\nd\te"); got != "a·[31mb·c⏎d\te" {
		t.Errorf("got %q", got)
	}
}
