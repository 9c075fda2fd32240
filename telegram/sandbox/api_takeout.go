package sandbox

import (
	"strconv"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func takeoutMethods(t table) {
	on(t, people, (*call).initTakeout)
	on(t, people, (*call).finishTakeout)
	on(t, people, (*call).getSaved)
	on(t, people, (*call).getLeftChannels)
}

// initTakeout begins a session for taking out everything; with Limits.TakeoutDelay it must be
// waited for, and the account's other devices are told. See https://core.telegram.org/api/takeout.
func (c *call) initTakeout(*tg.AccountInitTakeoutSessionRequest) (bin.Encoder, error) {
	p := &c.me.prefs
	if delay := c.limits.TakeoutDelay; delay > 0 && len(p.Takeouts) == 0 {
		if p.TakeoutFrom == 0 {
			p.TakeoutFrom = c.today + delay
			c.touched()
			c.post(draft{from: c.users[serviceID], to: peer{peerUser, c.me.id}, text: "We have received a request to export your data."})
		}
		if wait := p.TakeoutFrom - c.today; wait > 0 {
			return nil, tgerr.New(420, "TAKEOUT_INIT_DELAY_"+strconv.Itoa(wait))
		}
	}
	if p.Takeouts == nil {
		p.Takeouts = map[int64]bool{}
	}
	id := c.freshInt64()
	p.Takeouts[id] = true
	c.touched()
	return &tg.AccountTakeout{ID: id}, nil
}

// finishTakeout: https://core.telegram.org/method/account.finishTakeoutSession
func (c *call) finishTakeout(*tg.AccountFinishTakeoutSessionRequest) (bin.Encoder, error) {
	if err := c.needsTakeout(); err != nil {
		return nil, err
	}
	delete(c.me.prefs.Takeouts, c.request.TakeoutID)
	c.me.prefs.TakeoutFrom = 0
	c.touched()
	return yes()
}

// needsTakeout refuses what may be asked in a session for takeout only.
func (c *call) needsTakeout() error {
	if c.request.TakeoutID == 0 {
		return forbidden("TAKEOUT_REQUIRED")
	}
	return nil
}

// inTakeout checks the session that a call claims to belong to, whatever the method is.
func (c *call) inTakeout() error {
	if id := c.request.TakeoutID; id != 0 && !c.me.prefs.Takeouts[id] {
		return bad("TAKEOUT_INVALID")
	}
	return nil
}

// getSaved: https://core.telegram.org/method/contacts.getSaved
func (c *call) getSaved(*tg.ContactsGetSavedRequest) (bin.Encoder, error) {
	if err := c.needsTakeout(); err != nil {
		return nil, err
	}
	answer := &tg.SavedPhoneContactVector{}
	for _, u := range c.contactList() {
		answer.Elems = append(answer.Elems, tg.SavedPhoneContact{Phone: u.phone, FirstName: u.name, LastName: u.lastName, Date: c.today})
	}
	return answer, nil
}

// getLeftChannels: https://core.telegram.org/method/channels.getLeftChannels
func (c *call) getLeftChannels(in *tg.ChannelsGetLeftChannelsRequest) (bin.Encoder, error) {
	if err := c.needsTakeout(); err != nil {
		return nil, err
	}
	var left []tg.ChatClass
	for _, p := range c.everything() {
		if p.kind == peerChannel && c.me.prefs.Left[p.id] && c.chats[p].byUser[c.me.id] == nil {
			left = append(left, c.chatFor(c.me, c.chats[p]))
		}
	}
	from := min(max(in.Offset, 0), len(left))
	page := left[from:min(from+pageAtMost, len(left))]
	if len(page) == len(left) {
		return &tg.MessagesChats{Chats: page}, nil
	}
	return &tg.MessagesChatsSlice{Count: len(left), Chats: page}, nil
}
