package telegram

import "github.com/gotd/td/tg"

// EventJoinRequest is somebody who wants to be let in. Its Detail is a *JoinRequestEvent.
const EventJoinRequest = "join_request"

// JoinRequestEvent is a request to join a chat where this account is an admin. Bots are told of each, as Sender;
// people are told how many are waiting. https://core.telegram.org/api/invites#join-requests
type JoinRequestEvent struct {
	Happening
	Date    int                        // for bots
	About   string                     // for bots: what they write of themselves
	Invite  tg.ExportedChatInviteClass // for bots: the link they came by; nil for the public one
	Pending int                        // for people: how many are waiting
	Recent  []Peer                     // for people: the last of them
}

func joinRequestIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdateBotChatInviteRequester:
		return one(EventJoinRequest, &JoinRequestEvent{Happening: a.happening(u.Peer, userRef(u.UserID)), Date: u.Date, About: u.About, Invite: u.Invite})
	case *tg.UpdatePendingJoinRequests:
		e := &JoinRequestEvent{Happening: a.happening(u.Peer, nil), Pending: u.RequestsPending}
		for _, id := range u.RecentRequesters {
			e.Recent = append(e.Recent, a.known(id))
		}
		return one(EventJoinRequest, e)
	}
	return nil
}
