package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tgscript/tgscript"
)

// supervised tells a service manager how a run is doing, over the socket that it names in the environment:
// https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html. Without such a socket it says nothing.
type supervised struct {
	conn     net.Conn      // nil without a service manager
	watchdog time.Duration // how long it waits for a sign of life; 0 for ever
	running  sync.WaitGroup
}

// supervision finds the service manager by the environment. One that is named and can't be reached is an error: it would
// wait for a word and end the process in the end.
func (a *app) supervision() (*supervised, error) {
	path, _ := a.env("NOTIFY_SOCKET")
	if path == "" {
		return &supervised{}, nil
	}
	if strings.HasPrefix(path, "@") {
		path = "\x00" + path[1:] // in the abstract space
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		return nil, fmt.Errorf("reach the service manager at %s: %w", path, err)
	}
	s := &supervised{conn: conn}
	if pid, ok := a.env("WATCHDOG_PID"); !ok || pid == strconv.Itoa(os.Getpid()) {
		text, _ := a.env("WATCHDOG_USEC")
		if micros, err := strconv.ParseInt(text, 10, 64); err == nil && micros > 0 {
			s.watchdog = time.Duration(micros) * time.Microsecond
		}
	}
	return s, nil
}

// tell sends one message. A manager that isn't there any more is no reason to end.
func (s *supervised) tell(lines ...string) {
	if s.conn != nil {
		_, _ = s.conn.Write([]byte(strings.Join(lines, "\n")))
	}
}

// follow tells of the host until ctx ends: that it begins, that it is ready, that it lives, that it ends.
func (s *supervised) follow(ctx context.Context, host *tgscript.Host) {
	if s.conn == nil {
		return
	}
	s.tell("STATUS=Signing in the accounts and loading their scripts")
	s.running.Go(func() {
		if host.Ready(ctx) == nil {
			s.tell("READY=1", "STATUS="+standing(host))
		}
	})
	s.running.Go(func() { // at the same moment as the host, whose calls then have their grace time
		<-ctx.Done()
		s.tell("STOPPING=1", "STATUS=Letting running calls finish")
	})
	if s.watchdog > 0 {
		s.running.Go(func() { s.beat(ctx, host) })
	}
}

// beat gives a sign of life twice in the time that the manager waits for one, as long as every script lets go of its
// interpreter: a process that hangs is to be started anew.
func (s *supervised) beat(ctx context.Context, host *tgscript.Host) {
	ticks := time.NewTicker(s.watchdog / 2)
	defer ticks.Stop()
	for {
		host.Alive()
		s.tell("WATCHDOG=1")
		select {
		case <-ticks.C:
		case <-ctx.Done():
			return
		}
	}
}

// reloaded tells of a new generation and hands on.
func (s *supervised) reloaded(next func(script string, generation int, err error)) func(string, int, error) {
	return func(script string, generation int, err error) {
		if err == nil {
			s.tell("RELOADING=1", fmt.Sprintf("MONOTONIC_USEC=%d", monotonicMicros()))
			s.tell("READY=1", fmt.Sprintf("STATUS=Reloaded %s, generation %d", script, generation))
		}
		next(script, generation, err)
	}
}

// end waits until all was told. The context of follow has ended before, or it would wait for ever.
func (s *supervised) end() {
	s.running.Wait()
	if s.conn != nil {
		_ = s.conn.Close() // nothing is left to send
	}
}

func standing(host *tgscript.Host) string {
	return counted(len(host.Scripts()), "script") + " running"
}
