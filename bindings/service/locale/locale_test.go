package locale_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/service/locale"
	"github.com/tgscript/tgscript/telegram/text"
)

// files makes files of names and texts.
func files(pairs ...string) (list []locale.File) {
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, locale.File{Name: "locales/" + pairs[i], Data: []byte(pairs[i+1])})
	}
	return list
}

func load(t testing.TB, pairs ...string) *locale.Catalog {
	t.Helper()
	c, err := locale.Load(files(pairs...), "en", text.Markdown)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func find(t testing.TB, c *locale.Catalog, language, key string, count ...float64) string {
	t.Helper()
	n := 0.0
	if len(count) > 0 {
		n = count[0]
	}
	found, known, err := c.Find(c.Chain(language), key, n, len(count) > 0)
	switch {
	case err != nil:
		return err.Error()
	case !known:
		return "unknown"
	}
	return text.Format(text.HTML, found)
}

func TestFind(t *testing.T) {
	c := load(t,
		"en.yaml", "hello: \"Hello, **{name}**!\"\nmenu:\n  open: Open\n  close: Close\nonly: English\n",
		"de.yaml", "hello: Hallo, {name}!\nmenu: { open: Öffnen }\n",
		"de-AT.yaml", "hello: Servus, {name}!\n",
		"pt_BR.yml", "hello: Oi\nmenu: {}\n")
	for sentence, row := range map[string][3]string{
		"the language itself":           {"de", "hello", "Hallo, {name}!"},
		"of a country":                  {"de-AT", "hello", "Servus, {name}!"},
		"in other letters":              {"DE_at", "hello", "Servus, {name}!"},
		"what a country's file lacks":   {"de-AT", "menu.open", "Öffnen"},
		"what the language lacks":       {"de-AT", "menu.close", "Close"},
		"a country that has no file":    {"de-CH", "hello", "Hallo, {name}!"},
		"a language that has no file":   {"fr", "hello", "Hello, <b>{name}</b>!"},
		"no language":                   {"", "hello", "Hello, <b>{name}</b>!"},
		"written with an underscore":    {"pt-BR", "hello", "Oi"},
		"a language of a country alone": {"pt", "hello", "Hello, <b>{name}</b>!"},
		"what nobody has":               {"de", "none", "unknown"},
		"a group is no message":         {"de", "menu", "unknown"},
	} {
		if got := find(t, c, row[0], row[1]); got != row[2] {
			t.Errorf("%s: got %s", sentence, got)
		}
	}
	if got := strings.Join(c.Languages(), " "); got != "de de-at en pt-br" {
		t.Errorf("languages: %s", got)
	}
	if got := strings.Join(c.Keys(), " "); got != "hello menu.close menu.open only" {
		t.Errorf("keys: %s", got)
	}
}

func TestPlurals(t *testing.T) {
	c := load(t,
		"en.yaml", "n: { one: \"{count} file\", other: \"{count} files\", \"=0\": none, \"=1.5\": one and a half }\n",
		"ru.yaml", "n: { one: файл, few: файла, many: файлов, other: дробь }\n",
		"ar.yaml", "n: { zero: z, one: o, two: t, few: f, many: m, other: r }\n",
		"ja.yaml", "n: { other: x }\n", "fr.yaml", "n: { one: un, other: autres }\n")
	for _, row := range []struct {
		language string
		n        float64
		want     string
	}{
		{"en", 1, "{count} file"}, {"en", 2, "{count} files"}, {"en", 0, "none"}, {"en", 1.5, "one and a half"}, {"en", 0.5, "{count} files"}, {"en", -1, "{count} file"},
		{"ru", 1, "файл"}, {"ru", 2, "файла"}, {"ru", 5, "файлов"}, {"ru", 11, "файлов"}, {"ru", 21, "файл"}, {"ru", 22, "файла"}, {"ru", 1.5, "дробь"}, {"ru", 1e15 + 1, "файл"},
		{"ar", 0, "z"}, {"ar", 1, "o"}, {"ar", 2, "t"}, {"ar", 3, "f"}, {"ar", 11, "m"}, {"ar", 100, "r"}, {"ja", 1, "x"},
		{"fr", 0, "un"}, {"fr", 1.5, "un"}, {"fr", 2, "autres"}, {"fr", 1e6, "autres"},
	} {
		if got := find(t, c, row.language, "n", row.n); got != row.want {
			t.Errorf("%s, %v: got %s, want %s", row.language, row.n, got, row.want)
		}
	}
	if got := find(t, c, "en", "n"); got != `"n" is different for each number: it needs the argument count` {
		t.Errorf("got %s", got)
	}
}

func TestErrorsSayWhere(t *testing.T) {
	for sentence, row := range map[string][3]string{
		"no YAML":                     {"en.yaml", "a: [\n", "locales/en.yaml:1: "},
		"a list":                      {"en.yaml", "a: x\nb: [1]\n", `locales/en.yaml:2:4: "b": text, or texts by their keys expected`},
		"no messages":                 {"en.yaml", "x", "locales/en.yaml:1:1: messages are written as"},
		"a key that comes twice":      {"en.yaml", "a: x\nb: y\na: z\n", `locales/en.yaml:3:1: "a" is there already`},
		"a brace":                     {"en.yaml", "m:\n  a: \"x {b\"\n", "locales/en.yaml:2:6: at 1:3 of the text: a name in braces"},
		"a plural without other":      {"en.yaml", "a: { one: x }\n", `locales/en.yaml:1:1: "a" has no form "other"`},
		"a name that is no language":  {"notes_about.it.yaml", "a: x", "locales/notes_about.it.yaml: its name is no language"},
		"no file of the default":      {"de.yaml", "a: x", "en.yaml: there is no file"},
		"an alias of itself":          {"en.yaml", "a: &x\n  b: *x\n", "nests deeper"},
		"deeper than anybody can see": {"en.yaml", strings.Repeat("{a: ", 30) + "x" + strings.Repeat("}", 30), "it nests deeper than 20"},
	} {
		_, err := locale.Load(files(row[0], row[1]), "en", text.Markdown)
		if err == nil || !strings.Contains(err.Error(), row[2]) {
			t.Errorf("%s: %v", sentence, err)
		}
	}
	_, err := locale.Load(files("en.yaml", "a: <b>x\nc: [1]"), "en", text.HTML)
	var wrong *locale.Error
	if !errors.As(err, &wrong) || wrong.LuaFields()["line"] != 1 || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("got %v", err)
	}
	if _, err := locale.Load(files("en.yaml", "", "en.yml", ""), "en", text.Markdown); err == nil || !strings.Contains(err.Error(), "has a file already") {
		t.Errorf("got %v", err)
	}
	if c := load(t, "en.yaml", "# nothing\n"); len(c.Keys()) != 0 {
		t.Errorf("keys: %v", c.Keys())
	}
}

