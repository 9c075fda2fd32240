package bindings

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/tgscript/tgscript/bindings/service/locale"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/text"
)

// usualLocales is the folder that is read when a script doesn't name one.
const usualLocales = "locales"

// locales are what a script says, in all languages.
type locales struct{ *locale.Catalog }

// translator says it in one of them.
type translator struct {
	in    *locales
	chain []string
}

// localesOptions say how the files are read.
type localesOptions struct {
	Default   string `lua:"default,optional" doc:"The language that has what others lack; en if not given."`
	ParseMode string `lua:"parse_mode,optional" enum:"md,markdown,html,none" doc:"How formatting is written in the texts; md if not given."`
}

type localesArgs struct {
	Folder string         `lua:"folder,optional" doc:"Where the files are, in the folder of scripts; \"locales\" if not given."`
	Opts   localesOptions `lua:"options,optional" doc:"How they are read."`
}

// LoadLocales reads the files of languages below a folder as scripts do: for check, too.
func LoadLocales(files fs.FS, folder, fallback, parseMode string) (*locale.Catalog, error) {
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		return nil, err
	}
	var all []locale.File
	for _, e := range entries {
		name := folder + "/" + e.Name()
		if ext := filepath.Ext(name); e.IsDir() || ext != ".yaml" && ext != ".yml" || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		all = append(all, locale.File{Name: name, Data: data})
	}
	return catalog(all, localesOptions{fallback, parseMode})
}

func catalog(files []locale.File, o localesOptions) (*locale.Catalog, error) {
	mode := markup(o.ParseMode)
	if o.ParseMode == "none" {
		mode = text.Plain
	}
	return locale.Load(files, o.fallback(), mode)
}

// fallback is the language that has what others lack.
func (o localesOptions) fallback() string {
	if o.Default == "" {
		return "en"
	}
	return o.Default
}

// read loads the files for the script.
func (in localesArgs) read(c *spec.Call) (*locales, error) {
	folder := in.Folder
	if folder == "" {
		folder = usualLocales
	}
	found, err := c.Generation.Data(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no folder '%s' with languages: write '%s/%s.yaml' beside the script", folder, folder, in.Opts.fallback())
	case err != nil:
		return nil, err
	}
	files := make([]locale.File, len(found))
	for i, f := range found {
		files[i] = locale.File{Name: filepath.ToSlash(filepath.Join(folder, filepath.Base(f.Path))), Data: f.Data}
	}
	loaded, err := catalog(files, in.Opts)
	if err != nil {
		return nil, err
	}
	all := &locales{loaded}
	s := servicesOf(c)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.locales = all
	return all, nil
}

// localesOf are those that the script has loaded, or of the usual folder.
func localesOf(c *spec.Call) (*locales, error) {
	s := servicesOf(c)
	s.mu.Lock()
	loaded := s.locales
	s.mu.Unlock()
	if loaded != nil {
		return loaded, nil
	}
	return localesArgs{}.read(c)
}

// spoken is the language that a value tells: itself, that of a person, or that of who caused an event.
func spoken(c *spec.Call, v vm.Value) (string, error) {
	switch v := v.(type) {
	case vm.String:
		return string(v), nil
	case *vm.UserData:
		for _, name := range []string{"lang_code", "sender", "user"} {
			found, known := c.Instance.Field(v, name)
			if person, ok := found.(*vm.UserData); ok {
				found, known = c.Instance.Field(person, "lang_code")
			}
			if code, ok := found.(vm.String); ok {
				return string(code), nil
			}
			if known {
				return "", nil
			}
		}
	default:
		if v == nil || v == vm.Nil {
			return "", nil
		}
	}
	return "", spec.Expected("language, user or event", v)
}

type languageArgs struct {
	Of vm.Value `lua:"of,optional" type:"string|Peer|Message|table" doc:"A language (\"de-AT\"), a user, or an event: then that of who caused it. Accounts of users aren't told other people's languages: they get the default one."`
}

func (in languageArgs) language(c *spec.Call) (string, error) {
	name, err := spoken(c, in.Of)
	if err != nil {
		return "", &spec.ArgumentError{Function: "of", Place: "argument 1 (of)", Problem: err.Error()}
	}
	return name, nil
}

func (l *locales) speak(language string) *translator { return &translator{l, l.Chain(language)} }

