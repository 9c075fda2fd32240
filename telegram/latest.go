package telegram

// latest is a map that keeps the newest keys: one too many drives the oldest out. The zero value is ready. It has no
// lock of its own, for it is always part of something that has one.
type latest[K comparable, V any] struct {
	values map[K]V
	order  []K // a ring, once it is full: the oldest is at next
	next   int
}

// get is the value that a key was given last; known is false if it was given none, or was driven out.
func (l *latest[K, V]) get(key K) (value V, known bool) {
	value, known = l.values[key]
	return value, known
}

// put gives a key its value. A key that is known keeps its age. most is how many are kept: the same in every call.
func (l *latest[K, V]) put(key K, value V, most int) {
	if l.values == nil {
		l.values = map[K]V{}
	}
	if _, known := l.values[key]; !known {
		if len(l.order) < most {
			l.order = append(l.order, key)
		} else {
			delete(l.values, l.order[l.next])
			l.order[l.next] = key
			l.next = (l.next + 1) % most
		}
	}
	l.values[key] = value
}
