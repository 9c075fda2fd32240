package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestPrivacyRules(t *testing.T) {
	owner, friend, other, bot := &user{id: 1, dropped: map[int64]bool{3: true}}, &user{id: 2}, &user{id: 3}, &user{id: 4, bot: true}
	for name, row := range map[string]struct {
		rules []tg.PrivacyRuleClass
		who   *user
		want  bool
	}{
		"without rules everybody may":         {nil, other, true},
		"one always may oneself":              {[]tg.PrivacyRuleClass{&tg.PrivacyValueDisallowAll{}}, owner, true},
		"nobody may":                          {[]tg.PrivacyRuleClass{&tg.PrivacyValueDisallowAll{}}, friend, false},
		"contacts may":                        {[]tg.PrivacyRuleClass{&tg.PrivacyValueAllowContacts{}}, friend, true},
		"who is no contact may not":           {[]tg.PrivacyRuleClass{&tg.PrivacyValueAllowContacts{}}, other, false},
		"but somebody in particular may":      {[]tg.PrivacyRuleClass{&tg.PrivacyValueAllowUsers{Users: []int64{3}}, &tg.PrivacyValueDisallowAll{}}, other, true},
		"all but somebody in particular may":  {[]tg.PrivacyRuleClass{&tg.PrivacyValueDisallowUsers{Users: []int64{3}}, &tg.PrivacyValueAllowAll{}}, other, false},
		"the first rule that fits counts":     {[]tg.PrivacyRuleClass{&tg.PrivacyValueDisallowContacts{}, &tg.PrivacyValueAllowAll{}}, friend, false},
		"bots may":                            {[]tg.PrivacyRuleClass{&tg.PrivacyValueAllowBots{}, &tg.PrivacyValueDisallowAll{}}, bot, true},
		"bots may not":                        {[]tg.PrivacyRuleClass{&tg.PrivacyValueDisallowBots{}, &tg.PrivacyValueAllowAll{}}, bot, false},
		"rules that speak of nobody let none": {[]tg.PrivacyRuleClass{&tg.PrivacyValueAllowPremium{}}, friend, false},
	} {
		t.Run(name, func(t *testing.T) {
			owner.setPrivacy(privacyAbout, row.rules)
			if got := owner.allows(privacyAbout, row.who); got != row.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestSetPrivacy(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	set := func(key tg.InputPrivacyKeyClass, rules ...tg.InputPrivacyRuleClass) (*tg.AccountPrivacyRules, error) {
		return bob.api.AccountSetPrivacy(ctx, &tg.AccountSetPrivacyRequest{Key: key, Rules: rules})
	}
	got, err := set(&tg.InputPrivacyKeyStatusTimestamp{}, &tg.InputPrivacyValueDisallowUsers{Users: []tg.InputUserClass{bob.user("alice")}}, &tg.InputPrivacyValueAllowAll{})
	if err != nil || len(got.Rules) != 2 || len(got.Users) != 1 {
		t.Errorf("set: %v, %v", got, err)
	}
	if _, err := bob.api.AccountUpdateStatus(ctx, false); err != nil {
		t.Fatal(err)
	}
	status := func(c someone) tg.UserStatusClass {
		users, err := c.api.UsersGetUsers(ctx, []tg.InputUserClass{c.user("bob")})
		if err != nil {
			t.Fatal(err)
		}
		return users[0].(*tg.User).Status
	}
	if _, hidden := status(alice).(*tg.UserStatusRecently); !hidden {
		t.Errorf("alice sees that bob is %v", status(alice))
	}
	if _, err := set(&tg.InputPrivacyKeyStatusTimestamp{}, &tg.InputPrivacyValueAllowAll{}); err != nil {
		t.Fatal(err)
	}
	if _, online := status(alice).(*tg.UserStatusOnline); !online {
		t.Errorf("alice sees that bob is %v", status(alice))
	}
	if _, err := set(&tg.InputPrivacyKeyPhoneNumber{}, &tg.InputPrivacyValueDisallowAll{}); err != nil {
		t.Fatal(err)
	}
	users, err := alice.api.UsersGetUsers(ctx, []tg.InputUserClass{alice.user("bob")})
	if err != nil || users[0].(*tg.User).Phone != "" {
		t.Errorf("alice sees bob's number: %v, %v", users, err)
	}
	rules, err := bob.api.AccountGetPrivacy(ctx, &tg.InputPrivacyKeyPhoneNumber{})
	if err != nil || rules.Rules[0].TypeID() != tg.PrivacyValueDisallowAllTypeID {
		t.Errorf("get: %v, %v", rules, err)
	}
	_, err = set(&tg.InputPrivacyKeyAbout{}, &tg.InputPrivacyValueAllowUsers{Users: []tg.InputUserClass{&tg.InputUser{UserID: 1001}}})
	wantError(t, err, "USER_ID_INVALID")
}

func TestBlocking(t *testing.T) {
	s := serve(t, Options{})
	alice, bob, bot := enter(t, s, "alice"), enter(t, s, "bob"), enter(t, s, "EchoBot")
	ctx := t.Context()
	alice.send(t, alice.peer("EchoBot"), "/start")
	for _, who := range []string{"bob", "EchoBot"} {
		for _, want := range []bool{true, false} {
			if ok, err := alice.api.ContactsBlock(ctx, &tg.ContactsBlockRequest{ID: alice.peer(who)}); err != nil || ok != want {
				t.Errorf("block %s: %v, %v", who, ok, err)
			}
		}
	}
	list, err := alice.api.ContactsGetBlocked(ctx, &tg.ContactsGetBlockedRequest{Limit: 10})
	if err != nil || len(list.(*tg.ContactsBlocked).Blocked) != 2 || len(list.(*tg.ContactsBlocked).Users) != 2 {
		t.Errorf("blocked: %v, %v", list, err)
	}
	page, err := alice.api.ContactsGetBlocked(ctx, &tg.ContactsGetBlockedRequest{Offset: 1, Limit: 10})
	if slice, ok := page.(*tg.ContactsBlockedSlice); err != nil || !ok || slice.Count != 2 || len(slice.Blocked) != 1 {
		t.Errorf("a page: %v, %v", page, err)
	}
	_, err = bot.api.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: bot.peer("alice"), Message: "hello?", RandomID: random()})
	wantError(t, err, "USER_IS_BLOCKED")
	_, err = alice.api.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: alice.peer("bob"), Message: "hello?", RandomID: random()})
	wantError(t, err, "YOU_BLOCKED_USER")
	bob.send(t, bob.peer("alice"), "can you hear me?")
	if heard, err := s.Person("alice").Messages("bob"); err != nil || len(heard) != 0 {
		t.Errorf("alice hears %v, %v", heard, err)
	}
	if ok, err := alice.api.ContactsUnblock(ctx, &tg.ContactsUnblockRequest{ID: alice.peer("bob")}); err != nil || !ok {
		t.Error(err)
	}
	bob.send(t, bob.peer("alice"), "and now?")
	if m := next[*tg.UpdateNewMessage](t, alice.client); m.Message.(*tg.Message).Message == "" {
		t.Errorf("alice heard %v", m)
	}
	_, err = alice.api.ContactsBlock(ctx, &tg.ContactsBlockRequest{ID: &tg.InputPeerSelf{}})
	wantError(t, err, "CONTACT_ID_INVALID")
}
