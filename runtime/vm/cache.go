package vm

import (
	"crypto/sha256"
	"sync"
)

// What is kept: whichever is reached first drops the oldest.
const (
	maxChunks     = 256
	maxChunkBytes = 8 << 20 // of source
)

// cache keeps the latest compiled chunks, by name and content: all scripts and accounts of a process share them. It is
// the only state that machines share, and holds nothing that Lua can change: a Proto is never written after compiling.
type cache struct {
	mu     sync.Mutex
	protos map[hash]*Proto
	order  []chunkSize // oldest first
	bytes  int
}

type hash = [sha256.Size]byte

type chunkSize struct {
	key   hash
	bytes int
}

var chunks = sync.OnceValue(func() *cache { return &cache{protos: map[hash]*Proto{}} })

// get compiles without the lock: two who ask for the same at once both compile it, and share the first.
func (c *cache) get(file string, source []byte, compile func(string, []byte) (*Proto, error)) (*Proto, error) {
	if len(source) > MaxSource {
		return compile(file, source)
	}
	h := sha256.New()
	h.Write([]byte(file + "\x00"))
	h.Write(source)
	key := hash(h.Sum(nil))
	c.mu.Lock()
	p := c.protos[key]
	c.mu.Unlock()
	if p != nil {
		return p, nil
	}
	p, err := compile(file, source)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if known := c.protos[key]; known != nil {
		return known, nil
	}
	c.protos[key] = p
	c.order = append(c.order, chunkSize{key, len(source)})
	c.bytes += len(source)
	for len(c.order) > maxChunks || c.bytes > maxChunkBytes {
		delete(c.protos, c.order[0].key)
		c.bytes -= c.order[0].bytes
		c.order = c.order[1:]
	}
	return p, nil
}
