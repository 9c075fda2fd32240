package sandbox

import (
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// Constructor ids of layer 144, as Telethon 1.25 knows them.
const (
	config144      = 0x330b4067
	sendMessage144 = 0x0d9d75a4
	message144     = 0x38116ee0
	user144        = 0x3ff6ecb0
)

// older calls methods as a client of layer 144.
func (s *Server) older(t *testing.T, key int64, write func(b *bin.Buffer)) *bin.Buffer {
	t.Helper()
	body := &bin.Buffer{}
	write(body)
	id, err := body.PeekID()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := s.serve(t.Context(), s.dcs[firstDC], &wire.Request{AuthKeyID: key, MethodID: id, Body: body, Layer: 144})
	if err != nil {
		t.Fatal(err)
	}
	out := &bin.Buffer{}
	if err := answer.Encode(out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAClientOfAnOlderLayer(t *testing.T) {
	s := serve(t, Options{LongUpdates: true})
	key, err := s.dcs[firstDC].keys.NewReady()
	if err != nil {
		t.Fatal(err)
	}
	answer := s.older(t, key.IntID(), func(b *bin.Buffer) { _ = (&tg.HelpGetConfigRequest{}).Encode(b) })
	if err := answer.ConsumeID(config144); err != nil {
		t.Errorf("the config: %v", err)
	}
	s.older(t, key.IntID(), func(b *bin.Buffer) {
		_ = (&tg.AuthImportBotAuthorizationRequest{APIID: s.seed.APIID, APIHash: s.seed.APIHash, BotAuthToken: s.seed.Bots[0].Token}).Encode(b)
	})
	say(t, s, "alice", "EchoBot", "/start")
	answer = s.older(t, key.IntID(), func(b *bin.Buffer) {
		b.PutID(sendMessage144)
		b.PutUint32(1) // a reply
		_ = (&tg.InputPeerUser{UserID: 1001}).Encode(b)
		b.PutInt(2) // the first is about the group
		b.PutString("an answer")
		b.PutLong(99)
	})
	for name, id := range map[string]uint32{"updates": tg.UpdatesTypeID, "message": message144, "user": user144} {
		if !contains(answer, id) {
			t.Errorf("the answer has no %s of layer 144", name)
		}
	}
	if contains(answer, tg.MessageTypeID) || contains(answer, tg.UserTypeID) {
		t.Error("the answer has constructors of the newest layer")
	}
	list, err := s.Person("alice").Messages("EchoBot")
	if err != nil || len(list) != 2 || list[1].Text != "an answer" || list[1].ReplyTo == 0 {
		t.Errorf("alice sees %v, %v", list, err)
	}
}

// contains looks for a constructor id where one may be: at every fourth byte.
func contains(b *bin.Buffer, id uint32) bool {
	for at := 0; at+4 <= len(b.Buf); at += 4 {
		if (&bin.Buffer{Buf: b.Buf[at:]}).ConsumeID(id) == nil {
			return true
		}
	}
	return false
}
