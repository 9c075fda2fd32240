package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/tgscript/tgscript/bindings/reference"
)

// checkFormats are the ways to show what was found.
var checkFormats = map[string]func(*app, []checked) error{
	"text":   (*app).checkText,
	"json":   (*app).checkJSON,
	"github": (*app).checkGitHub,
}

func parallel() int { return runtime.GOMAXPROCS(0) }

func (a *app) checkText(results []checked) error {
	warnings, mistakes := 0, 0
	for _, r := range results {
		lines := strings.Split(string(r.source), "\n")
		for _, f := range r.findings {
			mark := a.colour(a.out, yellow, "warning:")
			if f.Severity == reference.Error {
				mark = a.colour(a.out, red, "error:")
				mistakes++
			} else {
				warnings++
			}
			hint := ""
			if f.Hint != "" {
				hint = ": " + f.Hint
			}
			fmt.Fprintf(a.out, "%s:%d:%d: %s %s%s %s\n", f.File, f.Line, f.Column, mark, printable(f.Message), printable(hint),
				a.colour(a.out, dim, "["+f.Code+"]"))
			a.excerpt(lines, f)
		}
	}
	a.checkNeeds(results)
	if mistakes == 0 && warnings > 0 {
		fmt.Fprintf(a.out, "%s: no mistakes, %s\n", counted(scriptsIn(results), "script"), counted(warnings, "warning"))
	} else if mistakes == 0 {
		fmt.Fprintf(a.out, "%s: nothing found\n", counted(scriptsIn(results), "script"))
	}
	return nil
}

// scriptsIn counts the scripts: files of languages may be among the results.
func scriptsIn(results []checked) (n int) {
	for _, r := range results {
		if filepath.Base(filepath.Dir(r.path)) != localesDir || filepath.Ext(r.path) == ".lua" {
			n++
		}
	}
	return n
}

// excerpt shows the place.
func (a *app) excerpt(lines []string, f reference.Finding) {
	if f.Line > len(lines) {
		return
	}
	line := strings.TrimRight(lines[f.Line-1], "\r")
	if f.Column > len(line)+1 || len(line) > 200 {
		return
	}
	before := strings.Map(func(r rune) rune {
		if r == '\t' {
			return '\t'
		}
		return ' '
	}, line[:f.Column-1])
	under := strings.Repeat("~", max(0, min(f.End, len(line)+1)-f.Column-1))
	fmt.Fprintf(a.out, "    %s\n    %s%s\n", printable(line), before, a.colour(a.out, cyan, "^"+under))
}

// counted is "1 script", "2 scripts".
func counted(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// checkResult is what --json prints.
type checkResult struct {
	Files    int                 `json:"files"`
	Findings []reference.Finding `json:"findings"`
	Needs    []need              `json:"needs"`
}

func (a *app) checkJSON(results []checked) error {
	all := checkResult{Files: scriptsIn(results), Findings: []reference.Finding{}, Needs: []need{}}
	for _, r := range results {
		all.Findings = append(all.Findings, r.findings...)
		all.Needs = append(all.Needs, r.needs...)
	}
	return a.json(all)
}

// checkGitHub prints commands that a workflow of GitHub turns into annotations:
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
func (a *app) checkGitHub(results []checked) error {
	text := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, r := range results {
		for _, f := range r.findings {
			message := f.Message
			if f.Hint != "" {
				message += ": " + f.Hint
			}
			fmt.Fprintf(a.out, "::%s file=%s,line=%d,col=%d,endColumn=%d,title=%s::%s\n", f.Severity, property.Replace(f.File), f.Line, f.Column, f.End,
				f.Code, text.Replace(message))
		}
	}
	return nil
}
