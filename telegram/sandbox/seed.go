package sandbox

// Seed says who and what a new server starts with.
type Seed struct {
	APIID   int
	APIHash string
	Code    string // the login code of every phone number
	People  []SeedPerson
	Bots    []SeedBot
	Chats   []SeedChat
	// Numbers are phone numbers that belong to nobody and answer with trouble.
	Numbers map[string]Trouble
}

// SeedPerson is one person with a phone number. Every person knows every other as a contact.
type SeedPerson struct {
	ID       int64 // 0 picks one
	Name     string
	LastName string
	Phone    string // with or without the plus sign
	Username string
	Password string // of two-step verification; "" has none
	Hint     string // of the password
	Premium  bool
	DC       int // home data centre; 0 means the first one
	// NearestElsewhere makes the first data centre answer NETWORK_MIGRATE, not PHONE_MIGRATE.
	NearestElsewhere bool
}

// SeedBot is one bot.
type SeedBot struct {
	ID       int64
	Name     string
	Username string
	Token    string
	DC       int
	// Private bots see in groups only what is meant for them: commands, mentions, replies.
	Private bool
}

// Kinds of chats.
const (
	KindPrivate    = "private"
	KindGroup      = "group"
	KindSupergroup = "supergroup"
	KindChannel    = "channel"
)

// SeedChat is one group, supergroup or channel.
type SeedChat struct {
	ID       int64 // without the mark: 5, not -5 or -1000000000005; 0 picks one
	Title    string
	Kind     string
	Username string
	Creator  string   // name of a person
	Members  []string // names of people and bots besides the creator; nil means everybody
	Invite   string   // hash of https://t.me/+HASH; "" picks one
}

// Trouble is what a phone number of [Seed].Numbers does to who signs in with it.
type Trouble string

// The troubles, by what Telegram answers.
const (
	TroubleBanned       Trouble = "PHONE_NUMBER_BANNED"     // at auth.sendCode
	TroubleFlood        Trouble = "PHONE_NUMBER_FLOOD"      // at auth.sendCode: too many codes asked for
	TroubleWait         Trouble = "FLOOD_WAIT_30"           // at auth.sendCode, until it has waited
	TroubleUnregistered Trouble = "PHONE_NUMBER_UNOCCUPIED" // the code is right, but nobody has this number
	TroubleExpired      Trouble = "PHONE_CODE_EXPIRED"      // at auth.signIn, whatever the code
	TroubleDeactivated  Trouble = "USER_DEACTIVATED_BAN"    // at auth.signIn: the account was closed
)

// DefaultSeed returns the people, bots and chats that a server without a Seed starts with:
// alice, bob and carol (who has a password) at data centre 2, dave and erin at data centre 4,
// the group Friends, the supergroup Workshop and the channel News.
func DefaultSeed() *Seed {
	return &Seed{
		APIID:   10001,
		APIHash: "5f2d8c41b7e94a06a3c1d7e8f9b05263",
		Code:    "12345",
		People: []SeedPerson{
			{ID: 1001, Name: "alice", Phone: "427770001", Username: "alice"},
			{ID: 1002, Name: "bob", Phone: "427770002", Username: "bobby"},
			{ID: 1003, Name: "carol", Phone: "427770003", Username: "carol", Password: "correct horse", Hint: "battery staple"},
			{ID: 1004, Name: "dave", Phone: "427770004", Username: "dave_far", DC: 4},
			{ID: 1005, Name: "erin", Phone: "427770005", Username: "erin_far", DC: 4, NearestElsewhere: true},
		},
		Bots: []SeedBot{
			{ID: 2001, Name: "EchoBot", Username: "sandbox_echo_bot", Token: "2001:AAE-sandbox-echo-bot-token-000000001"},
			{ID: 2002, Name: "PrivateBot", Username: "sandbox_private_bot", Token: "2002:AAE-sandbox-private-bot-token-00000002", Private: true},
			{ID: 2003, Name: "FarBot", Username: "sandbox_far_bot", Token: "2003:AAE-sandbox-far-bot-token-000000003", DC: 4},
		},
		Chats: []SeedChat{
			{ID: 3001, Title: "Friends", Kind: KindGroup, Creator: "alice", Members: []string{"bob", "carol", "EchoBot"}, Invite: "sandboxFriends1"},
			{ID: 3002, Title: "Workshop", Kind: KindSupergroup, Username: "sandbox_workshop", Creator: "alice", Members: []string{"bob", "carol", "dave", "EchoBot", "PrivateBot"}, Invite: "sandboxWorkshop"},
			{ID: 3003, Title: "News", Kind: KindChannel, Username: "sandbox_news", Creator: "alice", Members: []string{"bob", "carol"}, Invite: "sandboxNews0001"},
		},
		Numbers: map[string]Trouble{
			"427770900": TroubleBanned,
			"427770901": TroubleFlood,
			"427770902": TroubleWait,
			"427770903": TroubleUnregistered,
			"427770904": TroubleExpired,
			"427770905": TroubleDeactivated,
		},
	}
}
