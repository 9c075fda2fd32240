package main

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// marked is what stands out within a line: `code`, **bold**, [text](link).
var marked = regexp.MustCompile("`([^`]+)`|\\*\\*([^*]+)\\*\\*|\\[([^\\]]+)\\]\\(([^)]+)\\)")

// span is text of one style.
type span struct {
	text  string
	style style
}

// spans takes a line's text apart.
func spans(text string) (list []span) {
	for {
		at := marked.FindStringSubmatchIndex(text)
		if at == nil {
			return append(list, span{text, ""})
		}
		list = append(list, span{text[:at[0]], ""})
		switch {
		case at[2] >= 0:
			list = append(list, span{text[at[2]:at[3]], cyan})
		case at[4] >= 0:
			list = append(list, span{text[at[4]:at[5]], bold})
		default:
			list = append(list, linked(text[at[6]:at[7]], text[at[8]:at[9]])...)
		}
		text = text[at[1]:]
	}
}

// linked is a link as a terminal can follow it: a guide by its command.
func linked(text, to string) []span {
	text = strings.Trim(text, "`")
	to, _, _ = strings.Cut(to, "#")
	switch name, guide := strings.CutSuffix(to, ".md"); {
	case strings.Contains(to, "://"):
		if text == to {
			return []span{{to, cyan}}
		}
		return []span{{text + " (" + to + ")", ""}}
	case guide && !strings.Contains(name, "/"):
		return []span{{"tgscript docs " + name, cyan}}
	}
	return []span{{text, ""}}
}

// plainText is what is seen of a text.
func plainText(text string) string {
	var b strings.Builder
	for _, r := range spans(text) {
		b.WriteString(r.text)
	}
	return b.String()
}

var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")

// visible is how many columns a painted text takes.
func visible(text string) int { return utf8.RuneCountInString(colours.ReplaceAllString(text, "")) }

// wrapped breaks text between words so that no line is wider; a word that is, stays whole.
func (p *page) wrapped(text string, width int) []string {
	var (
		lines  []string
		line   strings.Builder
		length int
	)
	word := func(painted string, size int) {
		if length > 0 && length+1+size > width {
			lines = append(lines, line.String())
			line.Reset()
			length = 0
		}
		if length > 0 {
			line.WriteByte(' ')
			length++
		}
		line.WriteString(painted)
		length += size
	}
	// A word may be made of several spans: `code`, with a comma behind it.
	painted, size := "", 0
	for _, r := range spans(text) {
		for i, part := range strings.Split(r.text, " ") {
			if i > 0 && size > 0 {
				word(painted, size)
				painted, size = "", 0
			}
			if part == "" {
				continue
			}
			size += utf8.RuneCountInString(part)
			if r.style == "" {
				painted += part
			} else {
				painted += p.paint(r.style, part)
			}
		}
	}
	if size > 0 {
		word(painted, size)
	}
	return append(lines, line.String())
}
