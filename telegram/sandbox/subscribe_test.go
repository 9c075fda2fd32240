package sandbox

import (
	"testing"

	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

func TestSessionsThatOnlyMoveFilesAreToldNothing(t *testing.T) {
	s := serve(t, Options{})
	bot := s.light(t, DefaultSeed().Bots[0].Token)
	session := s.dcs[firstDC].wire.Sessions(bot.key.IntID())[0]
	if session.NoUpdates() {
		t.Error("a session that has asked for the state is told nothing")
	}
	media := *bot // another session of the same key
	media.session = 2
	media.dial(t, s)
	other := func() *wire.Session {
		for _, one := range s.dcs[firstDC].wire.Sessions(bot.key.IntID()) {
			if one.ID() == 2 {
				return one
			}
		}
		t.Fatal("the other session is gone")
		return nil
	}
	media.call(t, &tg.HelpGetConfigRequest{})
	media.until(t, proto.ResultTypeID, 1)
	if other().NoUpdates() {
		t.Error("a session that has begun like any other is told nothing")
	}
	media.call(t, &tg.UploadSaveFilePartRequest{FileID: 1, Bytes: []byte("x")})
	media.call(t, &tg.HelpGetConfigRequest{})
	media.until(t, proto.ResultTypeID, 2)
	if !other().NoUpdates() {
		t.Error("a session that only moves files is told of updates")
	}
	media.call(t, &tg.UsersGetUsersRequest{ID: []tg.InputUserClass{&tg.InputUserSelf{}}})
	media.until(t, proto.ResultTypeID, 1)
	if other().NoUpdates() {
		t.Error("a session that has asked for a user is told nothing")
	}
}

func TestWhatSubscribes(t *testing.T) {
	s := serve(t, Options{})
	for name, want := range map[string]wire.Interest{
		"upload.getFile": wire.Elsewhere, "upload.saveBigFilePart": wire.Elsewhere,
		"help.getConfig": wire.Undecided, "auth.importAuthorization": wire.Undecided,
		"updates.getState": wire.Interested, "messages.sendMessage": wire.Interested, "auth.signIn": wire.Interested,
	} {
		for id, m := range s.table.ids {
			if m.name == name && s.interest(&wire.Request{MethodID: id}) != want {
				t.Errorf("%s: a session's interest is %v, want %v", name, s.interest(&wire.Request{MethodID: id}), want)
			}
		}
	}
}
