package bindings_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// patience is how long a test waits for what must happen.
const patience = time.Minute

// world is a Telegram of its own, an account in it, and a host for scripts. All that happens comes out
// as lines of text, in order.
type world struct {
	t         *testing.T
	ctx       context.Context
	server    *sandbox.Server
	account   *telegram.Account
	host      *runtime.Host
	env       *bindings.Env
	permitted atomic.Pointer[permission.Set] // env.Allow, for the goroutine that delivers
	name      string                         // of the account's person or bot
	lines     chan string
	local     []string // lines of the script that nobody has waited for yet
	remote    []string // and of the server
	scripts   int
	dir       string          // where scripts are written; a folder for each if empty
	last      sandbox.Message // what was said by a story

	deeds map[string]func() error // what a story can do beside talking: "it does> name"

	pressing sync.WaitGroup // people who wait for what a bot says to them
	offered  chan []sandbox.Offer
}

type prompter struct{}

func (prompter) Phone(context.Context) (string, error)                   { return "", errors.New("no phone") }
func (prompter) Code(context.Context, telegram.CodeSent) (string, error) { return "12345", nil }
func (prompter) Password(context.Context, telegram.PasswordAsked) (string, error) {
	return "", errors.New("no password")
}
func (prompter) Notice(context.Context, string) {}

// newWorld signs alice or EchoBot in.
func newWorld(t *testing.T, name string) *world {
	t.Helper()
	server, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Errorf("close the server: %v", err)
		}
	})
	return worldOn(t, server, name)
}

// worldOn signs another account in on a Telegram that is there already.
func worldOn(t *testing.T, server *sandbox.Server, name string) *world {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	w := &world{t: t, ctx: ctx, server: server, name: name, lines: make(chan string, 1000), offered: make(chan []sandbox.Offer, 1)}
	w.open()
	w.env = &bindings.Env{Account: w.account, Version: "1.2.3", Logger: slog.New(&lineHandler{tell: w.tell})}
	w.host = runtime.NewHost(runtime.Options{
		Library: bindings.Library,
		Print:   func(_ *runtime.Generation, line string) { w.tell("print: " + line) },
		OnError: func(e *runtime.ScriptError) { w.tell("error: " + message(e)) },
	})
	forget := server.Observe(func(e sandbox.Entry) {
		where := ""
		if !e.Private {
			where = "@" + e.Chat
		}
		verb := map[string]string{sandbox.EntrySent: "", sandbox.EntryEdit: " edits", sandbox.EntryDelete: " deletes"}[e.Kind]
		w.tell(e.From + where + verb + ": " + e.Text)
	})
	running := make(chan error, 1)
	signed := make(chan struct{})
	go func() {
		running <- w.account.Run(ctx, func(ctx context.Context) error {
			if _, err := w.account.SignIn(ctx, prompter{}); err != nil {
				return err
			}
			close(signed)
			<-ctx.Done()
			return nil
		})
	}()
	t.Cleanup(func() {
		forget()
		w.try("close the host", w.host.Close(ctx))
		cancel()
		if err := <-running; !errors.Is(err, context.Canceled) {
			w.try("run the account", err)
		}
		w.pressing.Wait()
		w.try("close the account", w.account.Close())
	})
	select {
	case <-signed:
	case err := <-running:
		running <- err
		t.Fatal(err)
	}
	return w
}

func (w *world) open() {
	info := w.server.Info()
	session, err := w.server.ReadySession(0)
	if err != nil {
		w.t.Fatal(err)
	}
	opts := telegram.Options{
		Name: "me", APIID: info.APIID, APIHash: info.APIHash, Session: session, Phone: "+427770001",
		Server:  telegram.Server{DC: info.DC, Options: w.server.DCOptions(), Keys: w.server.Keys(), LoopbackOnly: true},
		Handler: w.deliver, Admit: bindings.Admit,
	}
	if w.name == "EchoBot" {
		opts.Phone, opts.BotToken = "", "2001:AAE-sandbox-echo-bot-token-000000001"
	}
	if w.account, err = telegram.Open(opts); err != nil {
		w.t.Fatal(err)
	}
}

// permit gives the scripts that are run from now on permissions.
func (w *world) permit(allow *permission.Set) {
	w.env.Allow = allow
	w.permitted.Store(allow)
}

func (w *world) try(what string, err error) {
	if err != nil {
		w.t.Errorf("%s: %v", what, err)
	}
}

func (w *world) deliver(ctx context.Context, e *telegram.Event) {
	for _, s := range w.host.Scripts() {
		if !bindings.MayHear(w.permitted.Load(), e) {
			continue
		}
		if err := s.Deliver(ctx, bindings.Event(e)); err != nil && ctx.Err() == nil && !errors.Is(err, runtime.ErrClosed) {
			w.tell("deliver: " + err.Error())
		}
	}
}

