package vm_test

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// What differs from 5.1, or lua5.1 can't be asked: the rest is in testdata/differential.
func TestLibrary(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"whole numbers keep their digits":           {`return tostring(2^53) .. " " .. tostring(5000000000) .. " " .. tostring(-1e15) .. " " .. tostring(-0.0)`, "9007199254740992 5000000000 -1000000000000000 -0"},
		"numbers beyond them":                       {`return tostring(1e100) .. " " .. tostring(1/0) .. " " .. tostring(-1/0)`, "1e+100 inf -inf"},
		"not a number":                              {`return (tostring(0/0):gsub("-", ""))`, "nan"},
		"words are no numbers":                      {`return tostring(tonumber("inf")) .. tostring(tonumber("nan")) .. tostring(tonumber("0b1")) .. tostring(tonumber("1_0"))`, "nilnilnilnil"},
		"huge is infinite":                          {`return tostring(math.huge == 1/0)`, "true"},
		"%s takes any value":                        {`return ("%s %s %5s"):format(nil, true, setmetatable({}, { __tostring = function() return "T" end }))`, "nil true     T"},
		"__tostring may give a number":              {`return tostring(setmetatable({}, { __tostring = function() return 1e3 end }))`, "1000"},
		"__tostring must give text":                 {`return select(2, pcall(tostring, setmetatable({}, { __tostring = function() end })))`, "'__tostring' must return a string, not nil"},
		"rep with a separator":                      {`return ("a"):rep(3, ",") .. ("a"):rep(1, ",")`, "a,a,aa"},
		"xpcall with arguments":                     {`return select(2, xpcall(function(a) return a end, print, 7))`, "7"},
		"__pairs":                                   {`local n = 0 for k, v in pairs(setmetatable({}, { __pairs = function(t) return function(_, i) if i < 3 then return i + 1 end end, t, 0 end })) do n = n + k end return n`, "6"},
		"an unknown key":                            {`return select(2, pcall(next, { a = 1 }, "zz"))`, "invalid key to 'next'"},
		"an unknown number as a key":                {`return select(2, pcall(next, { a = 1 }, 1.5))`, "invalid key to 'next'"},
		"next behind the end of an array":           {`return next({ 1, 2, a = "x" }, 50)`, "a"},
		"a key that was removed":                    {`local t = { a = 1, b = 2 } local k = next(t) t[k] = nil return tostring(next(t, k))`, "b"},
		"a list that shrinks under pairs":           {`local t = { 1, 2, 3, x = 4 } local n = 0 for k in pairs(t) do n = n + 1 if n == 1 then table.remove(t) table.remove(t) table.remove(t) end end return n`, "2"},
		"popping and pushing":                       {`local t = {} for i = 1, 5000 do t[i] = i end for i = 1, 4990 do table.remove(t) end t[#t] = nil t[#t] = nil return table.remove(t) .. " " .. #t`, "8 7"},
		"insert out of bounds":                      {`return select(2, pcall(table.insert, { 1 }, 5, "x"))`, "bad argument #2 to '?' (position 5 is out of bounds: the list has 1 items)"},
		"insert without a value":                    {`return select(2, pcall(table.insert, {}))`, "wrong number of arguments to 'insert' (table, [position,] value)"},
		"a full list":                               {`local t = {} t[1048575] = 1 return select(2, pcall(table.insert, t, 1))`, "the list is full: it has 1048575 items"},
		"ids as keys cost nothing":                  {`local t = {} for i = 1, 1000 do t[5000000000 + i] = i end t[12345678] = 1 return t[5000000500] + t[12345678]`, "501"},
		"sort with a contradictory comparator":      {`local t = {} for i = 1, 1000 do t[i] = i % 7 end table.sort(t, function() return true end) return #t`, "1000"},
		"sort while the list changes":               {`local t = { 3, 1, 2 } table.sort(t, function(a, b) t[4] = nil return a < b end) return table.concat(t, ",")`, "1,2,3"},
		"an error in a comparator":                  {`return select(2, pcall(table.sort, { 1, 2, 3 }, function() error("no", 0) end))`, "no"},
		"concat of many":                            {`local t = {} for i = 1, 300000 do t[i] = "x" end return #table.concat(t, ",")`, "599999"},
		"unpack of many":                            {`local t = {} for i = 1, 50000 do t[i] = i end return select("#", unpack(t))`, "50000"},
		"table.unpack":                              {`return select("#", table.unpack({ 1, 2, 3 }))`, "3"},
		"load of text":                              {`return load("return 1 + 1")()`, "2"},
		"load of pieces":                            {`local p = { "return ", "4", "2", "" } return load(function() return table.remove(p, 1) end)()`, "42"},
		"load of something else":                    {`return select(2, pcall(load, function() return {} end))`, "reader function must return a string"},
		"load of a mistake":                         {`return select(2, load("x = = 1"))`, `[string "x = = 1"]:1: syntax error near '='`},
		"load of long text":                         {`return select(2, load("local a = 1\nlocal b = = 2"))`, `[string "local a = 1..."]:2: syntax error near '='`},
		"load with a name":                          {`return select(2, loadstring("x = = 1", "@my.lua"))`, `my.lua:1: syntax error near '='`},
		"load of compiled code":                     {`return select(2, load("\27Lua"))`, "[string \"\x1bLua\"]:1: this is compiled Lua; only source text is taken"},
		"memory in use":                             {`return tostring(collectgarbage("count") > 100) .. collectgarbage() .. collectgarbage("step")`, "true00"},
		"an unknown option":                         {`return select(2, pcall(collectgarbage, "x"))`, "bad argument #1 to '?' (invalid option 'x')"},
		"the metatable of strings":                  {`return getmetatable("") .. tostring(pcall(setmetatable, "", nil))`, "stringfalse"},
		"methods of ours on strings":                {`function string.shout(s) return s:upper() .. "!" end return ("hey"):shout()`, "HEY!"},
		"setmetatable of userdata":                  {`local ok, e = pcall(error) return tostring(pcall(setmetatable, print, {}))`, "false"},
		"random numbers":                            {`for i = 1, 1000 do local a, b, c = math.random(), math.random(6), math.random(-3, 3) assert(a >= 0 and a < 1 and b >= 1 and b <= 6 and c >= -3 and c <= 3 and b % 1 == 0) end return "fine"`, "fine"},
		"a seed":                                    {`math.randomseed(42) local a = math.random(1e9) math.randomseed(42) return tostring(a == math.random(1e9))`, "true"},
		"a seed of its own":                         {`return tostring(math.random(2^52) ~= math.random(2^52))`, "true"},
		"an interval without numbers":               {`return select(2, pcall(math.random, 5, 1))`, "bad argument #2 to '?' (interval is empty or too large)"},
		"log with a base":                           {`return math.log(8, 2) .. " " .. math.log(1) .. " " .. math.mod(7, 3)`, "3 0 1"},
		"assert with any value":                     {`return select(2, pcall(assert, false, { x = 5 })).x`, "5"},
		"debug.traceback":                           {`local function f() return debug.traceback("why") end local s = f() return s`, "why\nstack traceback:\n\ttest.lua:1: in function 'f'\n\ttest.lua:1: in main chunk"},
		"debug.traceback of what is no text":        {`return debug.traceback({ 7 })[1]`, "7"},
		"a traceback through xpcall":                {`local function bad() error("x") end local _, s = xpcall(bad, debug.traceback) return (s:gsub("\n", "|"):gsub("\t", ""))`, "test.lua:1: x|stack traceback:|[Go]: in function 'error'|test.lua:1: in function <test.lua:1>|[Go]: in function 'xpcall'|test.lua:1: in main chunk"},
		"a call of a library function gone wrong":   {`return select(2, pcall(function() ("x"):rep() end))`, "test.lua:1: bad argument #2 to 'rep' (number expected, got no value)"},
		"bad replacement":                           {`return select(2, pcall(string.gsub, "x", "x", "%"))`, "invalid use of '%' in replacement string: write %% for a percent sign"},
		"a replacement that is a table":             {`return select(2, pcall(string.gsub, "x", "x", function() return {} end))`, "invalid replacement value (a table)"},
		"too complex a pattern":                     {`return select(2, pcall(string.find, ("a"):rep(300), ("a?"):rep(300)))`, "pattern too complex"},
		"linear gsub":                               {`local r, n = ("ab"):rep(500000):gsub("a", "xy") return n .. " " .. #r`, "500000 1500000"},
		"upvalues of iterators":                     {`local fs = {} for i, v in ipairs({ "a", "b" }) do fs[i] = function() return v end end return fs[1]() .. fs[2]()`, "ab"},
		"ipairs beyond the array":                   {`local t = {} for i = 1, 3 do t[i] = i end local n = 0 for i, v in ipairs(t) do n = n + v end return n`, "6"},
		"rawset gives the table":                    {`local t = {} return tostring(rawset(t, 1, 2) == t)`, "true"},
		"maxn of a fractional key":                  {`return table.maxn({ 1, 2, [7.5] = 1 })`, "7.5"},
		"the version":                               {`return _VERSION`, "Lua 5.1"},
		"concat with numbers":                       {`return table.concat({ 1, 0.1 + 0.2, 5000000000, 1e100 }, " ")`, "1 0.3 5000000000 1e+100"},
		"byte of a long string":                     {`return select(2, pcall(string.byte, ("x"):rep(100000), 1, -1))`, "string slice too long"},
		"pairs of nothing":                          {`return select(2, pcall(function() for k in pairs(nil) do end end))`, "test.lua:1: bad argument #1 to 'pairs' (table expected, got nil)"},
		"yield outside":                             {`return select(2, pcall(coroutine.yield))`, "attempt to yield from outside a coroutine, or across a pcall, a metamethod or a callback"},
		"resume of what is no coroutine":            {`return select(2, pcall(coroutine.resume, 1))`, "bad argument #1 to '?' (coroutine expected, got number)"},
		"coroutine of what is no function":          {`return select(2, pcall(coroutine.wrap, 1))`, "bad argument #1 to '?' (function expected, got number)"},
		"gmatch with an empty match":                {`local t = {} for k in ("a,b"):gmatch("%a*") do t[#t + 1] = "[" .. k .. "]" end return table.concat(t)`, "[a][][b][]"},
		"gmatch by hand":                            {`local f = ("a b"):gmatch("%a") return f() .. f() .. tostring(f())`, "abnil"},
		"closures of a loop survive a caught error": {`local fs = {} for i = 1, 3 do local x = i pcall(function() x = x * 10 error("e") end) fs[i] = function() x = x + 1 return x end end return fs[1]() .. fs[2]() .. fs[3]() .. fs[1]()`, "11213112"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := do(t, newMachine(t, vm.Options{}), c.source); got != c.want || err != nil {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

// A script gets these globals and no others: whoever adds one thinks about what it reaches.
func TestGlobals(t *testing.T) {
	source := `local names = {}
for k, v in pairs(_G) do
  if type(v) == "table" and v ~= _G then
    for f in pairs(v) do names[#names + 1] = k .. "." .. f end
  else
    names[#names + 1] = k
  end
end
table.sort(names)
return table.concat(names, " ")`
	got, err := do(t, newMachine(t, vm.Options{}), source)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Fields(`_G _VERSION assert collectgarbage error getmetatable ipairs load loadstring next pairs pcall
		print rawequal rawget rawset select setmetatable tonumber tostring type unpack xpcall
		coroutine.create coroutine.resume coroutine.running coroutine.status coroutine.wrap coroutine.yield
		debug.traceback os.clock os.date os.difftime os.time
		string.byte string.char string.find string.format string.gmatch string.gsub string.len string.lower string.match
		string.rep string.reverse string.sub string.upper
		table.concat table.getn table.insert table.maxn table.remove table.sort table.unpack
		math.abs math.acos math.asin math.atan math.atan2 math.ceil math.cos math.cosh math.deg math.exp math.floor math.fmod
		math.frexp math.huge math.ldexp math.log math.log10 math.max math.min math.mod math.modf math.pi math.pow math.rad
		math.random math.randomseed math.sin math.sinh math.sqrt math.tan math.tanh`)
	sort.Strings(want)
	if have := strings.Fields(got); !slices.Equal(have, want) {
		t.Errorf("got %s\nwant %s", have, want)
	}
}

func TestPrint(t *testing.T) {
	var lines []string
	m := newMachine(t, vm.Options{Print: func(line string) { lines = append(lines, line) }})
	_, err := do(t, m, `print("a", 1, nil, true, setmetatable({}, { __tostring = function() return "T" end })) print() print(0.1 + 0.2)`)
	if want := []string{"a\t1\tnil\ttrue\tT", "", "0.3"}; err != nil || !slices.Equal(lines, want) {
		t.Errorf("got %q, %v", lines, err)
	}
}

func TestPrintShowsTables(t *testing.T) {
	var lines []string
	m := newMachine(t, vm.Options{Print: func(line string) { lines = append(lines, line) }})
	m.ShowWith(func(_ *vm.State, v vm.Value) string { return fmt.Sprintf("<%d>", v.(*vm.Table).Len()) })
	_, err := do(t, m, `print({ 1, 2 }, "a", {}, setmetatable({}, { __tostring = function() return "T" end })) assert(tostring({}):match("^table: "))`)
	if want := []string{"<2>\ta\t<0>\tT"}; err != nil || !slices.Equal(lines, want) {
		t.Errorf("got %q, %v", lines, err)
	}
}

func TestClock(t *testing.T) {
	now := time.Date(2024, time.February, 29, 13, 5, 9, 0, time.UTC)
	m := newMachine(t, vm.Options{Now: func() time.Time { now = now.Add(time.Second); return now }})
	for name, c := range map[string]struct{ source, want string }{
		"every conversion":          {`return os.date("!%a %A %b %B %d %H %I %j %m %M %p %S %U %w %W %y %Y %Z %%", 1709211909)`, "Thu Thursday Feb February 29 13 01 060 02 05 PM 09 08 4 09 24 2024 UTC %"},
		"those of C99":              {`return os.date("!%C %D %e %F %g %G %h %n %r %R %s %t %T %u %V", 1709211909)`, "20 02/29/24 29 2024-02-29 24 2024 Feb \n 01:05:09 PM 13:05 1709211909 \t 13:05:09 4 09"},
		"whole dates":               {`return os.date("!%c|%x|%X", 0)`, "Thu Jan  1 00:00:00 1970|01/01/70|00:00:00"},
		"an unknown conversion":     {`return select(2, pcall(os.date, "%Q"))`, "invalid conversion '%Q' in a date format"},
		"an unfinished conversion":  {`return select(2, pcall(os.date, "50%"))`, "invalid conversion '%' in a date format"},
		"a table":                   {`local d = os.date("!*t", 1709211909) return table.concat({ d.year, d.month, d.day, d.hour, d.min, d.sec, d.wday, d.yday, tostring(d.isdst) }, " ")`, "2024 2 29 13 5 9 5 60 false"},
		"there and back":            {`return os.time(os.date("*t", 1709211909))`, "1709211909"},
		"fields that carry over":    {`return os.date("%Y-%m-%d %H", os.time({ year = 2024, month = 14, day = 1 }))`, "2025-02-01 12"},
		"fields as text":            {`return os.date("%Y-%m-%d", os.time({ year = "2024", month = "2", day = "3" }))`, "2024-02-03"},
		"a missing field":           {`return select(2, pcall(os.time, { year = 2024, month = 2 }))`, "field 'day' missing in date table"},
		"a difference":              {`return os.difftime(5, 3) .. " " .. os.difftime(5)`, "2 5"},
		"the clock goes on":         {`local a = os.time() local b = os.time() return b - a`, "1"},
		"the clock of the run":      {`return tostring(os.clock() < os.clock())`, "true"},
		"now":                       {`return os.date("!%Y-%m-%d")`, "2024-02-29"},
		"the first week, by Sunday": {`return os.date("!%U %W %V %G", 1704067200)`, "00 01 01 2024"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := do(t, m, c.source); got != c.want || err != nil {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestMachinesShareNothing(t *testing.T) {
	a, b := newMachine(t, vm.Options{}), newMachine(t, vm.Options{})
	if _, err := do(t, a, `x = 1 string.upper = nil math.pi = 3`); err != nil {
		t.Fatal(err)
	}
	if got, err := do(t, b, `return tostring(x) .. ("a"):upper() .. tostring(math.pi > 3.1)`); got != "nilAtrue" || err != nil {
		t.Error(got, err)
	}
}

func TestThreadsAreUsedAgain(t *testing.T) {
	m := newMachine(t, vm.Options{})
	fn := load(t, m, "test.lua", `local a, b = ... local ok = pcall(error, a) return a, b, ok`)
	for i := range 3000 { // more than a thread lives
		out, err := m.Run(context.Background(), fn, func(*vm.State) []vm.Value { return []vm.Value{vm.Number(i), vm.String("b")} })
		if err != nil || len(out) != 3 || out[0] != vm.Number(i) || out[1] != vm.String("b") || out[2] != vm.False {
			t.Fatal(i, out, err)
		}
	}
	for range 100 { // an error takes a thread out
		if _, err := do(t, m, `local secret = 1 leak = function() return secret end error("x")`); err == nil {
			t.Fatal("no error")
		}
	}
	if got, err := do(t, m, `local other = 5 return leak()`); got != "1" || err != nil {
		t.Error(got, err)
	}
}
