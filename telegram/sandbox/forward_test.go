package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestSavedMessagesRememberWhereTheyCameFrom(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	post := alice.send(t, alice.to(t, "sandbox_news"), "news")
	answer, err := alice.api.MessagesForwardMessages(t.Context(), &tg.MessagesForwardMessagesRequest{
		FromPeer: alice.to(t, "sandbox_news"), ToPeer: &tg.InputPeerSelf{}, ID: []int{post.ID}, RandomID: []int64{random()},
	})
	if err != nil {
		t.Fatal(err)
	}
	from := sent(t, answer).FwdFrom
	if from.ChannelPost != post.ID || from.SavedFromMsgID != post.ID || peerOf(from.SavedFromPeer) != (peer{peerChannel, 3003}) {
		t.Errorf("it came from %v", from)
	}
	for name, row := range map[string]struct {
		in   tg.MessagesForwardMessagesRequest
		want string
	}{
		"nothing":               {tg.MessagesForwardMessagesRequest{}, "MESSAGE_IDS_EMPTY"},
		"too few random ids":    {tg.MessagesForwardMessagesRequest{ID: []int{1, 2}, RandomID: []int64{1}}, "RANDOM_ID_INVALID"},
		"a service message":     {tg.MessagesForwardMessagesRequest{ID: []int{1}, RandomID: []int64{random()}}, "MESSAGE_ID_INVALID"},
		"with a used random id": {tg.MessagesForwardMessagesRequest{ID: []int{post.ID}, RandomID: []int64{1}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			row.in.FromPeer, row.in.ToPeer = alice.to(t, "sandbox_news"), &tg.InputPeerSelf{}
			_, err := alice.api.MessagesForwardMessages(t.Context(), &row.in)
			if row.want == "" {
				if err == nil {
					_, err = alice.api.MessagesForwardMessages(t.Context(), &row.in)
				}
				row.want = "RANDOM_ID_DUPLICATE"
			}
			wantError(t, err, row.want)
		})
	}
}

func TestProtectedMessagesAreNotForwarded(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	bobby := alice.to(t, "bobby")
	answer, err := alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: bobby, Message: "keep it", RandomID: random(), Noforwards: true, Silent: true})
	if err != nil {
		t.Fatal(err)
	}
	m := alice.sent(t, answer)
	if !m.Noforwards || !m.Silent {
		t.Errorf("sent %v", m)
	}
	_, err = alice.api.MessagesForwardMessages(t.Context(), &tg.MessagesForwardMessagesRequest{
		FromPeer: bobby, ToPeer: &tg.InputPeerSelf{}, ID: []int{m.ID}, RandomID: []int64{random()},
	})
	wantError(t, err, "CHAT_FORWARDS_RESTRICTED")
}
