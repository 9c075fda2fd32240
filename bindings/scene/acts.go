package scene

import (
	"github.com/tgscript/tgscript/bindings/spec"
)

type onMessage struct {
	Message *message `lua:"message" doc:"Which message; any that they see."`
}

// on is the row of what a person does to a message.
func on[In, Out any](name, doc string, message func(In) *message, do func(c *spec.Call, p *person, m *message, in In) (Out, error)) spec.Func {
	return spec.Method(name, doc, func(c *spec.Call, p *person, in In) (out Out, err error) {
		if err := p.rest(c); err != nil {
			return out, err
		}
		seen, err := p.stage.seenBy(p.name, message(in))
		if err != nil {
			return out, err
		}
		out, err = do(c, p, seen, in)
		return out, told(err)
	})
}

type editArgs struct {
	onMessage
	Text string `lua:"text" doc:"What it is to say."`
}

type pressArgs struct {
	onMessage
	Button string `lua:"button,bytes" doc:"What stands on the button, or its data."`
}

type reactArgs struct {
	onMessage
	Emoji string `lua:"emoji,optional" doc:"Without it the reaction is taken away."`
}

type voteArgs struct {
	onMessage
	Answers []int `lua:"answers,optional" doc:"One answer or several, numbered from 1; without it the vote is taken back."`
}

type pinArgs struct {
	onMessage
	Pinned *bool `lua:"pinned,optional" doc:"false takes it away again."`
}

// touching are the rows of what a person does to messages.
var touching = []spec.Func{
	on("edit", "Change the text of a message of theirs.", func(in editArgs) *message { return in.Message },
		func(c *spec.Call, p *person, m *message, in editArgs) (*message, error) {
			edited, err := p.act().Edit(c, m.where(), m.ID, in.Text)
			return p.stage.message(p.name, edited, err)
		}).Example(`local alice = sandbox:person("alice")
local sent = alice:send("EchoBot", "helo")
alice:edit(sent, "hello")`).Raises("MESSAGE_AUTHOR_REQUIRED"),
	on("delete", "Delete a message for everybody.", func(in onMessage) *message { return in.Message },
		func(c *spec.Call, p *person, m *message, _ onMessage) (spec.None, error) {
			return spec.None{}, p.act().Delete(c, m.where(), m.ID)
		}).Example(`local alice = sandbox:person("alice")
alice:delete(alice:send("EchoBot", "oops"))`),
	on("press", "Press a button below a message and wait for the bot's answer. A button that opens a link gives the link; one of a reply keyboard is said aloud.",
		func(in pressArgs) *message { return in.Message },
		func(c *spec.Call, _ *person, m *message, in pressArgs) (answer, error) { return m.press(c, in.Button) },
	).Example(`local alice = sandbox:person("alice")
local menu = alice:wait("EchoBot")
print(alice:press(menu, "Yes").text)`).Raises("NO_BUTTON", "BOT_RESPONSE_TIMEOUT"),
	on("react", "Put a reaction below a message.", func(in reactArgs) *message { return in.Message },
		func(c *spec.Call, p *person, m *message, in reactArgs) (spec.None, error) {
			return spec.None{}, p.act().React(c, m.where(), m.ID, in.Emoji)
		}).Example(`local alice = sandbox:person("alice")
alice:react(alice:wait("Friends"), "👍")`).Raises("REACTION_INVALID"),
	on("vote", "Vote in a poll.", func(in voteArgs) *message { return in.Message },
		func(c *spec.Call, p *person, m *message, in voteArgs) (spec.None, error) {
			answers := make([]int, len(in.Answers))
			for i, n := range in.Answers {
				answers[i] = n - 1
			}
			return spec.None{}, p.act().Vote(c, m.where(), m.ID, answers...)
		}).Example(`local alice = sandbox:person("alice")
alice:vote(alice:wait("Friends", { media = "poll" }), 1)`).Raises("OPTION_INVALID"),
	on("pin", "Pin a message.", func(in pinArgs) *message { return in.Message },
		func(c *spec.Call, p *person, m *message, in pinArgs) (spec.None, error) {
			return spec.None{}, p.act().Pin(c, m.where(), m.ID, in.Pinned == nil || *in.Pinned)
		}).Example(`local alice = sandbox:person("alice")
alice:pin(alice:send("Friends", "Read this"))`),
}

// moving are the rows of what a person does to chats.
var moving = []spec.Func{
	spec.Method("join", "Become a member of a chat, as by a click on its invite link.", func(_ *spec.Call, p *person, in placeArgs) (spec.None, error) {
		return spec.None{}, told(p.act().Join(string(in.Chat)))
	}).Example(`sandbox:person("dave"):join("Friends")`).Raises("USER_ALREADY_PARTICIPANT", "USER_BANNED_IN_CHANNEL"),
	spec.Method("leave", "Leave a chat.", func(_ *spec.Call, p *person, in placeArgs) (spec.None, error) {
		return spec.None{}, told(p.act().Leave(string(in.Chat)))
	}).Example(`sandbox:person("bob"):leave("Friends")`).Raises("USER_NOT_PARTICIPANT"),
	spec.Method("read", "Mark a chat as read to its end.", func(_ *spec.Call, p *person, in placeArgs) (spec.None, error) {
		return spec.None{}, told(p.act().Read(string(in.Chat)))
	}).Example(`sandbox:person("alice"):read("EchoBot")`),
}

// watching are the rows of what a person sees.
var watching = []spec.Func{
	spec.Method("messages", "The messages of a chat as they see them, oldest first.", func(_ *spec.Call, p *person, in placeArgs) ([]*message, error) {
		list, err := p.act().Messages(string(in.Chat))
		return p.stage.messages(p.name, list), told(err)
	}).Example(`for _, message in ipairs(sandbox:person("alice"):messages("EchoBot")) do print(message.text) end`).Raises("UNKNOWN"),
	spec.Method("message", "One message of a chat.", func(_ *spec.Call, p *person, in struct {
		Chat where `lua:"chat" doc:"Which chat."`
		ID   int   `lua:"id,optional" doc:"Its id, as they see it; without it the last message."`
	}) (*message, error) {
		if in.ID != 0 {
			one, err := p.act().Message(string(in.Chat), in.ID)
			return p.stage.message(p.name, one, err)
		}
		list, err := p.act().Messages(string(in.Chat))
		if err != nil || len(list) == 0 {
			return nil, told(err)
		}
		return p.stage.message(p.name, list[len(list)-1], nil)
	}).Result("Message?").Example(`print(sandbox:person("alice"):message("EchoBot"))`).Raises("UNKNOWN"),
	spec.Method("wait", "Wait for the next message of somebody else in a chat: the first that fits, of those that came since the scenario began and "+
		"after the one that the last wait in this chat returned.",
		func(c *spec.Call, p *person, in struct {
			Chat    where       `lua:"chat" doc:"Which chat."`
			Options waitOptions `lua:"options,optional"`
		}) (*message, error) {
			return p.await(c, string(in.Chat), in.Options)
		}).Example(`local alice = sandbox:person("alice")
alice:send("EchoBot", "/start")
print(alice:wait("EchoBot", { pattern = "^Hello", timeout = "5s" }).text)`).Raises("TIMEOUT"),
	spec.Method("silence", "Make sure that nobody else says anything in a chat for a while.",
		func(c *spec.Call, p *person, in silenceArgs) (spec.None, error) { return p.silent(c, in) },
	).Example(`local alice = sandbox:person("alice")
alice:send("EchoBot", "shh")
alice:silence("EchoBot", "500ms")`).Raises("SPOKEN"),
}
