package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"
)

// editor is a terminal at which somebody types. Whatever is written meanwhile goes above the line.
type editor struct {
	shown    *app
	keyboard io.Reader
	display  io.Writer
	raw      func() (restore func(), err error)
	size     func() (width, height int, err error)
	past     *history
	keys     chan []byte
	left     []byte // keys that have not been read

	mu        sync.Mutex // guards what follows
	screen    *term.Terminal
	restore   func()
	interrupt func() // what Ctrl-C does; nil at the prompt
}

// newScreenEditor is one at the terminal of the process.
func newScreenEditor(a *app) *editor {
	in := a.in.(*os.File)
	e := &editor{
		keyboard: in, display: a.out, past: openHistory(a),
		raw: func() (func(), error) {
			state, err := term.MakeRaw(int(in.Fd()))
			return func() { _ = term.Restore(int(in.Fd()), state) }, err
		},
		size: func() (int, int, error) { return term.GetSize(int(in.Fd())) },
	}
	e.under(a)
	return e
}

// under makes the app whose output goes through the editor.
func (e *editor) under(a *app) {
	shown := *a
	shown.terminal = &terminal{in: a.in, out: e, err: e, env: a.env}
	e.shown = &shown
}

func (e *editor) app() *app     { return e.shown }
func (e *editor) watched() bool { return true }

// begin puts the terminal into the mode in which each key counts. Before, it may be asked for codes and passwords.
func (e *editor) begin(completions func(line string) (from int, found []string)) error {
	restore, err := e.raw()
	if err != nil {
		return fmt.Errorf("take the terminal over: %w", err)
	}
	screen := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{readFunc(e.read), e.display}, prompt)
	screen.History = e.past
	screen.AutoCompleteCallback = func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' {
			return "", 0, false
		}
		return e.completed(line, pos, completions)
	}
	e.mu.Lock()
	e.screen, e.restore, e.keys = screen, restore, make(chan []byte, 100)
	e.mu.Unlock()
	go e.pump(e.keys)
	return nil
}

// end gives the terminal back.
func (e *editor) end() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.restore != nil {
		e.restore()
		e.restore, e.screen = nil, nil
	}
}

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// keyInterrupt is Ctrl-C. At the prompt it stands for: to the end of the line, drop it, and enter what shells show then.
const (
	keyInterrupt = 0x03
	droppedLine  = "^C"
	dropLine     = "\x05\x15" + droppedLine + "\r"
)

// pump reads keys, also while a chunk runs, so that Ctrl-C is heard. It ends with the keyboard: a blocked read can't be
// called off.
func (e *editor) pump(keys chan<- []byte) {
	defer close(keys)
	buffer := make([]byte, 256)
	for {
		n, err := e.keyboard.Read(buffer)
		var typed []byte
		for _, key := range buffer[:n] {
			switch {
			case key != keyInterrupt:
				typed = append(typed, key)
			case !e.interrupts():
				typed = append(typed, dropLine...)
			}
		}
		if len(typed) > 0 {
			keys <- typed
		}
		if err != nil {
			return
		}
	}
}

// interrupts ends what runs; false says that nothing does, and the line is to be dropped.
func (e *editor) interrupts() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.interrupt != nil {
		e.interrupt()
		return true
	}
	return false
}

func (e *editor) onInterrupt(f func()) (undo func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.interrupt = f
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.interrupt = nil
	}
}

func (e *editor) read(p []byte) (int, error) {
	if len(e.left) == 0 {
		keys, ok := <-e.keys
		if !ok {
			return 0, io.EOF
		}
		e.left = keys
	}
	n := copy(p, e.left)
	e.left = e.left[n:]
	return n, nil
}

func (e *editor) line(ctx context.Context, prompt string) (string, error) {
	if width, height, err := e.size(); err == nil && width > 0 && height > 0 {
		_ = e.screen.SetSize(width, height) // it may have been made larger or smaller
	}
	e.screen.SetPrompt(prompt)
	line, err := within(ctx, e.screen.ReadLine)
	switch {
	case ctx.Err() != nil:
		return "", io.EOF
	case errors.Is(err, term.ErrPasteIndicator):
		err = nil
	case line == droppedLine:
		return "", errInterrupted
	}
	return line, err
}

// Write puts text above the line that is being typed.
func (e *editor) Write(p []byte) (int, error) {
	e.mu.Lock()
	screen := e.screen
	e.mu.Unlock()
	if screen == nil {
		return e.display.Write(p)
	}
	if _, err := screen.Write(p); err != nil {
		return 0, err
	}
	return len(p), nil
}

// mostShown is how many completions are listed.
const mostShown = 60

// completed is what Tab makes of a line: as much as all that is possible has in common; a list if that is no more.
func (e *editor) completed(line string, pos int, completions func(string) (int, []string)) (string, int, bool) {
	if strings.TrimSpace(line[:pos]) == "" { // Tab at the begin of a line moves it to the right
		return line[:pos] + "  " + line[pos:], pos + 2, true
	}
	from, found := completions(line[:pos])
	if len(found) == 0 {
		return line, pos, true
	}
	common := found[0]
	for _, f := range found {
		for !strings.HasPrefix(f, common) {
			common = common[:len(common)-1]
		}
	}
	if len(found) > 1 && len(common) <= pos-from {
		more := ""
		if len(found) > mostShown {
			more = fmt.Sprintf("  … %d more", len(found)-mostShown)
		}
		fmt.Fprintln(e, strings.Join(found[:min(len(found), mostShown)], "  ")+more)
		return line, pos, true
	}
	return line[:from] + common + line[pos:], from + len(common), true
}
