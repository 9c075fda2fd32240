package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/runtime/permission"
)

// need is a permission that a script will ask for, and whether the config gives it.
type need struct {
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Call    string   `json:"call"`
	Kind    string   `json:"kind"`
	Rule    string   `json:"rule,omitempty"` // empty: only a run can tell
	Granted *bool    `json:"granted,omitempty"`
	Missing []string `json:"missing,omitempty"` // accounts that the script runs on without it
}

// needsOf says what a script will ask for. Without a config, nothing is known of what is granted.
func needsOf(config *tgscript.Config, file string, needs []reference.Need) ([]need, error) {
	var grants map[string]*permission.Set
	if config != nil && len(needs) > 0 {
		var err error
		if grants, err = config.Grants(file); err != nil {
			return nil, err
		}
	}
	var all []need
	for _, n := range needs {
		one := need{File: scriptName(file), Line: n.Line, Call: n.Call, Kind: string(n.Kind), Rule: n.What}
		if len(grants) > 0 && n.What != "" {
			for _, account := range slices.Sorted(maps.Keys(grants)) {
				if !permits(grants[account], n) {
					one.Missing = append(one.Missing, account)
				}
			}
			granted := len(one.Missing) == 0
			one.Granted = &granted
		}
		all = append(all, one)
	}
	return all, nil
}

func permits(set *permission.Set, n reference.Need) bool {
	if n.Kind == permission.Read || n.Kind == permission.Write {
		_, err := set.Path(n.Kind, n.What)
		return err == nil
	}
	return set.Check(n.Kind, n.What) == nil
}

// checkNeeds shows permissions, and the lines for the config that are missing there.
func (a *app) checkNeeds(results []checked) {
	for _, r := range results {
		if len(r.needs) == 0 {
			continue
		}
		fmt.Fprintf(a.out, "%s will ask for permissions:\n", r.file)
		missing := map[string]map[string][]string{} // by account and kind
		for _, n := range r.needs {
			rule, state := n.Rule, ""
			switch {
			case rule == "":
				rule = "what, only a run can tell"
			case n.Granted == nil:
			case *n.Granted:
				state = a.colour(a.out, green, "  granted")
			default:
				state = a.colour(a.out, yellow, "  missing")
			}
			fmt.Fprintf(a.out, "  line %d: %s: %s (%s)%s\n", n.Line, n.Kind, printable(rule), n.Call, state)
			for _, account := range n.Missing {
				if missing[account] == nil {
					missing[account] = map[string][]string{}
				}
				if list := missing[account][n.Kind]; !slices.Contains(list, n.Rule) {
					missing[account][n.Kind] = append(list, n.Rule)
				}
			}
		}
		for _, account := range slices.Sorted(maps.Keys(missing)) {
			fmt.Fprintf(a.out, "  to allow it, in the config below accounts.%s:\n    allow:\n      %s: {%s}\n", account,
				inYAML(strings.TrimSuffix(filepath.Base(r.file), ".lua")), rulesInYAML(missing[account]))
		}
	}
}

func rulesInYAML(rules map[string][]string) string {
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(rules)) {
		var quoted []string
		for _, rule := range rules[kind] {
			quoted = append(quoted, inYAML(rule))
		}
		parts = append(parts, kind+": ["+strings.Join(quoted, ", ")+"]")
	}
	return strings.Join(parts, ", ")
}

var plainYAML = regexp.MustCompile(`^[A-Za-z_./][A-Za-z0-9_./-]*$`)

// inYAML is text as a value within brackets.
func inYAML(text string) string {
	if plainYAML.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}
