package bindings

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/spec"
)

// Bounds of the work of tg.regex, which nothing can end once it has begun.
const (
	mostRegexParts = 20_000      // of one expression: x{1000} has a thousand
	mostPartsKept  = 500_000     // of all that a script keeps compiled
	mostRegexWork  = 200_000_000 // parts of an expression times bytes of a text
	longestSearch  = time.Second // for all matches
)

// expression is a compiled one.
type expression struct {
	*regexp.Regexp
	parts int
}

// compile makes an expression.
func compile(pattern string) (*expression, error) {
	wrong := func(problem string) (*expression, error) {
		return nil, &shape.ParseError{Format: "expression", Problem: problem}
	}
	if len(pattern) > longestRegex {
		return wrong(fmt.Sprintf("it is longer than %d bytes", longestRegex))
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return wrong(strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return wrong(err.Error())
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return wrong(err.Error())
	}
	if len(program.Inst) > mostRegexParts {
		return wrong(fmt.Sprintf("with all repetitions it has %d parts, more than %d", len(program.Inst), mostRegexParts))
	}
	return &expression{re, len(program.Inst)}, nil
}

// compiled is an expression, from those that the script has used.
func compiled(c *spec.Call, pattern string) (*expression, error) {
	s := servicesOf(c)
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.regexes[pattern]; e != nil {
		return e, nil
	}
	e, err := compile(pattern)
	if err != nil {
		return nil, err
	}
	if s.regexParts += e.parts; len(s.regexes) >= mostRegexes || s.regexParts > mostPartsKept {
		clear(s.regexes)
		s.regexParts = e.parts
	}
	if s.regexes == nil {
		s.regexes = map[string]*expression{}
	}
	s.regexes[pattern] = e
	return e, nil
}

// fits says whether one search of a text has an end in sight.
func (e *expression) fits(text string) error {
	if e.parts*len(text) > mostRegexWork {
		return &SizeError{What: fmt.Sprintf("a text of %d bytes for an expression of %d parts", len(text), e.parts), Limit: mostRegexWork / int64(e.parts)}
	}
	return nil
}

// all finds up to most matches, or all if most is less than 0. An expression may look through the rest of the text for
// each of them, so it is looked for one, two, four, and so on, until that takes too long.
func (e *expression) all(text string, most int) ([][]int, error) {
	if err := e.fits(text); err != nil {
		return nil, err
	}
	began := time.Now()
	for n := 1; ; n *= 2 {
		if most >= 0 {
			n = min(n, most)
		}
		found := e.FindAllStringSubmatchIndex(text, n)
		switch {
		case len(found) < n || n == most:
			return found, nil
		case time.Since(began) > longestSearch:
			return nil, &SizeError{What: fmt.Sprintf("a text of %d bytes, of which this expression looks through the rest for each match: the work", len(text)), Limit: mostRegexWork}
		}
	}
}
