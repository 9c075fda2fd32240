package sandbox

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

func TestAFolderKeepsEverythingOverARestart(t *testing.T) {
	dir := t.TempDir()
	s, err := New(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	alice := login(t, s, "alice")
	m := alice.send(t, alice.to(t, "bobby"), "remember me")
	say(t, s, "bob", "Workshop", "and me")
	say(t, s, "bob", "Friends", "me too")
	edited := say(t, s, "bob", "alice", "not so")
	if _, err := s.Person("bob").Edit(t.Context(), "alice", edited.ID, "but so"); err != nil {
		t.Fatal(err)
	}
	if _, err := alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{
		Peer: &tg.InputPeerSelf{}, Message: "later", RandomID: random(), ScheduleDate: int(time.Now().Add(time.Hour).Unix()),
	}); err != nil {
		t.Fatal(err)
	}
	state, info, keys := alice.state(t), s.Info(), s.Keys()
	alice.stop()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	again := serve(t, Options{Dir: dir, Listen: info.Address})
	if got := again.Info(); !reflect.DeepEqual(got, info) {
		t.Errorf("info was %v, is %v", info, got)
	}
	if got := again.Keys(); got[0].Fingerprint() != keys[0].Fingerprint() {
		t.Error("the key is another one")
	}
	back := redial(t, again, alice.storage)
	if now := back.state(t); now.Pts != state.Pts || now.UnreadCount != state.UnreadCount {
		t.Errorf("state was %v, is %v", state, now)
	}
	list, err := again.Person("alice").Messages("bob")
	if err != nil || len(list) != 2 || list[0].Text != "remember me" || list[1].Text != "but so" {
		t.Errorf("messages: %v, %v", list, err)
	}
	for _, chat := range []string{"Workshop", "Friends"} {
		if list, err := again.Person("carol").Messages(chat); err != nil || len(list) != 1 {
			t.Errorf("messages of %s: %v, %v", chat, list, err)
		}
	}
	waiting, err := back.api.MessagesGetScheduledHistory(t.Context(), &tg.MessagesGetScheduledHistoryRequest{Peer: &tg.InputPeerSelf{}})
	if err != nil || texts(waiting) != "later" {
		t.Errorf("scheduled: %q, %v", texts(waiting), err)
	}
	// Copies still belong together: an edit reaches the other side.
	if _, err := back.api.MessagesEditMessage(t.Context(), &tg.MessagesEditMessageRequest{Peer: back.to(t, "bobby"), ID: m.ID, Message: "I remember"}); err != nil {
		t.Fatal(err)
	}
	if list, _ := again.Person("bob").Messages("alice"); len(list) != 2 || list[0].Text != "I remember" {
		t.Errorf("bob sees %v", list)
	}
	if d, ok := back.difference(t, tg.UpdatesState{Pts: state.Pts - 2, Date: state.Date}).(*tg.UpdatesDifference); !ok || len(d.NewMessages) != 1 {
		t.Errorf("the log is gone: %v", d)
	}
}

func TestACrashNeverGivesANumberTwice(t *testing.T) {
	dir := t.TempDir()
	s, err := New(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	alice := login(t, s, "alice")
	say(t, s, "bob", "alice", "never kept")
	before := alice.state(t)
	alice.stop()
	crashed := t.TempDir()
	if err := os.CopyFS(crashed, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	again := serve(t, Options{Dir: crashed})
	back := redial(t, again, alice.storage)
	if now := back.state(t); now.Pts <= before.Pts {
		t.Errorf("pts %d was given already: it's %d", before.Pts, now.Pts)
	}
	if _, ok := back.difference(t, before).(*tg.UpdatesDifferenceTooLong); !ok {
		t.Error("the difference hides that something is lost")
	}
}

func TestTheStateIsKeptNowAndThen(t *testing.T) {
	clock := newHandClock()
	dir := t.TempDir()
	s := serve(t, Options{Dir: dir, Clock: clock})
	size := func() int64 {
		t.Helper()
		info, err := os.Stat(filepath.Join(dir, stateFile))
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	before := size()
	say(t, s, "alice", "bob", "worth keeping")
	limit := time.After(patience)
	for size() == before {
		clock.Advance(keepEvery)
		select {
		case <-limit:
			t.Fatal("nothing is kept")
		default:
		}
	}
}

func TestADamagedFolderIsRefusedAndLeftAlone(t *testing.T) {
	for _, name := range []string{stateFile, privateKeyFile, authorizationsFile} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s, err := New(Options{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte("rubbish"), 0o600); err != nil {
				t.Fatal(err)
			}
			if s, err := New(Options{Dir: dir}); err == nil {
				t.Error("it started", s.Close())
			}
			if data, err := os.ReadFile(path); err != nil || string(data) != "rubbish" {
				t.Errorf("the file was touched: %q, %v", data, err)
			}
		})
	}
}

func TestInfoIsWhatOthersNeed(t *testing.T) {
	s := serve(t, Options{Dir: t.TempDir()})
	raw, err := json.Marshal(s.Info())
	if err != nil {
		t.Fatal(err)
	}
	var info map[string]any
	if err := json.Unmarshal(raw, &info); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"address", "dc", "public_key", "api_id", "api_hash", "code", "people", "bots", "chats"} {
		if info[key] == nil {
			t.Errorf("no %s in %s", key, raw)
		}
	}
	pem, err := os.ReadFile(info["public_key"].(string))
	if err != nil || string(pem) != string(s.PublicKeyPEM()) {
		t.Errorf("the key's file: %v", err)
	}
	people := info["people"].([]any)
	if len(people) != 5 || people[2].(map[string]any)["password"] != "correct horse" {
		t.Errorf("people: %v", people)
	}
	if _, ok := people[0].(map[string]any)["password"]; ok {
		t.Error("alice has no password, but one is shown")
	}
}
