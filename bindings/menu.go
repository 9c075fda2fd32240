package bindings

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// menu is what tg.menu returns: a function that makes the pages, found by the menu's name.
type menu struct {
	name, short string
	build       *vm.Function
	options     menuSettings
	book        *buttonBook
}

type menuSettings struct {
	formatOptions
	LinkPreview preview `lua:"link_preview,optional" doc:"Show a preview of the first link; true if not given."`
	Stale       words   `lua:"stale,optional" doc:"What a person is told who presses a button that the menu doesn't have any more. The menu is then shown as it is now."`
}

type newMenuArgs struct {
	Name  string       `lua:"name" doc:"Its name in this script: buttons find the menu by it after a reload or a restart."`
	Build *vm.Function `lua:"build" type:"fun(page: MenuPage, event?: any): string?" doc:"Makes the menu each time that it is shown or pressed: adds the buttons to the page, and returns the text. It gets the message or press that the menu is shown for; nil if it is sent to a chat."`
	Opts  menuSettings `lua:"options,optional" doc:"How the text is read, and what stale buttons say."`
}

// newMenu is tg.menu.
var newMenu = spec.Function("menu", "A menu: a message whose buttons run functions. Declared at the top level of a script, its buttons work after reloads and restarts: "+
	"a press makes the menu anew, and runs the function of the button with the same text or `id`.",
	func(c *spec.Call, in newMenuArgs) (*menu, error) {
		book := envOf(c).buttonsOf(c.Generation)
		m := &menu{name: in.Name, short: short(in.Name), build: in.Build, options: in.Opts, book: book}
		book.mu.Lock()
		defer book.mu.Unlock()
		if old := book.menus[m.short]; old != nil {
			return nil, &spec.ArgumentError{Function: "menu", Place: "argument 1 (name)", Problem: "there is the menu '" + old.name + "' already: another name, please"}
		}
		book.menus[m.short] = m
		return m, nil
	},
).Direct().Example(`local sound = true
local main = tg.menu("main", function(page, event)
  page:button("Tea", function(event) event:answer("Tea it is.") end)
  page:row():open("Settings", "settings")
  return "What would you like?"
end)
tg.menu("settings", function(page)
  page:button(sound and "Sound: on" or "Sound: off", function() sound = not sound page:redraw() end, { id = "sound" })
  page:row():open("« Back", "main")
  return "**Settings**"
end)
client:command("start", function(event) main:send(event) end)`)

// find is a menu of the same script, by name.
func (b *buttonBook) find(name string) (*menu, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if m := b.menus[short(name)]; m != nil {
		return m, nil
	}
	var names []string
	for _, m := range b.menus {
		names = append(names, m.name)
	}
	hint := ""
	if near := spec.Nearest(name, names); near != "" {
		hint = ": did you mean '" + near + "'?"
	}
	return nil, fmt.Errorf("there is no menu '%s'%s", name, hint)
}

// press runs what a button of the menu does.
func (m *menu) press(c *spec.Call, q *callback, key, data string) error {
	page, err := m.page(c, data, q, c.Instance.Value)
	if err != nil {
		return err
	}
	action, known := page.action(key)
	switch {
	case !known:
		if err := page.show(c, q); err != nil {
			return err
		}
		text := string(m.options.Stale)
		if text == "" {
			text = "This menu has changed."
		}
		return q.Answer(c, telegram.CallbackAnswer{Text: text})
	case action.run != nil:
		_, err := c.Generation.Machine().Run(c, action.run, func(*vm.State) []vm.Value { return []vm.Value{c.Instance.Value(q), c.Instance.Value(page)} })
		return err
	}
	next, err := action.open.page(c, action.data, q, c.Instance.Value)
	if err != nil {
		return err
	}
	return next.show(c, q)
}

// page makes the menu. value makes what the function gets of the event.
func (m *menu) page(c *spec.Call, data string, event any, value func(any) vm.Value) (*menuPage, error) {
	page := &menuPage{menu: m, data: data, event: event, actions: map[string]menuAction{}}
	results, err := c.Generation.Machine().Run(c, m.build, func(*vm.State) []vm.Value {
		about := vm.Nil
		if event != nil {
			about = value(event)
		}
		return []vm.Value{c.Instance.Value(page), about}
	})
	if err != nil {
		return nil, err
	}
	if len(results) > 0 && results[0] != vm.Nil {
		page.text = wording{}
		if err := page.text.DecodeLua(nil, results[0]); err != nil {
			return nil, fmt.Errorf("menu %s: what it returned: %w", m.name, err)
		}
	}
	return page, nil
}

// notModified says that a message is already as it shall be.
func notModified(err error) bool {
	refused := (*telegram.RPCError)(nil)
	return errors.As(err, &refused) && refused.Kind == "MESSAGE_NOT_MODIFIED"
}

// menuTarget is where a menu is sent: a chat, or that of a message or press, which the menu is then made for.
type menuTarget struct {
	partner
	event vm.Value
}

