package bindings

import (
	"reflect"
	"strconv"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// messageButton is a button of a message, which can be pressed.
type messageButton struct {
	button
	message     *telegram.Message
	row, column int // from 1
}

// messageButtonClass is the class MessageButton.
var messageButtonClass = spec.Class{
	Name: "MessageButton", Call: "button", Go: reflect.TypeFor[*messageButton](),
	Doc: "A button of a message. It may be used for a keyboard of one's own, too.",
	Text: func(v any) string {
		b := v.(*messageButton)
		return "MessageButton(" + strconv.Quote(b.Text) + " " + b.kind() + ")"
	},
	Equal: func(a, b any) bool {
		x, y := a.(*messageButton), b.(*messageButton)
		return x.message.ID == y.message.ID && x.message.Chat.ID == y.message.Chat.ID && x.row == y.row && x.column == y.column
	},
	Fields: []spec.Field{
		spec.Get("text", "What is written on it.", func(b *messageButton) string { return b.Text }),
		spec.Get("kind", "What it does, by the name of its function in tg.button.", func(b *messageButton) string { return b.kind() }),
		spec.Get("data", "What the bot is told when it is pressed.", func(b *messageButton) string { return b.data() }).Maybe(),
		spec.Get("url", "The link or mini app that it opens.", func(b *messageButton) string { return b.url() }).Maybe(),
		spec.Get("inline_query", "The inline query that it begins.", func(b *messageButton) *string { return b.query() }).Is("string?"),
		spec.Get("style", "Its colour.", func(b *messageButton) string { return b.style() }).Is(`"primary"|"danger"|"success"`).Maybe(),
		spec.Get("requires_password", "It asks for the account's password: the option `password` of click.", func(b *messageButton) bool { return b.locked() }),
		spec.Get("row", "Which row it is in, from 1.", func(b *messageButton) int { return b.row }),
		spec.Get("column", "Which place in the row it has, from 1.", func(b *messageButton) int { return b.column }),
		spec.Get("raw", "What it does, as Telegram describes it.", func(b *messageButton) *object {
			if b.Inline != nil {
				return objectOf(b.Inline)
			}
			return objectOf(b.Reply)
		}).OutOfTable(),
	},
	Methods: []spec.Func{clickButton},
}

// buttonsOf are the buttons of a message; nil if it has none.
func buttonsOf(m *telegram.Message) [][]*messageButton {
	rows := m.Buttons()
	if rows == nil {
		return nil
	}
	out := make([][]*messageButton, len(rows))
	for i, row := range rows {
		for j, b := range row {
			out[i] = append(out[i], &messageButton{button{Button: b}, m, i + 1, j + 1})
		}
	}
	return out
}

// buttonFields are the fields of Message about its buttons.
var buttonFields = []spec.Field{
	spec.Get("buttons", "The buttons below it, row by row: message.buttons[1][2] is the second one of the first row. nil without buttons.",
		func(m *message) [][]*messageButton { return buttonsOf(m.Message) }).Is("MessageButton[][]").Maybe(),
	spec.Get("button_count", "How many buttons it has.", func(m *message) int {
		n := 0
		for _, row := range m.Buttons() {
			n += len(row)
		}
		return n
	}),
	spec.Get("reply_markup", "The keyboard as Telegram describes it.", func(m *message) *object {
		if m.ReplyMarkup == nil {
			return nil
		}
		return objectOf(m.ReplyMarkup)
	}).Maybe().OutOfTable(),
}

var getButtons = spec.Method("get_buttons", "Ask Telegram for the buttons as they are now, row by row; nil without buttons.",
	func(c *spec.Call, m *message, _ spec.None) ([][]*messageButton, error) {
		now, err := m.Account.MessagesByID(c, m.Chat, []int{m.ID}, m.Scheduled)
		if err != nil || now[0] == nil {
			return nil, err
		}
		return buttonsOf(now[0]), nil
	},
).Result("MessageButton[][]?").Example(`for _, row in ipairs(event:get_buttons() or {}) do
  for _, button in ipairs(row) do print(button.row, button.column, button.text) end
end`)

// pressed is what came of a press.
type pressed struct {
	telegram.Pressed
	kind string
}

// clickResultClass is the class ClickResult.
var clickResultClass = spec.Class{
	Name: "ClickResult", Call: "result", Go: reflect.TypeFor[*pressed](),
	Doc: "What came of pressing a button. Nothing is opened: what a person's app would open or type is told here.",
	Text: func(v any) string {
		p := v.(*pressed)
		if p.Answer != nil && p.Answer.Message != "" {
			return "ClickResult(" + p.kind + " " + strconv.Quote(p.Answer.Message) + ")"
		}
		return "ClickResult(" + p.kind + ")"
	},
	Fields: []spec.Field{
		spec.Get("kind", "What the button does, by the name of its function in tg.button; \"poll\" for a vote.", func(p *pressed) string { return p.kind }),
		spec.Get("message", "What the bot said.", func(p *pressed) string { return p.answer().Message }).Maybe(),
		spec.Get("alert", "The bot wants it shown as a box that has to be closed.", func(p *pressed) bool { return p.answer().Alert }),
		spec.Get("url", "The link, game or mini app that the button opens.", func(p *pressed) string { return p.URL }).Maybe(),
		spec.Get("cache_time", "For how many seconds the bot's word holds.", func(p *pressed) int { return p.answer().CacheTime }),
		spec.Get("sent", "The message that the button has sent.", func(p *pressed) *message { return messageOf(p.Sent) }).Maybe(),
		spec.Get("inline_query", "The query for client:inline_query that the button begins; empty for one without words.", func(p *pressed) *string {
			if p.Bot.ID == 0 {
				return nil
			}
			return &p.Query
		}).Is("string?"),
		spec.Get("bot", "The bot of that query.", func(p *pressed) *peer { return peerOf(p.Bot) }).Maybe(),
		spec.Get("copied", "What the button puts into the clipboard.", func(p *pressed) string { return p.Copied }).Maybe(),
		spec.Get("user", "Whose profile the button opens.", func(p *pressed) *peer { return peerOf(p.User) }).Maybe(),
	},
}

func (p *pressed) answer() *tg.MessagesBotCallbackAnswer {
	if p.Answer == nil {
		return &tg.MessagesBotCallbackAnswer{}
	}
	return p.Answer
}
