package bindings

import (
	"cmp"
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// dialogWith is whose dialog is meant: a message's author in its chat, or a person in the chat with them.
type dialogWith struct {
	partner
	event *message
}

// DecodeLua reads a message or a chat.
func (w *dialogWith) DecodeLua(L *vm.State, v vm.Value) error {
	if data, ok := v.(*vm.UserData); ok {
		if m, ok := data.Value.(*message); ok {
			w.event = m
			return nil
		}
	}
	return w.partner.DecodeLua(L, v)
}

func (w dialogWith) place(c *spec.Call) (dialogPlace, error) {
	if w.event != nil {
		return placeOfMessage(w.event.Message), nil
	}
	chat, err := (&client{account: accountOf(c)}).peer(c, w.Target)
	p := dialogPlace{chat: chat.ID, user: chat.ID}
	if w.author.ID != 0 {
		p.user = w.author.ID
	}
	return p, err
}

type startDialogArgs struct {
	With dialogWith `lua:"event" doc:"The message that it begins with, or a person: then the first step gets no event."`
	Data lateTable  `lua:"data,optional" doc:"What the dialog knows from the start."`
}

var startDialog = spec.Method("start", "Run the first step with a person. Where they are in this dialog already, it begins anew.",
	func(c *spec.Call, d *stepDialog, in startDialogArgs) (spec.None, error) {
		p, err := in.With.place(c)
		if err != nil {
			return spec.None{}, err
		}
		var data map[string]any
		if in.Data.table != nil {
			machine := c.Generation.Machine()
			machine.Lock()
			plain, err := spec.Plain(in.Data.table)
			machine.Unlock()
			if err != nil {
				return spec.None{}, err
			}
			data, _ = plain.(map[string]any)
		}
		s := newDialogState(c, d.first, data)
		d.book.begin(p, s) // before the step: a quick answer may overtake its end
		defer func() { <-s.turn }()
		if err := d.run(c, p, s, d.first, in.With.event); err != nil {
			_, _ = d.book.drop(c, p, s) // it has not begun
			return spec.None{}, err
		}
		return spec.None{}, nil
	},
).Raises("PEER_UNKNOWN").Example(`local survey = tg.dialog("survey", {
  start = function(_, data) client:send_message(data.who, "How was it?") return "answer" end,
  answer = function(event, data) print(data.who, event.raw_text) end,
})
survey:start("@friend", { who = "@friend" })`)

type dialogWithArgs struct {
	With dialogWith `lua:"event" doc:"A message of the person, or the person."`
}

var stopDialog = spec.Method("stop", "End the dialog with a person. Returns whether they were in it.",
	func(c *spec.Call, d *stepDialog, in dialogWithArgs) (bool, error) {
		p, err := in.With.place(c)
		if err != nil {
			return false, err
		}
		return d.book.drop(c, p, nil)
	},
).Raises("PEER_UNKNOWN").Example(`local survey = tg.dialog("survey", { start = function(event) return "start" end })
client:command("enough", function(event) survey:stop(event) end)`)

// standing is where a dialog stands.
type standing struct {
	ChatID int64          `lua:"chat_id"`
	UserID int64          `lua:"user_id"`
	Step   string         `lua:"step"`
	Data   map[string]any `lua:"data"`
	Since  int64          `lua:"since"`
}

const standingType = "{ chat_id: integer, user_id: integer, step: string, data: table, since: integer }"

func (b *dialogBook) standings() []standing {
	b.mu.Lock()
	defer b.mu.Unlock()
	list := []standing{}
	for p, s := range b.states {
		list = append(list, standing{p.chat, p.user, s.Step, s.Data, s.At})
	}
	slices.SortFunc(list, func(a, b standing) int {
		return cmp.Or(cmp.Compare(a.ChatID, b.ChatID), cmp.Compare(a.UserID, b.UserID))
	})
	return list
}

var dialogStateRow = spec.Method("state", "Where the dialog with a person stands; nil if there is none.",
	func(c *spec.Call, d *stepDialog, in dialogWithArgs) (any, error) {
		p, err := in.With.place(c)
		if err != nil {
			return nil, err
		}
		for _, s := range d.book.standings() {
			if s.ChatID == p.chat && s.UserID == p.user {
				return s, nil
			}
		}
		return nil, nil
	},
).Result(standingType + "|nil").Raises("PEER_UNKNOWN").Example(`local survey = tg.dialog("survey", { start = function(event) return "start" end })
client:command("where", function(event)
  local state = survey:state(event)
  event:reply(state and state.step or "nowhere")
end)`)

var listDialogs = spec.Method("list", "List where the dialog stands with everybody who is in it.",
	func(_ *spec.Call, d *stepDialog, _ spec.None) ([]standing, error) { return d.book.standings(), nil },
).Direct().Result(standingType + "[]").Example(`local survey = tg.dialog("survey", { start = function(event) return "start" end })
for _, state in ipairs(survey:list()) do print(state.user_id, state.step) end`)

var _ spec.Decoder = (*dialogWith)(nil)
