package main

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/schema"
)

// words complete what is typed: from the table of what scripts see, from Telegram's API, and from what the script has.
type words struct {
	repl  *repl
	ctx   func() (context.Context, context.CancelFunc)
	table *spec.Table
	names []string // client:send_message, client.me, tg.sleep, client.api.messages.getHistory
	loose []string // fields and methods of any object: .text, :reply
}

// keywords of Lua that are worth a Tab.
var keywords = strings.Fields("and break do else elseif end false for function if in local nil not or pairs ipairs print repeat return then true until while client tg")

// lookTime is how long a look into the script may take.
const lookTime = 300 * time.Millisecond

func newWords(r *repl, ctx context.Context) *words { //nolint:revive // the context is of the session, not of a call
	w := &words{repl: r, table: bindings.Table()}
	w.ctx = func() (context.Context, context.CancelFunc) { return context.WithTimeout(ctx, lookTime) }
	w.names = reference.Names(w.table)
	for i := range w.table.Classes {
		c := &w.table.Classes[i]
		for _, f := range c.Fields {
			w.loose = append(w.loose, "."+f.Name)
			if c.Call == "client" {
				w.names = append(w.names, "client."+f.Name)
			}
		}
		for _, f := range c.Methods {
			w.loose = append(w.loose, ":"+f.Name)
		}
	}
	for _, name := range schema.Names(true) {
		w.names = append(w.names, "client.api."+name)
	}
	return w
}

var (
	typedCommand = regexp.MustCompile(`^\s*(:\w*)$`)
	typedHelp    = regexp.MustCompile(`^\s*:help\s+(\S*)$`)
	typedPath    = regexp.MustCompile(`[A-Za-z_][\w.:]*$`)
	plainPath    = regexp.MustCompile(`^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$`)
	typedOption  = regexp.MustCompile(`([A-Za-z_]\w*)\s*(\([^(){}]*)?\{(?:[^{}]*,)?\s*(\w*)$`)
	quotedWord   = regexp.MustCompile(`"(\w+)"`)
)

// complete gives what may stand from an offset on.
func (w *words) complete(line string) (from int, found []string) {
	if m := typedCommand.FindStringSubmatch(line); m != nil {
		var commands []string
		for _, c := range replCommands {
			name, _, _ := strings.Cut(c.name, " ")
			commands = append(commands, name)
		}
		return len(line) - len(m[1]), beginning(commands, m[1])
	}
	if m := typedHelp.FindStringSubmatch(line); m != nil {
		return len(line) - len(m[1]), segments(w.names, m[1])
	}
	if m := typedOption.FindStringSubmatch(line); m != nil {
		if options := beginning(w.options(m[1], m[2]), m[3]); len(options) > 0 {
			return len(line) - len(m[3]), options
		}
	}
	path := typedPath.FindString(line)
	from = len(line) - len(path)
	at := strings.LastIndexAny(path, ".:")
	if path == "" {
		return from, nil
	}
	if at < 0 {
		return from, beginning(append(w.look("_G"), keywords...), path)
	}
	if found = segments(w.names, path); len(found) > 0 {
		return from, found
	}
	base, part := path[:at], path[at:]
	if plainPath.MatchString(base) && path[at] == '.' {
		for _, name := range w.look(base) {
			found = append(found, "."+name)
		}
		found = beginning(found, part)
	}
	if len(found) == 0 {
		found = beginning(w.loose, part)
	}
	for i := range found {
		found[i] = base + found[i]
	}
	return from, found
}

// options are those of a function by its last name; of client:on those of the event that stands before them.
func (w *words) options(function, before string) (names []string) {
	add := func(params []spec.Param) {
		for _, p := range params {
			names = append(names, p.Name)
		}
	}
	if event := quotedWord.FindStringSubmatch(before); function == "on" && event != nil {
		for _, e := range w.table.Events {
			if e.Name == event[1] {
				add(e.Filters)
			}
		}
		return names
	}
	of := func(rows []spec.Func) {
		for _, f := range rows {
			if f.Name != function {
				continue
			}
			for _, p := range f.Params {
				add(p.Options)
			}
		}
	}
	for _, c := range w.table.Classes {
		of(c.Methods)
	}
	var walk func(spaces []spec.Namespace)
	walk = func(spaces []spec.Namespace) {
		for _, s := range spaces {
			of(s.Functions)
			walk(s.Spaces)
		}
	}
	walk(w.table.Namespaces)
	return names
}

// look asks the script for the names in one of its tables.
func (w *words) look(path string) (names []string) {
	ctx, stop := w.ctx()
	defer stop()
	request := w.repl.request
	request.Chunk = "local ok, t = pcall(function() return " + path + " end) " +
		"if ok and type(t) == 'table' then for k in pairs(t) do if type(k) == 'string' and k:find('^[%a_][%w_]*$') then print(k) end end end"
	_, err := w.repl.to.Eval(ctx, request, func(name string) { names = append(names, name) })
	if err != nil {
		return nil // there is nothing to complete
	}
	return names
}

// beginning are the names that begin so, each once, in order.
func beginning(names []string, with string) (found []string) {
	for _, name := range names {
		if strings.HasPrefix(name, with) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// segments is beginning for long names: they are cut after the part that is being typed.
func segments(names []string, with string) (found []string) {
	for _, name := range beginning(names, with) {
		if at := strings.IndexAny(name[len(with):], ".:"); at >= 0 && len(name) > len(with)+at+1 {
			name = name[:len(with)+at]
			if name == with {
				continue
			}
		}
		found = append(found, name)
	}
	return slices.Compact(found)
}
