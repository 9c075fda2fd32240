package vm

import (
	"strings"
	"testing"
)

func TestTooDeep(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		line   int
	}{
		"nothing":                       {"", 0},
		"brackets that close":           {strings.Repeat("f(g[h{1}])\n", 5000), 0},
		"brackets that don't":           {"\n\n" + strings.Repeat("(", 2000), 3},
		"a bracket a line":              {strings.Repeat("(\n", 1100), 1000},
		"brackets in quotes":            {"'" + strings.Repeat("(", 2000) + "'", 0},
		"brackets in double quotes":     {`"` + strings.Repeat("(", 2000) + `"`, 0},
		"a quote that is escaped":       {`"\"` + strings.Repeat("(", 2000) + `"`, 0},
		"a string that isn't closed":    {"'" + strings.Repeat("(", 900) + "\n" + strings.Repeat("(", 900), 0},
		"brackets in a comment":         {"--" + strings.Repeat("(", 2000) + "\n(", 0},
		"brackets in a long comment":    {"--[==[\n" + strings.Repeat("(", 2000) + "]]\n]==]", 0},
		"brackets in a long string":     {"x = [[\n" + strings.Repeat("(", 2000) + "]]", 0},
		"lines of a long string count":  {"x = [[\n\n\n]]\n" + strings.Repeat("{", 2000), 5},
		"a long string without an end":  {"x = [[" + strings.Repeat("(", 2000), 0},
		"an index is no long string":    {strings.Repeat("x[y[", 600), 1},
		"blocks that end":               {strings.Repeat("if a then while b do repeat f() until c end end\n", 3000), 0},
		"blocks that don't":             {strings.Repeat("do ", 1100), 1},
		"functions that end":            {strings.Repeat("local function f() return function() end end\n", 3000), 0},
		"words that begin with a word":  {strings.Repeat("doing = iffy + functional\n", 3000), 0},
		"nots":                          {"return " + strings.Repeat("not ", 2000), 1},
		"nots in many statements":       {strings.Repeat("x = not y\n", 3000), 0},
		"minuses in many calls":         {strings.Repeat("f(-x, -y)\n", 3000), 0},
		"dots in many calls":            {strings.Repeat("print('a' .. b .. 'c')\n", 3000), 0},
		"dots in one expression":        {"x = 'a'" + strings.Repeat(" .. 'a'", 1500), 1},
		"powers in one expression":      {"x = 2" + strings.Repeat("^2", 1500), 1},
		"conditions of many statements": {strings.Repeat("if #a > -1 and not b or c ~= '..' then end\n", 3000), 0},
		"too many closed":               {strings.Repeat(")}] end ", 3000), 0},
		"a lone dash at the end":        {"x = 1 -", 0},
		"a bracket at the end":          {"x = [", 0},
		"letters beyond ASCII":          {strings.Repeat("ä", 3000), 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tooDeep([]byte(c.source)); got != c.line {
				t.Errorf("got line %d, want %d", got, c.line)
			}
		})
	}
}

