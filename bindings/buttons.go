package bindings

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// buttons is the keyboard of a message, as scripts write it: one button, a row or a matrix of them, or a
// whole keyboard. false and {} take the buttons away from a message that is edited.
type buttons struct{ made tg.ReplyMarkupClass }

// markup is the keyboard as Telegram takes it; nil if none was given.
func (b buttons) markup() tg.ReplyMarkupClass { return b.made }

// LuaType is its name in the editor types.
func (buttons) LuaType() string { return "Buttons" }

// DecodeLua reads all the ways in which a keyboard may be written.
func (b *buttons) DecodeLua(L *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case *vm.UserData:
		switch v := v.Value.(type) {
		case *replyMarkup:
			b.made = v.markup
			return nil
		case *keyboard:
			return b.take(v.Keyboard)
		case *object:
			if markup, ok := v.value.(tg.ReplyMarkupClass); ok {
				b.made = markup
				return nil
			}
		}
	case vm.Bool:
		if v == vm.False {
			return b.take(telegram.Keyboard{})
		}
	}
	k, err := readKeyboard(L, v)
	if err != nil {
		return err
	}
	return b.take(k)
}

func (b *buttons) take(k telegram.Keyboard) (err error) {
	b.made, err = k.Markup()
	return err
}

// keyboardOptions are the names that a table of buttons may have beside the buttons.
type keyboardOptions struct {
	Resize      bool   `lua:"resize,optional" doc:"As high as the buttons need, not as the letters were."`
	SingleUse   bool   `lua:"single_use,optional" doc:"Gone after a press."`
	Selective   bool   `lua:"selective,optional" doc:"Only for those whom the message mentions or answers."`
	Persistent  bool   `lua:"persistent,optional" doc:"Always shown, in the place of the letters."`
	Placeholder string `lua:"placeholder,optional" doc:"What the empty line of writing shows, up to 64 characters."`
}

var keyboardRead = spec.OptionsOf[keyboardOptions]()

// apply adds the options to those that a keyboard has.
func (o keyboardOptions) apply(k *telegram.Keyboard) {
	k.Resize, k.SingleUse = k.Resize || o.Resize, k.SingleUse || o.SingleUse
	k.Selective, k.Persistent = k.Selective || o.Selective, k.Persistent || o.Persistent
	k.Placeholder = cmp.Or(k.Placeholder, o.Placeholder)
}

// readKeyboard reads a button, a row or a matrix. In a matrix a button that stands alone is a row.
func readKeyboard(L *vm.State, v vm.Value) (telegram.Keyboard, error) {
	var k telegram.Keyboard
	table, ok := v.(*vm.Table)
	if !ok || isButton(table) {
		one, err := readButton(L, v)
		if err != nil {
			return k, err
		}
		one.board.apply(&k)
		k.Rows = [][]telegram.Button{{one.Button}}
		return k, nil
	}
	options := L.NewTable()
	table.ForEach(func(key, v vm.Value) {
		if _, named := key.(vm.String); named {
			options.RawSet(key, v)
		}
	})
	given, err := keyboardRead.Decode(L, "", options)
	if err != nil {
		return k, err
	}
	given.apply(&k)
	matrix := false
	for i := range table.Len() {
		if row, ok := table.RawGetInt(i + 1).(*vm.Table); ok && !isButton(row) {
			matrix = true
		}
	}
	if !matrix {
		return k, readRow(L, &k, table)
	}
	for i := range table.Len() {
		one := table.RawGetInt(i + 1)
		row, ok := one.(*vm.Table)
		if !ok || isButton(row) {
			row = L.NewTable()
			row.Append(one)
		}
		if err := readRow(L, &k, row); err != nil {
			return k, err
		}
	}
	return k, nil
}

// isButton tells a button written as a table from a row of buttons.
func isButton(t *vm.Table) bool { return t.Len() == 0 && t.RawGetString("text") != vm.Nil }

func readRow(L *vm.State, k *telegram.Keyboard, row *vm.Table) error {
	list := make([]telegram.Button, 0, row.Len())
	for i := range row.Len() {
		one, err := readButton(L, row.RawGetInt(i+1))
		if err != nil {
			return &telegram.ButtonError{Row: len(k.Rows) + 1, Column: i + 1, Problem: err.Error()}
		}
		one.board.apply(k)
		list = append(list, one.Button)
	}
	k.Rows = append(k.Rows, list)
	return nil
}

