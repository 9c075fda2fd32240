// Package parity compares what scripts can do with what Telethon can: a list of all that Telethon
// offers, and where each of it is. The page docs/reference/parity.md is made of it, and its test fails
// when a line of the list has neither an implementation nor a reason.
package parity

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
)

//go:embed telethon.txt
var telethon string

// Row is one thing that Telethon has.
type Row struct {
	Section string
	Theirs  string
	Ours    []Ref  // empty if there is nothing
	Note    string // how it differs, or why it isn't there
}

// Ref names something of ours: "client:send_message{silent, schedule}" is a row of the table and two of
// its options, "config:proxy" a key of config.yaml, "command:login" a command.
type Ref struct {
	Owner   string // "client", "Message", "tg.button", "on", "config", "command"
	Sign    byte   // ':' or '.'
	Name    string
	Options []string
}

// String is the reference as the list writes it.
func (r Ref) String() string {
	s := r.Owner + string(r.Sign) + r.Name
	if len(r.Options) > 0 {
		s += "{" + strings.Join(r.Options, ", ") + "}"
	}
	return s
}

var refPattern = regexp.MustCompile(`^([\w.]+)([:.])([\w.]+)(?:\{([\w, ]+)\})?$`)

func parseRef(s string) (Ref, error) {
	m := refPattern.FindStringSubmatch(s)
	if m == nil {
		return Ref{}, fmt.Errorf("%q names nothing", s)
	}
	r := Ref{Owner: m[1], Sign: m[2][0], Name: m[3]}
	if m[4] != "" {
		for option := range strings.SplitSeq(m[4], ",") {
			r.Options = append(r.Options, strings.TrimSpace(option))
		}
	}
	return r, nil
}

// List is what Telethon has, in the order of its documentation.
func List() ([]Row, error) { return parse(telethon) }

func parse(list string) ([]Row, error) {
	var rows []Row
	section, number := "", 0
	for line := range strings.Lines(list) {
		number++
		line = strings.TrimSpace(line)
		if title, ok := strings.CutPrefix(line, "## "); ok {
			section = title
			continue
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row, err := parseRow(line)
		if err != nil {
			return nil, fmt.Errorf("read line %d: %w", number, err)
		}
		row.Section = section
		rows = append(rows, row)
	}
	return rows, nil
}

func parseRow(line string) (Row, error) {
	parts := strings.Split(line, "|")
	if len(parts) != 3 {
		return Row{}, fmt.Errorf("%d columns, want 3", len(parts))
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	row := Row{Theirs: parts[0], Note: parts[2]}
	switch {
	case parts[0] == "" || parts[1] == "":
		return Row{}, fmt.Errorf("%q: a column is empty", line)
	case parts[1] == "-" && row.Note == "":
		return Row{}, fmt.Errorf("%s is not there, without a reason", row.Theirs)
	case parts[1] == "-":
		return row, nil
	}
	for _, word := range splitRefs(parts[1]) {
		ref, err := parseRef(word)
		if err != nil {
			return Row{}, fmt.Errorf("%s: %w", row.Theirs, err)
		}
		row.Ours = append(row.Ours, ref)
	}
	return row, nil
}

// splitRefs cuts at the commas that are not within braces.
func splitRefs(s string) []string {
	var words []string
	depth, start := 0, 0
	for i, r := range s {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		case ',':
			if depth == 0 {
				words = append(words, strings.TrimSpace(s[start:i]))
				start = i + 1
			}
		}
	}
	return append(words, strings.TrimSpace(s[start:]))
}