func TestExcerpt(t *testing.T) {
	source := []byte("one\ntwo\r\nthree\n" + strings.Repeat("x", 300) + "\n")
	for name, c := range map[string]struct {
		source       []byte
		line, column int
		want         string
	}{
		"the first line":         {source, 1, 0, "  >    1 | one\n       2 | two\n"},
		"a line with a column":   {source, 2, 3, "       1 | one\n  >    2 | two\n         |   ^\n       3 | three\n"},
		"a long line":            {source, 4, 0, "       3 | three\n  >    4 | " + strings.Repeat("x", 200) + "...\n"},
		"behind the end":         {source, 9, 0, ""},
		"no source":              {nil, 1, 1, ""},
		"an empty source":        {[]byte{}, 1, 0, "  >    1 | \n"},
		"a column far outside":   {source, 1, 500, "  >    1 | one\n       2 | two\n"},
		"the empty last line":    {[]byte("a\n"), 2, 0, "       1 | a\n  >    2 | \n"},
		"no line":                {source, 0, 0, "       1 | one\n"},
		"a tab before the caret": {[]byte("\tx = = 1"), 1, 6, "  >    1 | \tx = = 1\n         |      ^\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := excerpt(c.source, c.line, c.column); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func TestTraceText(t *testing.T) {
	var frames []frame
	for i := range 60 {
		frames = append(frames, frame{file: "a.lua", line: i + 1, function: "f"})
	}
	lines := strings.Split(traceText(frames), "\n")
	if len(lines) != maxTrace+1 || lines[0] != "a.lua:1: in function 'f'" || lines[20] != "... (20 more)" || lines[40] != "a.lua:60: in function 'f'" {
		t.Errorf("got %d lines: %q", len(lines), lines)
	}
	for want, f := range map[string]frame{
		"a.lua:3: in main chunk":       {file: "a.lua", line: 3, function: "main chunk"},
		"a.lua:3: in function <x:1>":   {file: "a.lua", line: 3, function: "<x:1>"},
		"a.lua:3: in function":         {file: "a.lua", line: 3, function: "(anonymous)"},
		"[Go]: in function 'sort'":     {function: "sort"},
		"[Go]: in function":            {},
		"a.lua:3: in function 'x.y'":   {file: "a.lua", line: 3, function: "x.y"},
		"a.lua:3: in function 'error'": {file: "a.lua", line: 3, function: "error"},
	} {
		if got := f.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := traceText(append(frames[:1:1], frames[0], frames[1])); got != "a.lua:1: in function 'f' (2 times)\na.lua:2: in function 'f'" {
		t.Errorf("got %q", got)
	}
}

func TestRewording(t *testing.T) {
	for said, want := range map[string]string{
		"x.lua:1: attempt to call a non-function object":                        "x.lua:1: attempt to call what is no function",
		"x.lua:1: attempt to index a non-table object(nil) with key 'a\nb'":     "x.lua:1: attempt to index nil (field 'a\nb')",
		"x.lua:1: cannot perform add operation between string and number":       "x.lua:1: attempt to perform arithmetic on string",
		"x.lua:1: cannot perform concat operation between string and nil":       "x.lua:1: attempt to concatenate nil",
		"x.lua:1: __len undefined":                                              "x.lua:1: attempt to get the length of a value without one",
		"x.lua:1: __unm undefined":                                              "x.lua:1: attempt to perform arithmetic on a value that is no number",
		"x.lua:1: for statement init must be a number":                          "x.lua:1: 'for' initial value must be a number",
		"x.lua:1: bad argument #2 to floor (number expected, got nil)":          "x.lua:1: bad argument #2 to 'floor' (number expected, got nil)",
		"lua callstack overflow":                                                errStackOverflow.Error(),
		"x.lua:1: registry overflow":                                            "x.lua:1: stack overflow (too many values)",
		"x.lua:1: too many recursions in gettable":                              "x.lua:1: loop in __index",
		"x.lua:1: too many recursions in settable":                              "x.lua:1: loop in __newindex",
		"x.lua:1: can not yield from outside of a coroutine":                    "x.lua:1: " + outsideCoroutine,
		"runtime error: index out of range":                                     "internal error: index out of range",
		" no place":                                                             "no place",
		"x.lua:1: my own words on attempt to call a non-function object":        "x.lua:1: my own words on attempt to call a non-function object",
		"attempt to index a non-table object(number) with key 'x' and so forth": "attempt to index a non-table object(number) with key 'x' and so forth",
	} {
		if got := reworded(nil, 0, String(said)); got != String(want) {
			t.Errorf("%q: got %q, want %q", said, got, want)
		}
	}
	if got := reworded(nil, 0, Number(1)); got != Number(1) {
		t.Error(got)
	}
}

func TestTruncate(t *testing.T) {
	huge := 1e300
	for x, want := range map[float64]int{0: 0, 1.9: 1, -1.9: -1, huge: 1<<63 - 1, -huge: -1 << 63} {
		if got := truncate(x); got != want {
			t.Errorf("%v: got %d, want %d", x, got, want)
		}
	}
	if got := truncate(huge * huge * 0); got != 0 { // not a number
		t.Error(got)
	}
}

func TestSpan(t *testing.T) {
	for _, c := range []struct{ i, j, n, from, to int }{
		{1, 5, 5, 0, 5}, {2, 3, 5, 1, 3}, {-2, -1, 5, 3, 5}, {0, 2, 5, 0, 2}, {-9, 9, 5, 0, 5}, {4, 2, 5, 0, 0}, {6, 9, 5, 0, 0}, {1, 0, 5, 0, 0}, {1, -1, 0, 0, 0},
	} {
		if from, to := span(c.i, c.j, c.n); from != c.from || to != c.to {
			t.Errorf("%+v: got %d, %d", c, from, to)
		}
	}
}