func readButton(L *vm.State, v vm.Value) (*button, error) {
	switch v := v.(type) {
	case vm.String:
		return &button{Button: telegram.TextButton(string(v))}, nil
	case vm.Number:
		return &button{Button: telegram.TextButton(vm.Text(v))}, nil
	case *vm.Table:
		return buttonOfTable(L, v)
	case *vm.UserData:
		switch v := v.Value.(type) {
		case *button:
			return v, nil
		case *messageButton:
			return &v.button, nil
		case *formattedText:
			return &button{Button: telegram.TextButton(v.Plain)}, nil
		case *keyboard, *replyMarkup:
			return nil, errors.New("a whole keyboard can't be part of another")
		}
	}
	return nil, spec.Expected("button", v)
}

// buttonTable is a button as a table: text, and one word that says what it does.
type buttonTable struct {
	Text         label        `lua:"text" doc:"What is written on it."`
	Data         string       `lua:"data,optional,bytes" doc:"What the bot is told, up to 64 bytes."`
	On           *vm.Function `lua:"on,optional" type:"fun(event: CallbackEvent)" doc:"Called with the press, as long as this version of the script lives. See tg.menu for buttons that live longer."`
	URL          string       `lua:"url,optional" doc:"The link that it opens."`
	SwitchInline *string      `lua:"switch_inline,optional" doc:"The inline query that it begins, in a chat that the person chooses."`
	SwitchHere   *string      `lua:"switch_inline_here,optional" doc:"The inline query that it begins in this chat."`
	WebApp       string       `lua:"web_app,optional" doc:"The mini app that it opens."`
	Copy         string       `lua:"copy,optional" doc:"The text that it copies."`
	User         target       `lua:"user,optional" doc:"Whose profile it opens."`
	Request      string       `lua:"request,optional" enum:"phone,location,poll,quiz" doc:"What it asks the person to share."`
	buttonLook
	callbackOptions
}

var buttonRead = spec.OptionsOf[buttonTable]()

func buttonOfTable(L *vm.State, t *vm.Table) (*button, error) {
	in, err := buttonRead.Decode(L, "", t)
	if err != nil {
		return nil, err
	}
	var made []telegram.Button
	add := func(given bool, b func() telegram.Button) {
		if given {
			made = append(made, b())
		}
	}
	add(in.Data != "" || in.Password && in.On == nil, func() telegram.Button { return in.callback(string(in.Text), in.Data) })
	add(in.On != nil, func() telegram.Button { return in.callback(string(in.Text), bookIn(L).keep(in.On)) })
	add(in.URL != "", func() telegram.Button { return telegram.URLButton(string(in.Text), in.URL) })
	add(in.SwitchInline != nil, func() telegram.Button { return telegram.SwitchInlineButton(string(in.Text), *in.SwitchInline, false) })
	add(in.SwitchHere != nil, func() telegram.Button { return telegram.SwitchInlineButton(string(in.Text), *in.SwitchHere, true) })
	add(in.WebApp != "", func() telegram.Button { return telegram.WebAppButton(string(in.Text), in.WebApp) })
	add(in.Copy != "", func() telegram.Button { return telegram.CopyButton(string(in.Text), in.Copy) })
	add(in.User.Target != nil, func() telegram.Button { return telegram.ProfileButton(string(in.Text), in.User.Target) })
	add(in.Request != "", func() telegram.Button { return requests[in.Request](string(in.Text)) })
	switch len(made) {
	case 0:
		return in.styled(telegram.TextButton(string(in.Text))), nil
	case 1:
		return in.styled(made[0]), nil
	}
	return nil, fmt.Errorf("'%s' does %d things at once: data, on, url, switch_inline, web_app, copy, user, request - one of them", string(in.Text), len(made))
}

// requests are what a button of a reply keyboard asks for.
var requests = map[string]func(label string) telegram.Button{
	"phone":    telegram.PhoneButton,
	"location": telegram.LocationButton,
	"poll":     func(label string) telegram.Button { return telegram.PollButton(label, nil) },
	"quiz":     func(label string) telegram.Button { quiz := true; return telegram.PollButton(label, &quiz) },
}

var _ spec.Decoder = (*buttons)(nil)
