package bindings_test

import (
	"strings"
	"testing"
)

// serviceRows are a sentence, a script, and what it prints.
type serviceRows [][3]string

// inWorld runs the rows in one world: services need no Telegram.
func (rows serviceRows) inWorld(t *testing.T) {
	t.Helper()
	newWorld(t, "alice").services(t, rows)
}

func (w *world) services(t *testing.T, rows serviceRows) {
	t.Helper()
	for _, row := range rows {
		t.Run(row[0], func(t *testing.T) {
			if got := w.output(t, row[1]); got != row[2] {
				t.Errorf("got  %q\nwant %q", got, row[2])
			}
		})
	}
}

// output is what a script says while it is loaded.
func (w *world) output(t *testing.T, script string) string {
	t.Helper()
	w.run(t, script, "")
	var lines []string
	for {
		select {
		case line := <-w.lines:
			lines = append(lines, line)
		default:
			return strings.Join(lines, "\n")
		}
	}
}

func TestJSONAndYAML(t *testing.T) {
	serviceRows{
		{"values come back", `local v = tg.json.decode('{"a":[1,null,{"b":true}],"id":"x"}')
			print(v.a[1], v.a[2] == tg.json.null, v.a[3].b, #v.a, v.id, v.none)`, "print: 1\ttrue\ttrue\t3\tx\tnil"},
		{"null is null everywhere", `print(tg.json.null, tg.json.decode("null"), tg.json.encode({ tg.json.null }), tg.json.encode(nil), tg.json.decode('{"a":null}', { nulls = true }).a == tg.json.null)`,
			"print: null\tnil\t[null]\tnull\ttrue"},
		{"large numbers keep their digits", `print(tg.json.decode('[9223372036854775807]')[1], tg.json.encode({ id = client.me.id }))`, `print: 9223372036854775807` + "\t" + `{"id":1001}`},
		{"lists that are empty", `print(tg.json.encode({}), tg.json.encode(tg.json.list()), tg.json.encode(tg.json.list({ 1 })))`, "print: {}\t[]\t[1]"},
		{"errors say where", `local ok, e = pcall(tg.json.decode, '{\n"a": ?}') print(ok, e.kind, e.line, e.column) print(e.message)
			local ok, e = pcall(tg.json.encode, { a = { print } }) print(ok, e.kind, e.path)`,
			"print: false\tPARSE\t2\t6\nprint: read JSON: line 2, column 6: invalid character '?' looking for beginning of value\nprint: false\tENCODE\ta[1]"},
		{"objects are named by their class", `local ok, e = pcall(tg.json.encode, client) print(e.message)`,
			"print: write JSON: an object can't be written: take its fields, or what to_table() returns"},
		{"YAML", `local v = tg.yaml.decode("a: [1, null]\nb: 2026-01-31") print(v.a[2] == tg.json.null, v.b, (tg.yaml.encode({ z = 1, a = { 1 } }):gsub("\n", "|")))`,
			"print: true\t2026-01-31\ta:|    - 1|z: 1|"},
		{"YAML that is none", `local ok, e = pcall(tg.yaml.decode, "a: [") print(ok, e.kind, e.line)`, "print: false\tPARSE\t1"},
		{"what was decoded is text to send", `local t = {} for i = 1, 1000 do t[i] = i end print(#tg.json.encode(t), #tg.json.decode(tg.json.encode(t)))`, "print: 3894\t1000"},
	}.inWorld(t)
}
