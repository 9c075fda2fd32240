package main

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/bindings/scene"
	"github.com/tgscript/tgscript/bindings/spec"
)

// isCommand tells the name of a method of sandbox from Lua: heal, reset.
func isCommand(word string) bool {
	_, err := methodOf("Sandbox", word)
	return err == nil
}

func methodOf(class, name string) (spec.Func, error) {
	rows := scene.Table()
	var names []string
	for _, f := range rows.MethodsOf(rows.Class(class)) {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return spec.Func{}, spec.Unknown(strings.ToLower(class), "function", name, names)
}

// wordsToLua makes Lua of a call in plain words: "flood messages.sendMessage 5 times=2", or "as alice
// send EchoBot hello". The rows say which words are numbers.
func wordsToLua(words []string) (string, error) {
	class, object := "Sandbox", "sandbox"
	if words[0] == "as" {
		if len(words) < 3 {
			return "", fmt.Errorf("as: write as NAME METHOD, and what it takes")
		}
		class, object = "Person", "sandbox:person("+quoted(words[1])+")"
		words = words[2:]
	}
	row, err := methodOf(class, words[0])
	if err != nil {
		return "", err
	}
	var arguments, options []string
	for _, word := range words[1:] {
		if name, value, ok := strings.Cut(word, "="); ok {
			if p := optionNamed(row, name); p != nil {
				options = append(options, name+" = "+luaOf(*p, value, object))
				continue
			}
		}
		if len(arguments) == len(row.Params) || row.Params[len(arguments)].Options != nil {
			return "", fmt.Errorf("%s: %q is too much", row.Name, word)
		}
		arguments = append(arguments, luaOf(row.Params[len(arguments)], word, object))
	}
	if len(options) > 0 {
		arguments = append(arguments, "{ "+strings.Join(options, ", ")+" }")
	}
	call := object + ":" + row.Name + "(" + strings.Join(arguments, ", ") + ")"
	if f := scene.Table().ClassOf(row.Returns); row.Returns == reflect.TypeFor[spec.None]() || f != nil && f.Name == "Fault" {
		return call, nil // nothing to show
	}
	return "return " + call, nil
}

func optionNamed(row spec.Func, name string) *spec.Param {
	for _, p := range row.Params {
		for i := range p.Options {
			if p.Options[i].Name == name {
				return &p.Options[i]
			}
		}
	}
	return nil
}

// luaOf writes a word as the parameter wants it.
func luaOf(p spec.Param, word, object string) string {
	of := p.Type
	if of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	switch {
	case of.Kind() == reflect.Pointer && scene.Table().ClassOf(of) != nil: // a message: CHAT or CHAT#ID
		if chat, id, ok := cutID(word); ok {
			return fmt.Sprintf("%s:message(%s, %d)", object, quoted(chat), id)
		}
		return object + ":message(" + quoted(word) + ")"
	case of == reflect.TypeFor[bool]() || of.Kind() == reflect.Pointer && of.Elem().Kind() == reflect.Bool:
		if word == "true" || word == "false" {
			return word
		}
	case of.Kind() == reflect.Int:
		if _, err := strconv.Atoi(word); err == nil {
			return word
		}
	}
	return quoted(word)
}

func cutID(word string) (chat string, id int, ok bool) {
	at := strings.LastIndexByte(word, '#')
	if at < 0 {
		return "", 0, false
	}
	id, err := strconv.Atoi(word[at+1:])
	return word[:at], id, err == nil
}

// quoted is a Lua string.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ':
			fmt.Fprintf(&b, "\\%03d", c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
