package trial

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Place is where a test went wrong, as file:line; empty if nobody knows.
func (r *Result) Place() string {
	var lua *vm.Error
	var syntax *vm.SyntaxError
	switch {
	case errors.As(r.Err, &lua) && lua.File != "":
		return here(fmt.Sprintf("%s:%d", lua.File, lua.Line))
	case errors.As(r.Err, &syntax):
		return here(fmt.Sprintf("%s:%d", syntax.File, syntax.Line))
	}
	return r.Site
}

// ownFolder is that of a case, where scripts are that have no file.
var ownFolder = regexp.MustCompile(`[^\s:]*` + folderName + `\d+[/\\]`)

// here writes paths as seen from the working directory.
func here(text string) string {
	dir, err := os.Getwd()
	text = ownFolder.ReplaceAllString(text, "")
	if err != nil || dir == string(filepath.Separator) {
		return text
	}
	return strings.ReplaceAll(text, dir+string(filepath.Separator), "")
}

// Message is what went wrong, on one line.
func (r *Result) Message() string {
	if r.Err == nil {
		return ""
	}
	if f := r.Failure(); f != nil {
		return f.Message
	}
	var lua *vm.Error
	var syntax *vm.SyntaxError
	text := r.Err.Error()
	switch {
	case errors.As(r.Err, &lua) && lua.File != "":
		text = lua.Message
	case errors.As(r.Err, &syntax):
		text = syntax.Message
	}
	text, _, _ = strings.Cut(text, "\n")
	return text
}

// Story is all that helps to understand a failure: what was expected, where, the source around it, and what was said.
func (r *Result) Story() string {
	var b strings.Builder
	part := func(title, text string) {
		if text = strings.Trim(text, "\n"); text != "" {
			fmt.Fprintf(&b, "%s\n%s\n", title, indented(text))
		}
	}
	if place := r.Place(); place != "" {
		b.WriteString(place + ": ")
	}
	b.WriteString(r.Message() + "\n")
	var script *runtime.ScriptError
	var lua *vm.Error
	failure := r.Failure()
	switch {
	case failure != nil:
		if errors.As(r.Err, &lua) {
			b.WriteString(strings.TrimRight(lua.Excerpt, "\n") + "\n")
		}
		part("expected (-), got (+):", failure.Diff)
	case errors.As(r.Err, &script):
		_, rest, _ := strings.Cut(script.Detail(), "\n")
		if script.Generation == 0 { // the test itself, which has no generations
			rest = strings.TrimSuffix(rest, fmt.Sprintf("script %s, generation 0", script.Script))
		}
		b.WriteString(strings.TrimRight(rest, "\n") + "\n")
	case r.Err != nil:
		_, rest, _ := strings.Cut(r.Err.Error(), "\n")
		b.WriteString(rest)
	}
	said := r.Said
	if failure != nil && failure.Chat != nil {
		said = failure.Chat
	}
	part("what was said:", strings.Join(said, "\n"))
	if failure != nil {
		part("errors of scripts:", strings.Join(lastOf(r.Errors, 5), "\n"))
	}
	var lines []string
	for _, l := range r.Lines {
		lines = append(lines, l.Level+": "+l.Text)
	}
	part("what scripts asked by tg.http:", strings.Join(lastOf(r.Asked, 20), "\n"))
	part("what scripts printed and logged:", strings.Join(lastOf(lines, 20), "\n"))
	return here(strings.TrimRight(b.String(), "\n"))
}

func lastOf(lines []string, n int) []string { return slices.Clone(lines[max(0, len(lines)-n):]) }

func indented(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }
