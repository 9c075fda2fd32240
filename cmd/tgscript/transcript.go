package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// transcript shows what happens in a run: messages and what scripts print on stdout, everything else on
// stderr. Its methods are called from many goroutines.
type transcript struct {
	*app
	mu   sync.Mutex // guards both streams: a line is whole
	json bool       // lines of JSON on stdout, in place of what is for people
	chat bool       // somebody types
}

func (t *transcript) signedIn(account string, self *telegram.User) {
	t.note("%s is signed in as %s", account, printable(self.DisplayName()))
}

func (t *transcript) lost(account string, err error) {
	t.note("%s stopped: %s", account, printableLines(err.Error()))
}

func (t *transcript) reloaded(script string, number int, err error) {
	if errors.Is(err, runtime.ErrRemoved) {
		t.note("%s was removed", script)
		return
	}
	t.note("%s reloaded (version %d)", script, number)
}

func (t *transcript) note(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.say("%s", t.colour(t.err, dim, fmt.Sprintf(format, args...)))
}

func (t *transcript) print(_, line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.json {
		t.line(map[string]string{"kind": "print", "text": line})
		return
	}
	fmt.Fprintln(t.out, printableLines(line)) // it may hold what a stranger wrote
}

// entry is one message of the sandbox: "alice → me: hello".
func (t *transcript) entry(e sandbox.Entry) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.json {
		t.line(e)
		return
	}
	chat := e.Chat
	if e.Private && e.ChatID == e.FromID {
		chat = "Saved Messages"
	}
	mark := map[string]string{sandbox.EntryEdit: " (edited)", sandbox.EntryDelete: " (deleted)"}[e.Kind]
	who := t.colour(t.out, bold, printable(e.From)+" → "+printable(chat))
	fmt.Fprintf(t.out, "%s  %s%s: %s\n", t.colour(t.out, dim, e.Time.Format("15:04:05")), who, mark, printable(content(e)))
}

// content is what a message shows: "[photo] My cat  [Like] [Share]".
func content(e sandbox.Entry) string {
	var parts []string
	if e.Media != "" {
		parts = append(parts, "["+e.Media+"]")
	}
	if e.Text != "" {
		parts = append(parts, e.Text)
	}
	for _, row := range e.Buttons {
		parts = append(parts, " ["+strings.Join(row, "] [")+"]")
	}
	return strings.Join(parts, " ")
}

// answered is what a bot says to somebody who has pressed a button.
func (t *transcript) answered(bot string, a sandbox.Answer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.json {
		t.line(map[string]any{"kind": "answer", "from": bot, "text": a.Text, "alert": a.Alert, "url": a.URL})
		return
	}
	if text := strings.TrimSpace(a.Text + " " + a.URL); text != "" {
		fmt.Fprintf(t.out, "          %s answers the button: %s\n", t.colour(t.out, bold, printable(bot)), printable(text))
	}
}

func (t *transcript) line(v any) {
	b, err := json.Marshal(v)
	if err == nil {
		fmt.Fprintf(t.out, "%s\n", b)
	}
}
