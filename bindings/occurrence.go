package bindings

import (
	"reflect"
	"slices"
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// parties is what the details of all events have that are no messages.
type parties interface {
	Parties() (chat, sender telegram.Peer)
}

// eventObject is what the objects of all events are that are no messages.
type eventObject interface {
	parties
	Event() *telegram.Event
}

// occurrence is an event that is no message, as scripts see it.
type occurrence[D parties] struct {
	event *telegram.Event
	about D
}

// sceneFilters choose events by where they happen and who does it.
type sceneFilters struct {
	Chats    []target `lua:"chats,optional" doc:"Only in these chats."`
	NotChats []target `lua:"not_chats,optional" doc:"Not in these chats."`
	From     []target `lua:"from,optional" doc:"Only by these people, bots or channels, where Telegram tells who it was."`
	NotFrom  []target `lua:"not_from,optional" doc:"Not by these people, bots or channels."`
	kindFilters
	Late *bool `lua:"late,optional" doc:"Only what happened while the account was not running, or, with false, nothing of that."`
	handlerOptions
}

// compile makes one predicate of the filters that were given.
func (f sceneFilters) compile() (func(e *telegram.Event, chat, sender telegram.Peer) bool, error) {
	sets := map[string]*peerSet{}
	for option, targets := range map[string][]target{"chats": f.Chats, "not_chats": f.NotChats, "from": f.From, "not_from": f.NotFrom} {
		set, err := newPeerSet("on", option, targets)
		if err != nil {
			return nil, err
		}
		sets[option] = set
	}
	chats, notChats, from, notFrom := sets["chats"], sets["not_chats"], sets["from"], sets["not_from"]
	where := f.kindFilters.test()
	return func(e *telegram.Event, chat, sender telegram.Peer) bool {
		switch {
		case f.Late != nil && e.Late != *f.Late,
			chats != nil && !chats.has(chat, e.Account), notChats != nil && notChats.has(chat, e.Account),
			from != nil && !from.has(sender, e.Account), notFrom != nil && notFrom.has(sender, e.Account):
			return false
		case where == nil:
			return true
		case chat.ID == 0:
			return false
		}
		return where(chat.IsUser(), chat.IsGroup(), chat.IsChannel() && !chat.IsGroup())
	}, nil
}

// occurrenceKind is a kind of event with details D, and filters F of its own beside those of the scene.
type occurrenceKind[D parties, F any] struct {
	kind, class, doc, sample string
	scene                    func(F) sceneFilters
	accept                   func(F) func(D) bool            // nil takes all
	prepare                  func(c *spec.Call, set F) error // what has to be asked for, and checked
	own                      func(F) bool                    // whether what this process did is wanted
}

// row is the event's row.
func (k occurrenceKind[D, F]) row() eventRow {
	read := spec.OptionsOf[F]()
	return eventRow{
		Event: spec.EventOf(k.kind, k.class, k.doc, read).Example(k.sample),
		subscribe: func(c *spec.Call, table *vm.Table, fn *vm.Function) (*handler, error) {
			filters, err := read.Decode(c.State, "on", table)
			if err != nil {
				return nil, err
			}
			scene := k.scene(filters)
			wanted, err := scene.compile()
			if err != nil {
				return nil, err
			}
			accepted := func(D) bool { return true }
			if k.accept != nil {
				accepted = k.accept(filters)
			}
			if k.prepare != nil {
				if err := k.prepare(c, filters); err != nil {
					return nil, err
				}
			}
			own := k.own != nil && k.own(filters)
			return scene.subscribe(c, runtime.Subscription{
				Event: k.kind, Handler: fn,
				Match: func(value any) (any, bool) {
					event := value.(*telegram.Event)
					if event.Own && !own {
						return nil, false
					}
					about := event.Detail.(D)
					chat, sender := about.Parties()
					return nil, wanted(event, chat, sender) && accepted(about)
				},
				Wrap: func(_ *vm.State, value, _ any) vm.Value {
					event := value.(*telegram.Event)
					return c.Instance.Value(&occurrence[D]{event, event.Detail.(D)})
				},
			})
		},
	}
}

// knownWords says which word of an option isn't one that makes sense there.
func knownWords(option string, words, known []string) error {
	for _, word := range words {
		if !slices.Contains(known, word) {
			return &spec.ArgumentError{Function: "on", Place: "option '" + option + "'", Problem: spec.Unknown("", "word", word, known).Error()}
		}
	}
	return nil
}

// plainKind is the row of a kind that has no filters of its own.
func plainKind[D parties](kind, class, doc, sample string) eventRow {
	return occurrenceKind[D, sceneFilters]{
		kind: kind, class: class, doc: doc, sample: sample, scene: func(f sceneFilters) sceneFilters { return f },
	}.row()
}

// fact is the row of a field of an event's details.
func fact[D parties, T any](name, doc string, get func(D) T) spec.Field {
	return spec.Get(name, doc, func(o *occurrence[D]) T { return get(o.about) })
}

// occurrenceClass is the class of an event: what all have, and fields and methods of its own.
func occurrenceClass[D parties](kind, name, doc string, fields []spec.Field, methods ...spec.Func) spec.Class {
	return spec.Class{
		Name: name, Call: "event", Go: reflect.TypeFor[*occurrence[D]](), Doc: doc,
		Text: func(v any) string {
			chat, sender := v.(*occurrence[D]).about.Parties()
			var parts []string
			if sender.ID != 0 {
				parts = append(parts, "by "+decimal(sender.ID))
			}
			if chat.ID != 0 && chat.ID != sender.ID {
				parts = append(parts, "in "+decimal(chat.ID))
			}
			return name + "(" + strings.Join(parts, " ") + ")"
		},
		Fields:  slices.Concat(fields, sceneFields[*occurrence[D]]()),
		Methods: slices.Concat(methods, sceneMethods[*occurrence[D]](kind)),
	}
}

// Event is what scripts see.
func (o *occurrence[D]) Event() *telegram.Event { return o.event }

// Parties are the chat and who did it.
func (o *occurrence[D]) Parties() (chat, sender telegram.Peer) { return o.about.Parties() }

func (o *occurrence[D]) chat() telegram.Peer   { return chatOf(o) }
func (o *occurrence[D]) sender() telegram.Peer { return senderOf(o) }

// message is a message of the chat, to answer in it.
func (o *occurrence[D]) message(id int) *message {
	return messageOf(&telegram.Message{Message: &tg.Message{ID: id}, Account: o.event.Account, Chat: o.chat(), Sender: o.sender()})
}

// respondTo is the method respond of an event's class.
func respondTo[D parties](kind string) spec.Func {
	return spec.Method("respond", "Say something in the chat.",
		func(c *spec.Call, o *occurrence[D], in replyArgs) (any, error) { return o.message(0).say(c, in, 0) },
	).InOrder().Result("Message").Example(`client:on("`+kind+`", function(event)
  event:respond("I saw that.")
end)`).Raises("CHAT_WRITE_FORBIDDEN", "PEER_UNKNOWN")
}

// replyTo are the methods of an event's class that is about one message.
func replyTo[D parties](kind string, id func(D) int) []spec.Func {
	return []spec.Func{
		spec.Method("reply", "Say something in the chat, quoting the message.",
			func(c *spec.Call, o *occurrence[D], in replyArgs) (any, error) {
				return o.message(0).say(c, in, id(o.about))
			},
		).InOrder().Result("Message").Example(`client:on("`+kind+`", function(event)
  event:reply("I saw that.")
end)`).Raises("CHAT_WRITE_FORBIDDEN", "PEER_UNKNOWN"),
		spec.Method("get_message", "Fetch the message; nil if it is gone.",
			func(c *spec.Call, o *occurrence[D], _ spec.None) (*message, error) {
				found, err := o.event.Account.MessagesByID(c, o.chat(), []int{id(o.about)}, false)
				if err != nil {
					return nil, err
				}
				return messageOf(found[0]), nil
			},
		).Example(`client:on("` + kind + `", function(event)
  local message = event:get_message()
  if message then print(message.text) end
end)`).Raises("PEER_UNKNOWN"),
	}
}
