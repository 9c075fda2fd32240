package reference

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/telegram/schema"
)

// APITypesFile is the name of the file of editor types of Telegram's API.
const APITypesFile = "tgscript_api.lua"

// APITypes are the editor types of every method and constructor of Telegram's API. Of a constructor `message` the
// class is api.message, of a type `Message` the union of its constructors api.Message; the parameters of a method
// are a class of the method's name.
func APITypes() []byte {
	w := &apiTypes{given: givenClasses()}
	w.line("---@meta _")
	w.line("-- Telegram's API, layer %d, for client.api. Written by `tgscript types`: changes are lost.", schema.Layer())
	w.line("")
	w.doc("What Telegram answers with, and what calls take.")
	w.line("---@class api.Value")
	w.line("local Value = {}")
	w.line("---@return table")
	w.line("function Value:to_table() end")
	w.line("")
	for _, class := range slices.Sorted(slices.Values(schema.Classes())) {
		w.alias(class)
	}
	for _, name := range schema.Names(false) {
		w.constructor(schema.Find(name))
	}
	spaces := map[string][]*schema.Definition{}
	for _, name := range schema.Names(true) {
		d := schema.Method(name)
		space, _, inSpace := strings.Cut(name, ".")
		if !inSpace {
			space = ""
		}
		spaces[space] = append(spaces[space], d)
	}
	w.line("---@class Api")
	for _, space := range slices.Sorted(maps.Keys(spaces)) {
		if space != "" {
			w.line("---@field %s Api.%s", space, space)
		}
	}
	for _, d := range spaces[""] {
		w.line("---@field %s fun(args: %s, options?: CallOptions): any", d.Name, argsClass(d))
	}
	w.line("")
	for _, space := range slices.Sorted(maps.Keys(spaces)) {
		w.space(space, spaces[space])
	}
	return append(bytes.TrimRight(w.out.Bytes(), "\n"), '\n')
}

type apiTypes struct {
	types
	given map[string]bool // classes that calls take
}

// givenClasses are the classes that can be part of a call.
func givenClasses() map[string]bool {
	given := map[string]bool{}
	var add func(d *schema.Definition)
	add = func(d *schema.Definition) {
		for i := range d.Fields {
			t := d.Fields[i].Type
			for t.Kind == schema.Vector {
				t = t.Elem
			}
			if t.Kind != schema.Class || given[t.Class] {
				continue
			}
			given[t.Class] = true
			for _, c := range schema.Constructors(t.Class) {
				add(schema.Find(c))
			}
		}
	}
	for _, name := range schema.Names(true) {
		add(schema.Method(name))
	}
	return given
}

// alias is a type: one of its constructors. For those that calls take there are the shorter forms, too.
func (w *apiTypes) alias(class string) {
	var all []string
	for _, c := range schema.Constructors(class) {
		if !strings.HasSuffix(c, "NotModified") { // comes only to those who give a hash
			all = append(all, "api."+c)
		}
	}
	w.line("---@alias %s %s", className(class), strings.Join(all, "|"))
	if w.given[class] {
		w.line("---@alias %s %s", givenName(class), strings.Join(append([]string{className(class)}, shortForms(class)...), "|"))
	}
}

// className keeps a type apart from a constructor of the same name but for the first letter's case, which some
// editors don't see: api.Type.User.
func className(class string) string { return "api.type." + class }

func givenName(class string) string { return "api.given." + class }

// shortForms are what calls take besides objects of a class.
func shortForms(class string) []string {
	switch class {
	case "InputPeer", "InputUser", "InputChannel", "InputDialogPeer", "InputNotifyPeer":
		return []string{"Target", "api.type.User", "api.type.Chat", "api.type.Peer", "api.type.Message"}
	case "InputMessage", "InputReplyTo":
		return []string{"MessageID"}
	case "TextWithEntities", "DataJSON", "InputStickerSet", "Reaction":
		return []string{"string"}
	case "InputDocument", "InputFileLocation":
		return []string{"api.document"}
	case "InputPhoto":
		return []string{"api.photo"}
	case "InputMedia":
		return []string{"api.document", "api.photo", "api.messageMediaDocument", "api.messageMediaPhoto"}
	}
	var bare []string
	for _, c := range schema.Constructors(class) {
		if len(schema.Find(c).Fields) == 0 {
			bare = append(bare, strconv.Quote(c))
		}
	}
	return bare
}

func (w *apiTypes) constructor(d *schema.Definition) {
	parent := ": api.Value"
	if w.given[d.Result.Class] {
		parent = "" // tables that scripts write have no methods, and editors would miss them
	}
	w.line("---@class api.%s%s", d.Name, parent)
	w.line("---@field _ %q", d.Name)
	w.fields(d, w.given[d.Result.Class])
	w.line("")
}

// fields are those of a constructor, or the parameters of a method.
func (w *apiTypes) fields(d *schema.Definition, given bool) {
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Type.Kind == schema.Words {
			continue
		}
		w.field(f.Name, f.Optional() || given && schema.Omissible(d, f), w.typeOf(d, f, f.Type, given), "")
	}
}

func (w *apiTypes) typeOf(d *schema.Definition, f *schema.Field, t *schema.Type, given bool) string {
	switch t.Kind {
	case schema.Int:
		return "integer"
	case schema.Long:
		switch {
		case given:
			return "integer|string"
		case schema.Small(d.Name, f.Name):
			return "integer"
		}
		return "string"
	case schema.Double:
		return "number"
	case schema.Bool, schema.True:
		return "boolean"
	case schema.Vector:
		one := w.typeOf(d, f, t.Elem, given)
		list := one + "[]"
		if strings.Contains(one, "|") {
			list = "(" + one + ")[]"
		}
		if given {
			return one + "|" + list
		}
		return list
	case schema.Class:
		if given {
			return givenName(t.Class)
		}
		return className(t.Class)
	case schema.Query:
		return "table"
	}
	return "string"
}

func argsClass(d *schema.Definition) string { return "api.call." + d.Name }

// space writes the methods of a namespace; those of none are fields of Api itself.
func (w *apiTypes) space(space string, methods []*schema.Definition) {
	for _, d := range methods {
		w.line("---@class %s", argsClass(d))
		w.fields(d, true)
		w.line("")
	}
	if space == "" {
		return
	}
	w.line("---@class Api.%s", space)
	w.line("local %s = {}", space)
	for _, d := range methods {
		optional := "?"
		for i := range d.Fields {
			f := &d.Fields[i]
			if f.Type.Kind != schema.Words && !f.Optional() && !schema.Omissible(d, f) {
				optional = ""
			}
		}
		_, name, _ := strings.Cut(d.Name, ".")
		w.line("---https://core.telegram.org/method/%s", d.Name)
		w.line("---@param args%s %s", optional, argsClass(d))
		w.line("---@param options? CallOptions")
		w.line("---@return %s", w.typeOf(d, &schema.Field{}, d.Result, false))
		w.line("function %s.%s(args, options) end", space, name)
	}
	w.line("")
}
