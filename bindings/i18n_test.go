package bindings_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings"
)

// localized is a folder of scripts with files beside them.
func localized(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var twoLanguages = map[string]string{
	"locales/en.yaml": "hello: \"Hello, **{name}**!\"\nn: { one: \"{count} file\", other: \"{count} files\" }\nlink: \"[go](https://x/?q={q})\"\nonly: English\n",
	"locales/de.yaml": "hello: \"Hallo, **{name}**!\"\nn: { one: \"{count} Datei\", other: \"{count} Dateien\" }\n",
	"html/en.yaml":    "a: <i>{b}</i>\n",
	"html/fr.yaml":    "a: <b>{b}</b>\nz: x\n",
}

func TestI18n(t *testing.T) {
	w := newWorld(t, "alice")
	w.dir = localized(t, twoLanguages)
	w.services(t, serviceRows{
		{"arguments are text", `print(tg.i18n.of("de")("hello", { name = "**A** <b>" }).html, tg.i18n.of()("hello", { name = tg.fmt.italic("B") }).html)`,
			"print: Hallo, <b>**A** &lt;b&gt;</b>!\tHello, <b><i>B</i></b>!"},
		{"plurals", `local t, d = tg.i18n.of("en"), tg.i18n.of("de-CH") print(t("n", { count = 1 }), t("n", { count = 2 }), d("n", { count = 1 }), d("n", { count = 0 }))`, "print: 1 file\t2 files\t1 Datei\t0 Dateien"},
		{"what a language lacks", `print(tg.i18n.of("de")("only"), tg.i18n.of("de"):has("only"), tg.i18n.of("de"):has("none"), tg.i18n.of("de-AT").language, tg.i18n.of("xx"))`, "print: English\ttrue\tfalse\tde\tTranslator(en)"},
		{"an address", `print(tg.i18n.of("en")("link", { q = "a b&c" }).html)`, `print: <a href="https://x/?q=a%20b%26c">go</a>`},
		{"another folder and mode", `local l = tg.i18n.load("html", { parse_mode = "html" }) print(l:of("fr")("a", { b = "<x>" }).html, table.concat(l.languages, " "), l.default, tg.i18n.of("fr")("a", { b = "y" }).html, l:check()[1])`,
			"print: <b>&lt;x&gt;</b>\ten fr\ten\t<b>y</b>\thtml/fr.yaml:2: z: html/en.yaml has no such message"},
		{"without formatting", `print(tg.i18n.of("en"):plain("hello", { name = "A" }), type(tg.i18n.of("en"):plain("only")))`, "print: Hello, A!\tstring"},
		{"of people", `print(tg.i18n.of(client.me).language)`, "print: en"},
		{"what goes wrong", `local t = tg.i18n.of("en") for _, call in ipairs({ function() t("helo") end, function() t("hello", { nam = 1 }) end, function() t("n") end, function() tg.i18n.of(5) end,
			function() tg.i18n.load("none") end, function() tg.i18n.load("../x") end }) do print((select(2, pcall(call)).message)) end`,
			"print: unknown message 'helo': did you mean 'hello'?\nprint: t: argument 2 (arguments): hello: unknown value 'name': did you mean 'nam'?\n" +
				"print: t: argument 2 (arguments): \"n\" is different for each number: it needs the argument count\nprint: of: argument 1 (of): language, user or event expected, got number\n" +
				"print: there is no folder 'none' with languages: write 'none/en.yaml' beside the script\nprint: read ../x: it isn't below the folder of scripts"},
	})
	w.dir = localized(t, map[string]string{"locales/en.yaml": "a: x\nb: \"x {c\"\n"})
	w.services(t, serviceRows{
		{"a file that is wrong", `local ok, e = pcall(tg.i18n.of, "en") print(e.kind, e.file, e.line, e.message:match("^locales/en.yaml:2"))`, "print: PARSE\tlocales/en.yaml\t2\tlocales/en.yaml:2"},
	})
}

func TestI18nOfEvents(t *testing.T) {
	w := newWorld(t, "EchoBot")
	w.dir = localized(t, twoLanguages)
	w.run(t, `client:on("message", function(event)
		local t = tg.i18n.of(event)
		print(t.language, event.sender.lang_code)
		event:reply(t("hello", { name = event.raw_text }), { buttons = { { text = t:plain("only"), data = "x" } } })
	end)
	client:on("callback", function(event) event:answer(tg.i18n.of(event)("n", { count = 1 })) end)`, `
		alice> **x**
		EchoBot: Hello, **x**!
		alice presses> English
		alice is told: 1 file
	`)
}

func TestLoadLocales(t *testing.T) {
	dir := localized(t, twoLanguages)
	c, err := bindings.LoadLocales(os.DirFS(dir), "locales", "", "")
	if err != nil || len(c.Check()) != 2 || !strings.Contains(c.Check()[0].String(), "locales/de.yaml: link: missing") {
		t.Errorf("%v, %v", c.Check(), err)
	}
	if _, err := bindings.LoadLocales(os.DirFS(dir), "none", "", ""); err == nil {
		t.Error("there is no such folder")
	}
}
