package vm_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/vm"
)

// full fills the interpreter's registry to the last slot.
const full = `local t = {} for i = 1, 59000 do t[i] = i end
local function g(...) local n = select("#", unpack(t, 1, 20000)) return n end `

// deadly is Lua that ends the process, or fills its memory, with the stock interpreter. Each runs in a process of
// its own; wanted is a part of what the script or the error says.
var deadly = map[string]struct{ source, wanted string }{
	"a coroutine that is waited for is resumed": {`local co co = coroutine.create(function() local inner = coroutine.create(function() return coroutine.resume(co) end) return select(3, coroutine.resume(inner)) end) return select(2, coroutine.resume(co))`, "cannot resume"},
	"coroutines inside coroutines":              {`local function f() return coroutine.wrap(f)() end f()`, "too many coroutines"},
	"protected calls inside protected calls":    {`local function f() local ok, e = pcall(f) error(e, 0) end f()`, "too many protected calls"},
	"error handlers inside error handlers":      {`local function h(e) return select(2, xpcall(error, h)) end return tostring(xpcall(error, h))`, ""},
	"errors in error handlers":                  {`local function h(e) error(e) end return tostring(xpcall(error, h))`, "false"},
	"recursion":                                 {`local function f() return 1 + f() end f()`, "stack overflow"},
	"recursion through __index":                 {`local t t = setmetatable({}, {__index = function(t, k) return t[k] end}) return t.x`, "stack overflow"},
	"recursion through __tostring in Go":        {`local t t = setmetatable({}, {__tostring = tostring}) return tostring(t)`, "stack overflow"},
	"recursion through gsub":                    {`local function f() return (("x"):gsub(".", f)) end f()`, "stack overflow"},
	"recursion through sort":                    {`local function f() table.sort({1, 2, 3}, f) end f()`, "stack overflow"},
	"recursion through load":                    {`local function f() return load(f) end f()`, "stack overflow"},
	"a loop of __index":                         {`local t = {} setmetatable(t, {__index = t}) return t.x`, "loop in __index"},
	"parentheses":                               {`return tostring(select(2, loadstring("return " .. ("("):rep(400000) .. "1" .. (")"):rep(400000))))`, "nested too deeply"},
	"brackets":                                  {`return tostring(select(2, loadstring("return " .. ("{"):rep(400000) .. ("}"):rep(400000))))`, "nested too deeply"},
	"nots":                                      {`return tostring(select(2, loadstring("return " .. ("not "):rep(200000) .. "1")))`, "nested too deeply"},
	"minuses":                                   {`return tostring(select(2, loadstring("return " .. ("- "):rep(400000) .. "1")))`, "nested too deeply"},
	"concatenations":                            {`return tostring(select(2, loadstring("return 'a'" .. ("..'a'"):rep(150000))))`, "nested too deeply"},
	"functions":                                 {`return tostring(select(2, loadstring(("return function() "):rep(40000) .. ("end "):rep(40000))))`, "nested too deeply"},
	"blocks":                                    {`return tostring(select(2, loadstring(("do "):rep(100000) .. ("end "):rep(100000))))`, "nested too deeply"},
	"elseifs":                                   {`return tostring(select(2, loadstring("if a then b() " .. ("elseif c then d() "):rep(20000) .. "end")))`, "nested too deeply"},
	"a source of many megabytes":                {`return tostring(select(2, loadstring((" "):rep(20000000))))`, "is not taken"},
	"a string of 10 GB":                         {`return ("x"):rep(1e10)`, "resulting string too large"},
	"a string of 2^64 bytes":                    {`return ("xxxx"):rep(2^62)`, "resulting string too large"},
	"a wide format":                             {`return string.format("%99999999d", 1)`, "too long"},
	"gsub that grows":                           {`return #("a"):rep(1e6):gsub("a", ("b"):rep(1000))`, "resulting string too large"},
	"unpack of a billion":                       {`return select("#", unpack({}, 1, 1e9))`, "too many results"},
	"unpack of everything":                      {`return select("#", unpack({}, -2^60, 2^60))`, "too many results"},
	"the bytes of a megabyte":                   {`return select("#", (("x"):rep(1000000)):byte(1, -1))`, "too long"},
	"a full registry":                           {full + `return g(unpack(t))`, "too many values"},
	"a full registry in pcall":                  {full + `local ok, e = pcall(g, unpack(t)) return e`, "too many values"},
	"a full registry in xpcall":                 {full + `local ok, e = xpcall(g, function(e) return e end, unpack(t)) return e`, "too many values"},
	"a full registry in a coroutine":            {full + `local ok, e = coroutine.resume(coroutine.create(g), unpack(t)) return e`, "too many values"},
	"a full registry in wrap":                   {full + `return coroutine.wrap(g)(unpack(t))`, "too many values"},
	"arguments that grow":                       {`local function f(...) local a = { f(1, ...) } end f()`, "stack overflow"},
	"an id as a key":                            {`local t = {} for i = 1, 100 do t[12345678 + i] = 1 end t[67108863] = 1 return "fine"`, "fine"},
	"strings that double":                       {`local s = "x" while true do s = s .. s end`, "string too large"},
	"tables of tables":                          {`local t = {} while true do t[#t + 1] = {} end`, "memory"},
	"strings kept":                              {`local t, i = {}, 0 while true do i = i + 1 t["k" .. i] = ("x"):rep(1000) .. i end`, "memory"},
	"long strings kept":                         {`local t = {} while true do t[#t + 1] = ("x"):rep(67108000) end`, "memory"},
	"closures":                                  {`local t = nil while true do local p = t t = function() return p end end`, "memory"},
	"memory inside pcall":                       {`while true do pcall(function() local s = "x" while true do s = s .. s end end) end`, "memory"},
	"os.exit":                                   {`os.exit(3)`, "attempt to call nil (field 'exit'"},
	"collectgarbage in a loop":                  {`for i = 1, 1e5 do collectgarbage() end return "fine"`, "fine"},
	"math.random of nothing":                    {`return math.random(0)`, "interval is empty"},
	"math.random of everything":                 {`return math.random(-2^62, 2^62)`, "interval is empty"},
	"a metatable for all strings":               {`return tostring(pcall(function() getmetatable("").__index = nil end)) .. ("x"):rep(2)`, "falsexx"},
	"setmetatable of a string":                  {`return tostring(pcall(setmetatable, "", {})) .. ("x"):rep(2)`, "falsexx"},
}

