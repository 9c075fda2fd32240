package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestLooks(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	colour := func(n int, profile bool) error {
		c := &tg.PeerColor{}
		c.SetColor(n)
		in := &tg.AccountUpdateColorRequest{ForProfile: profile}
		in.SetColor(c)
		return second(alice.api.AccountUpdateColor(ctx, in))
	}
	wantError(t, colour(99, false), "COLOR_INVALID")
	wantError(t, colour(12, false), "PREMIUM_ACCOUNT_REQUIRED")
	wantError(t, colour(3, true), "PREMIUM_ACCOUNT_REQUIRED")
	if err := colour(3, false); err != nil {
		t.Fatal(err)
	}
	birthday := func(d, m, y int) error {
		in := &tg.AccountUpdateBirthdayRequest{}
		in.SetBirthday(tg.Birthday{Day: d, Month: m, Year: y})
		return second(alice.api.AccountUpdateBirthday(ctx, in))
	}
	for _, d := range [][3]int{{32, 1, 0}, {31, 4, 1990}, {29, 2, 1990}, {0, 1, 0}, {1, 13, 0}, {1, 1, 1800}} {
		wantError(t, birthday(d[0], d[1], d[2]), "BIRTHDAY_INVALID")
	}
	if err := birthday(29, 2, 0); err != nil {
		t.Error(err)
	}
	if err := birthday(2, 1, 1990); err != nil {
		t.Fatal(err)
	}
	_, err := alice.api.AccountUpdatePersonalChannel(ctx, alice.channel(3002))
	wantError(t, err, "CHANNEL_INVALID")
	if _, err := alice.api.AccountUpdatePersonalChannel(ctx, alice.channel(3003)); err != nil {
		t.Fatal(err)
	}
	seen := func() (*tg.UserFull, *tg.User) {
		t.Helper()
		full, err := bob.api.UsersGetFullUser(ctx, bob.user("alice"))
		if err != nil {
			t.Fatal(err)
		}
		return &full.FullUser, full.Users[0].(*tg.User)
	}
	full, u := seen()
	if n, _ := u.Color.(*tg.PeerColor); n == nil || n.Color != 3 {
		t.Errorf("the colour is %v", u.Color)
	}
	if full.Birthday.Day != 2 || full.Birthday.Year != 1990 || full.PersonalChannelID != 3003 || full.PersonalChannelMessage == 0 {
		t.Errorf("bob sees %v", full)
	}
	if err := alice.private(t, &tg.InputPrivacyKeyBirthday{}); err != nil {
		t.Fatal(err)
	}
	if full, _ := seen(); full.Birthday.Day != 0 {
		t.Errorf("a private birthday is %v", full.Birthday)
	}
	if _, err := alice.api.AccountUpdatePersonalChannel(ctx, &tg.InputChannelEmpty{}); err != nil {
		t.Fatal(err)
	}
	if full, _ := seen(); full.PersonalChannelID != 0 {
		t.Errorf("the channel is %d", full.PersonalChannelID)
	}
}

func TestColoursOfPremiumAccounts(t *testing.T) {
	s := serve(t, Options{Seed: premiumSeed()})
	alice := enter(t, s, "alice")
	ctx := t.Context()
	c := &tg.PeerColor{}
	c.SetColor(12)
	c.SetBackgroundEmojiID(77)
	in := &tg.AccountUpdateColorRequest{ForProfile: true}
	in.SetColor(c)
	if _, err := alice.api.AccountUpdateColor(ctx, in); err != nil {
		t.Fatal(err)
	}
	if me, err := alice.Self(ctx); err != nil || me.ProfileColor.(*tg.PeerColor).BackgroundEmojiID != 77 {
		t.Errorf("alice looks like %v, %v", me, err)
	}
	if _, err := alice.api.MessagesToggleDialogFilterTags(ctx, true); err != nil {
		t.Error(err)
	}
	if got, err := alice.api.MessagesGetDialogFilters(ctx); err != nil || !got.TagsEnabled {
		t.Errorf("tags: %v, %v", got, err)
	}
}

// private lets nobody see something of c's.
func (c someone) private(t *testing.T, key tg.InputPrivacyKeyClass) error {
	t.Helper()
	return second(c.api.AccountSetPrivacy(t.Context(), &tg.AccountSetPrivacyRequest{Key: key, Rules: []tg.InputPrivacyRuleClass{&tg.InputPrivacyValueDisallowAll{}}}))
}

