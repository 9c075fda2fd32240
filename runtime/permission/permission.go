// Package permission says what a script may touch outside of its own state: files, hosts, variables,
// programs, methods of Telegram and chats. Everything is refused until a rule allows it, and a rule of
// Deny wins over all of Allow.
package permission

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
)

// Kind is a kind of thing that a rule is about. Its value is its name in config.yaml.
type Kind string

// The kinds, and what the rules of each look like.
const (
	Read    Kind = "read"    // files and folders: "files", "/srv/media/*.jpg"
	Write   Kind = "write"   // the same
	Net     Kind = "net"     // hosts: "example.com", "*.example.com:443", "127.0.0.1:8080"
	Listen  Kind = "listen"  // addresses to serve at: "127.0.0.1:8080"
	Env     Kind = "env"     // variables: "HOME", "MYAPP_*"
	Exec    Kind = "exec"    // programs: "ffmpeg", "tools/convert"
	Methods Kind = "methods" // methods of Telegram's API: "auth.*", "account.getPassword"
	Host    Kind = "host"    // orders to the program that runs it: "status", "reload", "pause", "resume", each by its name
	Chats   Kind = "chats"   // marked ids: "777000", which must be allowed; others may be denied
)

// Kinds are all of them, in the order in which pages list them.
var Kinds = []Kind{Read, Write, Net, Listen, Env, Exec, Methods, Host, Chats}

// Orders are what rules of Host may name.
var Orders = []string{"status", "reload", "pause", "resume"}

// Rules are what config.yaml says about one script, by kind. A rule "*" is about everything of its kind.
type Rules map[Kind][]string

// Everything are rules about everything.
func Everything() Rules {
	all := Rules{}
	for _, kind := range Kinds {
		all[kind] = []string{"*"}
	}
	return all
}

// Joined are the rules of several lists in one.
func Joined(lists ...Rules) Rules {
	all := Rules{}
	for _, one := range lists {
		for kind, rules := range one {
			all[kind] = append(all[kind], rules...)
		}
	}
	return all
}

// Set is the rules of one script. nil refuses everything. Its methods may be called by many goroutines, and while Replace
// puts other rules in.
type Set struct {
	script string
	root   string // relative paths start here
	rules  atomic.Pointer[lists]

	granted atomic.Pointer[Rules] // what a person has permitted beside the rules: see Grant. Replaced, never changed
}

// lists are what a set goes by. They are replaced, never changed.
type lists struct{ allow, deny Rules }

// New makes the set of a script, which errors will name. Relative paths of rules and of the script start at root.
func New(script, root string, allow, deny Rules) (*Set, error) {
	s := &Set{script: script, root: root}
	s.rules.Store(&lists{})
	return s, s.Replace(allow, deny)
}

// Replace gives a set other rules, from the next question on. With an error the old ones stay.
func (s *Set) Replace(allow, deny Rules) error {
	next := &lists{Rules{}, Rules{}}
	if err := errors.Join(s.take("allow", allow, next.allow), s.take("deny", deny, next.deny)); err != nil {
		return err
	}
	s.rules.Store(next)
	return nil
}

