package telegram

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/pace"
)

// Pace says how calls are spread over time, so that Telegram need not ask for pauses. The zero value is gentle, but
// waits for nothing on a server that takes no others than this machine's (Server.LoopbackOnly).
type Pace struct {
	Mode  PaceMode
	Rates map[string]pace.Rate // instead of the gentle ones, by class: see PaceClasses. The zero rate lifts one
}

// PaceMode is whether there is any pacing.
type PaceMode string

// The modes.
const (
	PaceGentle PaceMode = "gentle" // also in the sandbox
	PaceOff    PaceMode = "off"    // waits only as Telegram orders
)

// PaceClass is a kind of calls that share a rate.
type PaceClass struct {
	Name, Doc  string
	Bots, User pace.Rate // what is gentle; the zero rate limits nothing
	key        func(a *Account, in bin.Encoder) (chat int64, ok bool)
	methods    []string
}

// sends are the methods that write into a chat.
var sends = []string{
	"messages.sendMessage", "messages.sendMedia", "messages.sendMultiMedia", "messages.forwardMessages", "messages.sendInlineBotResult",
	"messages.startBot",
}

// paceClasses hold what is known of Telegram's limits. For bots https://core.telegram.org/bots/faq tells them: about 30
// messages a second, one a second in a chat with short bursts, 20 a minute in a group. For people it tells none; these
// are what people have met, rounded to the safe side. A call of several classes waits for one after the other, so that
// those of one chat come first.
var paceClasses = []PaceClass{
	{
		Name: "chat", Doc: "Messages sent in one chat.", methods: sends, key: everyChat,
		Bots: pace.Rate{Events: 1, Per: second, Burst: 5}, User: pace.Rate{Events: 1, Per: second, Burst: 5},
	},
	{
		Name: "group", Doc: "Messages sent in one group or channel.", methods: sends, key: onlyGroups,
		Bots: pace.Rate{Events: 20, Per: minute, Burst: 5},
	},
	{
		Name: "edit", Doc: "Messages changed in one chat.", methods: []string{"messages.editMessage"}, key: everyChat,
		Bots: pace.Rate{Events: 1, Per: second, Burst: 5}, User: pace.Rate{Events: 1, Per: second, Burst: 5},
	},
	{
		Name: "stranger", Doc: "Messages sent to people who are no contacts and have not written before.", methods: sends, key: onlyStrangers,
		User: pace.Rate{Events: 2, Per: minute, Burst: 3},
	},
	{
		Name: "send", Doc: "Messages sent, in all chats together.", methods: sends, key: always,
		Bots: pace.Rate{Events: 30, Per: second, Burst: 30}, User: pace.Rate{Events: 1, Per: second, Burst: 20},
	},
	{
		Name: "react", Doc: "Reactions and votes.", methods: []string{"messages.sendReaction", "messages.sendVote"}, key: always,
		User: pace.Rate{Events: 1, Per: second, Burst: 5},
	},
	{
		Name: "resolve", Doc: "Names, numbers and invite links looked up.",
		methods: []string{"contacts.resolveUsername", "contacts.resolvePhone", "messages.checkChatInvite", "contacts.search"}, key: always,
		Bots: pace.Rate{Events: 1, Per: second, Burst: 20}, User: pace.Rate{Events: 10, Per: minute, Burst: 20},
	},
	{
		Name: "join", Doc: "Chats joined.", methods: []string{"channels.joinChannel", "messages.importChatInvite", "chatlists.joinChatlistInvite"}, key: always,
		User: pace.Rate{Events: 1, Per: minute, Burst: 5},
	},
	{
		Name: "invite", Doc: "People added to chats.", methods: []string{"channels.inviteToChannel", "messages.addChatUser"}, key: always,
		User: pace.Rate{Events: 2, Per: minute, Burst: 5},
	},
	{
		Name: "create", Doc: "Groups and channels made.", methods: []string{"messages.createChat", "channels.createChannel"}, key: always,
		User: pace.Rate{Events: 1, Per: minute, Burst: 3},
	},
	{
		Name: "import", Doc: "Contacts added.", methods: []string{"contacts.importContacts", "contacts.addContact"}, key: always,
		User: pace.Rate{Events: 2, Per: minute, Burst: 5},
	},
	{
		Name: "history", Doc: "Pages of messages read or searched.",
		methods: []string{"messages.getHistory", "messages.search", "messages.searchGlobal", "messages.getReplies"}, key: always,
		User: pace.Rate{Events: 1, Per: second, Burst: 30},
	},
}

// PaceClasses are all classes of calls that have a rate.
func PaceClasses() []PaceClass { return slices.Clone(paceClasses) }

func always(*Account, bin.Encoder) (int64, bool) { return 0, true }

// everyChat has a rate for each chat.
func everyChat(_ *Account, in bin.Encoder) (int64, bool) {
	id := chatOf(in)
	return id, id != 0
}

func onlyGroups(_ *Account, in bin.Encoder) (int64, bool) {
	id := chatOf(in)
	return id, id < 0
}

// onlyStrangers has one rate for all whom the account has nothing to do with yet.
func onlyStrangers(a *Account, in bin.Encoder) (int64, bool) {
	id := chatOf(in)
	return 0, id > 0 && a.peers.stranger(id)
}

// chatOf is the marked id of the chat that a call is about; 0 if it is about none, or of the account itself.
func chatOf(in bin.Encoder) int64 {
	switch r := in.(type) {
	case interface{ GetToPeer() tg.InputPeerClass }: // of forwards, whose peers are two
		return inputID(r.GetToPeer())
	case interface{ GetPeer() tg.InputPeerClass }:
		return inputID(r.GetPeer())
	}
	return 0
}

// inputID is the marked id that an address is of; 0 for the account itself.
func inputID(in tg.InputPeerClass) int64 {
	switch in := in.(type) {
	case *tg.InputPeerUser:
		return in.UserID
	case *tg.InputPeerUserFromMessage:
		return in.UserID
	case *tg.InputPeerChat:
		return groupID(in.ChatID)
	case *tg.InputPeerChannel:
		return channelID(in.ChannelID)
	case *tg.InputPeerChannelFromMessage:
		return channelID(in.ChannelID)
	}
	return 0
}

// stranger says whether the account has never exchanged a word with a user who is no contact.
func (b *peerBook) stranger(id int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if id == b.self.Load() {
		return false
	}
	b.look(id)
	k := b.byID[id]
	if k == nil {
		return true
	}
	u := k.peer.User
	return !k.record.Near && (u == nil || !u.Contact && !u.Bot && !u.Support)
}