func TestGlobalPrivacy(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	_, err := alice.api.AccountSetGlobalPrivacySettings(ctx, tg.GlobalPrivacySettings{ArchiveAndMuteNewNoncontactPeers: true})
	wantError(t, err, "PREMIUM_ACCOUNT_REQUIRED")
	if _, err := alice.api.AccountSetGlobalPrivacySettings(ctx, tg.GlobalPrivacySettings{HideReadMarks: true}); err != nil {
		t.Fatal(err)
	}
	if got, err := alice.api.AccountGetGlobalPrivacySettings(ctx); err != nil || !got.HideReadMarks {
		t.Errorf("got %v, %v", got, err)
	}
	if full, err := bob.api.UsersGetFullUser(ctx, bob.user("alice")); err != nil || !full.FullUser.ReadDatesPrivate {
		t.Errorf("bob sees %v, %v", full, err)
	}
}

func TestContactsHaveNamesOfTheirOwn(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	name := func(c someone) string {
		t.Helper()
		users, err := c.api.UsersGetUsers(ctx, []tg.InputUserClass{c.user("carol")})
		if err != nil {
			t.Fatal(err)
		}
		u := users[0].(*tg.User)
		return u.FirstName + " " + u.LastName
	}
	before := name(alice)
	if _, err := alice.api.ContactsAddContact(ctx, &tg.ContactsAddContactRequest{ID: alice.user("carol"), FirstName: "Caro", LastName: "the Cook"}); err != nil {
		t.Fatal(err)
	}
	if got := name(alice); got != "Caro the Cook" {
		t.Errorf("alice calls carol %q", got)
	}
	if got := name(bob); got != before {
		t.Errorf("bob calls carol %q", got)
	}
	if _, err := alice.api.ContactsDeleteContacts(ctx, []tg.InputUserClass{alice.user("carol")}); err != nil {
		t.Fatal(err)
	}
	if got := name(alice); got != before {
		t.Errorf("no contact any more, carol is %q", got)
	}
	imported, err := alice.api.ContactsImportContacts(ctx, []tg.InputPhoneContact{{ClientID: 1, Phone: "+427770003", FirstName: "C", LastName: "."}})
	if err != nil || len(imported.Imported) != 1 {
		t.Fatalf("imported: %v, %v", imported, err)
	}
	if got := name(alice); got != "C ." {
		t.Errorf("imported, carol is %q", got)
	}
}

// TestAFolderKeepsWhatAccountsChose stops a server and asks the next one.
func TestAFolderKeepsWhatAccountsChose(t *testing.T) {
	dir := t.TempDir()
	s, err := New(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	alice, bot := enter(t, s, "alice"), enter(t, s, "EchoBot")
	ctx := t.Context()
	_, invoice := sells(t, bot, alice, selling(stars, 5))
	exported, err := bot.api.PaymentsExportInvoice(ctx, selling(stars, 7))
	if err != nil {
		t.Fatal(err)
	}
	filter := &tg.MessagesUpdateDialogFilterRequest{ID: 2}
	filter.SetFilter(&tg.DialogFilter{Title: tg.TextWithEntities{Text: "Work"}, Bots: true})
	birthday := &tg.AccountUpdateBirthdayRequest{}
	birthday.SetBirthday(tg.Birthday{Day: 1, Month: 2})
	for _, err := range []error{
		alice.archive(t, archiveFolder, &tg.InputPeerChat{ChatID: 3001}),
		alice.pinChat(t, alice.peer("EchoBot"), true),
		second(alice.api.MessagesUpdateDialogFilter(ctx, filter)),
		second(alice.api.AccountUpdateBirthday(ctx, birthday)),
		second(alice.api.ContactsAddContact(ctx, &tg.ContactsAddContactRequest{ID: alice.user("bob"), FirstName: "Bobby"})),
		second(alice.api.AccountSetAccountTTL(ctx, tg.AccountDaysTTL{Days: 60})),
		second(bot.api.BotsSetBotGroupDefaultAdminRights(ctx, tg.ChatAdminRights{BanUsers: true})),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	s = serve(t, Options{Dir: dir})
	again := someone{redial(t, s, alice.storage), alice.id}
	prefs := s.users[alice.id].prefs
	if !prefs.Archived[keptPeer{byte(peerGroup), 3001}] || len(prefs.Pinned[mainFolder]) != 1 || len(prefs.Filters) != 1 || prefs.Looks.Birthday != [3]int{1, 2, 0} ||
		prefs.Names[1002].First != "Bobby" || prefs.Days != 60 {
		t.Errorf("kept is %+v", prefs)
	}
	if rights := s.users[bot.id].profile.GroupRights; !rights.BanUsers {
		t.Errorf("the bot asks for %v", rights)
	}
	for _, in := range []tg.InputInvoiceClass{invoice, &tg.InputInvoiceSlug{Slug: exported.URL[len(invoiceSite):]}} {
		if form, err := again.api.PaymentsGetPaymentForm(ctx, &tg.PaymentsGetPaymentFormRequest{Invoice: in}); err != nil || form.(*tg.PaymentsPaymentFormStars).Title != "Tea" {
			t.Errorf("the invoice: %v, %v", form, err)
		}
	}
}
