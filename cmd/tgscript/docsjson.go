package main

import (
	"fmt"
	"strings"

	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/docs"
)

// said is text for people that a program has asked for.
type said struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"` // of a guide
	Text  string `json:"text"`
}

// docsJSON is docs for programs: the whole table, the part of it that is asked for, a guide, names, or what was found.
func (a *app) docsJSON(table *spec.Table, f docsFlags, about string) error {
	switch {
	case f.names:
		return a.json(reference.Names(table))
	case f.search != "":
		return a.foundJSON(table, f.search)
	}
	if g := f.guide(about); g != nil {
		return a.json(said{g.Name, plainText(g.Title), g.Text})
	}
	part, err := reference.JSON(table)
	if about != "" {
		part, err = reference.JSONOf(table, about)
	}
	if err != nil {
		return err
	}
	if part == nil { // a method or type of Telegram's API, or nothing
		text, err := f.lookup(table, about)
		if err != nil {
			return err
		}
		return a.json(said{Name: about, Text: strings.TrimSpace(text)})
	}
	_, err = fmt.Fprintf(a.out, "%s\n", part)
	return err
}

func (a *app) foundJSON(table *spec.Table, words string) error {
	var all struct {
		Guides []foundLine `json:"guides"`
		Names  []said      `json:"names"`
	}
	for _, found := range docs.Search(words) {
		all.Guides = append(all.Guides, foundLine{found.Guide, found.Heading, found.Line})
	}
	for _, hit := range reference.Search(table, words) {
		all.Names = append(all.Names, said{Name: hit.Name, Text: hit.Line})
	}
	if len(all.Guides)+len(all.Names) == 0 {
		return nothingWith(words)
	}
	return a.json(all)
}

// foundLine is a line of a guide.
type foundLine struct {
	Guide   string `json:"guide"`
	Heading string `json:"heading"`
	Line    string `json:"line"`
}

func nothingWith(words string) error {
	return fmt.Errorf("nothing has %q in it: try fewer words", words)
}
