package bindings

import (
	"fmt"
	"regexp"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Bounds of tg.regex: matching keeps the baton, and takes a time that grows with text and pattern.
const (
	longestRegex     = 10_000
	longestRegexText = 1 << 20
	mostRegexes      = 200 // that a script keeps compiled
)

// regexMatch is one place where an expression matches.
type regexMatch struct {
	Text   string         `lua:"text"`
	First  int            `lua:"first"`
	Last   int            `lua:"last"`
	Groups []any          `lua:"groups"` // false for those that took no part
	Named  map[string]any `lua:"named"`
}

// LuaType is how the editor types write it.
func (regexMatch) LuaType() string {
	return "{ text: string, first: integer, last: integer, groups: (string|false)[], named: table<string, string> }"
}

// regexText is a text that isn't too long to be searched with the baton.
type regexText string

// DecodeLua reads text.
func (x *regexText) DecodeLua(_ *vm.State, v vm.Value) error {
	if t := v.Type(); t != vm.TypeString && t != vm.TypeNumber {
		return spec.Expected("string", v)
	}
	if *x = regexText(vm.Text(v)); len(*x) > longestRegexText {
		return fmt.Errorf("text of at most %d bytes expected, got %d", longestRegexText, len(*x))
	}
	return nil
}

// LuaType is how the editor types write it.
func (regexText) LuaType() string { return "string" }

func matchAt(re *regexp.Regexp, text string, at []int) regexMatch {
	m := regexMatch{Text: text[at[0]:at[1]], First: at[0] + 1, Last: at[1], Groups: []any{}, Named: map[string]any{}}
	for i, name := range re.SubexpNames()[1:] {
		from, to := at[2*i+2], at[2*i+3]
		if from < 0 {
			m.Groups = append(m.Groups, false)
			continue
		}
		m.Groups = append(m.Groups, text[from:to])
		if name != "" {
			m.Named[name] = text[from:to]
		}
	}
	return m
}

type regexArgs struct {
	Pattern string    `lua:"pattern" doc:"An expression in the syntax of RE2, up to 10000 bytes: https://github.com/google/re2/wiki/Syntax"`
	Text    regexText `lua:"text,bytes" doc:"Where to look, up to 1 MiB."`
}

type regexLimitOptions struct {
	Limit *int `lua:"limit,optional" doc:"How many at most; all if not given."`
}

func (o regexLimitOptions) most() int {
	if o.Limit == nil {
		return -1
	}
	return max(*o.Limit, 0)
}

type regexManyArgs struct {
	Pattern string            `lua:"pattern" doc:"An expression."`
	Text    regexText         `lua:"text,bytes" doc:"Where to look."`
	Opts    regexLimitOptions `lua:"options,optional" doc:"How many."`
}

type regexReplaceArgs struct {
	Pattern string            `lua:"pattern" doc:"An expression."`
	Text    regexText         `lua:"text,bytes" doc:"Where to look."`
	With    string            `lua:"with,bytes" doc:"What takes the place of each match: $1 or ${name} is what a group took, $$ is a dollar."`
	Opts    regexLimitOptions `lua:"options,optional" doc:"How many."`
}

type regexQuoteArgs struct {
	Text string `lua:"text,bytes" doc:"What shall be matched as it is."`
}

// regexSpace is tg.regex.
var regexSpace = spec.Namespace{
	Name: "regex", Doc: "Regular expressions, which can more than the patterns of Lua: alternatives, repeated groups, Unicode. What would take too " +
		"long, such as a long text with a large expression, is refused. Compiled expressions are kept.",
	Functions: []spec.Func{
		spec.Function("test", "Whether an expression matches anywhere.",
			func(c *spec.Call, in regexArgs) (bool, error) {
				re, err := compiled(c, in.Pattern)
				if err == nil {
					err = re.fits(string(in.Text))
				}
				return err == nil && re.MatchString(string(in.Text)), err
			},
		).Direct().Raises("PARSE", "TOO_LARGE").Example(`print(tg.regex.test([[(?i)^(hi|hello)\b]], "Hello there"))`),
		spec.Function("match", "The first match, or nil.",
			func(c *spec.Call, in regexArgs) (any, error) {
				re, err := compiled(c, in.Pattern)
				if err == nil {
					err = re.fits(string(in.Text))
				}
				if err != nil {
					return nil, err
				}
				at := re.FindStringSubmatchIndex(string(in.Text))
				if at == nil {
					return nil, nil
				}
				return matchAt(re.Regexp, string(in.Text), at), nil
			},
		).Direct().Result(regexMatch{}.LuaType() + "|nil").Raises("PARSE").Example(`local m = tg.regex.match([[(?P<day>\d+)\.(?P<month>\d+)\.]], "on 24.12.")
if m then print(m.text, m.groups[1], m.named.month) end`),
		spec.Function("find_all", "All matches, which don't overlap.",
			func(c *spec.Call, in regexManyArgs) ([]regexMatch, error) {
				re, err := compiled(c, in.Pattern)
				if err != nil {
					return nil, err
				}
				found, err := re.all(string(in.Text), in.Opts.most())
				matches := make([]regexMatch, len(found))
				for i, at := range found {
					matches[i] = matchAt(re.Regexp, string(in.Text), at)
				}
				return matches, err
			},
		).Direct().Raises("PARSE").Example(`for _, m in ipairs(tg.regex.find_all([[#(\w+)]], "#one and #two")) do print(m.groups[1]) end`),
		spec.Function("replace", "The text with something else in the place of each match.", regexReplace).Direct().Raises("PARSE", "TOO_LARGE").Example(`print(tg.regex.replace([[(\w+)@(\w+)]], "alice@home", "$2 of $1"))`),
		spec.Function("split", "The pieces between the matches.",
			func(c *spec.Call, in regexManyArgs) ([]string, error) {
				re, err := compiled(c, in.Pattern)
				if err != nil {
					return nil, err
				}
				if _, err := re.all(string(in.Text), in.Opts.most()); err != nil {
					return nil, err
				}
				return re.Split(string(in.Text), in.Opts.most()), nil
			},
		).Direct().Raises("PARSE").Example(`for _, word in ipairs(tg.regex.split([[\s*[,;]\s*]], "a, b;c")) do print(word) end`),
		spec.Function("quote", "An expression that matches the text as it is.",
			func(_ *spec.Call, in regexQuoteArgs) (string, error) { return regexp.QuoteMeta(in.Text), nil },
		).Direct().Example(`print(tg.regex.test(tg.regex.quote("1+1"), "1+1=2"))`),
	},
}

func regexReplace(c *spec.Call, in regexReplaceArgs) (string, error) {
	re, err := compiled(c, in.Pattern)
	if err != nil {
		return "", err
	}
	text, at, out := string(in.Text), 0, []byte(nil)
	found, err := re.all(text, in.Opts.most())
	if err != nil {
		return "", err
	}
	for _, m := range found {
		out = append(out, text[at:m[0]]...)
		out = re.ExpandString(out, in.With, text, m)
		at = m[1]
		if len(out) > 16*longestRegexText {
			return "", &SizeError{What: "what tg.regex.replace makes", Limit: 16 * longestRegexText}
		}
	}
	return string(append(out, text[at:]...)), nil
}

var _ spec.Decoder = (*regexText)(nil)
