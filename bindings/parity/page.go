package parity

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/tgscript/tgscript/bindings/reference"
)

// Page is the report: each row with where it is, which tests show it, and how it differs.
func Page(rows []Row, tests []Test) reference.Page {
	var out bytes.Buffer
	there := 0
	for _, row := range rows {
		if len(row.Ours) > 0 {
			there++
		}
	}
	fmt.Fprintf(&out, `# Telethon and tgscript

Where everything that Telethon (version 1) can do is in tgscript: %d of %d lines are there, the others say why they are
not. The last column names the tests that show it, all of which run on the sandbox. This page is generated.
How a script is moved: [Coming from Telethon](../telethon.md).
`, there, len(rows))
	section := ""
	for _, row := range rows {
		if row.Section != section {
			section = row.Section
			fmt.Fprintf(&out, "\n## %s\n| Telethon | tgscript | differs | tested by |\n|---|---|---|---|\n", section)
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s |\n", cell(row.Theirs), ours(row), row.Note, strings.Join(testedBy(row, tests), ", "))
	}
	return reference.Page{File: "parity.md", Title: "Telethon and tgscript", Doc: "Where everything that Telethon can do is in tgscript.", Text: out.Bytes()}
}

func cell(s string) string { return "`" + strings.ReplaceAll(s, "|", `\|`) + "`" }

func ours(row Row) string {
	if len(row.Ours) == 0 {
		return "-"
	}
	words := make([]string, len(row.Ours))
	for i, r := range row.Ours {
		words[i] = cell(r.Written())
	}
	return strings.Join(words, ", ")
}

// Written is the reference as people write it: client:on("edit"), accounts.NAME.proxy, tgscript login.
func (r Ref) Written() string {
	switch r.Owner {
	case "on":
		s := `client:on("` + r.Name + `")`
		if len(r.Options) > 0 {
			s = `client:on("` + r.Name + `", { ` + strings.Join(r.Options, ", ") + " })"
		}
		return s
	case "config":
		return r.Name
	case "command":
		return "tgscript " + r.Name
	}
	return r.String()
}

func testedBy(row Row, tests []Test) []string {
	var all []string
	for _, r := range row.Ours {
		if r.Owner == "config" || r.Owner == "command" {
			continue
		}
		names, _ := TestedBy(r, tests)
		for _, name := range names {
			if !slices.Contains(all, name) && len(all) < 3 {
				all = append(all, name)
			}
		}
	}
	return all
}
