package trial

import (
	"fmt"
	"net"
	"net/netip"
	"path/filepath"
	"slices"

	"github.com/tgscript/tgscript/runtime/permission"
)

// allowed are the permissions that a script has in a test, beside those of the config. A test gives by itself what
// stays in its folder and its sandbox; for all else it only says what is needed: somebody else may have written it.
func (c *company) allowed(wanted map[string]any, path, account string) (permission.Rules, error) {
	rules, err := rulesOf(wanted)
	if err != nil {
		return nil, err
	}
	config, err := c.project.config.Grants(path)
	if err != nil {
		return nil, err
	}
	for _, kind := range permission.Kinds {
		for _, rule := range rules[kind] {
			if harmless(kind, rule) || slices.Contains(c.opts.Allow[kind], rule) || slices.Contains(c.opts.Allow[kind], "*") {
				continue
			}
			if set := config[account]; set != nil && (set.Named(kind, rule) == nil || set.Check(kind, rule) == nil) {
				continue
			}
			return nil, fmt.Errorf("allow: no test can allow %s %q by itself: run it with --allow-%s=%s, or allow it in the config", kind, rule, kind, rule)
		}
	}
	return permission.Joined(rules, c.opts.Allow), nil
}

// harmless says whether a rule is about nothing but the test: files in its folder, its sandbox and host, and
// addresses of this machine, at which another port is listened to.
func harmless(kind permission.Kind, rule string) bool {
	switch kind {
	case permission.Read, permission.Write:
		return rule != "*" && filepath.IsLocal(rule)
	case permission.Methods, permission.Host, permission.Chats:
		return true
	case permission.Listen:
		host, _, err := net.SplitHostPort(rule)
		if err != nil {
			host = rule
		}
		at, err := netip.ParseAddr(host)
		return host == "localhost" || err == nil && at.IsLoopback()
	}
	return false
}

// rulesOf reads the permissions of a test.
func rulesOf(wanted map[string]any) (permission.Rules, error) {
	out := permission.Rules{}
	for name, value := range wanted {
		kind := permission.Kind(name)
		if !slices.Contains(permission.Kinds, kind) {
			return nil, fmt.Errorf("allow: there is no kind %q: there are %v", name, permission.Kinds)
		}
		switch value := value.(type) {
		case string:
			out[kind] = []string{value}
		case []any:
			for _, one := range value {
				out[kind] = append(out[kind], fmt.Sprint(one))
			}
		default:
			return nil, fmt.Errorf("allow: %s takes a text or a list of texts", name)
		}
	}
	return out, nil
}