// take checks the rules of one list of the config and adds them to others, paths made absolute.
func (s *Set) take(list string, from, into Rules) error {
	for kind, rules := range from {
		if !slices.Contains(Kinds, kind) {
			return fmt.Errorf("%s: there is no permission %q", list, kind)
		}
		for _, rule := range rules {
			if rule == "" {
				return fmt.Errorf("%s.%s: a rule is empty", list, kind)
			}
			if kind == Host && rule != "*" && !slices.Contains(Orders, rule) {
				return fmt.Errorf("%s.%s: there is no order %q: write %s", list, kind, rule, strings.Join(Orders, ", "))
			}
			if (kind == Read || kind == Write) && rule != "*" || kind == Exec && strings.ContainsAny(rule, `/\`) {
				rule = s.absolute(rule)
			}
			if _, err := path.Match(rule, ""); err != nil && kind != Net && kind != Listen {
				return fmt.Errorf("%s.%s: %q is no pattern: close each [ with a ]", list, kind, rule)
			}
			into[kind] = append(into[kind], rule)
		}
	}
	return nil
}

func (s *Set) absolute(name string) string {
	if !filepath.IsAbs(name) {
		name = filepath.Join(s.root, name)
	}
	return filepath.Clean(name)
}

// DeniedError says that a script may not do what it tried, and how it could be allowed to.
type DeniedError struct {
	Script, What string
	Kind         Kind
	Forbidden    bool // by a rule of deny, which no rule of allow can lift
}

// wishes are what scripts want of each kind, in words.
var wishes = map[Kind]string{
	Read:    "read %s",
	Write:   "write %s",
	Net:     "connect to %s",
	Listen:  "listen at %s",
	Env:     "read the variable %s",
	Exec:    "run %s",
	Methods: "call %s",
	Host:    "ask the host for %s",
	Chats:   "use the chat %s",
}

// Wish is what was tried, as words after "to".
func (e *DeniedError) Wish() string { return fmt.Sprintf(wishes[e.Kind], e.What) }

// Remedy says how it can be allowed for good.
func (e *DeniedError) Remedy() string {
	return fmt.Sprintf("write `allow: { %s: { %s: [%q] } }` under the account in config.yaml", e.Script, e.Kind, e.What)
}

func (e *DeniedError) Error() string {
	text := "the script may not " + e.Wish()
	if e.Forbidden {
		return text + ": config.yaml denies it"
	}
	return text + ": to allow it, " + e.Remedy()
}

// LuaFields are the fields of the error as scripts see it.
func (e *DeniedError) LuaFields() map[string]any {
	return map[string]any{"kind": "PERMISSION_DENIED", "message": e.Error(), "permission": string(e.Kind), "what": e.What}
}

// Check says whether the script may touch a thing; the error is a *DeniedError. Paths are checked by
// [Set.Path].
func (s *Set) Check(kind Kind, what string) error {
	if s == nil {
		return &DeniedError{Script: "SCRIPT", What: what, Kind: kind}
	}
	switch rules := s.rules.Load(); {
	case matches(rules.deny[kind], kind, what):
		return &DeniedError{Script: s.script, What: what, Kind: kind, Forbidden: true}
	case matches(rules.allow[kind], kind, what), s.grants(kind, what):
		return nil
	}
	return &DeniedError{Script: s.script, What: what, Kind: kind}
}

// Forbidden says whether a rule of deny is about a thing: for what is allowed unless it is denied.
func (s *Set) Forbidden(kind Kind, what string) error {
	if s != nil && matches(s.rules.Load().deny[kind], kind, what) {
		return &DeniedError{Script: s.script, What: what, Kind: kind, Forbidden: true}
	}
	return nil
}

// Path checks a file that the script wants to read or write and returns its absolute name, without
// symbolic links: where a link leads is what must be allowed. The file itself need not exist. Open the name that it
// returns, no other. The error is a *DeniedError, or of the
// file system.
func (s *Set) Path(kind Kind, name string) (string, error) {
	if strings.ContainsRune(name, 0) {
		return "", fmt.Errorf("%q is no file name", name)
	}
	if s == nil {
		return "", &DeniedError{Script: "SCRIPT", What: name, Kind: kind}
	}
	real, err := follow(s.absolute(name), 0)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", name, err)
	}
	if err := s.Check(kind, real); err != nil {
		return "", err
	}
	return real, nil
}

// matches says whether any of the rules is about a thing. Each kind has patterns of its own: paths reach into folders,
// hosts may leave their port open, and all others are [path.Match]'s.
func matches(rules []string, kind Kind, what string) bool {
	for _, rule := range rules {
		switch {
		case rule == "*":
			return true
		case kind == Read || kind == Write:
			if inside(rule, what) {
				return true
			}
		case kind == Net || kind == Listen:
			if host(rule, what) {
				return true
			}
		default:
			if ok, err := path.Match(rule, what); ok && err == nil {
				return true
			}
		}
	}
	return false
}
