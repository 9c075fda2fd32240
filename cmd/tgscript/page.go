package main

import (
	"os"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// page shows Markdown as the guides have it: headings, paragraphs, lists, tables, fences. It lays them out for a
// width; without colours nothing but text is left.
type page struct {
	paint func(style, string) string
	width int
	out   strings.Builder
}

// widthOf is how many columns a page gets.
func (t *terminal) pageWidth() int {
	const usual, most = 80, 100
	if f, ok := t.out.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 20 {
			return min(width, most)
		}
	}
	return usual
}

func (t *terminal) page(markdown string) string {
	p := &page{width: t.pageWidth(), paint: func(s style, text string) string { return t.colour(t.out, s, text) }}
	lines := strings.Split(strings.TrimRight(markdown, "\n"), "\n")
	for i := 0; i < len(lines); {
		i = p.block(lines, i)
	}
	return p.out.String()
}

var (
	item   = regexp.MustCompile(`^(\s*)([-*]|\d+\.) `)
	tabled = regexp.MustCompile(`^\|`)
)

// block shows what begins at a line, and says where the next one begins.
func (p *page) block(lines []string, i int) int {
	line := lines[i]
	switch {
	case strings.TrimSpace(line) == "":
		p.line("")
		return i + 1
	case strings.HasPrefix(line, "```"):
		for i++; i < len(lines) && !strings.HasPrefix(lines[i], "```"); i++ {
			p.line("    " + p.paint(cyan, lines[i]))
		}
		return i + 1
	case strings.HasPrefix(line, "#"):
		p.line(p.paint(bold, plainText(strings.TrimLeft(line, "# "))))
		return i + 1
	case tabled.MatchString(line):
		end := i
		for end < len(lines) && tabled.MatchString(lines[end]) {
			end++
		}
		p.table(lines[i:end])
		return end
	}
	first, rest := "", ""
	if m := item.FindString(line); m != "" {
		first, rest = m, strings.Repeat(" ", len(m))
	}
	text := line[len(first):]
	for i++; i < len(lines) && continues(lines[i]); i++ {
		text += " " + strings.TrimSpace(lines[i])
	}
	for n, l := range p.wrapped(text, p.width-len(first)) {
		if n == 0 {
			p.line(first + l)
		} else {
			p.line(rest + l)
		}
	}
	return i
}

// continues tells whether a line belongs to the paragraph before it.
func continues(line string) bool {
	return strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "```") && !strings.HasPrefix(line, "#") && !tabled.MatchString(line) && !item.MatchString(line)
}

func (p *page) line(text string) { p.out.WriteString(strings.TrimRight(text, " ") + "\n") }

// table shows columns side by side; the last ones are wrapped where they don't fit.
func (p *page) table(lines []string) {
	var rows [][]string
	for _, line := range lines {
		if strings.Trim(line, "|-: ") != "" || strings.Trim(line, "| ") == "" {
			rows = append(rows, cells(line))
		}
	}
	widths := p.columns(rows)
	for _, row := range rows {
		var columns [][]string
		height := 0
		for i := range widths {
			var text string
			if i < len(row) {
				text = row[i]
			}
			wrapped := p.wrapped(text, widths[i])
			columns = append(columns, wrapped)
			height = max(height, len(wrapped))
		}
		if strings.Join(row, "") == "" {
			continue // a head without words
		}
		for n := range height {
			var b strings.Builder
			for i, width := range widths {
				cell := ""
				if n < len(columns[i]) {
					cell = columns[i][n]
				}
				b.WriteString(cell + strings.Repeat(" ", max(0, width-visible(cell))+2))
			}
			p.line(b.String())
		}
	}
}

// columns shares the width: narrow columns get what they need, wide ones share the rest.
func (p *page) columns(rows [][]string) []int {
	var need []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(need) {
				need = append(need, 1)
			}
			need[i] = max(need[i], utf8.RuneCountInString(plainText(cell)))
		}
	}
	left, wide := p.width-2*max(0, len(need)-1), len(need)
	widths := make([]int, len(need))
	for changed := true; changed && wide > 0; {
		changed = false
		share := left / wide
		for i, n := range need {
			if widths[i] == 0 && n <= share {
				widths[i], changed = n, true
				left, wide = left-n, wide-1
			}
		}
	}
	for i := range widths {
		if widths[i] == 0 {
			widths[i] = max(8, left/wide)
		}
	}
	return widths
}

// cells takes a row apart; \| is a bar within a cell.
func cells(line string) []string {
	const bar = "\x00"
	line = strings.Trim(strings.ReplaceAll(strings.TrimSpace(line), `\|`, bar), "|")
	parts := strings.Split(line, "|")
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(strings.TrimSpace(part), bar, "|")
	}
	return parts
}
