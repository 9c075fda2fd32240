package tgscript

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
)

// ErrHasRun is a second Run of a host. Open another one instead.
var ErrHasRun = errors.New("host has run already")

// Run connects the accounts, signs them in, loads their scripts and returns when every script has ended, when
// ctx ends (with nil), or when no account is left. When ctx ends, calls that are running may finish within the
// grace time, with their accounts still connected. Its error tells of every account and script that failed; the
// others were not disturbed. A host runs once: after that it is ErrHasRun.
func (h *Host) Run(ctx context.Context) error {
	if h.ran.Swap(true) {
		return ErrHasRun
	}
	endMetrics, err := h.serveMetrics(ctx)
	if err != nil {
		return err
	}
	defer endMetrics()
	life, end := context.WithCancel(context.WithoutCancel(ctx)) // accounts outlive ctx until their scripts are done
	defer end()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var (
		running, living, watching sync.WaitGroup
		failed                    failures
	)
	loading := make(chan struct{})
	remaining := sync.WaitGroup{}
	for _, t := range h.tenants {
		remaining.Add(1)
		living.Go(func() {
			loaded := sync.OnceFunc(remaining.Done)
			defer loaded() // of an account that stops before that nothing more is to be loaded
			if err := h.live(ctx, life, t, loaded, failed.add); err != nil && !isEnd(ctx, err) {
				failed.add(t.blamed(err))
				h.lost(life, t, err)
			}
		})
	}
	running.Go(func() {
		living.Wait()
		stop() // nobody is left that events could come from
	})
	running.Go(func() {
		remaining.Wait()
		close(loading)
	})
	if !h.opts.NoReload {
		watching.Go(func() {
			if err := h.scripts.Watch(ctx); err != nil && ctx.Err() == nil {
				h.log.Error("watching scripts ended", "error", err)
			}
		})
		watching.Go(func() { h.watchConfig(ctx) })
	}
	running.Go(func() { // the end, in this order: nothing new is loaded, no event is handed out, calls finish, accounts leave
		defer end()
		h.awaitEnd(ctx, loading)
		stop()
		watching.Wait()
		close(h.draining)
		if err := h.scripts.Close(context.WithoutCancel(ctx)); err != nil {
			h.log.Error("scripts were not drained", "error", err)
		}
	})
	running.Wait()
	return failed.joined()
}

// lost tells of an account that has stopped while others may go on, and ends its scripts.
func (h *Host) lost(ctx context.Context, t *tenant, err error) {
	h.say(slog.LevelError, "log", t.name, "", "account stopped: "+err.Error(), "")
	if h.opts.OnLost != nil && len(h.tenants) > 1 { // else the error of Run says it
		h.opts.OnLost(t.name, err)
	}
	h.evict(ctx, t)
}

// evict ends the scripts of an account that has stopped, so that the host waits for those of the others alone.
func (h *Host) evict(ctx context.Context, t *tenant) {
	for _, s := range t.audience.leave() {
		if err := h.scripts.Remove(ctx, s.Name()); err != nil {
			h.log.Warn("script of a stopped account goes on", "script", s.Name(), "error", err)
		}
	}
}

// awaitEnd waits until ctx ends, or until the scripts have been loaded and have nothing left to wait for.
func (h *Host) awaitEnd(ctx context.Context, loading <-chan struct{}) {
	select {
	case <-loading:
	case <-ctx.Done():
		return
	}
	if h.opts.Interactive {
		<-ctx.Done()
		return
	}
	select {
	case <-h.scripts.Idle():
	case <-ctx.Done():
	}
}

// isEnd tells the errors of what was ended on purpose.
func isEnd(ctx context.Context, err error) bool {
	return errors.Is(err, context.Canceled) || ctx.Err() != nil && errors.Is(err, context.Cause(ctx))
}

// either is a context that ends with the first of two.
func either(a, b context.Context) (context.Context, context.CancelFunc) {
	joined, cancel := context.WithCancelCause(a)
	stop := context.AfterFunc(b, func() { cancel(context.Cause(b)) })
	return joined, func() {
		stop()
		cancel(nil)
	}
}

// failures gathers errors from many goroutines.
type failures struct {
	mu   sync.Mutex
	errs []error
}

func (f *failures) add(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.errs = append(f.errs, err)
}

func (f *failures) joined() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return errors.Join(f.errs...)
}

// blamed names the account in an error that doesn't yet.
func (t *tenant) blamed(err error) error {
	if strings.Contains(err.Error(), "account "+t.name+":") { // with the colon: me is not meow
		return err
	}
	return fmt.Errorf("account %s: %w", t.name, err)
}
