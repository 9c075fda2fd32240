package bindings

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

type keyboardArgs struct {
	Opts keyboardOptions `lua:"options,optional" doc:"How it is shown."`
}

// newKeyboard is tg.keyboard.
var newKeyboard = spec.Function("keyboard", "Begin a keyboard that is put together bit by bit. It is given as the option `buttons`; the words of a keyboard, such as `resize`, "+
	"are for reply keyboards.",
	func(_ *spec.Call, in keyboardArgs) (*keyboard, error) {
		k := &keyboard{}
		in.Opts.apply(&k.Keyboard)
		return k, nil
	},
).Direct().Example(`local board = tg.keyboard()
for page = 1, 10 do board:add(tg.button.inline(page, "page:" .. page)) end
client:send_message("@durov", "Which page?", { buttons = board:adjust(4) })`)

type buttonList struct {
	Buttons []vm.Value `lua:"buttons,rest" doc:"Any number of buttons, as the option buttons takes them."`
}

func (in buttonList) read(L *vm.State, function string) ([]telegram.Button, error) {
	list := make([]telegram.Button, len(in.Buttons))
	for i, v := range in.Buttons {
		one, err := readButton(L, v)
		if err != nil {
			return nil, &spec.ArgumentError{Function: function, Place: fmt.Sprintf("argument %d", i+1), Problem: err.Error()}
		}
		list[i] = one.Button
	}
	return list, nil
}

var keyboardRow = spec.Method("row", "Add a row of buttons. Without buttons, the next ones begin a row.",
	func(c *spec.Call, k *keyboard, in buttonList) (*keyboard, error) {
		row, err := in.read(c.State, "row")
		k.Rows = append(k.Rows, row)
		return k, err
	},
).Direct().Example(`local board = tg.keyboard({ resize = true }):row("Yes", "No"):row("Cancel")`)

var keyboardAdd = spec.Method("add", "Add buttons to the last row.",
	func(c *spec.Call, k *keyboard, in buttonList) (*keyboard, error) {
		more, err := in.read(c.State, "add")
		if len(k.Rows) == 0 {
			k.Rows = append(k.Rows, nil)
		}
		last := &k.Rows[len(k.Rows)-1]
		*last = append(*last, more...)
		return k, err
	},
).Direct().Example(`local board = tg.keyboard():add("1", "2"):add("3")`)

type adjustArgs struct {
	Widths []int `lua:"widths" doc:"How many buttons a row has: one number, or a list of which the last goes on."`
}

var keyboardAdjust = spec.Method("adjust", "Put all buttons into rows anew.",
	func(_ *spec.Call, k *keyboard, in adjustArgs) (*keyboard, error) {
		if len(in.Widths) == 0 || slices.Min(in.Widths) < 1 {
			return nil, &spec.ArgumentError{Function: "adjust", Place: "argument 1 (widths)", Problem: "numbers from 1 on expected"}
		}
		all := slices.Concat(k.Rows...)
		k.Rows = nil
		for i := 0; len(all) > 0; i++ {
			width := min(in.Widths[min(i, len(in.Widths)-1)], len(all))
			k.Rows = append(k.Rows, all[:width:width])
			all = all[width:]
		}
		return k, nil
	},
).Direct().Example(`local board = tg.keyboard():add("1", "2", "3", "4", "5", "6"):adjust({ 1, 3, 2 })`)

// keyboardClass is the class Keyboard.
var keyboardClass = spec.Class{
	Name: "Keyboard", Call: "keyboard", Go: reflect.TypeFor[*keyboard](),
	Doc: "A keyboard that is put together bit by bit: tg.keyboard().",
	Text: func(v any) string {
		return fmt.Sprintf("Keyboard(%d buttons)", len(slices.Concat(v.(*keyboard).Rows...)))
	},
	Fields: []spec.Field{
		spec.Get("rows", "The buttons, row by row.", (*keyboard).matrix).Is("Button[][]"),
		spec.Get("button_count", "How many buttons it has.", func(k *keyboard) int { return len(slices.Concat(k.Rows...)) }),
	},
	Methods: []spec.Func{keyboardRow, keyboardAdd, keyboardAdjust},
}

func (k *keyboard) matrix() [][]*button {
	rows := make([][]*button, len(k.Rows))
	for i, row := range k.Rows {
		for _, b := range row {
			rows[i] = append(rows[i], &button{Button: b})
		}
	}
	return rows
}
