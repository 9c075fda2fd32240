package tgscript

import (
	"cmp"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"
	"gopkg.in/yaml.v3"

	"github.com/tgscript/tgscript/runtime/permission"
)

// Access is what a script may touch outside of its own state, or what it may not.
type Access struct {
	Read    Strings `yaml:"read" doc:"Files and folders that it may read: paths or patterns, relative to this file."`
	Write   Strings `yaml:"write" doc:"Files and folders that it may write."`
	Net     Strings `yaml:"net" doc:"Hosts that it may connect to: example.com, *.example.com:443."`
	Listen  Strings `yaml:"listen" doc:"Addresses at which it may serve requests: 127.0.0.1:8080."`
	Env     Strings `yaml:"env" doc:"Variables that it may read: HOME, MYAPP_*."`
	Exec    Strings `yaml:"exec" doc:"Programs that it may run: ffmpeg."`
	Methods Strings `yaml:"methods" doc:"Methods of Telegram's API that give the account away, such as account.updatePasswordSettings, or auth.*."`
	Host    Strings `yaml:"host" doc:"Orders that it may give to the program that runs it, about all scripts: status, reload, pause, resume. Each must be named."`
	Chats   Strings `yaml:"chats" doc:"Marked ids of chats: 777000, where Telegram writes login codes, must be allowed; others may be denied."`
}

// everything and nothing are words for a whole Access.
const everything, nothing = "all", "none"

func (a *Access) decode(d *decoder, n *yaml.Node, path string) {
	if n.Kind != yaml.ScalarNode {
		d.structure(n, reflect.ValueOf(a).Elem(), path)
		return
	}
	switch word := d.text(n); word {
	case everything:
		*a = accessOf(permission.Everything())
	case nothing:
	default:
		d.fail(n, "%s takes {read, write, net, listen, env, exec, methods, host, chats}, all or none, not %s%s", path, d.quote(n, word), suggest(word, []string{everything, nothing}))
	}
}

// lists are the fields by what package permission calls them.
func (a *Access) lists() map[permission.Kind]*Strings {
	return map[permission.Kind]*Strings{
		permission.Read: &a.Read, permission.Write: &a.Write, permission.Net: &a.Net, permission.Listen: &a.Listen, permission.Env: &a.Env,
		permission.Exec: &a.Exec, permission.Methods: &a.Methods, permission.Host: &a.Host, permission.Chats: &a.Chats,
	}
}

func (a Access) rules() permission.Rules {
	rules := permission.Rules{}
	for kind, list := range a.lists() {
		if len(*list) > 0 {
			rules[kind] = *list
		}
	}
	return rules
}

func accessOf(rules permission.Rules) (a Access) {
	for kind, list := range a.lists() {
		*list = rules[kind]
	}
	return a
}

// String is how config show tells it.
func (a Access) String() string {
	var parts []string
	for _, kind := range permission.Kinds {
		if list := *a.lists()[kind]; len(list) > 0 {
			parts = append(parts, string(kind)+": ["+strings.Join(list, ", ")+"]")
		}
	}
	return cmp.Or(strings.Join(parts, ", "), nothing)
}

// JSONSchema: a word, or lists by kind.
func (Access) JSONSchema() *jsonschema.Schema {
	kinds := jsonschema.NewProperties()
	t := reflect.TypeFor[Access]()
	for _, f := range fieldsOf(t) {
		list := Strings{}.JSONSchema()
		list.Description = f.doc
		kinds.Set(f.name, list)
	}
	return anyOf(
		&jsonschema.Schema{Type: "string", Enum: []any{everything, nothing}},
		&jsonschema.Schema{Type: "object", Properties: kinds, AdditionalProperties: jsonschema.FalseSchema},
	)
}

// allScripts stands for every script of an account.
const allScripts = "*"

// permissions are the rules of a script on an account, by the name of its file without .lua. more is allowed as well.
func (c *Config) permissions(account, script string, more permission.Rules) (allow, deny permission.Rules) {
	a := c.Accounts[account]
	return permission.Joined(a.Allow[allScripts].rules(), a.Allow[script].rules(), more),
		permission.Joined(a.Deny[allScripts].rules(), a.Deny[script].rules())
}

// accessProblems finds rules that can't be kept.
func (c *Config) accessProblems(account string, add func(path, format string, args ...any)) {
	a := c.Accounts[account]
	for list, scripts := range map[string]map[string]Access{"allow": a.Allow, "deny": a.Deny} {
		for script, access := range scripts {
			for kind, rules := range access.rules() {
				if _, err := permission.New(script, c.Path("."), permission.Rules{kind: rules}, nil); err != nil {
					path := strings.Join([]string{"accounts", account, list, script, string(kind)}, ".")
					add(path, "%s", strings.Replace(err.Error(), "allow."+string(kind), path, 1))
				}
			}
		}
	}
}