func (w *world) tell(line string) {
	select {
	case w.lines <- line:
	case <-w.ctx.Done():
	}
}

// run plays a story: a script, and what is said and heard. A line "alice> hi" is said to the account,
// "alice@Friends> hi" in a chat, "alice edits> ho" changes what was said last, "alice presses> Yes" presses a button of
// the last message that has it, and a line "alice is told: ..." follows with what the bot answers; "alice asks> cats" is
// an inline query, followed by "alice is offered: ...", and "alice@Friends chooses> A cat" sends an offer; the others are waited for, in order, whatever comes in between.
func (w *world) run(t *testing.T, script, story string) {
	t.Helper()
	w.scripts++
	name := fmt.Sprintf("script%d", w.scripts)
	path := filepath.Join(cmp.Or(w.dir, t.TempDir()), "s.lua")
	if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := w.host.Add(w.ctx, runtime.ScriptConfig{
		Name: name, Path: path, Value: w.env, Args: map[string]any{"greeting": "hello", "list": []any{1, 2}},
	})
	defer func() { w.try("remove the script", w.host.Remove(w.ctx, name)) }()
	if err != nil {
		w.tell("load: " + message(err))
	}
	for line := range strings.Lines(story) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		who, words, says := strings.Cut(line, "> ")
		if says {
			w.say(t, who, words)
		} else {
			w.expect(t, line)
		}
	}
}

// message is a script's error without its place.
func message(err error) string {
	if failed := (*vm.Error)(nil); errors.As(err, &failed) {
		return failed.Message
	}
	return err.Error()
}

func (w *world) say(t *testing.T, who, words string) {
	t.Helper()
	if person, presses := strings.CutSuffix(who, " presses"); presses {
		w.press(t, person, words)
		return
	}
	if strings.HasSuffix(who, " does") {
		if err := w.deeds[words](); err != nil {
			t.Fatalf("%s: %v", words, err)
		}
		return
	}
	if person, asks := strings.CutSuffix(who, " asks"); asks {
		w.ask(person, words)
		return
	}
	if person, chooses := strings.CutSuffix(who, " chooses"); chooses {
		w.choose(t, person, words)
		return
	}
	if strings.HasSuffix(who, " cuts") {
		w.try("cut the link", w.server.Drop(words))
		return
	}
	who, changes := strings.CutSuffix(who, " edits")
	who, chat, elsewhere := strings.Cut(who, "@")
	if !elsewhere {
		chat = w.name
	}
	if changes {
		if _, err := w.server.Person(who).Edit(w.ctx, chat, w.last.ID, words); err != nil {
			t.Fatal(err)
		}
		return
	}
	sent, err := w.server.Person(who).Send(w.ctx, chat, words, sandbox.SendOptions{})
	if err != nil {
		t.Fatal(err)
	}
	w.last = sent
}

// expect waits for a line. What the script does and what the server sees are each in order, but not
// with one another: lines of the other kind are kept for later.
func (w *world) expect(t *testing.T, line string) {
	t.Helper()
	var heard []string
	queue := w.queue(line)
	for {
		for len(*queue) > 0 {
			got := (*queue)[0]
			*queue = (*queue)[1:]
			if got == line {
				return
			}
			heard = append(heard, got)
		}
		select {
		case got := <-w.lines:
			of := w.queue(got)
			*of = append(*of, got)
			if failed := strings.HasPrefix(got, "load: ") || strings.HasPrefix(got, "error: "); failed && got != line && of != queue {
				t.Fatalf("waited for %q, but %s", line, got)
			}
		case <-w.ctx.Done():
			t.Fatalf("waited for %q, heard:\n%s", line, strings.Join(heard, "\n"))
		}
	}
}

// queue is where lines wait that are like this one.
func (w *world) queue(line string) *[]string {
	for _, local := range []string{"print: ", "log ", "load: ", "error: "} {
		if strings.HasPrefix(line, local) {
			return &w.local
		}
	}
	return &w.remote
}

// lineHandler writes the log as lines.
type lineHandler struct{ tell func(string) }

func (*lineHandler) Enabled(context.Context, slog.Level) bool { return true }
func (h *lineHandler) WithAttrs([]slog.Attr) slog.Handler     { return h }
func (h *lineHandler) WithGroup(string) slog.Handler          { return h }

func (h *lineHandler) Handle(_ context.Context, r slog.Record) error {
	text := "log " + r.Level.String() + ": " + r.Message
	r.Attrs(func(a slog.Attr) bool {
		text += " " + a.String()
		return true
	})
	h.tell(text)
	return nil
}
