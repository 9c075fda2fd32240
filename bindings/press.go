package bindings

import (
	"errors"
	"fmt"
	"slices"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// shareOptions are what a button may have of the account.
type shareOptions struct {
	Password   string     `lua:"password,optional" doc:"The account's password, for a button that asks for it. It proves that you know it, and is not sent."`
	SharePhone sharePhone `lua:"share_phone,optional" doc:"Give the account's phone number, or the one given here, to a button that asks for it."`
	ShareGeo   geoPoint   `lua:"share_geo,optional" doc:"Give this place to a button that asks for one: { latitude, longitude }."`
	SharePeers []target   `lua:"share_peers,optional" doc:"Give these people or chats to a button that asks for some."`
	Login      bool       `lua:"login,optional" doc:"Sign in at the web site of a login button, and let its bot write. Needs the permission methods: [messages.acceptUrlAuth]."`
}

func (o shareOptions) press() telegram.PressOptions {
	opts := telegram.PressOptions{Password: o.Password, SharePhone: o.SharePhone.own, Phone: o.SharePhone.number, Login: o.Login}
	if o.ShareGeo.given {
		opts.ShareGeo = o.ShareGeo.input()
	}
	for _, t := range o.SharePeers {
		opts.SharePeers = append(opts.SharePeers, t.Target)
	}
	return opts
}

// sharePhone is true for the account's own number, or another number.
type sharePhone struct {
	own    bool
	number string
}

// DecodeLua reads a boolean or a phone number.
func (s *sharePhone) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.Bool:
		s.own = bool(v)
	case vm.String:
		s.number = string(v)
	default:
		return spec.Expected("boolean or phone number", v)
	}
	return nil
}

// LuaType is how the editor types write it.
func (sharePhone) LuaType() string { return "boolean|string" }

// geoPoint is a place on earth.
type geoPoint struct {
	lat, long float64
	given     bool
}

// DecodeLua reads { latitude, longitude } and { lat = ..., long = ... }.
func (g *geoPoint) DecodeLua(_ *vm.State, v vm.Value) error {
	table, ok := v.(*vm.Table)
	if !ok {
		return spec.Expected("place { latitude, longitude }", v)
	}
	for _, one := range []struct {
		into  *float64
		keys  []string
		index int
		most  float64
	}{{&g.lat, []string{"lat", "latitude"}, 1, 90}, {&g.long, []string{"long", "longitude"}, 2, 180}} {
		found := table.RawGetInt(one.index)
		for _, key := range one.keys {
			if found == vm.Nil {
				found = table.RawGetString(key)
			}
		}
		n, ok := found.(vm.Number)
		if !ok || float64(n) < -one.most || float64(n) > one.most {
			return fmt.Errorf("place { latitude, longitude } expected: %s is %s", one.keys[1], vm.Text(found))
		}
		*one.into = float64(n)
	}
	g.given = true
	return nil
}

// LuaType is how the editor types write it.
func (geoPoint) LuaType() string { return "{ [1]: number, [2]: number }" }

func (g *geoPoint) input() *tg.InputGeoPoint { return &tg.InputGeoPoint{Lat: g.lat, Long: g.long} }

// clickOptions say which button is meant, where its number doesn't.
type clickOptions struct {
	Text   string        `lua:"text,optional" doc:"The button with this text."`
	Data   string        `lua:"data,optional,bytes" doc:"The button with this data."`
	Filter spec.Callback `lua:"filter,optional" doc:"The first button for which this returns true." type:"fun(button: MessageButton): boolean"`
	shareOptions
}

var clickRead = spec.OptionsOf[clickOptions]()

// which says which button is meant: its number, its text, or for polls a list of numbers. Options may stand in its place.
type which struct {
	index   []int
	text    string
	options *clickOptions
}

// DecodeLua reads a number, a text, a list of numbers or options.
func (w *which) DecodeLua(L *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.Number:
		n, ok := whole(v)
		if !ok || n < 1 {
			return spec.Expected("number of a button, from 1", v)
		}
		w.index = []int{int(n)}
		return nil
	case vm.String:
		w.text = string(v)
		return nil
	case *vm.Table:
		if v.Len() == 0 {
			options, err := clickRead.Decode(L, "", v)
			w.options = &options
			return err
		}
		for i := range v.Len() {
			n, ok := v.RawGetInt(i + 1).(vm.Number)
			if at, exact := whole(n); ok && exact && at >= 1 {
				w.index = append(w.index, int(at))
				continue
			}
			return spec.Expected("list of numbers, from 1", v)
		}
		return nil
	}
	return spec.Expected("number, text or options", v)
}

// LuaType is how the editor types write it.
func (which) LuaType() string { return "integer|string|integer[]|ClickOptions" }

type clickArgs struct {
	Which  which        `lua:"which,optional" doc:"Number of the button, counted through all rows, or its text; the first one if not given. With column, the row."`
	Column int          `lua:"column,optional" doc:"Place in the row, from 1."`
	Opts   clickOptions `lua:"options,optional" doc:"Which button, and what it may have of the account."`
}

// ErrNoButton says that a message has no such button.
var ErrNoButton = errors.New("the message has no such button")

