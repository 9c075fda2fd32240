package vm

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// lines is a tracer of one file.
type lines struct {
	code []int
	ran  map[int]int
}

func (l *lines) Begins(_ string, code []int) { l.code = code }
func (l *lines) Runs(_ string, line int)     { l.ran[line]++ }

func TestTracedChunksTellWhichLinesRun(t *testing.T) {
	for name, row := range map[string]struct {
		lua    string
		missed []int
	}{
		"statements in a row":               {"local a = 1\na = a + 1\nreturn a", nil},
		"one branch of an if":               {"if x then\n  print(1)\nelse\n  print(2)\nend", []int{2}},
		"branches with elseif":              {"local n = 2\nif n == 1 then\n  n = 3\nelseif n == 2 then\n  n = 4\nelse\n  n = 5\nend", []int{3, 7}},
		"functions that nobody calls":       {"local function f()\n  return 1\nend\nlocal g = function()\n  return 2\nend\ng()", []int{2}},
		"functions in tables and arguments": {"local t = { f = function()\n  return 1\nend }\npcall(function()\n  t.f()\nend)", nil},
		"methods":                           {"local o = {}\nfunction o:m()\n  return self\nend\nreturn o:m() and (function()\n  return not -#\"x\"\nend)()", nil},
		"loops":                             {"for i = 1, 2 do\n  local _ = i\nend\nfor _ in pairs({}) do\n  print(1)\nend\nwhile false do\n  print(2)\nend\nrepeat\n  local x = 1\nuntil x == 1", []int{5, 8}},
		"jumps":                             {"for i = 1, 2 do\n  if i == 1 then goto next end\n  print(i)\n  ::next::\nend\ndo\n  return\nend", nil},
		"an error in the middle":            {"pcall(function()\n  error('x')\n  print(1)\nend)", []int{3}},
		"both sides of and, or, .. and <":   {"local f = function()\n  return 'a'\nend\nreturn (f() .. f() < 'b' and f() or f()) == f()", nil},
	} {
		t.Run(name, func(t *testing.T) {
			tracer := &lines{ran: map[int]int{}}
			proto, err := CompileTraced("x.lua", []byte(row.lua), tracer)
			if err != nil {
				t.Fatal(err)
			}
			m := New(Options{})
			defer m.Close()
			m.Lock()
			m.Trace(tracer)
			top := m.Root().NewFunctionFromProto(proto)
			m.Unlock()
			if _, err := m.Run(context.Background(), top, nil); err != nil {
				t.Fatal(err)
			}
			missed := slices.DeleteFunc(slices.Clone(tracer.code), func(line int) bool { return tracer.ran[line] > 0 })
			slices.Sort(missed)
			if missed = slices.Compact(missed); !slices.Equal(missed, row.missed) {
				t.Errorf("lines %v did not run, want %v; code is in %v", missed, row.missed, tracer.code)
			}
			for line := range tracer.ran {
				if !slices.Contains(tracer.code, line) {
					t.Errorf("line %d runs and has no code", line)
				}
			}
		})
	}
}

func TestTracingChangesNoPlaces(t *testing.T) {
	tracer := &lines{ran: map[int]int{}}
	if _, err := CompileTraced("x.lua", []byte("local ="), tracer); err == nil || tracer.code != nil {
		t.Errorf("a syntax error: %v, %v", err, tracer.code)
	}
	proto, err := CompileTraced("x.lua", []byte("local t\nprint(\n  t.x)"), tracer)
	if err != nil {
		t.Fatal(err)
	}
	m := New(Options{})
	defer m.Close()
	m.Lock()
	m.Trace(tracer)
	top := m.Root().NewFunctionFromProto(proto)
	m.Unlock()
	if _, err := m.Run(context.Background(), top, nil); err == nil || !strings.HasPrefix(err.Error(), "x.lua:3:") && !strings.HasPrefix(err.Error(), "x.lua:2:") {
		t.Errorf("the error is %v", err)
	}
}
