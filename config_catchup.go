package tgscript

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/invopop/jsonschema"
	"gopkg.in/yaml.v3"

	"github.com/tgscript/tgscript/telegram"
)

// CatchUp says which events of the time when an account was down its scripts get: those of a script by its name, or of
// all others by "*". Without any, scripts get all.
type CatchUp map[string]telegram.CatchUp

func (c *CatchUp) decode(d *decoder, n *yaml.Node, path string) {
	*c = CatchUp{}
	if n.Kind != yaml.MappingNode {
		(*c)[allScripts] = catchUpOf(d, n, path)
		return
	}
	for key, value := range d.pairs(n, path) {
		here := join(path, key.Value)
		d.note(value, here)
		(*c)[key.Value] = catchUpOf(d, value, here)
	}
}

func catchUpOf(d *decoder, n *yaml.Node, path string) (policy telegram.CatchUp) {
	switch word := d.text(n); {
	case n.Kind != yaml.ScalarNode:
		d.fail(n, "%s takes all, none, or a time such as 24h, not %s", path, shape(n))
	case word == everything:
	case word == nothing:
		policy.None = true
	default:
		age, err := time.ParseDuration(word)
		if err != nil || age <= 0 {
			d.fail(n, "%s takes all, none, or a time such as 24h, not %s%s", path, d.quote(n, word), suggest(word, []string{everything, nothing}))
		}
		policy.Max = age
	}
	return policy
}

// of is what a script gets.
func (c CatchUp) of(script string) telegram.CatchUp {
	if own, ok := c[script]; ok {
		return own
	}
	return c[allScripts]
}

// widest is what the account has to fetch, for its scripts to get what is theirs.
func (c CatchUp) widest(scripts []string) telegram.CatchUp {
	widest := telegram.CatchUp{None: true}
	for _, script := range scripts {
		switch own := c.of(script); {
		case own == telegram.CatchUp{}:
			return own
		case !own.None:
			widest = telegram.CatchUp{Max: max(widest.Max, own.Max)}
		}
	}
	if len(scripts) == 0 {
		return c[allScripts]
	}
	return widest
}

// String is how config show tells it.
func (c CatchUp) String() string {
	if len(c) == 0 {
		return everything
	}
	if own, ok := c[allScripts]; ok && len(c) == 1 {
		return catchUpWord(own)
	}
	parts := make([]string, 0, len(c))
	for _, script := range slices.Sorted(maps.Keys(c)) {
		parts = append(parts, script+": "+catchUpWord(c[script]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func catchUpWord(p telegram.CatchUp) string {
	if p.None {
		return nothing
	}
	if p.Max == 0 {
		return everything
	}
	text := p.Max.String() // 24h0m0s
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// JSONSchema: one policy, or policies by script.
func (CatchUp) JSONSchema() *jsonschema.Schema {
	one := anyOf(
		&jsonschema.Schema{Type: "string", Enum: []any{everything, nothing}},
		&jsonschema.Schema{Type: "string", Pattern: `^([0-9.]+(ms|s|m|h))+$`},
	)
	return anyOf(one, &jsonschema.Schema{Type: "object", AdditionalProperties: one})
}
