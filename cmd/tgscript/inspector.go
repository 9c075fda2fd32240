package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// inspector writes what a sandbox tells of its calls and updates as JSON lines, to a file or, for -, to
// stdout. A line is written out as soon as there is one: who looks at the file sees what has happened.
func (t *transcript) inspector(path string) (tell func(sandbox.Inspection), closed func() error, err error) {
	if path == "-" {
		return func(i sandbox.Inspection) {
			t.mu.Lock()
			defer t.mu.Unlock()
			t.line(i)
		}, func() error { return nil }, nil
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("open the inspector's file: %w", err)
	}
	lines := inspectorLines{out: bufio.NewWriter(file)}
	return lines.write, func() error { return lines.close(file) }, nil
}

// inspectorLines remembers the first error: a full disk is told once, at the end.
type inspectorLines struct {
	out *bufio.Writer
	err error
}

func (l *inspectorLines) write(i sandbox.Inspection) {
	if l.err != nil {
		return
	}
	if l.err = json.NewEncoder(l.out).Encode(i); l.err == nil {
		l.err = l.out.Flush()
	}
}

func (l *inspectorLines) close(file io.Closer) error {
	closed := file.Close()
	if l.err != nil {
		return fmt.Errorf("write what was inspected: %w", l.err)
	}
	return closed
}
