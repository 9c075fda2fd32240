// Command tgscript signs in Telegram accounts and runs hot-reloaded Lua scripts on them.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		stop(errInterrupted) // drains
		<-signals
		os.Exit(exitInterrupted)
	}()
	t := &terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.LookupEnv}
	os.Exit(run(ctx, t, os.Args[1:]))
}
