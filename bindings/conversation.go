package bindings

import (
	"context"
	"reflect"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// conversation is what the function of client:conversation gets.
type conversation struct {
	*talk
	client  *client
	timeout time.Duration // of a wait that names none; 0 is for ever
}

// Context makes the calls as the client makes them that the conversation came from.
func (v *conversation) Context(ctx context.Context) context.Context { return v.client.Context(ctx) }

func (v *conversation) where() telegram.Target { return v.chat }

const (
	defaultWait     = time.Minute
	defaultMessages = 100
)

// partner is who a conversation is with: a chat, or a message, whose author is meant.
type partner struct {
	target
	author telegram.Peer
	topic  int
}

// DecodeLua reads whatever stands for a chat.
func (p *partner) DecodeLua(L *vm.State, v vm.Value) error {
	if data, ok := v.(*vm.UserData); ok {
		switch object := data.Value.(type) {
		case *message:
			if !object.Out && object.IsGroup() {
				p.author = object.Sender
			}
			p.topic = object.topic()
		case *callback:
			if object.Chat.ID == 0 {
				return spec.Expected("button of a message that is in a known chat", v)
			}
			p.Target, p.author = object.Chat, object.Sender
			return nil
		}
	}
	return p.target.DecodeLua(L, v)
}

// whom is who counts in a group: a person, or false for everybody.
type whom struct {
	target
	everybody bool
}

// DecodeLua reads a person or false.
func (w *whom) DecodeLua(L *vm.State, v vm.Value) error {
	if v == vm.False {
		w.everybody = true
		return nil
	}
	return w.target.DecodeLua(L, v)
}

// LuaType is how the editor types write it.
func (whom) LuaType() string { return "Target|false" }

// talkOptions say how a conversation is held.
type talkOptions struct {
	Timeout     *time.Duration `lua:"timeout,optional" doc:"The longest time for each wait that says nothing else; a minute if not given, 0 for ever."`
	Total       time.Duration  `lua:"total_timeout,optional" doc:"The longest time for all waits together."`
	MaxMessages *int           `lua:"max_messages,optional" doc:"How many messages it takes before it gives up with TOO_MANY_MESSAGES; 100 if not given, 0 for any number."`
	Exclusive   *bool          `lua:"exclusive,optional" doc:"Have the chat, or the person in it, alone: another conversation there raises CONVERSATION_BUSY. true if not given."`
	With        whom           `lua:"with,optional" doc:"Only messages of this person count. Without it, in a group, those of the author if the chat was given as a message, else those of everybody; false for everybody."`
	Share       bool           `lua:"share,optional" doc:"The handlers get the messages, too."`
}

type conversationArgs struct {
	Chat     partner      `lua:"chat" doc:"Where, or a message: then with its author."`
	Opts     talkOptions  `lua:"options,optional" doc:"With whom, how long, and how."`
	Function *vm.Function `lua:"fn" type:"fun(conv: Conversation): any" doc:"Holds the conversation, which ends with it."`
}

var startConversation = spec.Method("conversation", "Talk with somebody: send, wait for answers, and so on, from top to bottom. The messages of the other side come to the conversation and not to handlers; "+
	"what it hasn't asked for when it ends goes to them. Returns what the function returns.",
	func(c *spec.Call, cl *client, in conversationArgs) (any, error) {
		v, err := cl.converse(c, in)
		if err != nil {
			return nil, err
		}
		env := envOf(c)
		release, err := env.claims().take(&claim{
			chat: v.chat.ID, with: v.with.ID, script: c.Generation.Script().Name(), site: runtime.CurrentSite(c),
			since: c.Generation.Now(), exclusive: in.Opts.Exclusive == nil || *in.Opts.Exclusive,
		})
		if err != nil {
			return nil, err
		}
		defer release()
		v.open(c.Generation, false)
		defer v.close(c)
		results, err := c.Generation.Machine().Run(c, in.Function, func(*vm.State) []vm.Value { return []vm.Value{c.Instance.Value(v)} })
		if err != nil || len(results) == 0 {
			return nil, err
		}
		return results[0], nil
	},
).Result("any").Raises("CONVERSATION_BUSY", "TIMEOUT", "CANCELLED", "TOO_MANY_MESSAGES", "PEER_UNKNOWN").Example(`client:command("order", function(event)
  client:conversation(event, { timeout = "5m" }, function(conv)
    conv:send_message("What do you want?")
    local what = conv:get_response()
    local many = conv:ask("How many?", { check = function(answer) return tonumber(answer.raw_text), "A number, please." end })
    conv:send_message(many.raw_text .. " of " .. what.raw_text .. " are on the way.")
  end)
end)`)

// converse finds the people.
func (cl *client) converse(c *spec.Call, in conversationArgs) (*conversation, error) {
	chat, err := cl.peer(c, in.Chat.Target)
	if err != nil {
		return nil, err
	}
	t := &talk{account: cl.account, chat: chat, with: in.Chat.author, max: defaultMessages, share: in.Opts.Share, topic: in.Chat.topic}
	if in.Opts.With.everybody {
		t.with = telegram.Peer{}
	} else if in.Opts.With.Target != nil {
		if t.with, err = cl.peer(c, in.Opts.With.Target); err != nil {
			return nil, err
		}
	}
	if n := in.Opts.MaxMessages; n != nil {
		t.max = max(*n, 0)
	}
	if in.Opts.Total > 0 {
		t.total, t.until = in.Opts.Total, c.Generation.Now().Add(in.Opts.Total)
	}
	v := &conversation{talk: t, client: cl, timeout: defaultWait}
	if d := in.Opts.Timeout; d != nil {
		v.timeout = *d
	}
	return v, nil
}

// peer is somebody whom the script named, without a question where the script has the object.
func (cl *client) peer(ctx context.Context, who telegram.Target) (telegram.Peer, error) {
	if peer, ok := who.(telegram.Peer); ok {
		return peer, nil
	}
	return cl.account.Resolve(ctx, who)
}

// conversationClass is the class Conversation.
var conversationClass = spec.Class{
	Name: "Conversation", Call: "conv", Go: reflect.TypeFor[*conversation](),
	Doc:  "A conversation that goes on: see client:conversation. Each wait looks first at what has come already, so nothing is missed between two waits.",
	Text: func(v any) string { return "Conversation(" + decimal(v.(*conversation).chat.ID) + ")" },
	Fields: []spec.Field{
		spec.Get("chat", "Where it is.", func(v *conversation) *peer { return peerOf(v.chat) }),
		spec.Get("with", "Who counts, if not everybody.", func(v *conversation) *peer {
			if v.with.ID == 0 {
				return nil
			}
			return peerOf(v.with)
		}).Maybe(),
		spec.Get("last", "The message that was received last.", func(v *conversation) *message {
			v.mu.Lock()
			defer v.mu.Unlock()
			return messageOf(v.talk.last)
		}).Maybe(),
	},
	Methods: []spec.Func{
		converseSend, converseFile, converseRead, getResponse, getReply, getEdit, waitRead, waitEvent, converseClick, converseAsk, converseCancel,
	},
}
