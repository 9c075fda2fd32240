package reference

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

// Severity says whether a finding is a mistake or only looks like one.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Finding is a mistake in a script, found without running it.
type Finding struct {
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	End      int      `json:"end"` // the column after it
	Code     string   `json:"code"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
	Hint     string   `json:"hint,omitempty"`
}

// String is the finding as editors and terminals understand it: file:line:column: message.
func (f Finding) String() string {
	text := fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Message)
	if f.Hint != "" {
		text += ": " + f.Hint
	}
	return text
}

// The codes of findings, by which a comment can ask to leave them out.
const (
	badSyntax       = "syntax"
	otherLua        = "lua-version"
	unknownName     = "unknown-name"
	unknownOption   = "unknown-option"
	unknownEvent    = "unknown-event"
	unknownValue    = "unknown-value"
	undefined       = "undefined"
	missingArgument = "missing-argument"
	extraArgument   = "extra-argument"
	wrongCall       = "wrong-call"
	wrongType       = "wrong-type"
	readOnly        = "read-only"
	unused          = "unused"
	shadowed        = "shadowed"
	lostGlobal      = "global"
	unreachable     = "unreachable"
	imprecise       = "precision"
	deprecated      = "deprecated"
	uselessIgnore   = "ignore"
)

// LocaleCode is the code of findings in files of languages, which the command adds.
const LocaleCode = "locale"

// Code is a kind of finding.
type Code struct {
	Name     string
	Severity Severity
	Doc      string
}

// Codes are all kinds of findings.
var Codes = []Code{
	{badSyntax, Error, "the file is no Lua"},
	{otherLua, Error, "Lua of another version: tgscript speaks Lua 5.1 with goto"},
	{unknownName, Error, "an object or a table has nothing of that name"},
	{unknownOption, Error, "a function or an event takes no such option"},
	{unknownEvent, Error, "there is no such event"},
	{unknownValue, Error, "an option takes one of a list, and this isn't in it"},
	{undefined, Error, "nothing sets this variable"},
	{missingArgument, Error, "a function needs one more argument"},
	{extraArgument, Error, "a function takes fewer arguments"},
	{wrongCall, Error, "a dot for a colon, or a colon for a dot"},
	{wrongType, Error, "an argument or option of the wrong kind"},
	{readOnly, Error, "a field that can't be set"},
	{unused, Warning, "a local or parameter that nothing reads; call it _ if that is meant"},
	{shadowed, Warning, "a local with the name of an outer one, of client, or of a library"},
	{lostGlobal, Warning, "a function sets a global that the script's top level doesn't: local is missing"},
	{unreachable, Warning, "code that never runs"},
	{imprecise, Warning, "an integer that numbers of Lua can't hold"},
	{deprecated, Warning, "an old name"},
	{LocaleCode, Warning, "a text that a language lacks, or has otherwise than others; a file of texts that can't be read is an error"},
	{uselessIgnore, Warning, "a comment that leaves out a kind of finding that there isn't"},
}

func severityOf(code string) Severity {
	for _, c := range Codes {
		if c.Name == code {
			return c.Severity
		}
	}
	return Error
}

// finding makes one; what a message suggests becomes its hint.
func finding(code, file string, line, column, length int, message string) Finding {
	f := Finding{File: file, Line: max(1, line), Column: max(1, column), Code: code, Severity: severityOf(code), Message: message}
	f.End = f.Column + max(1, length)
	if said, meant, ok := strings.Cut(message, ": did you mean "); ok {
		f.Message, f.Hint = said, "did you mean "+meant
	}
	return f
}

// ignoring is a comment such as "-- tgscript: ignore unused, shadowed".
var ignoring = regexp.MustCompile(`^--+\s*tgscript:\s*(ignore-file|ignore)\b[ \t]*([a-z, -]*)`)

// kept are the findings that no comment wants left out. A comment counts for its line, and for the next one if
// it stands alone; ignore-file counts for the whole file. Without codes it means all.
func kept(file string, tokens []syntax.Token, findings []Finding) []Finding {
	type wish struct {
		line int // 0 for the file
		code string
	}
	wishes := map[wish]bool{}
	var useless []Finding
	for i, t := range tokens {
		if t.Kind != syntax.Comment {
			continue
		}
		m := ignoring.FindStringSubmatch(t.Text)
		if m == nil {
			continue
		}
		lines := []int{t.Line}
		if i == 0 || tokens[i-1].Line != t.Line {
			lines = append(lines, t.Line+1)
		}
		if m[1] == "ignore-file" {
			lines = []int{0}
		}
		codes := strings.FieldsFunc(m[2], func(r rune) bool { return r == ',' || r == ' ' })
		for _, code := range codes {
			if !knownCode(code) {
				useless = append(useless, finding(uselessIgnore, file, t.Line, t.Column, len(t.Text), unknownCode(code)))
			}
		}
		if len(codes) == 0 {
			codes = []string{""}
		}
		for _, line := range lines {
			for _, code := range codes {
				wishes[wish{line, code}] = true
			}
		}
	}
	if len(wishes) == 0 {
		return append(findings, useless...)
	}
	var rest []Finding
	for _, f := range findings {
		if !wishes[wish{f.Line, f.Code}] && !wishes[wish{f.Line, ""}] && !wishes[wish{0, f.Code}] && !wishes[wish{0, ""}] {
			rest = append(rest, f)
		}
	}
	return append(rest, useless...)
}

func knownCode(code string) bool {
	for _, c := range Codes {
		if c.Name == code {
			return true
		}
	}
	return false
}

func unknownCode(code string) string {
	var known []string
	for _, c := range Codes {
		known = append(known, c.Name)
	}
	return fmt.Sprintf("no kind of finding is called '%s'%s", code, meant(code, known))
}
