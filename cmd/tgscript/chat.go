package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// chat sends the lines of stdin to the account as a person of the sandbox. A line that stands on a button of the last
// message with buttons presses it.
type chat struct {
	app  *transcript
	done chan struct{}
}

// startChat reads stdin until it ends; then it lets the scripts answer what was sent and calls stop.
func startChat(ctx context.Context, a *transcript, host *tgscript.Host, as string, stop func()) *chat {
	c := &chat{app: a, done: make(chan struct{})}
	lines := make(chan string)
	go func() { // ends with stdin: a blocked read of a terminal can't be called off
		defer close(lines)
		in := bufio.NewReader(a.in)
		for {
			line, err := in.ReadString('\n')
			if line = strings.TrimRight(line, "\r\n"); line != "" {
				select {
				case lines <- line:
				case <-ctx.Done():
					return
				}
			}
			if err != nil {
				return
			}
		}
	}()
	go func() {
		defer close(c.done)
		defer stop()
		err := c.talk(ctx, host, as, lines)
		if err != nil && ctx.Err() == nil && !errors.Is(err, telegram.ErrNotRunning) { // the host ended first
			a.say("chat: %v", err)
		}
	}()
	return c
}

func (c *chat) talk(ctx context.Context, host *tgscript.Host, as string, lines <-chan string) error {
	if err := host.Ready(ctx); err != nil {
		return err
	}
	if c.app.interactive() {
		c.app.say("type as %s; Ctrl-D ends", as)
	}
	self := host.First()
	if self == nil {
		return errors.New("the account is not signed in")
	}
	person, to := host.Sandbox().Person(as), "@"+self.Username
	for {
		select {
		case line, ok := <-lines:
			if !ok {
				return host.Settle(ctx)
			}
			if err := c.act(ctx, host.Sandbox(), person, to, line); err != nil {
				c.app.say("not sent: %v", err)
			}
			if !c.app.interactive() { // a pipe reads the answer before it writes on, as a person would
				if err := host.Settle(ctx); err != nil {
					return err
				}
			}
		case <-ctx.Done():
			return nil
		}
	}
}

func (c *chat) act(ctx context.Context, server *sandbox.Server, person *sandbox.Person, to, line string) error {
	said, err := person.Messages(to)
	if err != nil {
		return err
	}
	for _, m := range slices.Backward(said) {
		if len(m.Buttons) == 0 {
			continue
		}
		if !slices.ContainsFunc(m.Buttons, func(row []string) bool { return slices.Contains(row, line) }) {
			break
		}
		answer, err := person.Press(ctx, to, m.ID, line)
		if err == nil {
			server.Settle() // what was said before is shown before
			c.app.answered(m.From, answer)
		}
		return err
	}
	_, err = person.Send(ctx, to, line, sandbox.SendOptions{})
	return err
}

// mayChat says whether the sandbox has somebody to write as.
func mayChat(server *sandbox.Server, as string) error {
	if _, err := server.Person(as).Messages("me"); !errors.Is(err, sandbox.ErrUnknown) {
		return err
	}
	var names []string
	for _, p := range server.Info().People {
		names = append(names, p.Name)
	}
	return usageError{fmt.Errorf("--as %s: nobody in the sandbox has that name; it has %s", as, strings.Join(names, ", "))}
}

func (c *chat) wait() { <-c.done }
