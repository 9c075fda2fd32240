package tgscript

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Overrides are values that come from outside the file. A flag wins over the environment, which wins over
// the file.
type Overrides struct {
	Flags map[string]string                // by dotted path: "accounts.me.phone"
	Env   func(name string) (string, bool) // nil is the process environment
}

// Load reads a config file, replaces ${ENV} and ${file:PATH} in its values, applies the overrides and checks
// the result. Its error holds every mistake found, each a *ConfigError with file, line and column.
func Load(path string, o Overrides) (*Config, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read config: %w", err)
	}
	return parseConfig(path, source, o)
}

func parseConfig(path string, source []byte, o Overrides) (*Config, error) {
	if o.Env == nil {
		o.Env = os.LookupEnv
	}
	d := &decoder{file: path, dir: filepath.Dir(path), env: o.Env, sources: map[*yaml.Node]string{}, origins: map[string]Origin{}}
	root, err := d.tree(source)
	if err != nil {
		return nil, err
	}
	for path, name := range envNames(root) {
		if text, ok := o.Env(name); ok {
			d.override(root, path, text, "environment variable "+name)
		}
	}
	for path, text := range o.Flags {
		d.override(root, path, text, "flag --set "+path)
	}
	c := &Config{File: path}
	d.value(root, reflect.ValueOf(c).Elem(), "")
	if err := d.err(); err != nil {
		return nil, err
	}
	c.origins, c.overrides, c.source = d.origins, o, source
	return c, d.check(c, root)
}

// tree parses the file into nodes; an empty file is an empty mapping.
func (d *decoder) tree(source []byte) (*yaml.Node, error) {
	var doc, more yaml.Node
	documents := yaml.NewDecoder(bytes.NewReader(source))
	if err := documents.Decode(&doc); err != nil && !errors.Is(err, io.EOF) {
		return nil, syntaxError(d.file, source, err)
	}
	if documents.Decode(&more) == nil {
		return nil, &ConfigError{File: d.file, Line: more.Line, Column: more.Column, Message: "a second document begins here (after ---); a config is one"}
	}
	if doc.Kind == 0 {
		return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}, nil
	}
	root := doc.Content[0]
	left := mostNodes
	if n := endless(root, map[*yaml.Node]bool{}, &left); n != nil {
		return nil, &ConfigError{File: d.file, Line: n.Line, Column: n.Column, Message: "aliases (*name) lead in a circle, or to too much: write it out"}
	}
	return root, nil
}

// mostNodes is how many values a config may have, with its aliases written out.
const mostNodes = 100_000

// endless finds where a tree has no end, or a very late one. The library looks at that only where it decodes itself.
func endless(n *yaml.Node, open map[*yaml.Node]bool, left *int) *yaml.Node {
	if *left--; *left < 0 || open[n] {
		return n
	}
	open[n] = true
	defer delete(open, n)
	if n.Kind == yaml.AliasNode {
		return endless(n.Alias, open, left)
	}
	for _, part := range n.Content {
		if bad := endless(part, open, left); bad != nil {
			return bad
		}
	}
	return nil
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)

// syntaxError gives the library's error the place and form of ours. The library tells the line alone, and
// counts it from 0 for some errors: the column is where that line's text begins.
func syntaxError(file string, source []byte, err error) error {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		return &ConfigError{File: file, Line: 1, Column: 1, Message: err.Error()}
	}
	line, _ := strconv.Atoi(m[1])
	line = max(line, 1)
	column := 1
	if lines := strings.Split(string(source), "\n"); line <= len(lines) {
		text := lines[line-1]
		column += len(text) - len(strings.TrimLeft(text, " \t"))
	}
	return &ConfigError{File: file, Line: line, Column: column, Message: m[2] + ": check indentation, colons and quotes here and in the line above"}
}

// override puts a value into the tree, as if it stood in the file.
func (d *decoder) override(root *yaml.Node, path, text, source string) {
	n := root
	for _, key := range strings.Split(path, ".") {
		if n.Kind != yaml.MappingNode {
			*n = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		}
		n = child(n, key)
	}
	*n = yaml.Node{} // an empty text sets nothing, and must not leave what stood there
	if err := yaml.Unmarshal([]byte(text), n); err != nil || n.Kind == 0 {
		*n = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
	}
	if n.Kind == yaml.DocumentNode {
		*n = *n.Content[0]
	}
	d.sources[n] = source
}

// child is the value of a key, added where it is missing.
func child(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	value := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null"}
	n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, value)
	return value
}

// envNames maps each path that the environment may set to its variable: accounts.me.bot_token is
// TGSCRIPT_ACCOUNTS_ME_BOT_TOKEN. Accounts are those that the file names.
func envNames(root *yaml.Node) map[string]string {
	names := map[string]string{}
	add := func(path string) {
		names[path] = "TGSCRIPT_" + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(path))
	}
	var walk func(t reflect.Type, path string)
	walk = func(t reflect.Type, path string) {
		for _, f := range fieldsOf(t) {
			ft, here := t.Field(f.index).Type, join(path, f.name)
			switch {
			case ft == reflect.TypeFor[Server](), ft == reflect.TypeFor[Pace](), ft.Kind() == reflect.Slice:
				add(here)
			case ft.Kind() == reflect.Struct:
				walk(ft, here)
			case ft.Kind() != reflect.Map:
				add(here)
			}
		}
	}
	walk(reflect.TypeFor[Config](), "")
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value != "accounts" {
			continue
		}
		for j := 0; j+1 < len(root.Content[i+1].Content); j += 2 {
			walk(reflect.TypeFor[Account](), "accounts."+root.Content[i+1].Content[j].Value)
		}
	}
	return names
}

var reference = regexp.MustCompile(`\$\$|\$\{[^}]*\}`)

// text is a scalar with its references replaced: ${NAME} by an environment variable, ${file:PATH} by the
// content of a file without its last line break; $$ is a dollar sign.
func (d *decoder) text(n *yaml.Node) string {
	return reference.ReplaceAllStringFunc(n.Value, func(ref string) string {
		if ref == "$$" {
			return "$"
		}
		name := ref[2 : len(ref)-1]
		if path, ok := strings.CutPrefix(name, "file:"); ok {
			if !filepath.IsAbs(path) {
				path = filepath.Join(d.dir, path)
			}
			content, err := os.ReadFile(path)
			if err != nil {
				d.fail(n, "%s: %v", ref, errors.Unwrap(err))
			}
			return strings.TrimRight(string(content), "\r\n")
		}
		value, ok := d.env(name)
		if !ok {
			d.fail(n, "%s: environment variable %s is not set", ref, name)
		}
		return value
	})
}

// Names lists the accounts in alphabetical order.
func (c *Config) Names() []string {
	names := make([]string, 0, len(c.Accounts))
	for name := range c.Accounts {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Path makes a path of the config absolute: relative ones start at the config file's folder.
func (c *Config) Path(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	path = filepath.Join(filepath.Dir(c.File), path)
	if absolute, err := filepath.Abs(path); err == nil {
		return absolute
	}
	return path
}
