package permission_test

import (
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

func TestWhatMustBeNamed(t *testing.T) {
	for sentence, row := range map[string]struct {
		allow, deny []string
		what        string
		want        bool
	}{
		"a rule that is the address":   {[]string{"127.0.0.1:80"}, nil, "127.0.0.1:80", true},
		"a rule of every port":         {[]string{"127.0.0.1"}, nil, "127.0.0.1:80", true},
		"everything names nothing":     {[]string{"*"}, nil, "127.0.0.1:80", false},
		"everything at a port neither": {[]string{"*:80"}, nil, "127.0.0.1:80", false},
		"nor what is below a name":     {[]string{"*.local"}, nil, "a.local:80", false},
		"another address":              {[]string{"127.0.0.1"}, nil, "127.0.0.2:80", false},
		"what is denied isn't named":   {[]string{"127.0.0.1"}, []string{"*"}, "127.0.0.1:80", false},
	} {
		s := set(t, "/root", permission.Rules{"net": row.allow}, permission.Rules{"net": row.deny})
		if got := s.Named(permission.Net, row.what) == nil; got != row.want {
			t.Errorf("%s: %v", sentence, got)
		}
	}
	if err := (*permission.Set)(nil).Named(permission.Net, "x"); says(err) != "no" {
		t.Errorf("no rules name something: %v", err)
	}
}

func TestOrdersAreKnownWords(t *testing.T) {
	for rule, want := range map[string]bool{"status": true, "reload": true, "pause": true, "resume": true, "*": true, "reloads": false, "re*": false} {
		if _, err := permission.New("s", "/root", permission.Rules{permission.Host: {rule}}, nil); (err == nil) != want {
			t.Errorf("%s: %v", rule, err)
		}
	}
}
