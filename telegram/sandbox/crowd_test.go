package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

// peopleByName are the people of the default seed by name.
var peopleByName = map[string]int64{"alice": 1001, "bob": 1002, "carol": 1003, "dave": 1004, "erin": 1005, "EchoBot": 2001, "PrivateBot": 2002}

// someone is a client that knows everybody, by the access hashes that it would have been given.
type someone struct {
	*client
	id int64
}

func enter(t *testing.T, s *Server, name string) someone {
	t.Helper()
	return someone{login(t, s, name), peopleByName[name]}
}

func (c someone) user(name string) *tg.InputUser {
	id := peopleByName[name]
	return &tg.InputUser{UserID: id, AccessHash: c.server.hash(c.id, peer{peerUser, id})}
}

func (c someone) peer(name string) *tg.InputPeerUser {
	u := c.user(name)
	return &tg.InputPeerUser{UserID: u.UserID, AccessHash: u.AccessHash}
}

func (c someone) channel(id int64) *tg.InputChannel {
	return &tg.InputChannel{ChannelID: id, AccessHash: c.server.hash(c.id, peer{peerChannel, id})}
}

func (c someone) where(id int64) *tg.InputPeerChannel {
	return &tg.InputPeerChannel{ChannelID: id, AccessHash: c.server.hash(c.id, peer{peerChannel, id})}
}

// supergroup makes one, with members.
func (c someone) supergroup(t *testing.T, title string, members ...string) int64 {
	t.Helper()
	id := c.create(t, &tg.ChannelsCreateChannelRequest{Megagroup: true, Title: title})
	c.invite(t, id, members...)
	return id
}

func (c someone) create(t *testing.T, in *tg.ChannelsCreateChannelRequest) int64 {
	t.Helper()
	answer, err := c.api.ChannelsCreateChannel(t.Context(), in)
	if err != nil {
		t.Fatalf("create %q: %v", in.Title, err)
	}
	return answer.(*tg.Updates).Chats[0].(*tg.Channel).ID
}

func (c someone) invite(t *testing.T, id int64, members ...string) {
	t.Helper()
	for _, name := range members {
		_, err := c.api.ChannelsInviteToChannel(t.Context(), &tg.ChannelsInviteToChannelRequest{Channel: c.channel(id), Users: []tg.InputUserClass{c.user(name)}})
		if err != nil {
			t.Fatalf("invite %s: %v", name, err)
		}
	}
}

func (c someone) promote(t *testing.T, id int64, name string, rights tg.ChatAdminRights) {
	t.Helper()
	_, err := c.api.ChannelsEditAdmin(t.Context(), &tg.ChannelsEditAdminRequest{Channel: c.channel(id), UserID: c.user(name), AdminRights: rights, Rank: "helper"})
	if err != nil {
		t.Fatalf("promote %s: %v", name, err)
	}
}

func (c someone) ban(t *testing.T, id int64, name string, rights tg.ChatBannedRights) error {
	t.Helper()
	_, err := c.api.ChannelsEditBanned(t.Context(), &tg.ChannelsEditBannedRequest{Channel: c.channel(id), Participant: c.peer(name), BannedRights: rights})
	return err
}

func (c someone) say(t *testing.T, id int64, text string) error {
	t.Helper()
	_, err := c.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: c.where(id), Message: text, RandomID: random()})
	return err
}

// members counts those that pass a filter.
func (c someone) members(t *testing.T, id int64, filter tg.ChannelParticipantsFilterClass) *tg.ChannelsChannelParticipants {
	t.Helper()
	got, err := c.api.ChannelsGetParticipants(t.Context(), &tg.ChannelsGetParticipantsRequest{Channel: c.channel(id), Filter: filter, Limit: 100})
	if err != nil {
		t.Fatalf("members: %v", err)
	}
	return got.(*tg.ChannelsChannelParticipants)
}

// service waits for a service message of a kind in a channel.
func service[A tg.MessageActionClass](t *testing.T, c someone) (A, int) {
	t.Helper()
	for {
		u := next[*tg.UpdateNewChannelMessage](t, c.client)
		if m, ok := u.Message.(*tg.MessageService); ok {
			if action, ok := m.Action.(A); ok {
				return action, u.Pts
			}
		}
	}
}

// groupService waits for one in a basic group.
func groupService[A tg.MessageActionClass](t *testing.T, c someone) A {
	t.Helper()
	for {
		u := next[*tg.UpdateNewMessage](t, c.client)
		if m, ok := u.Message.(*tg.MessageService); ok {
			if action, ok := m.Action.(A); ok {
				return action
			}
		}
	}
}
