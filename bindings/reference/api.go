package reference

import (
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/schema"
)

// outside is what `tgscript docs` tells of what is no row: errors, and the methods and types of Telegram's API.
func outside(t *spec.Table, name string) string {
	if text := errorText(t, name); text != "" {
		return text
	}
	if t.Class("Api") == nil {
		return "" // a table without the API
	}
	name = strings.TrimPrefix(strings.TrimSuffix(name, "{}"), "client.api.")
	if d := schema.Find(name); d != nil {
		return definitionText(t, d)
	}
	if constructors := schema.Constructors(name); len(constructors) > 0 {
		return name + " (a type of Telegram's API)\n  one of\n" + wrapped(strings.Join(constructors, ", "), "    ")
	}
	return ""
}

// outsideNames are those that somebody may have meant who wrote name: few, so that they don't crowd out the others.
func outsideNames(t *spec.Table, name string) []string {
	var known []string
	if t.Errors != nil && name == strings.ToUpper(name) {
		for _, k := range t.Errors() {
			known = append(known, k.Kind)
		}
	} else if t.Class("Api") != nil && strings.Contains(name, ".") {
		name = strings.TrimPrefix(name, "client.api.")
		known = schema.Names(true)
	}
	if near := spec.Nearest(name, known); near != "" {
		return []string{near}
	}
	return nil
}

// definitionText explains a method or constructor.
func definitionText(t *spec.Table, d *schema.Definition) string {
	var b strings.Builder
	if d.Method {
		b.WriteString("client.api." + d.Name + "{ ... } -> " + d.Result.String() + "\n")
		b.WriteString("  https://core.telegram.org/method/" + d.Name + "\n")
	} else {
		b.WriteString("{ _ = \"" + d.Name + "\", ... } is a " + d.Result.Class + "\n")
		b.WriteString("  https://core.telegram.org/constructor/" + d.Name + "\n")
	}
	rows := make([][3]string, 0, len(d.Fields))
	for _, name := range d.Names() {
		f := d.Field(name)
		optional := ""
		if f.Optional() {
			optional = "may be absent"
		}
		rows = append(rows, [3]string{name, f.Type.String(), optional})
	}
	if len(rows) > 0 {
		b.WriteString("\n" + columns(rows, "  "))
	}
	var kinds []string
	if d.Method && t.Errors != nil {
		for _, k := range t.Errors() {
			for _, method := range k.Methods {
				if method == d.Name {
					kinds = append(kinds, k.Kind)
				}
			}
		}
	}
	if len(kinds) > 0 {
		b.WriteString("\n  Errors:\n" + wrapped(strings.Join(kinds, ", "), "    "))
	}
	return b.String()
}
