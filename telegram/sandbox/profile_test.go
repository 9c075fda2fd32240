package sandbox

import (
	"strings"
	"testing"

	"github.com/gotd/td/tg"
)

func TestProfiles(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	profile := func(set func(in *tg.AccountUpdateProfileRequest)) error {
		in := &tg.AccountUpdateProfileRequest{}
		set(in)
		return second(alice.api.AccountUpdateProfile(ctx, in))
	}
	for name, row := range map[string]struct {
		set  func(in *tg.AccountUpdateProfileRequest)
		want string
	}{
		"nobody is nameless":      {func(in *tg.AccountUpdateProfileRequest) { in.SetFirstName(" ") }, "FIRSTNAME_INVALID"},
		"a last name has an end":  {func(in *tg.AccountUpdateProfileRequest) { in.SetLastName(strings.Repeat("x", 65)) }, "LASTNAME_INVALID"},
		"a life story has an end": {func(in *tg.AccountUpdateProfileRequest) { in.SetAbout(strings.Repeat("x", 71)) }, "ABOUT_TOO_LONG"},
	} {
		t.Run(name, func(t *testing.T) { wantError(t, profile(row.set), row.want) })
	}
	if err := profile(func(in *tg.AccountUpdateProfileRequest) { in.SetFirstName("Alicia"); in.SetAbout("hi") }); err != nil {
		t.Fatal(err)
	}
	if u := next[*tg.UpdateUserName](t, bob.client); u.UserID != 1001 || u.FirstName != "Alicia" || u.Usernames[0].Username != "alice" {
		t.Errorf("bob was told %v", u)
	}
}

func TestUsernames(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	set := func(name string) error { return second(alice.api.AccountUpdateUsername(t.Context(), name)) }
	wantError(t, set("alice"), "USERNAME_NOT_MODIFIED")
	wantError(t, set("abc"), "USERNAME_INVALID")
	wantError(t, set("1abcdef"), "USERNAME_INVALID")
	wantError(t, set("BOBBY"), "USERNAME_OCCUPIED")
	wantError(t, set("sandbox_news"), "USERNAME_OCCUPIED")
	if err := set("Alice"); err != nil {
		t.Errorf("another spelling of one's own: %v", err)
	}
	if err := set("wonderland"); err != nil {
		t.Fatal(err)
	}
	if who := bob.to(t, "Wonderland"); who.(*tg.InputPeerUser).UserID != 1001 {
		t.Errorf("the name leads to %v", who)
	}
	free, err := bob.api.AccountCheckUsername(t.Context(), "alice")
	if err != nil || !free {
		t.Errorf("the old name: %v, %v", free, err)
	}
	if err := set(""); err != nil {
		t.Fatal(err)
	}
	_, err = bob.api.ContactsResolveUsername(t.Context(), &tg.ContactsResolveUsernameRequest{Username: "wonderland"})
	wantError(t, err, "USERNAME_NOT_OCCUPIED")
}
