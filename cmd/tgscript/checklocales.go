package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/bindings/service/locale"
)

// localesDir is where tg.i18n looks, beside scripts.
const localesDir = "locales"

// checkLocales checks the texts beside the scripts: what a language lacks, and files that can't be read.
func checkLocales(files []string) (all []checked) {
	var dirs []string
	for _, file := range files {
		dir := filepath.Dir(file)
		if info, err := os.Stat(filepath.Join(dir, localesDir)); err == nil && info.IsDir() && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	for _, dir := range dirs {
		all = append(all, checkedLocales(dir)...)
	}
	return all
}

func checkedLocales(dir string) []checked {
	var order []string
	found := map[string][]reference.Finding{}
	note := func(file string, line, column int, severity reference.Severity, message string) {
		name := scriptName(filepath.Join(dir, filepath.FromSlash(file)))
		if found[name] == nil {
			order = append(order, name)
		}
		found[name] = append(found[name], reference.Finding{
			File: name, Line: max(1, line), Column: max(1, column), End: max(1, column) + 1, Code: reference.LocaleCode, Severity: severity, Message: message,
		})
	}
	catalog, err := bindings.LoadLocales(os.DirFS(dir), localesDir, "", "")
	for _, err := range unjoined(err) {
		var place *locale.Error
		if errors.As(err, &place) {
			note(place.File, place.Line, place.Column, reference.Error, place.Problem)
		} else {
			note(localesDir, 0, 0, reference.Error, err.Error())
		}
	}
	if err == nil {
		for _, f := range catalog.Check() {
			note(f.File, f.Line, 0, reference.Warning, fmt.Sprintf("%s: %s", f.Key, f.Problem))
		}
	}
	var all []checked
	for _, name := range order {
		source, _ := os.ReadFile(name) // for an excerpt only
		all = append(all, checked{path: name, file: name, source: source, findings: found[name]})
	}
	return all
}
