package tgscript

import (
	"maps"
	"slices"
	"strings"

	"github.com/invopop/jsonschema"
	"gopkg.in/yaml.v3"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/pace"
)

// Pace is how calls are spread over time: a word, or rates by class that replace the gentle ones.
type Pace telegram.Pace

// paceWords are the shapes of a pace that is one word.
var paceWords = []string{string(telegram.PaceGentle), string(telegram.PaceOff)}

func (p *Pace) decode(d *decoder, n *yaml.Node, path string) {
	if n.Kind == yaml.ScalarNode {
		word := d.text(n)
		if word == "false" { // YAML reads off so
			word = string(telegram.PaceOff)
		}
		if !slices.Contains(paceWords, word) {
			d.fail(n, "%s takes gentle, off, or rates by class such as {join: 1/m}, not %s%s", path, d.quote(n, word), suggest(word, paceWords))
		}
		p.Mode = telegram.PaceMode(word)
		return
	}
	if n.Kind != yaml.MappingNode {
		d.fail(n, "%s takes gentle, off, or rates by class such as {join: 1/m}, not %s", path, shape(n))
		return
	}
	p.Mode, p.Rates = telegram.PaceGentle, map[string]pace.Rate{}
	for key, value := range d.pairs(n, path) {
		here := join(path, key.Value)
		d.note(value, here)
		if !slices.Contains(paceNames(), key.Value) {
			d.fail(key, "unknown key %q%s%s", key.Value, in(path), suggest(key.Value, paceNames()))
			continue
		}
		if value.Kind != yaml.ScalarNode {
			d.fail(value, "%s takes a rate such as 20/m, not %s", here, shape(value))
			continue
		}
		text := d.text(value)
		if text == "false" {
			text = "off"
		}
		rate, err := pace.Parse(text)
		if err != nil {
			d.fail(value, "%s takes a rate such as 30/s, 20/m or \"1/s, burst 5\", or off, not %s", here, d.quote(value, text))
		}
		p.Rates[key.Value] = rate
	}
}

func paceNames() []string {
	var names []string
	for _, class := range telegram.PaceClasses() {
		names = append(names, class.Name)
	}
	return names
}

// String is the pace in one line.
func (p Pace) String() string {
	if len(p.Rates) == 0 {
		return string(p.Mode)
	}
	parts := make([]string, 0, len(p.Rates))
	for _, name := range slices.Sorted(maps.Keys(p.Rates)) {
		parts = append(parts, name+": "+p.Rates[name].String())
	}
	return "{" + strings.Join(parts, "; ") + "}"
}

// isZero says whether nothing was asked for.
func (p Pace) isZero() bool { return p.Mode == "" && len(p.Rates) == 0 }

// JSONSchema: a word, or rates by class.
func (Pace) JSONSchema() *jsonschema.Schema {
	rates := jsonschema.NewProperties()
	for _, class := range telegram.PaceClasses() {
		rates.Set(class.Name, &jsonschema.Schema{
			Type: "string", Pattern: `^(off|[0-9.]+/.+)$`,
			Description: class.Doc + " Bots: " + class.Bots.String() + ", people: " + class.User.String() + ".",
		})
	}
	return anyOf(
		&jsonschema.Schema{Type: "string", Enum: []any{paceWords[0], paceWords[1]}},
		&jsonschema.Schema{Type: "object", Properties: rates, AdditionalProperties: jsonschema.FalseSchema},
	)
}
