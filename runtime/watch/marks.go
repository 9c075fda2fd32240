package watch

import "time"

// everything is the mark that asks for a look at the whole tree.
const everything = ""

// patience is how many quiet periods a file at rest waits for others that don't come to rest.
const patience = 10

// mark says when a path was touched and how long it has to rest.
type mark struct {
	first, last time.Time
	wait        time.Duration
}

// marks are the paths to look at once they are quiet. Paths touched together come to rest together, so that a
// checkout or a save of several files is one change.
type marks struct {
	quiet time.Duration
	paths map[string]*mark
}

func newMarks(quiet time.Duration) *marks { return &marks{quiet, map[string]*mark{}} }

// touch marks a path, or starts its rest anew.
func (m *marks) touch(path string, now time.Time, wait time.Duration) {
	k := m.paths[path]
	if k == nil {
		k = &mark{first: now}
		m.paths[path] = k
	}
	k.last, k.wait = now, wait
}

// longer lets a path that was taken rest until wait has passed since it was last touched.
func (m *marks) longer(path string, k *mark, wait time.Duration) {
	k.wait = wait
	m.paths[path] = k
}

// calm is when all paths with the usual rest will have rested.
func (m *marks) calm() time.Time {
	var at time.Time
	for _, k := range m.paths {
		if k.wait <= m.quiet && k.last.Add(k.wait).After(at) {
			at = k.last.Add(k.wait)
		}
	}
	return at
}

// at is when a path is to be looked at.
func (m *marks) at(k *mark, calm time.Time) time.Time {
	rested := k.last.Add(k.wait)
	if k.wait > m.quiet { // it has already been looked at, and waits by itself
		return rested
	}
	limit := k.first.Add(patience * m.quiet)
	if limit.Before(rested) {
		limit = rested
	}
	if limit.Before(calm) {
		return limit
	}
	return calm
}

// next is the time of the next look; ok is false when there is nothing to look at.
func (m *marks) next() (next time.Time, ok bool) {
	calm := m.calm()
	for _, k := range m.paths {
		if at := m.at(k, calm); !ok || at.Before(next) {
			next, ok = at, true
		}
	}
	return next, ok
}

// take removes and returns the paths that have rested.
func (m *marks) take(now time.Time) map[string]*mark {
	calm := m.calm()
	taken := map[string]*mark{}
	for path, k := range m.paths {
		if !m.at(k, calm).After(now) {
			taken[path] = k
		}
	}
	for path := range taken {
		delete(m.paths, path)
	}
	return taken
}
