package scene

import (
	"net/url"
	"testing"
)

func TestWhichAddressesFit(t *testing.T) {
	for sentence, row := range map[string]struct {
		pattern, url string
		fits         bool
	}{
		"the same":                         {"https://a.example/x", "https://a.example/x", true},
		"another path":                     {"https://a.example/x", "https://a.example/xy", false},
		"no path is the first one":         {"https://a.example", "https://a.example/", true},
		"no path on the other side":        {"https://a.example/", "https://a.example", true},
		"another scheme":                   {"https://a.example/", "http://a.example/", false},
		"any scheme":                       {"*://a.example/", "http://a.example/", true},
		"everything":                       {"*", "http://a.example:1/x?y", true},
		"a port":                           {"http://a.example:8080/*", "http://a.example:8080/x", true},
		"another port":                     {"http://a.example:8080/*", "http://a.example:8081/x", false},
		"the usual port":                   {"http://a.example/x", "http://a.example:80/x", true},
		"large letters of the host":        {"HTTPS://A.Example/X", "https://a.example/X", true},
		"large letters of the path":        {"https://a.example/X", "https://a.example/x", false},
		"any query":                        {"https://a.example/x", "https://a.example/x?y=1", true},
		"this query":                       {"https://a.example/x?y=1", "https://a.example/x?y=1", true},
		"no query":                         {"https://a.example/x?", "https://a.example/x?y=1", false},
		"a query in another order":         {"https://a.example/x?y=1&z=2", "https://a.example/x?z=2&y=1", true},
		"a query that is more":             {"https://a.example/x?y=1", "https://a.example/x?z=2&y=1", false},
		"stars in a query":                 {"https://a.example/x?*y=1*", "https://a.example/x?z=2&y=1", true},
		"several stars":                    {"https://*/a/*/c", "https://a.example/a/b/c", true},
		"several stars, in another order":  {"https://a.example/*b*a", "https://a.example/xaxb", false},
		"parts that would have to overlap": {"https://a.example/ab*ba", "https://a.example/aba", false},
		"a star for nothing":               {"https://a.example/*", "https://a.example/", true},
		"what is escaped":                  {"https://a.example/a%2Fb", "https://a.example/a%2Fb", true},
		"a fragment":                       {"https://a.example/a#b", "https://a.example/a", true},
	} {
		t.Run(sentence, func(t *testing.T) {
			a, err := addressOf(row.pattern)
			if err != nil {
				t.Fatal(err)
			}
			u, err := url.Parse(row.url)
			if err != nil {
				t.Fatal(err)
			}
			if got := a.fits(u); got != row.fits {
				t.Errorf("%s fits %s: %v", row.url, row.pattern, got)
			}
		})
	}
	for _, text := range []string{"", "a.example", "ftp://a.example/", "https://", "/x"} {
		if _, err := addressOf(text); err == nil {
			t.Errorf("%q is an address", text)
		}
	}
}
