package mtproxy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
)

// TLS record types (RFC 8446, section 5.1).
const (
	recordCipherSpec = 0x14
	recordAlert      = 0x15
	recordHandshake  = 0x16
	recordData       = 0x17
)

const (
	recordHead = 5
	maxRecord  = 16 << 10        // of data, in a record that we write
	maxTheirs  = maxRecord + 256 // RFC 8446, section 5.2: what others may put in
)

// changeCipherSpec must come before the first data, once, as in real TLS.
const changeCipherSpec = "\x14\x03\x03\x00\x01\x01"

// records carries data in TLS application records. One reader and one writer at a time.
type records struct {
	net.Conn
	started bool // our change of cipher has gone out
	left    int  // bytes of the record being read that haven't been taken yet
	head    [recordHead]byte
	out     []byte
}

// Write sends records of at most 16 KiB, all in one packet with what must precede the first.
func (c *records) Write(p []byte) (int, error) {
	c.out = slices.Grow(c.out[:0], len(changeCipherSpec)+len(p)+(len(p)/maxRecord+1)*recordHead)
	if !c.started {
		c.started = true
		c.out = append(c.out, changeCipherSpec...)
	}
	for rest := p; len(rest) > 0; {
		n := min(len(rest), maxRecord)
		c.out = append(c.out, recordData, 3, 3, byte(n>>8), byte(n))
		c.out = append(c.out, rest[:n]...)
		rest = rest[n:]
	}
	_, err := c.Conn.Write(c.out)
	if cap(c.out) > keepBuffer {
		c.out = nil
	}
	if err != nil {
		return 0, err
	}
	return len(p), nil
}

// Read gives what there is of the current record, or begins the next one.
func (c *records) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for c.left == 0 {
		kind, n, err := readHead(c.Conn, c.head[:])
		if err != nil {
			return 0, err
		}
		switch kind {
		case recordData:
			c.left = n // may be 0: then the next one follows
		case recordCipherSpec:
			if _, err := io.CopyN(io.Discard, c.Conn, int64(n)); err != nil {
				return 0, cutShort(err)
			}
		case recordAlert:
			return 0, io.EOF // the proxy says goodbye
		default:
			return 0, fmt.Errorf("read fake TLS: record of type %#x", kind)
		}
	}
	n, err := c.Conn.Read(p[:min(len(p), c.left)])
	c.left -= n
	if c.left > 0 {
		err = cutShort(err)
	}
	return n, err
}

// readHead reads into head, which has its size.
func readHead(r io.Reader, head []byte) (kind byte, n int, err error) {
	if _, err := io.ReadFull(r, head); err != nil {
		return 0, 0, err
	}
	n = int(binary.BigEndian.Uint16(head[3:]))
	if head[1] != 3 || n > maxTheirs {
		return 0, 0, ErrNotTLS
	}
	return head[0], n, nil
}

func cutShort(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
