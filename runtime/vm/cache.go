package vm

import (
	"crypto/sha256"
	"sync"
)

const maxChunks = 256

// cache keeps the latest compiled chunks, by content.
type cache struct {
	mu     sync.Mutex
	protos map[[sha256.Size]byte]*Proto
	order  [][sha256.Size]byte // oldest first
}

func (c *cache) get(file string, source []byte, compile func(string, []byte) (*Proto, error)) (*Proto, error) {
	if len(source) > MaxSource {
		return compile(file, source)
	}
	h := sha256.New()
	h.Write([]byte(file + "\x00"))
	h.Write(source)
	key := [sha256.Size]byte(h.Sum(nil))
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
	if c.protos == nil {
		c.protos = map[[sha256.Size]byte]*Proto{}
	}
	if len(c.order) >= maxChunks {
		delete(c.protos, c.order[0])
		c.order = c.order[1:]
	}
	c.protos[key] = p
	c.order = append(c.order, key)
	return p, nil
}
