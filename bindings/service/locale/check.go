package locale

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Finding is what doesn't fit between two languages.
type Finding struct {
	File    string
	Line    int // 0 for what is missing
	Key     string
	Problem string
}

func (f Finding) String() string {
	if f.Line == 0 {
		return f.File + ": " + f.Key + ": " + f.Problem
	}
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Key, f.Problem)
}

// Check compares each language with the default one: keys that are missing or that nobody will ask for, arguments that
// are others, and forms that the language has but a plural lacks.
func (c *Catalog) Check() (findings []Finding) {
	first := c.by[c.Default]
	if first == nil {
		return nil
	}
	for _, name := range c.Languages() {
		one := c.by[name]
		base, _, regional := strings.Cut(name, "-")
		for _, key := range slices.Sorted(maps.Keys(one.by)) {
			m := one.by[key]
			add := func(format string, args ...any) {
				findings = append(findings, Finding{one.file, m.line, key, fmt.Sprintf(format, args...)})
			}
			missing, strange := m.forms.against(formsOf(one.tag))
			if len(missing) > 0 {
				add("the form %s is missing", strings.Join(missing, ", "))
			}
			if len(strange) > 0 {
				add("the language has no form %s", strings.Join(strange, ", "))
			}
			switch original := first.by[key]; {
			case one == first:
			case original == nil:
				add("%s has no such message", first.file)
			case !slices.Equal(without(original.args), without(m.args)):
				add("its arguments are %s, those of %s %s", named(m.args), first.file, named(original.args))
			}
		}
		for _, key := range c.Keys() {
			if one.by[key] == nil && !(regional && c.by[base] != nil) {
				findings = append(findings, Finding{one.file, 0, key, fmt.Sprintf("missing, it is at %s:%d", first.file, first.by[key].line)})
			}
		}
	}
	slices.SortStableFunc(findings, func(a, b Finding) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) })
	return findings
}

// against are the forms of a language that a plural doesn't have, and those that it has and the language hasn't.
func (p plurals) against(language map[string]bool) (missing, strange []string) {
	if p == nil {
		return nil, nil
	}
	for _, form := range slices.Sorted(maps.Keys(language)) {
		if _, ok := p[form]; !ok {
			missing = append(missing, form)
		}
	}
	for _, form := range slices.Sorted(maps.Keys(p)) {
		if !language[form] && !strings.HasPrefix(form, "=") {
			strange = append(strange, form)
		}
	}
	return missing, strange
}

// without are arguments but the number of a plural: what has one form in a language may have several in another.
func without(args []string) []string {
	return slices.DeleteFunc(slices.Clone(args), func(name string) bool { return name == Count })
}

func named(args []string) string {
	if args = without(args); len(args) > 0 {
		return "{" + strings.Join(args, "}, {") + "}"
	}
	return "none"
}
