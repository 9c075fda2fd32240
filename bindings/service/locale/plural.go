package locale

import (
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"github.com/tgscript/tgscript/telegram/text"
)

// Count is the argument that plurals go by.
const Count = "count"

var formNames = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// isForm says whether a key is one of a plural: a form, or an exact number as "=0".
func isForm(key string) bool {
	if number, exact := strings.CutPrefix(key, "="); exact {
		_, err := strconv.ParseFloat(number, 64)
		return err == nil
	}
	for _, name := range formNames {
		if key == name {
			return true
		}
	}
	return false
}

// formOf is the form that a language has for a number.
func formOf(tag language.Tag, n float64) string {
	digits := strings.TrimPrefix(strconv.FormatFloat(n, 'f', -1, 64), "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if len(whole) > 9 {
		whole = whole[len(whole)-9:] // the rules look at the last digits, and at whether there are more than six
	}
	i, _ := strconv.Atoi(whole)
	f, _ := strconv.Atoi(fraction[:min(len(fraction), 9)])
	return formNames[plural.Cardinal.MatchPlural(tag, i, len(fraction), len(fraction), f, f)]
}

// form is the text for a number.
func (m *message) form(tag language.Tag, n float64) text.Text {
	if exact, ok := m.forms["="+strconv.FormatFloat(n, 'f', -1, 64)]; ok {
		return exact
	}
	if form, ok := m.forms[formOf(tag, n)]; ok {
		return form
	}
	return m.forms["other"]
}

// formsOf are the forms that a language has for whole numbers, and some others.
func formsOf(tag language.Tag) map[string]bool {
	forms := map[string]bool{"other": true}
	for n := range 201 {
		forms[formOf(tag, float64(n))] = true
	}
	for _, n := range []float64{0.1, 0.5, 1.5, 2.5, 1000, 1e6, 2e6} {
		forms[formOf(tag, n)] = true
	}
	return forms
}
