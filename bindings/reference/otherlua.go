package reference

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

// beyond names what other versions of Lua have, or what tgscript keeps away from scripts, and what to write instead.
var beyond = map[string]string{
	"utf8":                  "write tg.utf8",
	"bit32":                 "write tg.bit",
	"bit":                   "write tg.bit",
	"jit":                   "scripts run on an interpreter in Go",
	"ffi":                   "scripts run on an interpreter in Go; see tgscript docs services for what there is",
	"io":                    "write tg.fs.read and tg.fs.write, and print",
	"package":               "require finds modules in the script's folder and in lua_modules",
	"loadfile":              "write require",
	"dofile":                "write require",
	"module":                "return a table from the module's file",
	"setfenv":               "pass what a function needs as arguments",
	"getfenv":               "pass what a function needs as arguments",
	"warn":                  "write tg.log.warn",
	"rawlen":                "write #",
	"table.pack":            "write { n = select(\"#\", ...), ... }",
	"table.move":            "write a for loop",
	"string.pack":           "write string.char and string.byte",
	"string.unpack":         "write string.byte",
	"string.packsize":       "write string.byte",
	"string.dump":           "send source instead",
	"math.type":             "write x % 1 == 0: all numbers are floats",
	"math.tointeger":        "write math.floor: all numbers are floats",
	"math.ult":              "write <: all numbers are floats, exact up to 2^53",
	"math.maxinteger":       "write 2^53: above that not every integer is a number",
	"math.mininteger":       "write -2^53: below that not every integer is a number",
	"coroutine.close":       "let it go",
	"os.execute":            "write tg.exec",
	"os.exit":               "return from the script, or tg.stop where there is one",
	"os.getenv":             "write tg.env",
	"os.remove":             "write tg.fs.remove",
	"os.rename":             "write tg.fs.rename",
	"os.tmpname":            "write a name of your own",
	"os.setlocale":          "text is UTF-8",
	"string.gfind":          "write string.gmatch",
	"table.setn":            "lists know their length",
	"table.foreach":         "write for k, v in pairs(t) do",
	"table.foreachi":        "write for i, v in ipairs(t) do",
	"coroutine.isyieldable": "write coroutine.running() ~= nil",
}

// older names that work still.
var older = map[string]string{
	"table.getn": "write #t",
	"table.maxn": "write #t",
	"math.mod":   "write a % b",
	"math.pow":   "write a ^ b",
}

// signs of other versions of Lua, which are no syntax here.
var signs = map[string]string{
	"//": "write math.floor(a / b)",
	"<<": "write tg.bit.lshift(a, n)",
	">>": "write tg.bit.rshift(a, n)",
	"&":  "write tg.bit.band(a, b)",
	"|":  "write tg.bit.bor(a, b)",
	"~":  "write tg.bit.bxor(a, b), or tg.bit.bnot(a), or ~= for not equal",
	"!":  "write not, or ~= for not equal",
	"?":  "write a and b or c",
}

// refused is the finding for a file that doesn't compile. If the trouble begins at a sign of another Lua, it says so.
func refused(file string, tokens []syntax.Token, err error) Finding {
	var wrong *vm.SyntaxError
	if !errors.As(err, &wrong) {
		return finding(badSyntax, file, 1, 1, 1, err.Error())
	}
	for i, t := range tokens {
		near := t.Line == wrong.Line || t.Line == wrong.Line-1 && i+1 < len(tokens) && tokens[i+1].Line >= wrong.Line
		if t.Kind == syntax.Comment || t.Kind == syntax.Quoted || t.Kind == syntax.Long || !near {
			continue
		}
		if t.Line == wrong.Line && wrong.Column > 0 && t.Column > wrong.Column+1 {
			break
		}
		message, hint := foreign(tokens, i)
		if message == "" {
			continue
		}
		f := finding(otherLua, file, t.Line, t.Column, len(t.Text), message)
		f.Hint = hint
		return f
	}
	return finding(badSyntax, file, max(1, wrong.Line), max(1, wrong.Column), 1, wrong.Message)
}

// foreign tells what a token would mean elsewhere, and what to write instead.
func foreign(tokens []syntax.Token, i int) (message, hint string) {
	t := tokens[i]
	next := func(n int) string {
		if i+n >= len(tokens) {
			return ""
		}
		return tokens[i+n].Text
	}
	adjoining := func(n int) bool { return i+n < len(tokens) && tokens[i+n].At == t.At+n*len(t.Text) }
	switch {
	case signs[t.Text] != "":
		return fmt.Sprintf("Lua 5.1 has no %s", t.Text), signs[t.Text]
	case t.Text == "<" && (next(1) == "const" || next(1) == "close") && next(2) == ">":
		return "Lua 5.1 has no <" + next(1) + ">", "leave it out"
	case (t.Text == "+" || t.Text == "-" || t.Text == "*" || t.Text == "/" || t.Text == "..") && next(1) == "=" && adjoining(1):
		return "Lua has no " + t.Text + "=", "write x = x " + t.Text + " y"
	case t.Text == "+" && next(1) == "+":
		return "Lua has no ++", "write x = x + 1"
	case t.Kind == syntax.Name && t.Text == "continue" && (next(1) == "end" || next(1) == "else" || next(1) == "elseif"):
		return "Lua has no continue", "write goto continue, and ::continue:: before the loop's end"
	case t.Text == "else" && next(1) == "if":
		return "else if begins another if", "write elseif"
	case t.Kind == syntax.Name && t.Text == "null":
		return "Lua has no null", "write nil"
	}
	return "", ""
}

// exactly is the largest integer up to which each one is a number of its own.
const exactly = 1 << 53

// numbers warns of integers that are written out but can't be kept.
func (c *checker) numbers(tokens []syntax.Token) {
	for _, t := range tokens {
		if t.Kind != syntax.Number {
			continue
		}
		n, ok := new(big.Int).SetString(t.Text, 0)
		if !ok || n.CmpAbs(big.NewInt(exactly)) <= 0 {
			continue
		}
		if f, accuracy := new(big.Float).SetInt(n).Float64(); accuracy == big.Exact && f != 0 && t.Text[0] == '0' {
			continue
		}
		f := finding(imprecise, c.file, t.Line, t.Column, len(t.Text), "numbers are exact up to 2^53 only, this one is above")
		f.Hint = "write it as a string, \"" + t.Text + "\": ids may be strings"
		c.findings = append(c.findings, f)
	}
}