// DecodeLua reads whatever stands for a chat.
func (t *menuTarget) DecodeLua(L *vm.State, v vm.Value) error {
	t.event = vm.Nil
	if data, ok := v.(*vm.UserData); ok {
		switch data.Value.(type) {
		case *message, *callback:
			t.event = v
		}
	}
	return t.partner.DecodeLua(L, v)
}

// LuaType is its name in the editor types.
func (menuTarget) LuaType() string { return "Target|MessageEvent|CallbackEvent" }

// menuData is what a page of a menu is about; it travels in the data of its buttons.
type menuData struct {
	Data string `lua:"data,optional" doc:"What the page is about, as page.data: up to 50 bytes, which stay with its buttons."`
}

func (d menuData) check(function string) error {
	if len(d.Data) > mostMenuData {
		return &spec.ArgumentError{
			Function: function, Place: "option 'data'",
			Problem: fmt.Sprintf("at most %d bytes expected, got %d: keep the rest in tg.store, and its key here", mostMenuData, len(d.Data)),
		}
	}
	return nil
}

type sendMenuArgs struct {
	Chat menuTarget `lua:"chat" doc:"Where to: a chat, or a message or press to answer."`
	Opts menuData   `lua:"options,optional" doc:"What it is about."`
}

type openMenuArgs struct {
	Event *callback `lua:"event" doc:"A press: the menu takes the place of the message below which the button is."`
	Opts  menuData  `lua:"options,optional" doc:"What it is about."`
}

// menuClass is the class Menu.
var menuClass = spec.Class{
	Name: "Menu", Call: "menu", Go: reflect.TypeFor[*menu](),
	Doc:    "A menu whose buttons run functions: tg.menu.",
	Text:   func(v any) string { return "Menu(" + v.(*menu).name + ")" },
	Fields: []spec.Field{spec.Get("name", "Its name.", func(m *menu) string { return m.name })},
	Methods: []spec.Func{
		spec.Method("send", "Send the menu as a message.",
			func(c *spec.Call, m *menu, in sendMenuArgs) (*message, error) {
				if err := in.Opts.check("send"); err != nil {
					return nil, err
				}
				var event any
				if in.Chat.event != vm.Nil {
					event = in.Chat.event
				}
				page, err := m.page(c, in.Opts.Data, event, func(any) vm.Value { return in.Chat.event })
				if err != nil {
					return nil, err
				}
				return page.send(c, in.Chat.partner)
			},
		).Example(`local main = tg.menu("main", function(page)
  page:button("Now", function(event) event:answer(tg.time.format(tg.time.now())) end)
  return "What time is it?"
end)
client:command("start", function(event) main:send(event) end)
tg.cron("0 8 * * *", function() main:send("@friend") end)`).Raises("PEER_UNKNOWN", "CHAT_WRITE_FORBIDDEN"),
		spec.Method("open", "Show the menu in the place of a message whose button was pressed.",
			func(c *spec.Call, m *menu, in openMenuArgs) (spec.None, error) {
				if err := in.Opts.check("open"); err != nil {
					return spec.None{}, err
				}
				page, err := m.page(c, in.Opts.Data, in.Event, c.Instance.Value)
				if err != nil {
					return spec.None{}, err
				}
				return spec.None{}, page.show(c, in.Event)
			},
		).Example(`local main = tg.menu("main", function(page) page:button("Go", function() end) return "Ready?" end)
client:on("callback", { data = "menu" }, function(event) main:open(event) end)`).Raises("MESSAGE_ID_INVALID"),
	},
}

// send sends the page.
func (p *menuPage) send(c *spec.Call, to partner) (*message, error) {
	if !p.text.given || strings.TrimSpace(p.text.literal().Plain) == "" {
		return nil, fmt.Errorf("menu %s: its function has to return a text", p.menu.name)
	}
	markup, err := p.markup()
	if err != nil {
		return nil, err
	}
	opts := telegram.SendOptions{Topic: to.topic, Buttons: markup}
	(textOptions{LinkPreview: p.menu.options.LinkPreview}).apply(&opts)
	body, err := p.menu.options.body(p.text)
	if err != nil {
		return nil, err
	}
	sent, err := accountOf(c).Send(c, to.Target, body, opts)
	return messageOf(sent), err
}

// show puts the page into the place of what was pressed.
func (p *menuPage) show(c *spec.Call, q *callback) error {
	markup, err := p.markup()
	if err != nil {
		return err
	}
	if markup == nil {
		markup = &tg.ReplyInlineMarkup{}
	}
	opts := editOptions{
		textOptions: textOptions{formatOptions: p.menu.options.formatOptions, LinkPreview: p.menu.options.LinkPreview}, Buttons: buttons{markup},
	}
	if q.Inline != nil {
		err = opts.inline(c, q.Account, q.Inline, p.text)
	} else {
		_, err = opts.apply(c, q.Account, q.Chat, q.MessageID, nil, p.text)
	}
	if notModified(err) {
		return nil
	}
	return err
}
