package vm_test

import (
	"context"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/tgscript/tgscript/runtime/vm"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// newMachine makes a machine that the test closes.
func newMachine(t testing.TB, opts vm.Options) *vm.Machine {
	t.Helper()
	m := vm.New(opts)
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

// load compiles a chunk for a machine.
func load(t testing.TB, m *vm.Machine, file, source string) *vm.Function {
	t.Helper()
	p, err := vm.Compile(file, []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	m.Lock()
	defer m.Unlock()
	return m.Root().NewFunctionFromProto(p)
}

// do runs a chunk and gives its first result as text.
func do(t testing.TB, m *vm.Machine, source string) (string, error) {
	t.Helper()
	out, err := m.Run(context.Background(), load(t, m, "test.lua", source), nil)
	if err != nil || len(out) == 0 {
		return "", err
	}
	return vm.Text(out[0]), nil
}

func TestProtectedCallsAndCoroutines(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"an upvalue is shared after a caught error":           {`local x=1; local function get() return x end; pcall(error,"boom"); x=2; return tostring(get())`, "2"},
		"a local captured in the failed function survives":    {`local f; pcall(function() local x=42; f=function() return x end; error("e") end); (function(...) local a,b,c=1,2,3 end)(1,2,3,4,5,6); return tostring(f())`, "42"},
		"writes to an upvalue inside pcall count":             {`local n=0; local function inc() n=n+1 end; inc(); pcall(function() inc(); error("x") end); inc(); n=n+1; return tostring(n)`, "4"},
		"xpcall closes what the failed function captured":     {`local f; xpcall(function() local x=42; f=function() return x end; error("e") end, function(e) return e end); local a,b,c,d,e,g,h="p","q","r","s","t","u","v"; return tostring(f())`, "42"},
		"xpcall gives its arguments on":                       {`return select("#",xpcall(function(a,b) return a,b end, print, 7, 8))..tostring(select(2,xpcall(function() error({c=5}) end,function(e) return e.c+1 end)))`, "36"},
		"pcall keeps trailing nils":                           {`return tostring(select("#",pcall(function() return 1,nil,nil end)))`, "4"},
		"pcall gives the error value":                         {`local ok,e=pcall(error,{code=7}); return tostring(e.code)`, "7"},
		"pcall of nil":                                        {`local ok,e=pcall(nil); return e`, "attempt to call nil"},
		"a coroutine that waits for another can't be resumed": {`local co; co=coroutine.create(function() local c2=coroutine.create(function() return coroutine.resume(co) end); return coroutine.resume(c2) end); local a,b,c,d=coroutine.resume(co); return tostring(c)..tostring(d)`, "falsecannot resume non-suspended coroutine"},
		"yield in pcall is a clean error":                     {`local co=coroutine.wrap(function() local ok,e=pcall(coroutine.yield,1); return tostring(ok) end); return tostring(co())`, "false"},
		"a coroutine in pcall in a coroutine":                 {`local co=coroutine.wrap(function() local ok,v=pcall(function() local g=coroutine.wrap(function() coroutine.yield(5) end); return g() end); coroutine.yield(v); return 9 end); return co()..co()`, "59"},
		"running inside pcall":                                {`local r; local co=coroutine.create(function() pcall(function() r=coroutine.running() end) end); coroutine.resume(co); return tostring(r==co)`, "true"},
		"running outside a coroutine":                         {`return tostring(coroutine.running())..tostring(select(2, pcall(coroutine.running)))`, "nilnil"},
		"an error through wrap, then another coroutine":       {`local ok,e=pcall(coroutine.wrap(function() error("E",0) end)); local g=coroutine.wrap(function() coroutine.yield("ok") end); return e..g()`, "Eok"},
		"pcall inside pcall without end":                      {`local n=0; local function f() n=n+1; local ok,e=pcall(f); if not ok then error(e,0) end end; local ok,e=pcall(f); return tostring(n>100 and n<1000)..tostring(e):sub(-20)`, "truech other (limit 190)"},
		"coroutines inside coroutines without end":            {`local n=0; local function f() n=n+1; return coroutine.wrap(f)() end; local ok,e=pcall(f); return tostring(n<1000)`, "true"},
		"a function that calls itself without end":            {`local n=0; local function f() n=n+1; return 1+f() end; local ok,e=pcall(f); return tostring(n>900)..e:sub(1,27)`, "truetest.lua:1: stack overflow"},
		"locals of frames that overflow the stack survive":    {`local g; pcall(function() local x=7; g=function() return x end; local function f() return 1+f() end; f() end); return tostring(g())`, "7"},
		"resume without results":                              {`return tostring(select("#", coroutine.resume(coroutine.create(function() end))))`, "1"},
		"status":                                              {`local s={}; local co; co=coroutine.create(function() s[1]=coroutine.status(co); local w=coroutine.wrap(function() s[2]=coroutine.status(co) end); w(); coroutine.yield() end); s[0]=coroutine.status(co); coroutine.resume(co); s[3]=coroutine.status(co); coroutine.resume(co); s[4]=coroutine.status(co); return table.concat(s," ",0)`, "suspended running normal suspended dead"},
		"a dead coroutine":                                    {`local co=coroutine.wrap(function() end); co(); return tostring(select(2,pcall(function() co() end)))`, "test.lua:1: cannot resume dead coroutine"},
		"yield in a metamethod is a clean error":              {`local co=coroutine.wrap(function() local t=setmetatable({}, {__index=function(_,k) return coroutine.yield(k) end}); return t.foo end); return tostring(select(2,pcall(co)))`, "test.lua:1: attempt to yield from outside"},
		"yield in a callback is a clean error":                {`local co=coroutine.wrap(function() return (("ab"):gsub(".",function(c) return coroutine.yield(c) end)) end); return tostring(select(2,pcall(co)))`, "test.lua:1: attempt to yield from outside"},
		"yield in an iterator is a clean error":               {`local co=coroutine.wrap(function() for v in function() return coroutine.yield() end do end end); return tostring(select(2,pcall(co)))`, "test.lua:1: attempt to yield from outside"},
		"yield deep in calls":                                 {`local function f(n) if n == 0 then return coroutine.yield("deep") end return (f(n-1)) end; local co=coroutine.wrap(function() return f(20) end); return co()..co("!")`, "deep!"},
		"yield after a tail call":                             {`local function g(x) return coroutine.yield(x) end local function f(x) return g(x) end; local co=coroutine.wrap(function() local a = f("a"); return a end); return co("")..co("b")`, "ab"},
		"yield as an argument of yield":                       {`local co=coroutine.wrap(function() return coroutine.yield(coroutine.yield(1)) end); return co()..co(2)..co(3)`, "123"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := do(t, newMachine(t, vm.Options{}), c.source)
			if err != nil || !strings.HasPrefix(got, c.want) {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}
