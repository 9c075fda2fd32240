package bindings

import (
	"context"
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
)

// area is the rows of one part of the library. An area may add to the classes of another: files make
// messages downloadable, keyboards make them clickable.
type area struct {
	title   string // heading of its methods of Client, those apart that have one of their own
	classes []spec.Class
	fields  map[string][]spec.Field // of classes by their name
	methods map[string][]spec.Func
	aliases []spec.Alias
	spaces  []spec.Namespace // globals
	tg      []spec.Func      // functions of the global tg
	within  []spec.Namespace // namespaces in it: tg.log
}

// areas are all parts of the library, in the order of the reference pages.
func areas() []area {
	return []area{
		coreArea, sendingArea, filesArea, keyboardArea, conversationArea, chatsArea, accountArea, rawArea, eventsArea, servicesArea, storeArea,
	}
}

// under puts rows beneath a heading of the reference, if they have none yet.
func under(title string, rows ...spec.Func) []spec.Func {
	rows = slices.Clone(rows)
	for i := range rows {
		if rows[i].Group == "" {
			rows[i].Group = title
		}
	}
	return rows
}

// coreArea is what every script uses.
var coreArea = area{
	classes: []spec.Class{
		clientClass, messageClass, messageEventClass, commandEventClass, peerClass, connectionClass, objectClass, handlerClass, timerClass,
	},
	aliases: aliases,
}

// table is built once: its rows are the same for all scripts.
var table = assemble(areas())

func assemble(areas []area) spec.Table {
	t := spec.Table{
		Events: events(),
		Errors: errorKinds,
		Denied: asking,
		Objects: []spec.Object{
			{Name: "client", Class: "Client", Doc: "The account that the script runs on.", Get: newClient},
		},
		Line: func(ctx context.Context, g *runtime.Generation) (context.Context, func()) {
			return g.Value().(*Env).Account.InOrder(ctx)
		},
	}
	tg := tgSpace
	tg.Functions, tg.Spaces = slices.Clone(tg.Functions), slices.Clone(tg.Spaces)
	var spaces []spec.Namespace
	for _, a := range areas {
		t.Classes = append(t.Classes, a.classes...)
		t.Aliases = append(t.Aliases, a.aliases...)
		spaces = append(spaces, a.spaces...)
		tg.Functions = append(tg.Functions, a.tg...)
		tg.Spaces = append(tg.Spaces, a.within...)
	}
	for _, a := range areas {
		for name, fields := range a.fields {
			c := t.Class(name)
			c.Fields = append(c.Fields[:len(c.Fields):len(c.Fields)], fields...)
		}
		for name, methods := range a.methods {
			c := t.Class(name)
			if name == "Client" {
				methods = under(a.title, methods...)
			}
			c.Methods = append(c.Methods[:len(c.Methods):len(c.Methods)], methods...)
		}
	}
	t.Namespaces = append([]spec.Namespace{tg}, spaces...)
	t.Aliases = append(t.Aliases, eventNames())
	return t
}
