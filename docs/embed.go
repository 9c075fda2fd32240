// Package docs holds the guides, for those who read them without a network.
package docs

import (
	"embed"
	"strings"
)

//go:embed *.md
var pages embed.FS

// Guide is one page.
type Guide struct {
	Name  string // as in docs/NAME.md
	Title string
	Text  string // Markdown
}

// Guides are all pages, in the order of README.md, which leads to each of them.
func Guides() []Guide {
	index, err := pages.ReadFile("README.md")
	if err != nil {
		return nil // it is embedded
	}
	var guides []Guide
	seen := map[string]bool{"README": true}
	for part := range strings.SplitSeq(string(index), "](") {
		file, _, _ := strings.Cut(part, ")")
		name, isPage := strings.CutSuffix(file, ".md")
		if !isPage || seen[name] {
			continue
		}
		text, err := pages.ReadFile(file)
		if err != nil {
			continue // of another folder
		}
		seen[name] = true
		body := string(text)
		if strings.HasPrefix(body, "<!--") { // of a page that a program has written
			_, body, _ = strings.Cut(body, "-->")
			body = strings.TrimLeft(body, "\n")
		}
		title, _, _ := strings.Cut(body, "\n")
		guides = append(guides, Guide{Name: name, Title: strings.TrimLeft(title, "# "), Text: body})
	}
	return guides
}

// Found is a line of a guide that has what was looked for.
type Found struct {
	Guide, Heading, Line string
}

// Search finds lines of guides that have all the words, whatever their case.
func Search(words string) (found []Found) {
	wanted := strings.Fields(strings.ToLower(words))
	for _, g := range Guides() {
		heading, fenced := "", false
		for line := range strings.Lines(g.Text) {
			line = strings.TrimRight(line, "\r\n")
			if strings.HasPrefix(line, "```") {
				fenced = !fenced
				continue
			}
			if !fenced && strings.HasPrefix(line, "#") {
				heading = strings.TrimLeft(line, "# ")
			}
			if has(strings.ToLower(line), wanted) {
				found = append(found, Found{g.Name, heading, strings.TrimSpace(line)})
			}
		}
	}
	return found
}

func has(line string, wanted []string) bool {
	for _, w := range wanted {
		if !strings.Contains(line, w) {
			return false
		}
	}
	return len(wanted) > 0
}
