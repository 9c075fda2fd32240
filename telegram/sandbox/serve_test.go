package sandbox

import (
	"errors"
	"slices"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// requests are well-formed calls of many methods, which the fuzzer takes to pieces.
func requests() []bin.Encoder {
	alice, group := &tg.InputPeerUser{UserID: 1001}, &tg.InputPeerChat{ChatID: 3001}
	workshop := &tg.InputChannel{ChannelID: 3002}
	return []bin.Encoder{
		&tg.HelpGetConfigRequest{},
		&tg.AuthSendCodeRequest{PhoneNumber: "427770001", APIID: 10001, APIHash: "x"},
		&tg.AuthSignInRequest{PhoneNumber: "1", PhoneCodeHash: "x"},
		&tg.AuthExportLoginTokenRequest{},
		&tg.AuthImportLoginTokenRequest{Token: []byte("x")},
		&tg.AuthCheckPasswordRequest{Password: &tg.InputCheckPasswordSRP{A: []byte{1}, M1: []byte{2}}},
		&tg.AuthExportAuthorizationRequest{DCID: 4},
		&tg.AuthImportAuthorizationRequest{ID: 1, Bytes: []byte{1}},
		&tg.UpdatesGetStateRequest{},
		&tg.UpdatesGetDifferenceRequest{Pts: 1, Date: 1, PtsTotalLimit: 10},
		&tg.UpdatesGetChannelDifferenceRequest{Channel: workshop, Filter: &tg.ChannelMessagesFilterEmpty{}, Pts: 1, Limit: 100},
		&tg.UsersGetUsersRequest{ID: []tg.InputUserClass{&tg.InputUserSelf{}, &tg.InputUser{UserID: 1001}}},
		&tg.UsersGetFullUserRequest{ID: &tg.InputUserSelf{}},
		&tg.ContactsResolveUsernameRequest{Username: "alice"},
		&tg.ContactsSearchRequest{Q: "alice"},
		&tg.MessagesSendMessageRequest{Peer: alice, Message: "hi @alice", RandomID: 5, ReplyTo: &tg.InputReplyToMessage{ReplyToMsgID: 1}, Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Length: 2}}},
		&tg.MessagesSendMessageRequest{Peer: group, Message: "hi", RandomID: 6, ScheduleDate: 1 << 30},
		&tg.MessagesEditMessageRequest{Peer: alice, ID: 1, Message: "x"},
		&tg.MessagesDeleteMessagesRequest{ID: []int{1, 2, 3}, Revoke: true},
		&tg.MessagesForwardMessagesRequest{FromPeer: alice, ToPeer: group, ID: []int{1}, RandomID: []int64{7}},
		&tg.MessagesGetMessagesRequest{ID: []tg.InputMessageClass{&tg.InputMessageID{ID: 1}, &tg.InputMessageReplyTo{ID: 1}}},
		&tg.MessagesSetTypingRequest{Peer: group, Action: &tg.SendMessageTypingAction{}},
		&tg.MessagesGetFullChatRequest{ChatID: 3001},
		&tg.ChannelsGetMessagesRequest{Channel: workshop, ID: []tg.InputMessageClass{&tg.InputMessageID{ID: 1}}},
		&tg.ChannelsGetParticipantsRequest{Channel: workshop, Filter: &tg.ChannelParticipantsRecent{}, Limit: 5},
		&tg.ChannelsGetFullChannelRequest{Channel: workshop},
		&tg.ChannelsDeleteMessagesRequest{Channel: workshop, ID: []int{1}},
		&tg.BotsSetBotCommandsRequest{Scope: &tg.BotCommandScopeDefault{}, Commands: []tg.BotCommand{{Command: "x", Description: "y"}}},
	}
}

// farewells sign out; the fuzzer would have nobody to speak as.
var farewells = []uint32{tg.AuthLogOutRequestTypeID, tg.AuthResetAuthorizationsRequestTypeID, tg.AccountResetAuthorizationRequestTypeID, tg.AccountDeleteAccountRequestTypeID}

// FuzzServe sends the requests of a bot and of a person who are signed in, whole and broken: whatever
// comes, the answer is an answer or one of Telegram's errors.
func FuzzServe(f *testing.F) {
	for _, in := range requests() {
		var b bin.Buffer
		if err := in.Encode(&b); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Buf)
	}
	s := serve(f, Options{})
	key, err := s.dcs[firstDC].keys.NewReady()
	if err != nil {
		f.Fatal(err)
	}
	if _, err := s.direct(f.Context(), firstDC, key.IntID(), &tg.AuthImportBotAuthorizationRequest{
		APIID: s.seed.APIID, APIHash: s.seed.APIHash, BotAuthToken: s.seed.Bots[0].Token,
	}); err != nil {
		f.Fatal(err)
	}
	if _, err := s.Person("alice").Send(f.Context(), "EchoBot", "/start", SendOptions{}); err != nil {
		f.Fatal(err)
	}
	person, err := s.dcs[firstDC].keys.NewReady()
	if err != nil {
		f.Fatal(err)
	}
	s.mu.Lock()
	s.adopt(&authorization{DC: firstDC, Key: person.IntID(), User: s.phones["427770001"].id, Hash: 1, APIID: s.seed.APIID})
	s.mu.Unlock()
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, key := range []int64{key.IntID(), person.IntID()} {
			b := &bin.Buffer{Buf: body}
			id, err := b.PeekID()
			if err != nil || slices.Contains(farewells, id) {
				return
			}
			_, err = s.serve(t.Context(), s.dcs[firstDC], wireRequest(key, id, b))
			var rpc *tgerr.Error
			if err != nil && !errors.As(err, &rpc) {
				t.Errorf("%x: %v", body, err)
			}
		}
	})
}

func TestMethods(t *testing.T) {
	list := Methods()
	if len(list) < 90 || !slices.IsSorted(list) || !slices.Contains(list, "messages.sendMessage") {
		t.Errorf("%d methods: %v", len(list), list)
	}
	for id, m := range methods().ids {
		if m.name == "" || m.run == nil {
			t.Errorf("%x has no name or body", id)
		}
	}
}
