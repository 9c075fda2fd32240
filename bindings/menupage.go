package bindings

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// menuPage is a menu as it is shown once.
type menuPage struct {
	menu  *menu
	data  string
	event any     // a *callback if a button of the menu was pressed
	text  wording // none given leaves the message's text

	mu      sync.Mutex // a script may hold on to a page
	board   telegram.Keyboard
	actions map[string]menuAction
}

// menuAction is what a button does: run a function, or open a menu.
type menuAction struct {
	run  *vm.Function
	open *menu
	data string
}

func (p *menuPage) action(key string) (menuAction, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	action, known := p.actions[key]
	return action, known
}

// markup is the page's keyboard; nil if it has no buttons.
func (p *menuPage) markup() (tg.ReplyMarkupClass, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.board.Rows) == 0 {
		return nil, nil
	}
	return p.board.Markup()
}

// add puts a button at the end of the last row.
func (p *menuPage) add(b telegram.Button) {
	if len(p.board.Rows) == 0 {
		p.board.Rows = append(p.board.Rows, nil)
	}
	last := &p.board.Rows[len(p.board.Rows)-1]
	*last = append(*last, b)
}

// act adds a button that does something. Buttons with the same name are told apart by their order.
func (p *menuPage) act(label, name string, look buttonLook, action menuAction) {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := short(name)
	for n := 2; p.actions[key] != (menuAction{}); n++ {
		key = short(fmt.Sprint(name, "\x00", n))
	}
	p.actions[key] = action
	p.add(look.styled(telegram.CallbackButton(label, menuMark+p.menu.book.tag+p.menu.short+key+p.data)).Button)
}

type pageButtonOptions struct {
	ID string `lua:"id,optional" doc:"What the button is known by; its text if not given. A button whose text changes, such as one that counts, needs one to work on old messages."`
	buttonLook
}

type pageButtonArgs struct {
	Text label             `lua:"text" doc:"What is written on it."`
	Run  *vm.Function      `lua:"fn" type:"fun(event: CallbackEvent, page: MenuPage)" doc:"Called with the press, and the page that the button is on."`
	Opts pageButtonOptions `lua:"options,optional" doc:"How it looks, and what it is known by."`
}

type pageOpenOptions struct {
	menuData
	buttonLook
}

type pageOpenArgs struct {
	Text label           `lua:"text" doc:"What is written on it."`
	Menu menuRef         `lua:"menu" doc:"Which menu: its name, or the menu itself."`
	Opts pageOpenOptions `lua:"options,optional" doc:"What it is about, and how the button looks."`
}

// menuRef is a menu of the script, by its name or itself.
type menuRef struct{ menu *menu }

// DecodeLua reads a name or a menu.
func (r *menuRef) DecodeLua(L *vm.State, v vm.Value) (err error) {
	switch v := v.(type) {
	case vm.String:
		r.menu, err = bookIn(L).find(string(v))
		return err
	case *vm.UserData:
		if m, ok := v.Value.(*menu); ok {
			r.menu = m
			return nil
		}
	}
	return spec.Expected("menu or its name", v)
}

// LuaType is how the editor types write it.
func (menuRef) LuaType() string { return "Menu|string" }

const menuStart = `local main = tg.menu("main", function(page, event)
  `

const menuEnd = `
  return "What would you like?"
end)`

// menuPageClass is the class MenuPage.
var menuPageClass = spec.Class{
	Name: "MenuPage", Call: "page", Go: reflect.TypeFor[*menuPage](),
	Doc:  "A menu that is being made, for one message: see tg.menu.",
	Text: func(v any) string { return "MenuPage(" + v.(*menuPage).menu.name + ")" },
	Fields: []spec.Field{
		spec.Get("menu", "The menu.", func(p *menuPage) *menu { return p.menu }),
		spec.Get("data", "What the page is about: the option `data` of whoever opened it.", func(p *menuPage) string { return p.data }).Maybe(),
	},
	Methods: []spec.Func{
		spec.Method("button", "Add a button that runs a function. It is answered when the function has ended, if that doesn't do it.",
			func(_ *spec.Call, p *menuPage, in pageButtonArgs) (*menuPage, error) {
				name := "t" + string(in.Text)
				if in.Opts.ID != "" {
					name = "i" + in.Opts.ID
				}
				p.act(string(in.Text), name, in.Opts.buttonLook, menuAction{run: in.Run})
				return p, nil
			},
		).Direct().Example(menuStart + `page:button("Tea", function(event) event:answer("Tea it is.") end)
  page:button("Coffee", function(event) event:edit("Coffee, then.", { buttons = false }) end, { style = "primary" })` + menuEnd),
		spec.Method("open", "Add a button that shows another menu in the place of this one.",
			func(_ *spec.Call, p *menuPage, in pageOpenArgs) (*menuPage, error) {
				if err := in.Opts.check("open"); err != nil {
					return nil, err
				}
				p.act(string(in.Text), "o"+in.Menu.menu.name+"\x00"+in.Opts.Data, in.Opts.buttonLook, menuAction{open: in.Menu.menu, data: in.Opts.Data})
				return p, nil
			},
		).Direct().Example(`local names = { a = "Ada", b = "Ben" }
local people = tg.menu("people", function(page)
  for id, name in pairs(names) do page:row():open(name, "person", { data = id }) end
  return "Who?"
end)
tg.menu("person", function(page)
  page:open("« Back", "people")
  return "This is " .. names[page.data] .. "."
end)`),
		spec.Method("add", "Add other buttons, as the option `buttons` takes them.",
			func(c *spec.Call, p *menuPage, in buttonList) (*menuPage, error) {
				more, err := in.read(c.State, "add")
				p.mu.Lock()
				defer p.mu.Unlock()
				for _, b := range more {
					p.add(b)
				}
				return p, err
			},
		).Direct().Example(menuStart + `page:add({ text = "What is tea?", url = "https://en.wikipedia.org/wiki/Tea" })` + menuEnd),
		spec.Method("row", "Let the next buttons begin a row.",
			func(_ *spec.Call, p *menuPage, _ spec.None) (*menuPage, error) {
				p.mu.Lock()
				defer p.mu.Unlock()
				if n := len(p.board.Rows); n > 0 && len(p.board.Rows[n-1]) > 0 {
					p.board.Rows = append(p.board.Rows, nil)
				}
				return p, nil
			},
		).Direct().Example(menuStart + `page:button("Tea", function() end):row():button("Coffee", function() end)` + menuEnd),
		spec.Method("redraw", "Show the menu as it is now, after a press has changed something.",
			func(c *spec.Call, p *menuPage, _ spec.None) (spec.None, error) {
				q, pressed := p.event.(*callback)
				if !pressed {
					return spec.None{}, fmt.Errorf("redraw: no button of this menu was pressed")
				}
				now, err := p.menu.page(c, p.data, q, c.Instance.Value)
				if err != nil {
					return spec.None{}, err
				}
				return spec.None{}, now.show(c, q)
			},
		).Example(`local count = 0
local counter = tg.menu("counter", function(page)
  page:button("+1", function() count = count + 1 page:redraw() end)
  return "So far: " .. count
end)`).Raises("MESSAGE_ID_INVALID"),
	},
}

var (
	_ spec.Decoder = (*menuTarget)(nil)
	_ spec.Decoder = (*menuRef)(nil)
)
