package vm

import "sync"

// idleWorkers is how many goroutines a machine keeps for calls to come: as many as are often in flight. The garbage
// collector takes the stacks of those that rest for long.
const idleWorkers = 256

// workers are goroutines that run one call after another. Lua and what it calls need a deep stack, and a goroutine
// that has one already spares each call the copying by which stacks grow.
type workers struct {
	mu      sync.Mutex
	idle    []chan func()
	closed  bool
	resting sync.WaitGroup // the idle ones; those at work end by themselves, and may be the ones who close
}

// do runs job on a goroutine of its own and returns at once.
func (w *workers) do(job func()) {
	w.mu.Lock()
	if n := len(w.idle); n > 0 {
		jobs := w.idle[n-1]
		w.idle = w.idle[:n-1]
		w.resting.Done()
		w.mu.Unlock()
		jobs <- job // has room
		return
	}
	w.mu.Unlock()
	go w.work(job)
}

func (w *workers) work(job func()) {
	jobs := make(chan func(), 1)
	for ok := true; ok; job, ok = <-jobs {
		job()
		if !w.rest(jobs) {
			return
		}
	}
	w.resting.Done()
}

// rest queues a worker for the next job; false sends it home.
func (w *workers) rest(jobs chan func()) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || len(w.idle) >= idleWorkers {
		return false
	}
	w.idle = append(w.idle, jobs)
	w.resting.Add(1)
	return true
}

// close sends everybody home and waits for those that were idle.
func (w *workers) close() {
	w.mu.Lock()
	w.closed = true
	for _, jobs := range w.idle {
		close(jobs)
	}
	w.idle = nil
	w.mu.Unlock()
	w.resting.Wait()
}
