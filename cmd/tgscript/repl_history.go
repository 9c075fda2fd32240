package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// history are the lines of earlier sessions, in a file for this user alone.
type history struct {
	path  string // "" keeps them in memory
	lines []string
}

const mostHistory = 1000

// openHistory reads them. What goes wrong with them is no reason not to work.
func openHistory(a *app) *history {
	dir, ok := a.env("XDG_STATE_HOME")
	if !ok || dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return &history{}
		}
		dir = filepath.Join(home, ".local", "state")
	}
	dir = filepath.Join(dir, "tgscript")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return &history{}
	}
	h := &history{path: filepath.Join(dir, "repl_history")}
	text, _ := os.ReadFile(h.path) // there may be none yet
	h.lines = strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	if len(h.lines) > 2*mostHistory {
		h.lines = h.lines[len(h.lines)-mostHistory:]
		_ = os.WriteFile(h.path, []byte(strings.Join(h.lines, "\n")+"\n"), 0o600)
	}
	return h
}

// secretWords tell lines that are better forgotten.
var secretWords = regexp.MustCompile(`(?i)passw|2fa|secret|token|api_hash|\d{6,}:[\w-]{20,}`)

// Add keeps a line, but for blank ones, those that begin with a space, and those that may hold a secret.
func (h *history) Add(line string) {
	if strings.TrimSpace(line) == "" || line == droppedLine || line[0] == ' ' || len(h.lines) > 0 && h.lines[len(h.lines)-1] == line {
		return
	}
	h.lines = append(h.lines, line)
	if h.path == "" || secretWords.MatchString(line) {
		return
	}
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	_, _ = f.WriteString(strings.ReplaceAll(line, "\n", " ") + "\n") // without it the line is forgotten at the end
	_ = f.Close()
}

// Len counts the lines.
func (h *history) Len() int { return len(h.lines) }

// At is a line, the latest first.
func (h *history) At(i int) string { return h.lines[len(h.lines)-1-i] }