var click = spec.Method("click", "Press a button of the message, as a person does, or vote in its poll: by number (from 1, through all rows), row and column, text, data or a function. "+
	"A callback button waits for its bot's answer; nil if it says nothing within a quarter of a minute. A text button sends its text. Links are not "+
	"opened, but told in the result. "+
	"Phone numbers and places are given only by share_phone and share_geo. In a poll, a list of numbers votes for several answers.",
	func(c *spec.Call, m *message, in clickArgs) (*pressed, error) {
		if in.Which.options != nil {
			in.Opts = *in.Which.options
		}
		if _, ok := m.Media.(*tg.MessageMediaPoll); ok {
			return m.clickPoll(c, in)
		}
		b, err := m.chosen(c, in)
		if err != nil {
			return nil, err
		}
		return b.press(c, in.Opts.shareOptions)
	},
).InOrder().Example(`client:on("message", { from = "@quiz_bot" }, function(event)
  event:click(1)            -- the first button
  event:click(2, 1)         -- the first one of the second row
  event:click("Yes")        -- or { text = "Yes" }, { data = "yes" }
  local answer = event:click({ filter = function(button) return button.data == "more" end })
  if answer then print(answer.message) end
end)`).Raises("BUTTON_UNKNOWN", "DATA_INVALID", "PASSWORD_HASH_INVALID")

type clickButtonArgs struct {
	Opts shareOptions `lua:"options,optional" doc:"What it may have of the account."`
}

var clickButton = spec.Method("click", "Press the button, as message:click does.",
	func(c *spec.Call, b *messageButton, in clickButtonArgs) (*pressed, error) { return b.press(c, in.Opts) },
).InOrder().Example(`client:on("message", { from = "@quiz_bot" }, function(event)
  if event.buttons then event.buttons[1][2]:click() end
end)`)

// press presses the button; nil if the bot said nothing.
func (b *messageButton) press(c *spec.Call, o shareOptions) (*pressed, error) {
	if o.Login {
		if err := mayCall(envOf(c).Allow, "messages.acceptUrlAuth"); err != nil {
			return nil, err
		}
	}
	done, err := b.message.Press(c, b.Button, o.press())
	if err != nil {
		return nil, err
	}
	if waits := b.kind() == "inline" || b.kind() == "game"; waits && done.Answer == nil {
		return nil, nil
	}
	return &pressed{done, b.kind()}, nil
}

// chosen finds the button that is meant.
func (m *message) chosen(c *spec.Call, in clickArgs) (*messageButton, error) {
	rows := buttonsOf(m.Message)
	if len(in.Which.index) == 1 && in.Column != 0 {
		row, column := in.Which.index[0], in.Column
		if row > len(rows) || column < 1 || column > len(rows[row-1]) {
			return nil, &buttonError{fmt.Sprintf("no button in row %d, place %d", row, column)}
		}
		return rows[row-1][column-1], nil
	}
	all := slices.Concat(rows...)
	fits, what, err := in.fits(c)
	if err != nil {
		return nil, err
	}
	for i, b := range all {
		ok, err := fits(i, b)
		if err != nil {
			return nil, err
		}
		if ok {
			return b, nil
		}
	}
	return nil, &buttonError{what}
}

// fits is how a button is recognised.
func (in clickArgs) fits(c *spec.Call) (fits func(i int, b *messageButton) (bool, error), what string, err error) {
	text := in.Which.text
	if text == "" {
		text = in.Opts.Text
	}
	switch {
	case len(in.Which.index) > 1:
		return nil, "", &buttonError{"several buttons can be pressed in polls only"}
	case text != "":
		return func(_ int, b *messageButton) (bool, error) { return b.Text == text, nil }, fmt.Sprintf("no button with the text %q", text), nil
	case in.Opts.Data != "":
		return func(_ int, b *messageButton) (bool, error) { return b.data() == in.Opts.Data, nil }, fmt.Sprintf("no button with the data %q", in.Opts.Data), nil
	case in.Opts.Filter.Given():
		return func(_ int, b *messageButton) (bool, error) {
			yes, err := in.Opts.Filter.Call(c, b)
			return yes != nil && yes != false, err
		}, "no button passes the filter", nil
	}
	at := 1
	if len(in.Which.index) == 1 {
		at = in.Which.index[0]
	}
	return func(i int, _ *messageButton) (bool, error) { return i+1 == at, nil }, fmt.Sprintf("no button number %d", at), nil
}

// buttonError says that there is no such button.
type buttonError struct{ problem string }

func (e *buttonError) Error() string { return ErrNoButton.Error() + ": " + e.problem }

func (e *buttonError) Unwrap() error { return ErrNoButton }

// LuaFields are what scripts see on the caught error.
func (e *buttonError) LuaFields() map[string]any { return map[string]any{"kind": "BUTTON_UNKNOWN"} }

// clickPoll votes.
func (m *message) clickPoll(c *spec.Call, in clickArgs) (*pressed, error) {
	poll := m.Media.(*tg.MessageMediaPoll)
	text := in.Which.text
	if text == "" {
		text = in.Opts.Text
	}
	var answers []int
	for _, n := range in.Which.index {
		answers = append(answers, n-1)
	}
	if text != "" {
		for i, a := range poll.Poll.Answers {
			if one, ok := a.(*tg.PollAnswer); ok && one.Text.Text == text {
				answers = []int{i}
			}
		}
		if answers == nil {
			return nil, &buttonError{fmt.Sprintf("no answer with the text %q", text)}
		}
	}
	if answers == nil {
		answers = []int{0}
	}
	if _, err := m.Account.Vote(c, m.Message, m.ID, answers); err != nil {
		return nil, err
	}
	return &pressed{kind: "poll"}, nil
}
