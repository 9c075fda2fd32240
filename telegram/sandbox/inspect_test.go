package sandbox

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

// frozenTime is where the clocks of tests stand.
var frozenTime = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// notes collects what an inspector is told.
type notes struct {
	mu   sync.Mutex
	list []Inspection
}

func (n *notes) add(i Inspection) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.list = append(n.list, i)
}

// of returns the inspections of a method, or of the updates of an account.
func (n *notes) of(kind, name string) []Inspection {
	n.mu.Lock()
	defer n.mu.Unlock()
	var list []Inspection
	for _, i := range n.list {
		if i.Kind == kind && (i.Method == name || i.Kind == InspectUpdate && i.Account == name) {
			list = append(list, i)
		}
	}
	return list
}

func (n *notes) text(t *testing.T) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	b, err := json.Marshal(n.list)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTheInspectorTellsOfCallsAndUpdates(t *testing.T) {
	var seen notes
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	bobby := alice.to(t, "bobby")
	cancel := s.Inspect(seen.add)
	alice.send(t, bobby, "hello")
	next[*tg.UpdateNewMessage](t, bob)
	if err := s.Swallow("bob", 1); err != nil {
		t.Fatal(err)
	}
	alice.send(t, bobby, "lost")
	end := s.Inject(FloodWait("updates.getState", 3))
	_, err := alice.api.UpdatesGetState(t.Context())
	wantError(t, err, "FLOOD_WAIT_3")
	end()
	_, err = alice.api.PhoneGetCallConfig(t.Context())
	wantError(t, err, "METHOD_NOT_EMULATED: phone.getCallConfig")
	cancel()
	cancel() // a second time does nothing
	alice.send(t, bobby, "unseen")

	calls := seen.of(InspectCall, "messages.sendMessage")
	if len(calls) != 2 || calls[0].Account != "alice" || calls[0].Answer == "" || calls[0].Duration <= 0 || calls[0].DC != firstDC {
		t.Fatalf("calls: %+v", calls)
	}
	request := calls[0].Request.(map[string]any)
	if request["_"] != "messages.sendMessage" || request["message"] != "hello" || request["peer"].(map[string]any)["access_hash"] != hidden {
		t.Errorf("request: %v", request)
	}
	updates := seen.of(InspectUpdate, "bob")
	if len(updates) != 2 || updates[0].Fault || !updates[1].Fault {
		t.Fatalf("updates: %+v", updates)
	}
	if first := updates[0].Update.(map[string]any); first["_"] != "updateShortMessage" {
		t.Errorf("update: %v", first)
	}
	if calls := seen.of(InspectCall, "updates.getState"); len(calls) != 1 || calls[0].Error != "FLOOD_WAIT_3" || !calls[0].Fault || calls[0].Account != "alice" {
		t.Errorf("a flood wait: %+v", calls)
	}
	if calls := seen.of(InspectCall, "phone.getCallConfig"); len(calls) != 1 || !strings.HasPrefix(calls[0].Error, "METHOD_NOT_EMULATED") {
		t.Errorf("a method that isn't emulated: %+v", calls)
	}
}

