package sandbox

import (
	"bytes"
	"encoding/gob"
	"fmt"

	"github.com/gotd/td/tg"
)

// rule is how a chat is governed. A server with a folder keeps it as it is: hence the exported
// fields.
type rule struct {
	Default       tg.ChatBannedRights   // what plain members may not do
	Outside       map[int64]restriction // who is kept out, or would come back restricted
	SlowMode      int                   // seconds between two messages of a member
	Said          map[int64]int         // in slow mode: when who has spoken last
	Pinned        ids                   // of supergroups and channels
	Invites       []*invite
	Requests      []joinRequest
	Topics        []*topic
	Log           []logged
	LogID         int64
	Linked        int64       // a channel's discussion group, a discussion group's channel
	Comments      map[int]int // where a channel's posts lie in its discussion group
	MigratedTo    int64
	MigratedFrom  int64
	MigratedMax   int // last message of the group that was before
	Photo         int64
	Forum         bool
	Signatures    bool
	HiddenHistory bool
	HiddenMembers bool
	NoForwards    bool
	JoinToSend    bool
	JoinByRequest bool
	AntiSpam      bool
	Translation   bool
	Gigagroup     bool
	Stickers      string // short name of the set
	Reactions     []byte // tg.ChatReactionsClass in TL form; nil allows all
	ReactionLimit int    // different ones beside a message
}

// standing is what somebody is in a chat besides being a member.
type standing struct {
	Rights     tg.ChatAdminRights // none makes no admin
	Rank       string
	PromotedBy int64
	Limits     restriction
	Link       string // hash of the link that was followed
	ApprovedBy int64
	Since      int // last message before joining
}

func (s standing) admin() bool { return s.Rights != tg.ChatAdminRights{} }

// restriction is what one person may not do in a chat; the zero value restricts nothing.
type restriction struct {
	Rights tg.ChatBannedRights
	By     int64
	Date   int
}

// holds tells whether there is a restriction that hasn't run out.
func (r restriction) holds(now int) bool {
	return r.Date != 0 && (r.Rights.UntilDate == 0 || r.Rights.UntilDate > now)
}

// keptOut tells whether somebody was banned from the chat.
func (w *world) keptOut(c *chat, id int64) bool {
	r := c.Outside[id]
	return r.holds(w.today) && r.Rights.ViewMessages
}

// seenBy lists the messages that u may see: with a hidden history none from before joining.
func (c *chat) seenBy(u *user) ids {
	m := c.byUser[u.id]
	switch {
	case !c.HiddenHistory || m != nil && c.boss(u.id):
		return c.ids
	case m == nil:
		return nil
	}
	return c.ids[c.ids.before(m.Since+1):]
}

// encodeRule writes a rule in the form that decodeRule reads.
func encodeRule(v any) ([]byte, error) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(v); err != nil {
		return nil, fmt.Errorf("keep a rule: %w", err)
	}
	return b.Bytes(), nil
}

func decodeRule(data []byte, v any) error {
	if len(data) == 0 {
		return nil
	}
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(v); err != nil {
		return fmt.Errorf("read a rule: %w", err)
	}
	return nil
}
