package tgscript

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Origin is where a value came from: a place in a file, an environment variable, a flag, or "default".
type Origin struct {
	Source       string
	Line, Column int
}

func (o Origin) String() string {
	switch {
	case o.Source == "":
		return "default"
	case o.Line == 0:
		return o.Source
	}
	return fmt.Sprintf("%s:%d:%d", o.Source, o.Line, o.Column)
}

// Setting is one effective value of a config, as text, secrets hidden.
type Setting struct {
	Path   string `json:"path"`
	Value  string `json:"value"`
	Origin string `json:"origin"`
}

// Settings lists every effective value in the order of the config's definition. What an account does not say for
// itself is what the config says for all.
func (c *Config) Settings() []Setting {
	effective := *c
	effective.Accounts = map[string]*Account{}
	for name, own := range c.Accounts {
		a := *own
		a.Device, a.Connection = merged(a.Device, c.Device), merged(a.Connection, c.Connection)
		if len(a.Proxy) == 0 {
			a.Proxy = c.Proxy
		}
		if a.Pace.isZero() {
			a.Pace = c.Pace
		}
		effective.Accounts[name] = &a
	}
	var all []Setting
	c.list(reflect.ValueOf(&effective).Elem(), "", &all)
	return all
}

// origin is where the value of a path came from.
func (c *Config) origin(path string) Origin {
	o, ok := c.origins[path]
	if parts := strings.SplitN(path, ".", 3); !ok && len(parts) == 3 && parts[0] == "accounts" {
		o = c.origins[parts[2]] // what the config says for all accounts
	}
	return o
}

// mistake is an error about a value that only its use has shown, with the place of the value.
func (c *Config) mistake(path, format string, args ...any) *ConfigError {
	o := c.origin(path)
	return &ConfigError{File: cmp.Or(o.Source, "config "+path), Line: o.Line, Column: o.Column, Message: fmt.Sprintf(format, args...)}
}

func (c *Config) list(v reflect.Value, path string, all *[]Setting) {
	if text, ok := c.show(v); ok {
		*all = append(*all, Setting{Path: path, Value: text, Origin: c.origin(path).String()})
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for _, f := range fieldsOf(v.Type()) {
			c.list(v.Field(f.index), join(path, f.name), all)
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
		for _, key := range keys {
			c.list(reflect.Indirect(v.MapIndex(key)), join(path, key.String()), all)
		}
	}
}

// show is the text of a value that has one; ok is false for structures, whose parts are listed instead.
func (c *Config) show(v reflect.Value) (text string, ok bool) {
	switch value := v.Interface().(type) {
	case Server:
		return value.String(), true
	case Secret:
		return value.String(), true
	case Strings:
		return fmt.Sprint([]string(value)), true
	case Proxies:
		names := make([]string, len(value))
		for i, p := range value {
			names[i] = p.String()
		}
		return fmt.Sprint(names), true
	case *bool:
		return strconv.FormatBool(value == nil || *value), true
	case Access:
		return value.String(), true
	case Pace:
		return value.String(), true
	case CatchUp:
		return value.String(), true
	case Duration:
		if value == 0 {
			return "", true
		}
		return value.String(), true
	}
	switch v.Kind() {
	case reflect.String:
		return v.String(), true
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10), true
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), true
	case reflect.Interface:
		return fmt.Sprint(v.Interface()), true
	}
	return "", false
}

func (s Server) String() string {
	if s.Kind == "custom" {
		return fmt.Sprintf("{dc: %d, address: %s, public_key: %s}", s.DC, s.Address, s.PublicKey)
	}
	return s.Kind
}
