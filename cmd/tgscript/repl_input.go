package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
)

// input is where a repl's lines come from.
type input interface {
	// begin takes the input over. completions are for a line up to the cursor: what may stand there from an offset on.
	begin(completions func(line string) (from int, found []string)) error
	// line is the next one; errInterrupted for Ctrl-C, io.EOF for the end.
	line(ctx context.Context, prompt string) (string, error)
	// onInterrupt has Ctrl-C call f until undo is called.
	onInterrupt(f func()) (undo func())
	// app has the same terminal, with output that leaves the line alone that is being typed.
	app() *app
	watched() bool // by a person
	end()
}

// openInput is a terminal with a person, or a pipe.
func (a *app) openInput() input {
	if a.interactive() && isTerminal(a.out) {
		if term, _ := a.env("TERM"); term != "dumb" {
			return newScreenEditor(a)
		}
	}
	return &pipe{from: a, lines: bufio.NewReader(a.in)}
}

// pipe is input that nobody types, or from a terminal that can do nothing.
type pipe struct {
	from  *app
	lines *bufio.Reader
}

func (p *pipe) begin(func(string) (int, []string)) error { return nil }

func (p *pipe) line(ctx context.Context, prompt string) (string, error) {
	if p.from.interactive() {
		_, _ = io.WriteString(p.from.err, prompt)
	}
	line, err := within(ctx, func() (string, error) { return p.lines.ReadString('\n') })
	if line != "" && errors.Is(err, io.EOF) {
		err = nil
	}
	if ctx.Err() != nil {
		err = io.EOF
	}
	return strings.TrimRight(line, "\r\n"), err
}

func (p *pipe) onInterrupt(func()) (undo func()) { return func() {} } // the signal ends the program

func (p *pipe) app() *app { return p.from }

func (p *pipe) watched() bool { return p.from.interactive() }

func (p *pipe) end() {}
