package reference

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
)

// errors is the page of all kinds.
func (p *page) errors() {
	p.line("# Errors\n")
	p.line("What fails raises an error: a value with the fields `kind` and `message`, and those of Telegram with `code`, `method` and, where their name " +
		"has a number in it, `value`; where that is a time to wait, it is `seconds`, too. `pcall` catches them, and `tgscript docs KIND` explains one:\n")
	p.sample("local ok, err = pcall(client.send_message, client, \"@durov\", \"hi\")\nif not ok and err.kind == \"FLOOD_WAIT\" then\n  tg.sleep(err.seconds)\nend")
	p.line("## Ours\n")
	p.line("| kind | value | |\n|---|---|---|")
	kinds := p.table.Errors()
	for _, k := range kinds {
		if k.Own {
			p.line("| `%s` | %s | %s |", k.Kind, k.Value, k.Doc)
		}
	}
	p.line("\n## Telegram's\n")
	p.line("| kind | code | |\n|---|---|---|")
	for _, k := range kinds {
		if k.Own {
			continue
		}
		doc := k.Doc
		if doc == "" {
			doc = "Of " + fewMethods(k.Methods, 3) + "."
		}
		if k.Value != "" {
			doc += " `value`: " + k.Value + "."
		}
		p.line("| `%s` | %s | %s |", k.Kind, codes(k.Codes), doc)
	}
}

func codes(list []int) string {
	words := make([]string, len(list))
	for i, c := range list {
		words[i] = strconv.Itoa(c)
	}
	return strings.Join(words, ", ")
}

// fewMethods names the first few.
func fewMethods(methods []string, most int) string {
	if len(methods) == 0 {
		return "any method"
	}
	text := strings.Join(methods[:min(most, len(methods))], ", ")
	if more := len(methods) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// errors are an alias for editors to offer.
func (w *types) errors() {
	if w.table.Errors == nil {
		return
	}
	w.doc("What the field kind of an error may be: see docs/reference/errors.md.")
	w.line("---@alias ErrorKind")
	for _, k := range w.table.Errors() {
		w.line("%s", strings.TrimRight(fmt.Sprintf("---| %q # %s", k.Kind, k.Doc), " #"))
	}
	w.line("")
}

// errorText explains one kind; "" if there is none of this name. The number in it may be given, too.
func errorText(t *spec.Table, name string) string {
	if t.Errors == nil {
		return ""
	}
	kind := strings.ToUpper(withoutNumber(name))
	kinds := t.Errors()
	i := slices.IndexFunc(kinds, func(k spec.ErrorKind) bool { return strings.ToUpper(k.Kind) == kind })
	if i < 0 {
		return ""
	}
	k := kinds[i]
	var b strings.Builder
	b.WriteString(k.Kind)
	if k.Own {
		b.WriteString(" (an error of tgscript)\n")
	} else {
		b.WriteString(" (an error of Telegram, code " + codes(k.Codes) + ")\n")
	}
	if k.Doc != "" {
		b.WriteString(wrapped(k.Doc, "  "))
	}
	if k.Value != "" {
		b.WriteString("\n  err.value: " + k.Value + "\n")
	}
	if !k.Own {
		b.WriteString("\n  Calls that may be refused so:\n" + wrapped(fewMethods(k.Methods, 12), "    "))
	}
	return b.String()
}

// withoutNumber takes the number out of FLOOD_WAIT_37 and FILE_PART_3_MISSING.
func withoutNumber(name string) string {
	parts := slices.DeleteFunc(strings.Split(name, "_"), func(part string) bool {
		_, err := strconv.Atoi(part)
		return err == nil || part == "X"
	})
	return strings.Join(parts, "_")
}
