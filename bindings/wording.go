package bindings

import (
	"fmt"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/text"
)

// wording is what a message says: words in which formatting may be written, or text that has it already.
type wording struct {
	given bool
	words words
	ready *text.Text // nil for words
}

// written is words as a script's author wrote them.
func written(s string) wording { return wording{given: true, words: words(s)} }

// DecodeLua reads a string, a number or formatted text.
func (w *wording) DecodeLua(L *vm.State, v vm.Value) error {
	w.given = true
	if t := textIn(v); t != nil {
		w.ready = &t.Text
		return nil
	}
	if data, ok := v.(*vm.UserData); ok {
		if _, ok := data.Value.(*peer); ok {
			return fmt.Errorf("%w: take its name, or tg.fmt.mention(user)", spec.Expected("text", v))
		}
	}
	if t := v.Type(); t != vm.TypeString && t != vm.TypeNumber {
		return spec.Expected("text", v)
	}
	return w.words.DecodeLua(L, v)
}

// LuaType is its name in the editor types.
func (wording) LuaType() string { return "string|FormattedText" }

// Suits tells text from tables of options.
func (wording) Suits(v vm.Value) bool {
	t := v.Type()
	return t == vm.TypeString || t == vm.TypeNumber || textIn(v) != nil
}

// textIn is the formatted text that a value is, or nil.
func textIn(v vm.Value) *formattedText {
	if data, ok := v.(*vm.UserData); ok {
		t, _ := data.Value.(*formattedText)
		return t
	}
	return nil
}

// literal is the text with its own formatting: words are taken as they are.
func (w wording) literal() text.Text {
	if w.ready != nil {
		return *w.ready
	}
	return text.Of(string(w.words))
}

var (
	_ spec.Decoder = (*wording)(nil)
	_ spec.Suiting = (*wording)(nil)
)
