package bindings

import (
	"context"
	"regexp"
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// chatFilters choose messages by where they are and who wrote them. They are tried on each message,
// without Lua, so they look only at what the message brings along.
type chatFilters struct {
	Incoming *bool    `lua:"incoming,optional" doc:"Only what others wrote, or, with false, nothing of that."`
	Outgoing *bool    `lua:"outgoing,optional" doc:"Only what this account wrote, on another device or in another program, or, with false, nothing of that."`
	Chats    []target `lua:"chats,optional" doc:"Only in these chats."`
	NotChats []target `lua:"not_chats,optional" doc:"Not in these chats."`
	From     []target `lua:"from,optional" doc:"Only from these people, bots or channels."`
	NotFrom  []target `lua:"not_from,optional" doc:"Not from these people, bots or channels."`
	kindFilters
	Late *bool `lua:"late,optional" doc:"Only what happened while the account was not running, or, with false, nothing of that."`
}

// messageFilters are the filters of the events message and edit.
type messageFilters struct {
	messageTests
	Own bool `lua:"own,optional" doc:"Also what this process sends and edits itself; event.own tells it from the rest."`
	handlerOptions
}

var messageOptions = spec.OptionsOf[messageFilters]()

var messageRow = eventRow{
	Event: spec.EventOf(telegram.EventMessage, "MessageEvent", "A new message, from others or from this account in another program. "+
		"What this process sends itself is only told with `own`.", messageOptions).
		Example(`client:on("message", { pattern = "^ping", private = true }, function(event)
  event:reply("pong")
end)`),
	subscribe: onMessage(telegram.EventMessage),
}

var editRow = eventRow{
	Event: spec.EventOf(telegram.EventEdit, "MessageEvent", "A message was changed. Telegram also tells of changes that nobody made by hand, such as a new "+
		"count of views.", messageOptions).
		Example(`client:on("edit", { chats = "@news" }, function(event)
  tg.log("edited", event.id, event.raw_text)
end)`),
	subscribe: onMessage(telegram.EventEdit),
}

// onMessage registers handlers of new or of edited messages.
func onMessage(kind string) func(c *spec.Call, filters *vm.Table, fn *vm.Function) (*handler, error) {
	return func(c *spec.Call, table *vm.Table, fn *vm.Function) (*handler, error) {
		filters, err := messageOptions.Decode(c.State, "on", table)
		if err != nil {
			return nil, err
		}
		wanted, err := filters.compile(c.State, "on")
		if err != nil {
			return nil, err
		}
		if filters.Own {
			context.AfterFunc(c.Generation.Context(), accountOf(c).WantOwn())
		}
		return filters.subscribe(c, runtime.Subscription{
			Event:   kind,
			Handler: fn,
			Match: func(value any) (any, bool) {
				event := value.(*telegram.Event)
				if event.Own && !filters.Own {
					return nil, false
				}
				return wanted(event)
			},
			Wrap: wrapMessage(c.Instance),
		})
	}
}

// wrapMessage makes the Lua event of a message.
func wrapMessage(in *spec.Instance) func(L *vm.State, value, captures any) vm.Value {
	return func(_ *vm.State, value, captures any) vm.Value {
		m := messageOf(value.(*telegram.Event).Message)
		if c, ok := captures.(*botCommand); ok {
			m.command = c
			return in.Object("CommandEvent", m)
		}
		m.matches, _ = captures.([]any)
		m.own = value.(*telegram.Event).Own
		return in.Object("MessageEvent", m)
	}
}

// compile makes one predicate of the filters that were given. Names are sorted out here, once: the predicate runs for
// each message on the goroutine that delivers, and must not ask anybody.
func (f chatFilters) compile(function string) (func(e *telegram.Event) bool, error) {
	chats, err := newPeerSet(function, "chats", f.Chats)
	if err != nil {
		return nil, err
	}
	from, err := newPeerSet(function, "from", f.From)
	if err != nil {
		return nil, err
	}
	notChats, err := newPeerSet(function, "not_chats", f.NotChats)
	if err != nil {
		return nil, err
	}
	notFrom, err := newPeerSet(function, "not_from", f.NotFrom)
	if err != nil {
		return nil, err
	}
	where, way := f.kindFilters.test(), chosen(f.Incoming, f.Outgoing)
	incoming, outgoing := way[0], way[1]
	return func(e *telegram.Event) bool {
		m := e.Message
		if out := m.Outgoing(); out && !outgoing || !out && !incoming {
			return false
		}
		if chats != nil && !chats.has(m.Chat, e.Account) || from != nil && !from.has(m.Sender, e.Account) {
			return false
		}
		if f.Late != nil && e.Late != *f.Late || notChats != nil && notChats.has(m.Chat, e.Account) || notFrom != nil && notFrom.has(m.Sender, e.Account) {
			return false
		}
		return where == nil || where(m.IsPrivate(), m.IsGroup(), m.IsChannel())
	}, nil
}

// peerSet says whether a peer is one of those that a filter lists.
type peerSet struct {
	ids   map[int64]bool
	names map[string]bool // user names, in lower case
	exact map[string]bool // shown names
	phone map[string]bool // digits only
	self  bool
}

// newPeerSet sorts targets by how they are recognised without asking Telegram; nil if none were asked for. A list that
// is empty has nobody: a script may have got it from elsewhere, and must not serve everybody then.
func newPeerSet(function, option string, targets []target) (*peerSet, error) {
	if targets == nil {
		return nil, nil
	}
	s := &peerSet{ids: map[int64]bool{}, names: map[string]bool{}, exact: map[string]bool{}, phone: map[string]bool{}}
	for _, t := range targets {
		switch t := t.Target.(type) {
		case telegram.ID:
			s.ids[int64(t)] = true
		case telegram.Peer:
			s.ids[t.ID] = true
		case telegram.Name:
			if problem := s.addName(t); problem != "" {
				return nil, &spec.ArgumentError{Function: function, Place: "option '" + option + "'", Problem: problem}
			}
		}
	}
	return s, nil
}

// telegramLink matches what nobody calls a chat by.
var telegramLink = regexp.MustCompile(`^(?i)(tg:|(https?://)?(www\.)?(t\.me|telegram\.me|telegram\.dog)/)`)

// addName notes all that a name could mean; problem says why it can't be one of a peer that is recognised.
func (s *peerSet) addName(name telegram.Name) (problem string) {
	switch parts := name.Parts(); {
	case parts == telegram.NameParts{} && telegramLink.MatchString(strings.TrimSpace(string(name))): // cut, or to something else
		return "'" + string(name) + "' is a link that names no chat"
	case parts == telegram.NameParts{}:
		return "chat expected, got '" + string(name) + "'"
	case parts.Invite != "":
		return "an invite link doesn't say which chat it is: write the chat's id, '" + string(name) + "' given"
	case parts.Self:
		s.self = true
	case parts.ID != 0:
		s.ids[parts.ID] = true
	case parts.Phone != "":
		s.phone[parts.Phone] = true
	case parts.Username == "" && telegramLink.MatchString(parts.Title):
		return "'" + string(name) + "' is a link that names no chat"
	default:
		if parts.Username != "" {
			s.names[strings.ToLower(parts.Username)] = true
		}
		if parts.Title != "" {
			s.exact[parts.Title] = true
		}
	}
	return ""
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// has says whether a peer is listed. Ids come first: they need no look at what is known of the peer.
func (s *peerSet) has(p telegram.Peer, account *telegram.Account) bool {
	if s.ids[p.ID] || s.self && isSelf(p, account) {
		return true
	}
	if len(s.names) == 0 && len(s.exact) == 0 && len(s.phone) == 0 {
		return false
	}
	if len(s.names) > 0 && s.named(p) {
		return true
	}
	this := peer{Peer: p}
	return len(s.exact) > 0 && s.exact[this.name()] || p.User != nil && len(s.phone) > 0 && s.phone[digits(p.User.Phone)]
}

// named says whether one of the user names is listed. It is asked about every message, and allocates nothing.
func (s *peerSet) named(p telegram.Peer) bool {
	var first string
	var more []tg.Username
	if p.User != nil {
		first, more = p.User.Username, p.User.Usernames
	} else if channel, ok := p.Chat.(*tg.Channel); ok {
		first, more = channel.Username, channel.Usernames
	}
	if first != "" && s.names[strings.ToLower(first)] {
		return true
	}
	for _, name := range more {
		if name.Active && s.names[strings.ToLower(name.Username)] {
			return true
		}
	}
	return false
}

// isSelf says whether p is the account itself: as a chat, its saved messages.
func isSelf(p telegram.Peer, account *telegram.Account) bool {
	if _, ok := p.Input.(*tg.InputPeerSelf); ok || p.User != nil && p.User.Self {
		return true
	}
	if account == nil {
		return false
	}
	self := account.Self()
	return self != nil && self.User != nil && self.ID == p.ID
}
