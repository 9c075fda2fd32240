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
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		signal.Notify(signals, syscall.SIGHUP) // the terminal was closed
	}
	go func() {
		_, cause := meaning(<-signals)
		stop(cause) // drains
		for s := range signals {
			if s != syscall.SIGHUP { // which shell and kernel both send
				code, _ := meaning(s)
				os.Exit(code)
			}
		}
	}()
	t := &terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.LookupEnv}
	os.Exit(run(ctx, t, os.Args[1:]))
}

// meaning says why a signal ends what is done, and how the process ends where there is no time to finish.
func meaning(s os.Signal) (code int, cause error) {
	if s == os.Interrupt {
		return exitInterrupted, errInterrupted
	}
	return exitTerminated, errTerminated
}
