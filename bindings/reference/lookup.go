package reference

import (
	"slices"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
)

// entry is something that `tgscript docs` can show.
type entry struct {
	name string // client:send_message, Message.text, tg.sleep, message (event)
	text func() string
}

// Lookup finds what `tgscript docs NAME` shows, as plain text. NAME is a full name, its last part, a
// class, an event or a type; what stands before a last part that is known may be a variable's name, such as event.
// When nothing has that name, text is empty and suggestions are near names.
func Lookup(t *spec.Table, name string) (text string, suggestions []string) {
	all := entries(t)
	wanted := fold(name)
	found := called(all, wanted)
	if dot := strings.LastIndexByte(wanted, '.'); len(found) == 0 && dot >= 0 {
		found = called(all, wanted[dot+1:])
	}
	if len(found) > 0 {
		return strings.Join(found, "\n"), nil
	}
	if text := outside(t, strings.TrimSpace(name)); text != "" {
		return text, nil
	}
	names := make([]string, len(all))
	for i, e := range all {
		names[i] = e.name
	}
	return "", near(name, append(names, outsideNames(t, name)...))
}

// called has what a folded name stands for, as a whole first and then as a last part.
func called(all []entry, wanted string) []string {
	var exact, last []string
	for _, e := range all {
		switch full := fold(e.name); {
		case full == wanted:
			exact = append(exact, e.text())
		case full[strings.LastIndexByte(full, '.')+1:] == wanted:
			last = append(last, e.text())
		}
	}
	slices.Sort(exact)
	return append(slices.Compact(exact), last...)
}

// Names lists all that Lookup knows.
func Names(t *spec.Table) []string {
	var names []string
	for _, e := range entries(t) {
		names = append(names, e.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// fold makes client:on, Client.on and "client on" one.
func fold(name string) string { return strings.ToLower(dotted.Replace(strings.TrimSpace(name))) }

var dotted = strings.NewReplacer(":", ".", " ", ".", "()", "")

// near are the best few suggestions: by full name and by last part.
func near(name string, names []string) []string {
	byLast := map[string][]string{}
	var lasts []string
	for _, n := range names {
		last := n[strings.LastIndexAny(n, ".:")+1:]
		byLast[last] = append(byLast[last], n)
		lasts = append(lasts, last)
	}
	var out []string
	if n := spec.Nearest(name, names); n != "" {
		out = append(out, n)
	}
	if l := spec.Nearest(name[strings.LastIndexAny(name, ".:")+1:], lasts); l != "" {
		for _, n := range byLast[l] {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out[:min(len(out), 5)]
}

func entries(t *spec.Table) []entry {
	var all []entry
	add := func(name string, text func() string) { all = append(all, entry{name, text}) }
	for i := range t.Classes {
		c := &t.Classes[i]
		add(c.Name, func() string { return classText(t, c) })
		for j := range c.Methods {
			f := &c.Methods[j]
			add(c.Call+":"+f.Name, func() string { return functionText(t, c.Call, f) })
			if !strings.EqualFold(c.Name, c.Call) {
				add(c.Name+":"+f.Name, func() string { return functionText(t, c.Call, f) })
			}
		}
		if parent := t.Class(c.Parent); parent != nil { // event:reply is message:reply
			for _, f := range t.MethodsOf(parent) {
				add(c.Call+":"+f.Name, func() string { return functionText(t, parent.Call, &f) })
			}
		}
		for _, f := range c.Fields {
			add(c.Name+"."+f.Name, func() string {
				return c.Call + "." + f.Name + after(len(c.Call+f.Name), ": ", t.FieldType(f)) + "\n" + wrapped(f.Doc, "  ")
			})
		}
	}
	for i := range t.Events {
		e := &t.Events[i]
		add(e.Name, func() string { return eventText(t, e) })
	}
	walk(t.Namespaces, "", func(path string, space *spec.Namespace) {
		add(path, func() string {
			if space.Call == nil {
				return spaceText(path, space)
			}
			within, _, _ := strings.Cut(path, "."+space.Call.Name)
			if within == path {
				within = ""
			}
			return strings.TrimPrefix(functionText(t, within, space.Call), ".") + "\n" + spaceText(path, space)
		})
		for i := range space.Functions {
			f := &space.Functions[i]
			add(path+"."+f.Name, func() string { return functionText(t, path, f) })
		}
		for _, v := range space.Values {
			add(path+"."+v.Name, func() string { return path + "." + v.Name + ": " + v.Type + "\n" + wrapped(v.Doc, "  ") })
		}
	})
	for _, a := range t.Aliases {
		add(a.Name, func() string { return a.Name + after(len(a.Name), " = ", a.Type) + "\n" + wrapped(a.Doc, "  ") })
	}
	for _, o := range options(t) {
		add(o.name, func() string { return o.name + "\n" + paramsText(t, o.params, "  ") })
	}
	return all
}