const child = "TGSCRIPT_VM_DEADLY"

func TestScriptsDontEndTheProcess(t *testing.T) {
	for name, c := range deadly {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(os.Args[0], "-test.run=^TestDeadlyChild$")
			cmd.Env = append(os.Environ(), child+"="+name)
			out, err := cmd.CombinedOutput()
			first, _, _ := bytes.Cut(out, []byte("\n"))
			if err != nil || !strings.Contains(string(first), c.wanted) {
				t.Errorf("%v, said %.300q; want %q", err, out, c.wanted)
			}
		})
	}
}

// TestDeadlyChild is what the processes of [TestScriptsDontEndTheProcess] run.
func TestDeadlyChild(t *testing.T) {
	c, ok := deadly[os.Getenv(child)]
	if !ok {
		return // run by hand, or as one of all tests
	}
	debug.SetMemoryLimit(1 << 30)
	heap := uint64(1 << 30)
	if c.wanted == "memory" {
		heap = 128 << 20
	}
	m := newMachine(t, vm.Options{MaxRun: -1, MaxHeap: heap})
	out, err := m.Run(context.Background(), load(t, m, "test.lua", c.source), nil)
	var e *vm.Error
	switch {
	case errors.As(err, &e):
		fmt.Println(e.Error())
	case err != nil:
		t.Error(err)
	default:
		fmt.Println(vm.Text(append(out, vm.Nil)[0]))
	}
}
