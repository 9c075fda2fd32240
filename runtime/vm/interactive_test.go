package vm

import (
	"context"
	"testing"
)

func TestWhatIsTypedIsAnExpressionOrStatements(t *testing.T) {
	for source, want := range map[string]struct {
		results    int
		incomplete bool
	}{
		"1, 'two'":                    {results: 2},
		"x = 1":                       {},
		"print(1)":                    {},
		"local a = 1; return a, a, a": {results: 3},
		"f(":                          {incomplete: true},
		"1 +":                         {incomplete: true},
		"for i = 1, 2 do":             {incomplete: true},
		"local s = [[long":            {incomplete: true},
		"--[[ a remark":               {incomplete: true},
	} {
		m := New(Options{})
		proto, err := CompileLine("stdin", []byte(source))
		if want.incomplete != incomplete(err) || !want.incomplete && err != nil {
			t.Errorf("%s: %v", source, err)
		}
		if err == nil {
			m.Lock()
			fn := m.Root().NewFunctionFromProto(proto)
			m.Unlock()
			results, err := m.Run(t.Context(), fn, nil)
			if err != nil || len(results) != want.results {
				t.Errorf("%s gives %v, %v", source, results, err)
			}
		}
		_ = m.Close()
	}
	for _, source := range []string{"x y", "'open", "for"} {
		if _, err := CompileLine("stdin", []byte(source)); err == nil || incomplete(err) != (source == "for") {
			t.Errorf("%s: %v", source, err)
		}
	}
}

func TestPrintOfACallGoesWhereItsContextSays(t *testing.T) {
	var usual, own []string
	m := New(Options{Print: func(line string) { usual = append(usual, line) }})
	defer m.Close()
	proto, err := CompileLine("stdin", []byte("print(...)"))
	if err != nil {
		t.Fatal(err)
	}
	m.Lock()
	fn := m.Root().NewFunctionFromProto(proto)
	m.Unlock()
	for _, ctx := range []context.Context{t.Context(), WithPrint(t.Context(), func(line string) { own = append(own, line) })} {
		if _, err := m.Run(ctx, fn, func(*State) []Value { return []Value{String("hello")} }); err != nil {
			t.Fatal(err)
		}
	}
	if len(usual) != 1 || len(own) != 1 {
		t.Errorf("printed %q and %q", usual, own)
	}
}
