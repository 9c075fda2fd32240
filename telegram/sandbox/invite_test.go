package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestUsableLinks(t *testing.T) {
	for name, row := range map[string]struct {
		link invite
		want bool
	}{
		"a plain one":              {invite{}, true},
		"a revoked one":            {invite{Revoked: true}, false},
		"one that ends later":      {invite{Expires: 1001}, true},
		"one that ends now":        {invite{Expires: 1000}, false},
		"one with a place left":    {invite{Limit: 2, Usage: 1}, true},
		"one without a place left": {invite{Limit: 2, Usage: 2}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := row.link.usable(1000); got != row.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestFindingLinks(t *testing.T) {
	c := &chat{invite: "first", creator: 1}
	own := c.permanent(newChance(1), 2, 5)
	for address, want := range map[string]string{
		"https://t.me/+first":         "first",
		"https://t.me/joinchat/first": "first",
		"first":                       "first",
		linkPrefix + own.Hash:         own.Hash,
		"https://t.me/+other":         "",
		"":                            "",
		"https://t.me/":               "",
	} {
		got := ""
		if i := c.link(address); i != nil {
			got = i.Hash
		}
		if got != want {
			t.Errorf("%q leads to %q, want %q", address, got, want)
		}
	}
	if again := c.permanent(newChance(1), 2, 6); again != own {
		t.Error("an admin has two permanent links")
	}
	if first := c.permanent(newChance(1), 1, 6); first.Hash != "first" || len(c.Invites) != 2 {
		t.Errorf("the creator's permanent link is %v", first)
	}
}

func TestRecentRequesters(t *testing.T) {
	c := &chat{}
	for id := range int64(5) {
		c.Requests = append(c.Requests, joinRequest{User: id})
	}
	if got := c.recentRequesters(); len(got) != requestersShown || got[0] != 4 || got[2] != 2 {
		t.Errorf("got %v", got)
	}
}

// TestWhatTheLogsFilterLetsThrough has a row for each flag of the filter.
func TestWhatTheLogsFilterLetsThrough(t *testing.T) {
	out := &tg.ChannelParticipantBanned{BannedRights: tg.ChatBannedRights{ViewMessages: true}}
	muted := &tg.ChannelParticipantBanned{BannedRights: tg.ChatBannedRights{SendMessages: true}}
	plain, admin := &tg.ChannelParticipant{}, &tg.ChannelParticipantAdmin{}
	ban := func(was, is tg.ChannelParticipantClass) tg.ChannelAdminLogEventActionClass {
		return &tg.ChannelAdminLogEventActionParticipantToggleBan{PrevParticipant: was, NewParticipant: is}
	}
	rank := func(was, is tg.ChannelParticipantClass) tg.ChannelAdminLogEventActionClass {
		return &tg.ChannelAdminLogEventActionParticipantToggleAdmin{PrevParticipant: was, NewParticipant: is}
	}
	type filter = tg.ChannelAdminLogEventsFilter
	for name, row := range map[string]struct {
		action tg.ChannelAdminLogEventActionClass
		filter filter
	}{
		"a joining":            {&tg.ChannelAdminLogEventActionParticipantJoin{}, filter{Join: true}},
		"a joining by link":    {&tg.ChannelAdminLogEventActionParticipantJoinByInvite{}, filter{Invites: true}},
		"a joining by request": {&tg.ChannelAdminLogEventActionParticipantJoinByRequest{}, filter{Join: true}},
		"a leaving":            {&tg.ChannelAdminLogEventActionParticipantLeave{}, filter{Leave: true}},
		"an inviting":          {&tg.ChannelAdminLogEventActionParticipantInvite{}, filter{Invite: true}},
		"a throwing out":       {ban(plain, out), filter{Kick: true}},
		"a letting back in":    {ban(out, plain), filter{Unkick: true}},
		"a muting":             {ban(plain, muted), filter{Ban: true}},
		"an end of muting":     {ban(muted, plain), filter{Unban: true}},
		"a promotion":          {rank(plain, admin), filter{Promote: true}},
		"a demotion":           {rank(admin, plain), filter{Demote: true}},
		"a new title":          {&tg.ChannelAdminLogEventActionChangeTitle{}, filter{Info: true}},
		"a new name":           {&tg.ChannelAdminLogEventActionChangeUsername{}, filter{Info: true}},
		"slow mode":            {&tg.ChannelAdminLogEventActionToggleSlowMode{}, filter{Settings: true}},
		"default rights":       {&tg.ChannelAdminLogEventActionDefaultBannedRights{}, filter{Settings: true}},
		"a pin":                {&tg.ChannelAdminLogEventActionUpdatePinned{}, filter{Pinned: true}},
		"an edit":              {&tg.ChannelAdminLogEventActionEditMessage{}, filter{Edit: true}},
		"a deletion":           {&tg.ChannelAdminLogEventActionDeleteMessage{}, filter{Delete: true}},
		"a link that was cut":  {&tg.ChannelAdminLogEventActionExportedInviteRevoke{}, filter{Invites: true}},
		"a topic":              {&tg.ChannelAdminLogEventActionCreateTopic{}, filter{Forums: true}},
	} {
		t.Run(name, func(t *testing.T) {
			if !wanted(row.action, row.filter) {
				t.Error("its own flag doesn't let it through")
			}
			if wanted(row.action, filter{}) || wanted(row.action, filter{GroupCall: true}) {
				t.Error("another flag lets it through")
			}
		})
	}
}

func TestTheSecondRowOfUpdatesIsBounded(t *testing.T) {
	s := &Server{world: newWorld(), faults: newFaultBoard()}
	u := &user{id: 1, bot: true}
	for range 5 * qtsKept {
		s.noteQts(u, func(qts int) tg.UpdateClass { return &tg.UpdateBotStopped{UserID: 1, Qts: qts} })
	}
	if u.qts.Last != 5*qtsKept || len(u.qts.Log) > 2*qtsKept {
		t.Errorf("%d updates are kept of %d", len(u.qts.Log), u.qts.Last)
	}
	for qts, want := range map[int]int{u.qts.Last: 0, u.qts.Last - 3: 3, u.qts.Last + 9: 0, 0: len(u.qts.Log)} {
		list, err := u.qts.since(qts)
		if err != nil || len(list) != want {
			t.Errorf("after %d there are %d, want %d, %v", qts, len(list), want, err)
		}
	}
	u.qts.Log = append(u.qts.Log, []byte{1, 2, 3, 4})
	u.qts.Last++
	if _, err := u.qts.since(u.qts.Last - 1); err == nil {
		t.Error("nonsense was an update")
	}
}
