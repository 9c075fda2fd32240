package vm

import (
	"fmt"
	"strings"
	"testing"
)

func TestCompiledFunctionsHaveNoRoomToGrow(t *testing.T) {
	var source strings.Builder
	for i := range 20 {
		fmt.Fprintf(&source, "function f%d(a, b) local t = {a, b} return function() return t end end\n", i)
	}
	p, err := compile("shrink.lua", []byte(source.String()))
	if err != nil {
		t.Fatal(err)
	}
	slack, functions := 0, 0
	var walk func(p *Proto)
	walk = func(p *Proto) {
		functions++
		slack += cap(p.Code) - len(p.Code) + cap(p.DbgSourcePositions) - len(p.DbgSourcePositions) +
			cap(p.DbgCalls) - len(p.DbgCalls)
		for _, inner := range p.FunctionPrototypes {
			walk(inner)
		}
	}
	walk(p)
	if functions != 41 || slack != 0 {
		t.Errorf("%d functions have room for %d more entries, want 41 and 0", functions, slack)
	}
}
