package scene

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// wanted is a message as a test expects it.
type wanted struct {
	Text     *string  `lua:"text,optional" doc:"It says exactly this."`
	Pattern  string   `lua:"pattern,optional,bytes" doc:"A Lua pattern that its text matches."`
	Contains string   `lua:"contains,optional" doc:"Its text has this in it."`
	From     account  `lua:"from,optional" doc:"Who has written it."`
	Media    string   `lua:"media,optional" doc:"photo, document, poll ..."`
	Buttons  keyboard `lua:"buttons,optional" doc:"What stands on its buttons, row by row; of a plain list each stands on one of them. {} is none."`
	ReplyTo  *message `lua:"reply_to,optional" doc:"The message that it answers."`
	Entities entities `lua:"entities,optional" doc:"It has each of these: { type = \"bold\", text = \"now\" }."`
}

var wantedTable = spec.OptionsOf[wanted]()

var wantedAlias = spec.Alias{
	Name: "Wanted",
	Type: "string|{ text: string?, pattern: string?, contains: string?, from: string|Person?, media: string?, " +
		"buttons: string[]|string[][]?, reply_to: Message?, entities: { type: string, text: string?, url: string? }[]? }",
	Doc: "What a message should be: its text, or a table of what has to be so.",
}

// sought is a message that is waited for: text, or what is to be so.
type sought struct{ wanted }

// DecodeLua reads a text or a table.
func (w *sought) DecodeLua(L *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.String:
		text := string(v)
		w.Text = &text
		return nil
	case *vm.Table:
		read, err := wantedTable.Decode(L, "", v)
		w.wanted = read
		return err
	}
	return spec.Expected("text or table", v)
}

// LuaType is the alias.
func (sought) LuaType() string { return "Wanted" }

// entities are parts of a message that a test expects.
type entities []entity

var entityTable = spec.OptionsOf[entity]()

// DecodeLua reads a list of tables.
func (list *entities) DecodeLua(L *vm.State, v vm.Value) error {
	t, ok := v.(*vm.Table)
	if !ok {
		return spec.Expected("list of entities", v)
	}
	for i := range t.Len() {
		row, ok := t.RawGetInt(i + 1).(*vm.Table)
		if !ok {
			return spec.Expected("entity such as { type = \"bold\" }", t.RawGetInt(i+1))
		}
		one, err := entityTable.Decode(L, "", row)
		if err != nil {
			return err
		}
		*list = append(*list, one)
	}
	return nil
}

// LuaType is how the editor types write it.
func (entities) LuaType() string { return "{ type: string, text: string?, url: string? }[]" }

// keyboard is what should stand on buttons.
type keyboard struct {
	rows [][]string
	flat []string
	none bool
}

// DecodeLua reads a list of texts, or one of rows.
func (k *keyboard) DecodeLua(_ *vm.State, v vm.Value) error {
	t, ok := v.(*vm.Table)
	if !ok {
		return spec.Expected("list of buttons", v)
	}
	k.none = t.Len() == 0
	for i := range t.Len() {
		switch row := t.RawGetInt(i + 1).(type) {
		case vm.String:
			k.flat = append(k.flat, string(row))
		case *vm.Table:
			var texts []string
			for j := range row.Len() {
				texts = append(texts, vm.Text(row.RawGetInt(j+1)))
			}
			k.rows = append(k.rows, texts)
		default:
			return spec.Expected("text of a button, or row of texts", row)
		}
	}
	return nil
}

// LuaType is how the editor types write it.
func (keyboard) LuaType() string { return "string[]|string[][]" }

// lacks says what a message isn't that it should be; "" for nothing.
func (w *wanted) lacks(s *stage, m *message) (string, error) {
	switch {
	case w.Text != nil && m.Text != *w.Text:
		return "text", nil
	case w.Contains != "" && !strings.Contains(m.Text, w.Contains):
		return "text", nil
	case w.From != "" && !strings.EqualFold(m.From, string(w.From)):
		return "author", nil
	case w.Media != "" && m.Media != w.Media:
		return "media", nil
	case w.Buttons.none && len(m.Message.Buttons) > 0,
		w.Buttons.rows != nil && !slices.EqualFunc(w.Buttons.rows, m.Message.Buttons, slices.Equal[[]string]):
		return "buttons", nil
	}
	for _, text := range w.Buttons.flat {
		if !slices.ContainsFunc(m.Message.Buttons, func(row []string) bool { return slices.Contains(row, text) }) {
			return "buttons", nil
		}
	}
	for _, e := range w.Entities {
		if !slices.ContainsFunc(m.Message.Entities, func(has sandboxEntity) bool {
			return has.Type == e.Type && (e.Text == "" || has.Text == e.Text) && (e.URL == "" || has.URL == e.URL)
		}) {
			return "entities", nil
		}
	}
	if w.ReplyTo != nil {
		seen, err := s.seenBy(m.viewer, w.ReplyTo)
		if err != nil || seen.ID != m.Message.ReplyTo {
			return "reply", err
		}
	}
	if w.Pattern != "" {
		if ok, err := matches(m.Text, w.Pattern); !ok || err != nil {
			return "text", err
		}
	}
	return "", nil
}

// String says what is wanted.
func (w *wanted) String() string {
	text := "a message"
	if w.Media != "" {
		text = "a " + w.Media
	}
	if w.From != "" {
		text += " of " + string(w.From)
	}
	if w.Text != nil {
		text += fmt.Sprintf(" that says %q", *w.Text)
	}
	if w.Pattern != "" {
		text += fmt.Sprintf(" like %q", w.Pattern)
	}
	if w.Contains != "" {
		text += fmt.Sprintf(" with %q in it", w.Contains)
	}
	if w.ReplyTo != nil {
		text += " in answer to \"" + w.ReplyTo.String() + "\""
	}
	switch {
	case w.Buttons.none:
		text += " without buttons"
	case w.Buttons.rows != nil:
		text += " with buttons " + lineUp(w.Buttons.rows, " / ")
	case w.Buttons.flat != nil:
		text += " with buttons " + lineUp([][]string{w.Buttons.flat}, " / ")
	}
	for _, e := range w.Entities {
		text += " with " + e.Type
		if e.Text != "" {
			text += fmt.Sprintf(" %q", e.Text)
		}
	}
	return text
}

// unlike shows how the nearest message differs.
func (w *wanted) unlike(m *message, lacks string) string {
	switch {
	case m == nil:
		return ""
	case lacks == "text" && w.Text != nil:
		return diff(*w.Text, m.Text)
	case lacks == "text":
		return "+ " + strings.ReplaceAll(m.Text, "\n", "\n+ ")
	case lacks == "buttons":
		want := w.Buttons.rows
		if want == nil && w.Buttons.flat != nil {
			want = [][]string{w.Buttons.flat}
		}
		return diff(lineUp(want, "\n"), lineUp(m.Message.Buttons, "\n"))
	case lacks == "entities":
		var has []string
		for _, e := range m.Message.Entities {
			has = append(has, fmt.Sprintf("+ %s %q %s", e.Type, e.Text, e.URL))
		}
		return strings.Join(has, "\n")
	case lacks == "media":
		return diff(w.Media, m.Media)
	case lacks == "author":
		return diff(string(w.From), m.From)
	}
	return ""
}

// lineUp shows rows of buttons as "[Yes] [No]".
func lineUp(rows [][]string, between string) string {
	var lines []string
	for _, row := range rows {
		lines = append(lines, "["+strings.Join(row, "] [")+"]")
	}
	return strings.Join(lines, between)
}