func TestTheInspectorKeepsSecrets(t *testing.T) {
	var seen notes
	s := serve(t, Options{Inspect: seen.add})
	alice := login(t, s, "alice")
	login(t, s, "carol") // with a password
	login(t, s, "EchoBot")
	second := dial(t, s)
	if err := second.signIn(t.Context(), "alice"); err != nil { // the first is sent the code as a message
		t.Fatal(err)
	}
	next[*tg.UpdateNewMessage](t, alice)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	text := seen.text(t)
	for what, secret := range map[string]string{
		"the code": s.seed.Code, "a password": "correct horse", "a token": s.seed.Bots[0].Token, "the api_hash": s.seed.APIHash,
	} {
		if strings.Contains(text, secret) {
			t.Errorf("%s is shown", what)
		}
	}
	for _, want := range []string{`"auth.signIn"`, `"auth.checkPassword"`, `"auth.importBotAuthorization"`, `"phone_code":"(hidden)"`, `"updateNewMessage"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing in %s", want, text)
		}
	}
}

func TestAnInspectorThatIsTooSlowLosesInspections(t *testing.T) {
	o := newObserver[int](3)
	for n := range 5 {
		o.add(n)
	}
	var told []int
	lost := 0
	go o.run(func(n int) { told = append(told, n) }, func(n int) { lost += n })
	o.leave()
	if len(told) != 3 || lost != 2 {
		t.Errorf("told %v, lost %d", told, lost)
	}
}

func TestPlainForms(t *testing.T) {
	for name, row := range map[string]struct {
		in   any
		want string
	}{
		"bytes are counted":        {&tg.InputFileLocation{FileReference: []byte("abc"), Secret: 7}, `{"_":"inputFileLocation","file_reference":{"bytes":3},"local_id":0,"secret":"(hidden)","volume_id":0}`},
		"what is absent isn't":     {&tg.InputReplyToMessage{ReplyToMsgID: 4}, `{"_":"inputReplyToMessage","reply_to_msg_id":4}`},
		"numbers keep their value": {&tg.InputPeerUser{UserID: 1 << 60}, `{"_":"inputPeerUser","access_hash":"(hidden)","user_id":1152921504606846976}`},
		"a list of objects":        {[]tg.UpdateClass{&tg.UpdateConfig{}}, `[{"_":"updateConfig"}]`},
		"values in a vector":       {&tg.UpdateDeleteMessages{Messages: []int{1, 2}, Pts: 3}, `{"_":"updateDeleteMessages","messages":[1,2],"pts":3,"pts_count":0}`},
		"a code in a message": {
			&tg.Message{ID: 1, PeerID: &tg.PeerUser{UserID: serviceID}, Message: "Login code: 12345"},
			`{"_":"message","date":0,"id":1,"message":"(hidden)","peer_id":{"_":"peerUser","user_id":777000}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := json.Marshal(plain(row.in))
			if err != nil || string(b) != row.want {
				t.Errorf("got %s, want %s (%v)", b, row.want, err)
			}
		})
	}
}

func TestTheInspectorTellsOfAnswers(t *testing.T) {
	var seen notes
	s := serve(t, Options{Inspect: seen.add, InspectAnswers: true, Clock: NewVirtualClock(frozenTime, true)})
	alice := login(t, s, "alice")
	for range 2 * shortList {
		if _, err := s.Person("bob").Send(t.Context(), "alice", strings.Repeat("x", 2*shortText), SendOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := alice.api.MessagesGetHistory(t.Context(), &tg.MessagesGetHistoryRequest{Peer: alice.to(t, "bobby"), Limit: 100}); err != nil {
		t.Fatal(err)
	}
	if _, err := alice.api.ContactsResolveUsername(t.Context(), &tg.ContactsResolveUsernameRequest{Username: "nobody_here"}); err == nil {
		t.Fatal("nobody was found")
	}
	s.Settle()
	calls := seen.of(InspectCall, "messages.getHistory")
	if len(calls) != 1 || calls[0].Duration != 0 {
		t.Fatalf("calls: %+v", calls)
	}
	list := calls[0].Result.(map[string]any)["messages"].([]any)
	first := list[0].(map[string]any)
	if len(list) != shortList+1 || len([]rune(first["message"].(string))) != shortText+1 || first["silent"] != nil {
		t.Errorf("the answer is shown as %v", list)
	}
	if calls := seen.of(InspectCall, "contacts.resolveUsername"); calls[len(calls)-1].Result != nil {
		t.Errorf("an error has a result: %v", calls)
	}
	sent := seen.of(InspectCall, "auth.sendCode")
	if result := sent[0].Result.(map[string]any); result["phone_code_hash"] != hidden {
		t.Errorf("the answer to a code is shown as %v", result)
	}
	if text := seen.text(t); strings.Contains(text, `"12345"`) || strings.Contains(text, "Login code: 12345") {
		t.Error("the login code is shown")
	}
}
