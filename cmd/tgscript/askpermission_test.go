package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/runtime/permission"
)

// typist is a terminal at which somebody types once the question is there.
type typist struct {
	bytes.Buffer
	at     int
	answer []string
	to     *io.PipeWriter
}

func (w *typist) Write(p []byte) (int, error) {
	n, err := w.Buffer.Write(p)
	if strings.HasSuffix(string(p), "? ") && w.at < len(w.answer) {
		line := w.answer[w.at]
		w.at++
		go func() { // the reader of lines begins after the question
			time.Sleep(time.Millisecond)
			_, _ = io.WriteString(w.to, line)
		}()
	}
	return n, err
}

func wish(what string) bindings.Asked {
	return bindings.Asked{Script: "weather", Account: "me", Site: "weather.lua:12",
		Denied: &permission.DeniedError{Script: "weather", Kind: permission.Net, What: what}}
}

func TestAskingForPermissions(t *testing.T) {
	for name, c := range map[string]struct {
		answers []string
		wishes  []string
		want    []permission.Answer
		says    string
	}{
		"once":                       {[]string{"o\n"}, []string{"a.b:80"}, []permission.Answer{permission.Once}, "weather.lua:12 (weather on me) wants to connect to a.b:80\n"},
		"in full words":              {[]string{" Always \n"}, []string{"a.b:80"}, []permission.Answer{permission.Always}, `for good: write` + " `allow: { weather: { net: [\"a.b:80\"] } }`"},
		"no":                         {[]string{"n\n"}, []string{"a.b:80"}, []permission.Answer{permission.No}, ""},
		"Enter is no":                {[]string{"\n"}, []string{"a.b:80"}, []permission.Answer{permission.No}, ""},
		"something else is no":       {[]string{"yes\n"}, []string{"a.b:80"}, []permission.Answer{permission.No}, ""},
		"nobody answers":             {nil, []string{"a.b:80"}, []permission.Answer{permission.No}, "nobody has answered: no"},
		"a no is for the whole run":  {[]string{"n\n", "o\n"}, []string{"a.b:80", "a.b:80"}, []permission.Answer{permission.No, permission.No}, ""},
		"once is asked again":        {[]string{"o\n", "n\n"}, []string{"a.b:80", "a.b:80"}, []permission.Answer{permission.Once, permission.No}, ""},
		"a no is about one thing":    {[]string{"n\n", "o\n"}, []string{"a.b:80", "c.d:80"}, []permission.Answer{permission.No, permission.Once}, ""},
		"it can't fool the terminal": {[]string{"n\n"}, []string{"\x1b[2Jx"}, []permission.Answer{permission.No}, "connect to ·[2Jx"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				in, to := io.Pipe()
				out := &typist{answer: c.answers, to: to}
				q := newAsker(&app{terminal: &terminal{in: in, out: io.Discard, err: out, env: func(string) (string, bool) { return "", false }}})
				for i, what := range c.wishes {
					if got := q.ask(context.Background(), wish(what)); got != c.want[i] {
						t.Errorf("the answer to %d is %v", i, got)
					}
				}
				if !strings.Contains(out.String(), c.says) {
					t.Errorf("says %q", out.String())
				}
				_ = to.Close() // sends the reader home
				synctest.Wait()
			})
		})
	}
}

func TestNobodyIsAskedWithoutATerminal(t *testing.T) {
	a := &app{terminal: &terminal{in: strings.NewReader("o\n"), out: io.Discard, err: io.Discard}}
	if a.permissionAsker(true) != nil {
		t.Error("a pipe is asked")
	}
}
