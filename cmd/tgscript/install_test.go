package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestScriptsAreFetched(t *testing.T) {
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	defer elsewhere.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/hello.lua":
			_, _ = w.Write([]byte("print(1)"))
		case "/moved.lua":
			http.Redirect(w, r, "/hello.lua", http.StatusFound)
		case "/away.lua":
			http.Redirect(w, r, elsewhere.URL+"/hello.lua", http.StatusFound)
		case "/round.lua":
			http.Redirect(w, r, "/round.lua", http.StatusFound)
		case "/large.lua":
			_, _ = w.Write(make([]byte, mostInstalled+1))
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	for name, row := range map[string]struct{ path, want string }{
		"a script":              {"/hello.lua", ""},
		"one that has moved":    {"/moved.lua", ""},
		"a way to others":       {"/away.lua", "it leads to another place, " + elsewhere.URL},
		"a circle":              {"/round.lua", "it leads on and on"},
		"one that is too large": {"/large.lua", "larger than 1048576 bytes"},
		"one that isn't there":  {"/none.lua", "answers 404"},
	} {
		_, text, err := fetchScript(t.Context(), server.URL+row.path)
		if row.want == "" && (err != nil || string(text) != "print(1)") || row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)) {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}
