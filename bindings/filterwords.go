package bindings

import (
	"regexp"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
)

// wordFilters choose by what is written.
type wordFilters struct {
	Pattern string   `lua:"pattern,optional,bytes" doc:"A Lua pattern that the text without formatting must match; captures are in event.matches."`
	Regex   string   `lua:"regex,optional" doc:"A regular expression that it must match, as https://pkg.go.dev/regexp/syntax has them: (?i) ignores case. Its groups are in event.matches."`
	Text    []string `lua:"text,optional" doc:"Exactly this text, or one of these."`
}

// finder looks at a text, and returns what was captured.
type finder func(text string) (captures any, ok bool)

// compile makes one finder of the filters; nil if there are none. The captures are of the last that has any.
func (f wordFilters) compile(function string) (finder, error) {
	var finders []finder
	if texts := setOf(f.Text); texts != nil {
		finders = append(finders, func(s string) (any, bool) { return nil, texts[s] })
	}
	if f.Regex != "" {
		find, err := compileRegex(f.Regex)
		if err != nil {
			return nil, &spec.ArgumentError{Function: function, Place: "option 'regex'", Problem: err.Error()}
		}
		finders = append(finders, find)
	}
	if f.Pattern != "" {
		find, err := compilePattern(f.Pattern)
		if err != nil {
			return nil, &spec.ArgumentError{Function: function, Place: "option 'pattern'", Problem: err.Error()}
		}
		finders = append(finders, func(s string) (any, bool) {
			captures, ok := find(s)
			return captures, ok
		})
	}
	switch len(finders) {
	case 0:
		return nil, nil
	case 1:
		return finders[0], nil
	}
	return func(s string) (captures any, ok bool) {
		for _, find := range finders {
			found, ok := find(s)
			if !ok {
				return nil, false
			}
			if found != nil {
				captures = found
			}
		}
		return captures, true
	}, nil
}

// compileRegex makes a finder of a Go regular expression. What a group that took no part has captured is "".
func compileRegex(expression string) (finder, error) {
	re, err := regexp.Compile(expression)
	if err != nil {
		return nil, &malformedRegex{strings.TrimPrefix(err.Error(), "error parsing regexp: ")}
	}
	return func(s string) (any, bool) {
		if !re.MatchString(s) { // most don't, and this makes no garbage
			return nil, false
		}
		found := re.FindStringSubmatch(s)
		if len(found) > 1 {
			found = found[1:]
		}
		captures := make([]any, len(found))
		for i, text := range found {
			captures[i] = text
		}
		return captures, true
	}, nil
}

type malformedRegex struct{ problem string }

func (e *malformedRegex) Error() string { return "malformed regular expression: " + e.problem }
