package kv

import "fmt"

// A QuotaError says that a script would keep more than it may.
type QuotaError struct {
	What  string // "key", "value", "store", "keys"; of others "data", "jobs", "event"
	Size  int64
	Limit int64
}

// Error is one line for the script's author, with what to do.
func (e *QuotaError) Error() string {
	switch e.What {
	case "key":
		return fmt.Sprintf("a key has %d bytes, more than %d: use a short one, and put the rest into the value", e.Size, e.Limit)
	case "value":
		return fmt.Sprintf("a value has %d bytes, more than %d: split it over several keys, or write it to a file with tg.fs", e.Size, e.Limit)
	case "data":
		return fmt.Sprintf("the data of a run has %d bytes, more than %d: put them into tg.store, and the key into the data", e.Size, e.Limit)
	case "jobs":
		return fmt.Sprintf("%d runs of jobs are planned, which is the most: cancel some (job:cancel), or plan one that does more", e.Limit)
	case "names":
		return fmt.Sprintf("a script uses up to %d names of tg.store:shared: put what differs into the keys", e.Limit)
	case "event":
		return fmt.Sprintf("what is told has %d bytes, more than %d: tell where it is (tg.store:shared, a file) instead", e.Size, e.Limit)
	case "keys":
		return fmt.Sprintf("the store has %d keys, its limit: remove some (tg.store:delete, tg.store:clear), or give values a ttl", e.Limit)
	}
	return fmt.Sprintf("the store would have %d bytes, more than %d: remove values (tg.store:delete, tg.store:clear), or give them a ttl", e.Size, e.Limit)
}

// LuaFields are what scripts see on the caught error.
func (e *QuotaError) LuaFields() map[string]any {
	return map[string]any{"kind": "STORE_QUOTA", "message": e.Error(), "limit": e.Limit, "size": e.Size, "what": e.What}
}

// A TypeError says that add met something else than a number.
type TypeError struct{ Key string }

// Error is one line for the script's author.
func (e *TypeError) Error() string {
	return fmt.Sprintf("add: the value of %q is no number", e.Key)
}

// LuaFields are what scripts see on the caught error.
func (e *TypeError) LuaFields() map[string]any {
	return map[string]any{"kind": "ARGUMENT", "message": e.Error()}
}
