package locale

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/tgscript/tgscript/telegram/text"
)

// most is how many values a file may have, deepest how far they may nest.
const (
	most    = 100_000
	deepest = 20
)

// place finds the line that the library names in its errors.
var place = regexp.MustCompile(`^yaml: line (\d+): (.*)`)

type reader struct {
	file     string
	mode     text.Mode
	into     *messages
	problems []error
	count    int
}

func (r *reader) fail(n *yaml.Node, format string, args ...any) {
	r.problems = append(r.problems, &Error{File: r.file, Line: n.Line, Column: n.Column, Problem: fmt.Sprintf(format, args...)})
}

func (r *reader) read(data []byte) {
	var doc yaml.Node
	if err := unmarshal(data, &doc); err != nil {
		e := &Error{File: r.file, Problem: strings.TrimPrefix(err.Error(), "yaml: ")}
		if m := place.FindStringSubmatch(err.Error()); m != nil {
			e.Line, _ = strconv.Atoi(m[1]) // digits
			e.Problem = m[2]
		}
		r.problems = append(r.problems, e)
		return
	}
	if doc.Kind == 0 { // nothing but blanks and comments
		return
	}
	if doc.Content[0].Kind != yaml.MappingNode {
		r.fail(doc.Content[0], "messages are written as \"key: text\"")
		return
	}
	r.mapping("", doc.Content[0], 0)
}

// unmarshal keeps a fault of the library from being one of the program.
func unmarshal(data []byte, doc *yaml.Node) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%v", v)
		}
	}()
	return yaml.Unmarshal(data, doc)
}

func (r *reader) mapping(prefix string, n *yaml.Node, depth int) {
	if depth > deepest {
		r.fail(n, "it nests deeper than %d", deepest)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if r.count++; r.count > most {
			r.fail(n, "more than %d messages", most)
			return
		}
		if key.Kind != yaml.ScalarNode || key.Value == "" {
			r.fail(key, "a key is a word")
			continue
		}
		if seen[key.Value] {
			r.fail(key, "%q is there already", prefix+key.Value)
			continue
		}
		seen[key.Value] = true
		r.value(prefix+key.Value, key, value, depth)
	}
}

func (r *reader) value(key string, at, n *yaml.Node, depth int) {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	switch {
	case n.Kind == yaml.ScalarNode:
		if t, ok := r.text(n); ok {
			r.into.by[key] = &message{line: at.Line, whole: &t, args: arguments(t)}
		}
	case n.Kind == yaml.MappingNode && isPlural(n):
		r.plural(key, at, n)
	case n.Kind == yaml.MappingNode:
		r.mapping(key+".", n, depth+1)
	default:
		r.fail(n, "%q: text, or texts by their keys expected", key)
	}
}

// isPlural says whether a mapping has nothing but forms.
func isPlural(n *yaml.Node) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if !isForm(n.Content[i].Value) || n.Content[i+1].Kind != yaml.ScalarNode {
			return false
		}
	}
	return len(n.Content) > 0
}

func (r *reader) plural(key string, at, n *yaml.Node) {
	m := &message{line: at.Line, forms: plurals{}}
	args := map[string]bool{Count: true}
	for i := 0; i+1 < len(n.Content); i += 2 {
		form := n.Content[i]
		t, ok := r.text(n.Content[i+1])
		if !ok {
			continue
		}
		m.forms[form.Value] = t
		for _, name := range arguments(t) {
			args[name] = true
		}
	}
	if _, ok := m.forms["other"]; !ok {
		r.fail(at, "%q has no form \"other\"", key)
	}
	m.args = slices.Sorted(maps.Keys(args))
	r.into.by[key] = m
}

// text reads a message's text with its formatting.
func (r *reader) text(n *yaml.Node) (text.Text, bool) {
	t, err := text.Parse(r.mode, n.Value)
	if err == nil {
		_, err = text.Holes(t.Plain)
	}
	if wrong := (*text.SyntaxError)(nil); errors.As(err, &wrong) {
		r.fail(n, "at %d:%d of the text: %s", wrong.Line, wrong.Column, wrong.Message)
		return t, false
	}
	return t, true
}

// arguments are the names in braces, each once, sorted; those within addresses too.
func arguments(t text.Text) []string {
	names := map[string]bool{}
	_, err := text.Fill(t, func(name string) (text.Text, error) {
		names[name] = true
		return text.Text{}, nil
	})
	if err != nil {
		return nil // it was read already
	}
	return slices.Sorted(maps.Keys(names))
}
