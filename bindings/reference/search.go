package reference

import (
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
)

// Hit is a name whose explanation has what was looked for.
type Hit struct{ Name, Line string }

// Search finds the names whose explanations have all the words, whatever their case.
func Search(t *spec.Table, words string) (hits []Hit) {
	wanted := strings.Fields(strings.ToLower(words))
	if len(wanted) == 0 {
		return nil
	}
	for _, e := range entries(t) {
		text := e.text()
		low := strings.ToLower(e.name + "\n" + text)
		all := true
		for _, w := range wanted {
			all = all && strings.Contains(low, w)
		}
		if all {
			hits = append(hits, Hit{e.name, lineWith(text, wanted[0])})
		}
	}
	return hits
}

// lineWith is the first line that has a word, or the first that says something.
func lineWith(text, word string) string {
	first := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.Contains(strings.ToLower(line), word) {
			return line
		}
		if first == "" {
			first = line
		}
	}
	return first
}
