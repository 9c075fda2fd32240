package telegram

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/gotd/td/tg"
)

const adminLogPage = 100

// AdminLogOptions choose events of an admin log. The zero value takes all, the newest first.
type AdminLogOptions struct {
	Limit        int
	MaxID, MinID int64 // only events below and above these; 0 for no limit
	Search       string
	Admins       []Target                       // only what these did; none for all
	Kinds        tg.ChannelAdminLogEventsFilter // the zero value takes all kinds
}

// AdminLogEvent is one entry of an admin log: somebody did something.
type AdminLogEvent struct {
	tg.ChannelAdminLogEvent
	Account *Account
	Chat    Peer
	User    Peer // who did it
}

// Time is when it was done.
func (e *AdminLogEvent) Time() time.Time { return time.Unix(int64(e.Date), 0) }

// AdminLog goes through what was done in a supergroup or channel during the last 48 hours. Only its admins may:
// CHAT_ADMIN_REQUIRED. https://core.telegram.org/api/recent-actions
func (a *Account) AdminLog(chat Target, o AdminLogOptions) *Cursor[*AdminLogEvent] {
	request := &tg.ChannelsGetAdminLogRequest{Q: o.Search, MaxID: o.MaxID, MinID: o.MinID, Limit: adminLogPage}
	if o.Limit > 0 {
		request.Limit = min(o.Limit, adminLogPage)
	}
	if kinds := o.Kinds; !kinds.Zero() {
		request.SetEventsFilter(kinds)
	}
	begun := false
	return newCursor(o.Limit, func(ctx context.Context) (page []*AdminLogEvent, total int, err error) {
		if !begun && len(o.Admins) > 0 {
			admins, err := a.resolveUsers(ctx, o.Admins)
			if err != nil {
				return nil, -1, fmt.Errorf("get admin log: %w", err)
			}
			request.SetAdmins(admins)
		}
		begun = true
		err = a.inChannel(ctx, "get admin log", chat, func(peer Peer, channel tg.InputChannelClass) error {
			request.Channel = channel
			answer, err := a.API().ChannelsGetAdminLog(ctx, request)
			if err != nil {
				return err
			}
			for _, e := range answer.Events {
				page = append(page, &AdminLogEvent{ChannelAdminLogEvent: e, Account: a, Chat: peer, User: a.peers.get(e.UserID)})
			}
			return nil
		})
		switch {
		case err != nil:
			return nil, -1, err
		case len(page) < request.Limit:
			return page, -1, io.EOF
		}
		request.MaxID = page[len(page)-1].ID
		return page, -1, nil
	})
}

// Change is what was so before the event, and what is so after it: text, numbers, true or false, *Message,
// *Participant, or a value of package tg. nil where there is no such thing.
func (e *AdminLogEvent) Change() (before, after any) {
	a := e.Account
	participant := func(raw tg.ChannelParticipantClass) any {
		if raw == nil {
			return nil
		}
		return a.participant(e.Chat, raw)
	}
	message := func(m tg.MessageClass) any {
		if found := a.messageFrom(m); found != nil {
			return found
		}
		return nil
	}
	switch action := e.Action.(type) {
	case *tg.ChannelAdminLogEventActionUpdatePinned:
		return nil, message(action.Message)
	case *tg.ChannelAdminLogEventActionEditMessage:
		return message(action.PrevMessage), message(action.NewMessage)
	case *tg.ChannelAdminLogEventActionDeleteMessage:
		return message(action.Message), nil
	case *tg.ChannelAdminLogEventActionStopPoll:
		return nil, message(action.Message)
	case *tg.ChannelAdminLogEventActionSendMessage:
		return nil, message(action.Message)
	case *tg.ChannelAdminLogEventActionParticipantInvite:
		return nil, participant(action.Participant)
	case *tg.ChannelAdminLogEventActionParticipantToggleBan:
		return participant(action.PrevParticipant), participant(action.NewParticipant)
	case *tg.ChannelAdminLogEventActionParticipantToggleAdmin:
		return participant(action.PrevParticipant), participant(action.NewParticipant)
	case *tg.ChannelAdminLogEventActionParticipantSubExtend:
		return participant(action.PrevParticipant), participant(action.NewParticipant)
	case *tg.ChannelAdminLogEventActionParticipantEditRank:
		return action.PrevRank, action.NewRank
	case *tg.ChannelAdminLogEventActionChangeLinkedChat:
		return linked(action.PrevValue), linked(action.NewValue)
	case *tg.ChannelAdminLogEventActionToggleGroupCallSetting:
		return !action.JoinMuted, action.JoinMuted
	}
	return plainChange(e.Action)
}

// linked is the marked id of a chat that another one is linked with; nil for none.
func linked(bare int64) any {
	if bare == 0 {
		return nil
	}
	return channelID(bare)
}
