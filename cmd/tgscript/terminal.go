package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// terminal is the world as a command sees it; tests make their own.
type terminal struct {
	in  io.Reader
	out io.Writer // what was asked for
	err io.Writer // what is said about it
	env func(string) (string, bool)
}

// interactive tells whether a person can answer.
func (t *terminal) interactive() bool { return isTerminal(t.in) && isTerminal(t.err) }

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// say tells the person something that is not the command's result.
func (t *terminal) say(format string, args ...any) { fmt.Fprintf(t.err, format+"\n", args...) }

// json prints one value as indented JSON.
func (t *terminal) json(v any) error {
	e := json.NewEncoder(t.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// style is an SGR code; https://no-color.org and TERM=dumb switch it off.
type style string

const (
	dim    style = "2"
	bold   style = "1"
	red    style = "31"
	yellow style = "33"
	green  style = "32"
	cyan   style = "36"
)

func (t *terminal) colour(stream io.Writer, s style, text string) string {
	if !t.colours(stream) {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

func (t *terminal) colours(stream io.Writer) bool {
	if v, ok := t.env("NO_COLOR"); ok && v != "" {
		return false
	}
	if v, ok := t.env("FORCE_COLOR"); ok && v != "" {
		return true
	}
	dumb, _ := t.env("TERM")
	return isTerminal(stream) && dumb != "dumb"
}

// printable makes text from Telegram or a script harmless to a terminal: escape sequences and other control
// characters are shown, not obeyed.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7F || r >= 0x80 && r < 0xA0 {
			if r == '\n' {
				return '⏎'
			}
			return '·'
		}
		return r
	}, text)
}

// printableLines is printable for text of several lines.
func printableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = printable(strings.TrimSuffix(line, "\r"))
	}
	return strings.Join(lines, "\n")
}
