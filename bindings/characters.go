package bindings

import (
	"strings"
	"unicode/utf8"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/text"
)

type charactersArgs struct {
	Text string `lua:"text,bytes" doc:"Any text."`
}

type charactersSubArgs struct {
	Text  words `lua:"text" doc:"A text."`
	First int   `lua:"first" doc:"The first character; from the end if less than 0."`
	Last  *int  `lua:"last,optional" doc:"The last one; the end if not given."`
}

type charactersOfArgs struct {
	Codes []int `lua:"codes" doc:"Numbers of Unicode."`
}

// changed is a row that makes one text of another.
func changed(name, doc, example string, do func(string) string) spec.Func {
	return spec.Function(name, doc, func(_ *spec.Call, in charactersArgs) (string, error) { return do(in.Text), nil }).
		Direct().Example(example)
}

// utf8Space is tg.utf8.
var utf8Space = spec.Namespace{
	Name: "utf8", Doc: "Text by its characters, where the functions of string count bytes.",
	Functions: []spec.Func{
		spec.Function("len", "How many characters it has. A byte that is no UTF-8 counts as one.",
			func(_ *spec.Call, in charactersArgs) (int, error) { return utf8.RuneCountInString(in.Text), nil },
		).Direct().Example(`print(tg.utf8.len("Grüße"))`),
		spec.Function("units", "How many units of UTF-16 it has, which is how Telegram counts: emoji have two.",
			func(_ *spec.Call, in charactersArgs) (int, error) { return text.Units(in.Text), nil },
		).Direct().Example(`print(tg.utf8.units("Grüße 🙂"))`),
		spec.Function("sub", "Some of its characters, as string.sub has it.",
			func(_ *spec.Call, in charactersSubArgs) (string, error) {
				runes := []rune(string(in.Text))
				first, last := in.First, len(runes)
				if in.Last != nil {
					last = *in.Last
				}
				if first < 0 {
					first = max(len(runes)+first+1, 1)
				}
				if last < 0 {
					last += len(runes) + 1
				}
				first, last = max(first, 1), min(last, len(runes))
				if first > last {
					return "", nil
				}
				return string(runes[first-1 : last]), nil
			},
		).Direct().Example(`print(tg.utf8.sub("Grüße", 1, 3))`),
		changed("upper", "In capital letters, of all scripts.", `print(tg.utf8.upper("Grüße"))`, strings.ToUpper),
		changed("lower", "In small letters, of all scripts.", `print(tg.utf8.lower("ПРИВЕТ"))`, strings.ToLower),
		changed("fix", "With U+FFFD in the place of what is no UTF-8, so that it can be sent.", `print(tg.utf8.fix("caf\233"))`, func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }),
		spec.Function("valid", "Whether it is UTF-8.",
			func(_ *spec.Call, in charactersArgs) (bool, error) { return utf8.ValidString(in.Text), nil },
		).Direct().Example(`print(tg.utf8.valid("caf\233"))`),
		spec.Function("codes", "The numbers of its characters.",
			func(_ *spec.Call, in charactersArgs) ([]int, error) {
				codes := make([]int, 0, len(in.Text))
				for _, r := range in.Text {
					codes = append(codes, int(r))
				}
				return codes, nil
			},
		).Direct().Example(`for _, code in ipairs(tg.utf8.codes("né")) do print(code) end`),
		spec.Function("char", "The text of these characters.",
			func(_ *spec.Call, in charactersOfArgs) (string, error) {
				var out strings.Builder
				for _, code := range in.Codes {
					if code < 0 || !utf8.ValidRune(rune(code)) {
						return "", &spec.ArgumentError{Function: "char", Place: "argument 1 (codes)", Problem: "no character has such a number"}
					}
					out.WriteRune(rune(code))
				}
				return out.String(), nil
			},
		).Direct().Example(`print(tg.utf8.char({ 0x1F642 }))`),
	},
}