func TestCheck(t *testing.T) {
	c := load(t,
		"en.yaml", "hello: Hi {name}\nbye: Bye\nn: { one: x, other: \"{count}\" }\nlink: \"[x](https://a/{id})\"\n",
		"de.yaml", "hello: Hallo {nmae}\nextra: x\nn: { other: y }\nlink: \"[x](https://a/{id})\"\n",
		"de-AT.yaml", "hello: Servus {name}\n",
		"ru.yaml", "hello: П {name}\nbye: Пока\nn: { one: x, few: x, two: x, other: x }\nlink: \"{id}\"\n")
	var got []string
	for _, f := range c.Check() {
		got = append(got, f.String())
	}
	want := []string{
		"locales/de.yaml: bye: missing, it is at locales/en.yaml:2",
		"locales/de.yaml:1: hello: its arguments are {nmae}, those of locales/en.yaml {name}",
		"locales/de.yaml:2: extra: locales/en.yaml has no such message",
		"locales/de.yaml:3: n: the form one is missing",
		"locales/ru.yaml:3: n: the form many is missing",
		"locales/ru.yaml:3: n: the language has no form two",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func FuzzLoad(f *testing.F) {
	for _, seed := range []string{"a: x", "a: {one: \"{count}\", other: y}", "a: &x [*x]", "? {a: b}\n: c", "a: 1\nb:\n- c", "a: {=0: x}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		c, err := locale.Load(files("en.yaml", data), "en", text.Markdown)
		if err != nil {
			return
		}
		c.Check()
		for _, key := range c.Keys() {
			if _, known, err := c.Find(c.Chain("en"), key, 1, true); err != nil || !known {
				t.Fatalf("%q: %v", key, err)
			}
		}
	})
}

func TestLanguagesWithoutEnd(t *testing.T) {
	c, err := locale.Load([]locale.File{{Name: "en.yaml", Data: []byte("a: b")}}, "en", text.Plain)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Chain(strings.Repeat("a-", 10_000_000)); len(got) != 1 || got[0] != "en" {
		t.Errorf("got %v", got)
	}
}
