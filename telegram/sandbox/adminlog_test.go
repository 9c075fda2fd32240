package sandbox

import (
	"fmt"
	"slices"
	"testing"

	"github.com/gotd/td/tg"
)

func (c someone) adminLog(t *testing.T, in tg.ChannelsGetAdminLogRequest) []string {
	t.Helper()
	got, err := c.api.ChannelsGetAdminLog(t.Context(), &in)
	if err != nil {
		t.Fatalf("admin log: %v", err)
	}
	var list []string
	for _, e := range got.Events {
		list = append(list, fmt.Sprintf("%d %s", e.UserID, e.Action.(interface{ TypeName() string }).TypeName()[len("channelAdminLogEventAction"):]))
	}
	slices.Reverse(list)
	return list
}

func TestAdminLog(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Watched", "bob", "carol")
	ctx, ch := t.Context(), alice.channel(id)
	alice.promote(t, id, "bob", tg.ChatAdminRights{BanUsers: true, DeleteMessages: true})
	m := alice.send(t, alice.where(id), "a strange word")
	steps := []error{
		second(alice.api.ChannelsEditTitle(ctx, &tg.ChannelsEditTitleRequest{Channel: ch, Title: "Watched well"})),
		second(alice.api.MessagesEditMessage(ctx, &tg.MessagesEditMessageRequest{Peer: alice.where(id), ID: m.ID, Message: "a stranger word"})),
		bob.ban(t, id, "carol", tg.ChatBannedRights{ViewMessages: true}),
		bob.ban(t, id, "carol", tg.ChatBannedRights{}),
		second(bob.api.ChannelsDeleteMessages(ctx, &tg.ChannelsDeleteMessagesRequest{Channel: bob.channel(id), ID: []int{m.ID}})),
		second(bob.api.ChannelsLeaveChannel(ctx, bob.channel(id))),
	}
	for _, err := range steps {
		if err != nil {
			t.Fatal(err)
		}
	}
	all := []string{
		"1001 ParticipantInvite", "1001 ParticipantInvite", "1001 ParticipantToggleAdmin", "1001 ChangeTitle", "1001 EditMessage",
		"1002 ParticipantToggleBan", "1002 ParticipantToggleBan", "1002 DeleteMessage", "1002 ParticipantLeave",
	}
	filter := func(f tg.ChannelAdminLogEventsFilter) tg.ChannelsGetAdminLogRequest {
		in := tg.ChannelsGetAdminLogRequest{Channel: ch}
		in.SetEventsFilter(f)
		return in
	}
	for name, row := range map[string]struct {
		in   tg.ChannelsGetAdminLogRequest
		want []string
	}{
		"everything":     {tg.ChannelsGetAdminLogRequest{Channel: ch}, all},
		"of one admin":   {tg.ChannelsGetAdminLogRequest{Channel: ch, Admins: []tg.InputUserClass{alice.user("bob")}}, all[5:]},
		"the last two":   {tg.ChannelsGetAdminLogRequest{Channel: ch, Limit: 2}, all[7:]},
		"before the 3rd": {tg.ChannelsGetAdminLogRequest{Channel: ch, MaxID: 3}, all[:2]},
		"after the 8th":  {tg.ChannelsGetAdminLogRequest{Channel: ch, MinID: 8}, all[8:]},
		"by a word":      {tg.ChannelsGetAdminLogRequest{Channel: ch, Q: "Strange"}, []string{all[4], all[7]}},
		"info":           {filter(tg.ChannelAdminLogEventsFilter{Info: true}), all[3:4]},
		"kicks":          {filter(tg.ChannelAdminLogEventsFilter{Kick: true}), all[5:6]},
		"unkicks":        {filter(tg.ChannelAdminLogEventsFilter{Unkick: true}), all[6:7]},
		"promotions":     {filter(tg.ChannelAdminLogEventsFilter{Promote: true}), all[2:3]},
		"demotions":      {filter(tg.ChannelAdminLogEventsFilter{Demote: true}), nil},
		"what was said":  {filter(tg.ChannelAdminLogEventsFilter{Edit: true, Delete: true}), []string{all[4], all[7]}},
		"who left":       {filter(tg.ChannelAdminLogEventsFilter{Leave: true}), all[8:]},
	} {
		t.Run(name, func(t *testing.T) {
			if got := alice.adminLog(t, row.in); fmt.Sprint(got) != fmt.Sprint(row.want) {
				t.Errorf("got  %v\nwant %v", got, row.want)
			}
		})
	}
}

func TestTheAdminLogIsBounded(t *testing.T) {
	s := &Server{world: newWorld()}
	c := &chat{peer: peer{peerChannel, 1}}
	u := &user{id: 1}
	for range 5 * logKept {
		s.logAs(c, u, &tg.ChannelAdminLogEventActionParticipantJoin{})
	}
	if len(c.Log) > 2*logKept || c.Log[len(c.Log)-1].ID != 5*logKept {
		t.Errorf("%d entries, the last is %d", len(c.Log), c.Log[len(c.Log)-1].ID)
	}
	s.logAs(&chat{peer: peer{peerGroup, 1}}, u, &tg.ChannelAdminLogEventActionParticipantJoin{})
}
