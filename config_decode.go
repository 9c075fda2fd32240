package tgscript

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/tgscript/tgscript/bindings/spec"
)

// ConfigError is one mistake in a config file, with its place. Line and Column are 0 where the mistake has
// none, as in an environment variable; File then names the source.
type ConfigError struct {
	File         string
	Line, Column int
	Message      string
}

func (e *ConfigError) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// decoder turns a YAML tree into Go values by struct tags. It goes on after a mistake, so that one run shows
// all of them, and remembers where each value came from.
type decoder struct {
	file    string
	dir     string
	env     func(string) (string, bool)
	sources map[*yaml.Node]string // nodes that flags or the environment put into the tree
	origins map[string]Origin
	errs    []error
}

// selfDecoding is what a type implements whose YAML has more than one shape.
type selfDecoding interface {
	decode(d *decoder, n *yaml.Node, path string)
}

func (d *decoder) fail(n *yaml.Node, format string, args ...any) {
	e := &ConfigError{File: d.file, Line: n.Line, Column: n.Column, Message: fmt.Sprintf(format, args...)}
	if source, ok := d.sources[n]; ok {
		e = &ConfigError{File: source, Message: e.Message}
	}
	d.errs = append(d.errs, e)
}

func (d *decoder) err() error { return errors.Join(d.errs...) }

// value decodes n into v. The path is the dotted name of the value, for origins and messages.
func (d *decoder) value(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	d.note(n, path)
	if n.Tag == "!!null" {
		return
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if own, ok := v.Addr().Interface().(selfDecoding); ok {
		own.decode(d, n, path)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v, path)
	case reflect.Map:
		d.mapping(n, v, path)
	case reflect.Interface:
		d.free(n, v, path)
	default:
		d.scalar(n, v, path)
	}
}

func (d *decoder) note(n *yaml.Node, path string) {
	if source, ok := d.sources[n]; ok {
		d.origins[path] = Origin{Source: source}
	} else {
		d.origins[path] = Origin{Source: d.file, Line: n.Line, Column: n.Column}
	}
}

func (d *decoder) structure(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.MappingNode {
		d.fail(n, "%s takes a mapping (key: value lines), not %s", cmp.Or(path, "the config"), shape(n))
		return
	}
	fields := fieldsOf(v.Type())
	for key, value := range d.pairs(n, path) {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == key.Value })
		if i < 0 {
			names := make([]string, len(fields))
			for i, f := range fields {
				names[i] = f.name
			}
			d.fail(key, "unknown key %q%s%s", key.Value, in(path), suggest(key.Value, names))
			continue
		}
		d.value(value, v.Field(fields[i].index), join(path, key.Value))
	}
}

func (d *decoder) mapping(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.MappingNode {
		d.fail(n, "%s takes a mapping (name: value lines), not %s", path, shape(n))
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for key, value := range d.pairs(n, path) {
		item := reflect.New(v.Type().Elem()).Elem()
		if item.Kind() == reflect.Pointer { // an empty account is still an account
			item.Set(reflect.New(item.Type().Elem()))
		}
		d.value(value, item, join(path, key.Value))
		v.SetMapIndex(reflect.ValueOf(key.Value), item)
	}
}

// pairs yields the keys and values of a mapping and reports a key that stands there twice.
func (d *decoder) pairs(n *yaml.Node, path string) func(yield func(k, v *yaml.Node) bool) {
	return func(yield func(k, v *yaml.Node) bool) {
		seen := map[string]int{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if line, twice := seen[key.Value]; twice {
				d.fail(key, "key %q%s stands here a second time (first at line %d)", key.Value, in(path), line)
				continue
			}
			seen[key.Value] = key.Line
			if !yield(key, n.Content[i+1]) {
				return
			}
		}
	}
}

// free decodes what scripts get as tg.args: any YAML, with references in its strings replaced.
func (d *decoder) free(n *yaml.Node, v reflect.Value, path string) {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for key, value := range d.pairs(n, path) {
			var item any
			d.value(value, reflect.ValueOf(&item).Elem(), join(path, key.Value))
			m[key.Value] = item
		}
		v.Set(reflect.ValueOf(m))
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, value := range n.Content {
			d.value(value, reflect.ValueOf(&list[i]).Elem(), fmt.Sprintf("%s[%d]", path, i))
		}
		v.Set(reflect.ValueOf(list))
	default:
		var plain any
		if n.Tag == "!!str" {
			plain = d.text(n)
		} else if err := n.Decode(&plain); err != nil {
			d.fail(n, "%s: %v", path, err)
			return
		}
		if plain != nil {
			v.Set(reflect.ValueOf(plain))
		}
	}
}

func (d *decoder) scalar(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.ScalarNode {
		d.fail(n, "%s takes %s, not %s", path, kindWord(v), shape(n))
		return
	}
	text := d.text(n)
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int:
		i, err := strconv.Atoi(text)
		if err != nil {
			d.fail(n, "%s takes a whole number, not %s", path, d.quote(n, text))
		}
		v.SetInt(int64(i))
	case reflect.Bool:
		switch strings.ToLower(text) {
		case "true", "yes", "on":
			v.SetBool(true)
		case "false", "no", "off":
			v.SetBool(false)
		default:
			d.fail(n, "%s takes true or false, not %s", path, d.quote(n, text))
		}
	}
}

// quote shows a value in a message, unless it came out of a reference and may be a secret.
func (d *decoder) quote(n *yaml.Node, text string) string {
	if strings.Contains(n.Value, "${") {
		return "what " + n.Value + " holds"
	}
	return strconv.Quote(text)
}

type field struct {
	name, doc string
	index     int
}

// fieldsOf lists the keys of a struct in the order in which they were written.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		if name := f.Tag.Get("yaml"); name != "" && name != "-" {
			fields = append(fields, field{name: name, doc: f.Tag.Get("doc"), index: i})
		}
	}
	return fields
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func in(path string) string {
	if path == "" {
		return ""
	}
	return " in " + path
}

func shape(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	if strings.Contains(n.Value, "${") {
		return "what " + n.Value + " holds"
	}
	return strconv.Quote(n.Value)
}

func kindWord(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Int:
		return "a whole number"
	case reflect.Bool:
		return "true or false"
	}
	return "a text"
}

// suggest is ": did you mean …?" for the nearest of the names, or the list of them where none is near.
func suggest(word string, names []string) string {
	if near := spec.Nearest(word, names); near != "" {
		return fmt.Sprintf(": did you mean %q?", near)
	}
	return "; known are " + strings.Join(names, ", ")
}