// i18nSpace is tg.i18n.
var i18nSpace = spec.Namespace{
	Name: "i18n", Doc: "What a script says in several languages: YAML files in the folder `locales` beside the scripts, one a language (`en.yaml`, `pt-BR.yaml`), with texts by their keys, " +
		"arguments in braces and plurals. A script is reloaded when one of its files changes.",
	Functions: []spec.Func{
		spec.Function("load", "Read the files of a folder. Without it tg.i18n.of reads those of `locales`. What is wrong in them is told with its line.",
			func(c *spec.Call, in localesArgs) (*locales, error) { return in.read(c) },
		).Direct().Raises("PARSE").Example(`local locales = tg.i18n.load("locales", { default = "en" })
print(table.concat(locales.languages, ", "))`),
		spec.Function("of", "Speak someone's language: a function that gives texts by their keys.",
			func(c *spec.Call, in languageArgs) (*translator, error) {
				language, err := in.language(c)
				if err != nil {
					return nil, err
				}
				all, err := localesOf(c)
				if err != nil {
					return nil, err
				}
				return all.speak(language), nil
			},
		).Direct().Raises("PARSE").Example(`client:on("message", { pattern = "^/start$" }, function(event)
  local t = tg.i18n.of(event)
  event:reply(t("hello", { name = event.sender.first_name }))
  event:reply(t("cart.items", { count = 3 }))
end)`),
	},
}

// localesClass is the class Locales.
var localesClass = spec.Class{
	Name: "Locales", Call: "locales", Go: reflect.TypeFor[*locales](), Doc: "What a script says, in all languages.",
	Fields: []spec.Field{
		spec.Get("default", "The language that has what others lack.", func(l *locales) string { return l.Default }),
		spec.Get("languages", "All languages that there are files of, sorted.", func(l *locales) []string { return l.Languages() }),
		spec.Get("keys", "All keys of the default language, sorted.", func(l *locales) []string { return append([]string{}, l.Keys()...) }),
	},
	Methods: []spec.Func{
		spec.Method("of", "Speak someone's language.", func(c *spec.Call, l *locales, in languageArgs) (*translator, error) {
			language, err := in.language(c)
			if err != nil {
				return nil, err
			}
			return l.speak(language), nil
		}).Direct().
			Example(`local t = tg.i18n.load("locales"):of("de-AT")
print(t("hello", { name = "Alice" }))`),
		spec.Method("check", "What doesn't fit between the languages: messages that are missing, arguments that differ, forms that plurals lack.",
			func(_ *spec.Call, l *locales, _ spec.None) ([]string, error) {
				lines := []string{}
				for _, f := range l.Check() {
					lines = append(lines, f.String())
				}
				return lines, nil
			},
		).Direct().Example(`for _, line in ipairs(tg.i18n.load():check()) do print(line) end`),
	},
}

// translatorClass is the class Translator.
var translatorClass = spec.Class{
	Name: "Translator", Call: "t", Go: reflect.TypeFor[*translator](), Doc: "Says things in a language: `t(key, arguments)`.",
	Text: func(v any) string { return "Translator(" + v.(*translator).chain[0] + ")" },
	Fields: []spec.Field{
		spec.Get("language", "The language, the nearest that there is a file of.", func(t *translator) string { return t.chain[0] }),
	},
	Invoke: &translate,
	Methods: []spec.Func{
		spec.Method("has", "Whether there is such a message.", func(_ *spec.Call, t *translator, in translateArgs) (bool, error) {
			_, known, _ := t.in.Find(t.chain, in.Key, 1, true)
			return known, nil
		}).Direct().Example(`local t = tg.i18n.of("de")
print(t:has("hello"))`),
		spec.Method("plain", "A message without its formatting, as a string: for buttons and titles.", func(_ *spec.Call, t *translator, in translateArgs) (string, error) {
			said, err := t.say(in)
			return said.Plain, err
		}).Direct().Example(`local t = tg.i18n.of("de")
client:send_message("me", t("menu.title"), { buttons = { { text = t:plain("menu.open"), data = "open" } } })`),
	},
}

type translateArgs struct {
	Key  string   `lua:"key" doc:"Which message: \"menu.open\"."`
	Args fillings `lua:"arguments,optional" doc:"What stands in place of the names in braces: text, or what tg.fmt makes. Plurals go by count."`
}

var translate = spec.Method("t", "A message with its arguments, as formatted text.", func(_ *spec.Call, t *translator, in translateArgs) (*formattedText, error) {
	said, err := t.say(in)
	return formattedOfText(said), err
}).Direct()

// say finds a message and fills it.
func (t *translator) say(in translateArgs) (text.Text, error) {
	count, counted := in.Args.number(locale.Count)
	template, known, err := t.in.Find(t.chain, in.Key, count, counted)
	switch {
	case err != nil:
		return text.Text{}, &spec.ArgumentError{Function: "t", Place: "argument 2 (arguments)", Problem: err.Error()}
	case !known:
		return text.Text{}, spec.Unknown("", "message", in.Key, t.in.Keys())
	}
	filled, err := text.Fill(template, in.Args.value)
	if err != nil {
		return text.Text{}, &spec.ArgumentError{Function: "t", Place: "argument 2 (arguments)", Problem: in.Key + ": " + err.Error()}
	}
	return filled, nil
}
