package trial

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
)

// Coverage notes which lines of scripts run. It is the runtime's tracer.
type Coverage struct {
	mu    sync.Mutex
	files map[string]map[int]int // how often, by line; 0 for those that have code and haven't run
}

// Begins notes which lines have code.
func (c *Coverage) Begins(file string, lines []int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.files == nil {
		c.files = map[string]map[int]int{}
	}
	counts := c.files[file]
	if counts == nil {
		counts = map[int]int{}
		c.files[file] = counts
	}
	for _, line := range lines {
		counts[line] += 0
	}
}

// Runs notes that a line runs.
func (c *Coverage) Runs(file string, line int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if counts := c.files[file]; counts != nil {
		counts[line]++
	}
}

// FileCoverage is how much of one file has run.
type FileCoverage struct {
	File        string
	Lines, Runs int   // that have code, and that have run
	Missed      []int // that haven't
}

// Percent is how much of it has run.
func (f FileCoverage) Percent() float64 {
	if f.Lines == 0 {
		return 100
	}
	return 100 * float64(f.Runs) / float64(f.Lines)
}

// Files tells of each file, by their names.
func (c *Coverage) Files() []FileCoverage {
	c.mu.Lock()
	defer c.mu.Unlock()
	var list []FileCoverage
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		f := FileCoverage{File: name}
		for _, line := range slices.Sorted(maps.Keys(c.files[name])) {
			f.Lines++
			if c.files[name][line] > 0 {
				f.Runs++
			} else {
				f.Missed = append(f.Missed, line)
			}
		}
		list = append(list, f)
	}
	return list
}

// Ranges writes lines in short: 3, 7-9.
func Ranges(lines []int) string {
	var b bytes.Buffer
	for i := 0; i < len(lines); i++ {
		first := i
		for i+1 < len(lines) && lines[i+1] == lines[i]+1 {
			i++
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		if first == i {
			fmt.Fprintf(&b, "%d", lines[i])
		} else {
			fmt.Fprintf(&b, "%d-%d", lines[first], lines[i])
		}
	}
	return b.String()
}

// WriteLCOV writes what editors and services read: https://manpages.debian.org/lcov/geninfo.1.en.html#FILES
func (c *Coverage) WriteLCOV(w io.Writer) error {
	files := c.Files()
	c.mu.Lock()
	defer c.mu.Unlock()
	var b bytes.Buffer
	for _, f := range files {
		fmt.Fprintf(&b, "TN:\nSF:%s\n", f.File)
		counts := c.files[f.File]
		for _, line := range slices.Sorted(maps.Keys(counts)) {
			fmt.Fprintf(&b, "DA:%d,%d\n", line, counts[line])
		}
		fmt.Fprintf(&b, "LF:%d\nLH:%d\nend_of_record\n", f.Lines, f.Runs)
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write coverage: %w", err)
	}
	return nil
}
