package sandbox

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
)

// user is a person or a bot.
type user struct {
	id        int64
	name      string
	lastName  string
	username  string
	phone     string // digits only
	about     string
	dc        int
	bot       bool
	token     string
	private   bool // a bot that sees in groups only what is meant for it
	service   bool // Telegram's own account, 777000
	elsewhere bool // the first data centre answers NETWORK_MIGRATE
	password  *password
	banned    bool
	online    int     // date until which the person is shown as online
	photos    []int64 // the present one first

	box     *box
	dialogs map[peer]*dialog
	circle
	qts     qtsBox
	profile botProfile
	prefs   preferences
	dropped map[int64]bool // whom the person has deleted from the contacts; all others are in
	sent    randomIDs
	auths   map[keyID]*authorization

	waiting   []*scheduled
	waitingID int
	ttl       int // of chats that begin later
}

// dialog is one chat in the list of one account.
type dialog struct {
	ids      ids // messages, for private chats and groups; a channel has its own list
	readIn   int
	readOut  int
	unread   int
	readDate int // when readIn moved last
	pinned   ids
	marks
}

// chat is a basic group, a supergroup or a channel.
type chat struct {
	peer     peer
	kind     string
	title    string
	username string
	about    string
	creator  int64
	date     int
	version  int
	invite   string
	ttl      int // seconds after which messages delete themselves
	members  []*member
	byUser   map[int64]*member
	rule

	// Of supergroups and channels only.
	box *box
	ids ids
}

type member struct {
	user    *user
	inviter int64
	date    int
	standing
}

func (c *chat) broadcast() bool { return c.kind == KindChannel }

func (c *chat) boss(id int64) bool {
	m := c.byUser[id]
	return m != nil && (m.admin() || c.creator == id)
}

func (c *chat) join(m *member) {
	c.members = append(c.members, m)
	c.byUser[m.user.id] = m
}

// world is everything the server knows about people, chats and messages.
type world struct {
	chance
	users   map[int64]*user
	chats   map[peer]*chat
	names   map[string]peer // by user name, in lower case
	called  map[string]peer // by name or title, in lower case; the first of a name has it
	phones  map[string]*user
	tokens  map[string]*user
	nextID  int64
	secret  [16]byte // access hashes come from it
	archive *archive
	today   int // date of the call that runs now

	polls    map[int64]*poll
	slugs    map[string]*invoice // by what their links end with
	webViews map[int64]*webView  // mini apps that are open; they don't outlive the server
	expiring []expiry            // rising
	touches  int                 // changes that no pts counts
}

func newWorld() *world {
	return &world{
		chance:  newChance(0),
		users:   map[int64]*user{},
		chats:   map[peer]*chat{},
		names:   map[string]peer{},
		called:  map[string]peer{},
		phones:  map[string]*user{},
		tokens:  map[string]*user{},
		nextID:  100_000,
		archive: newArchive(nil),
		polls:   map[int64]*poll{},
		slugs:   map[string]*invoice{},

		webViews: map[int64]*webView{},
	}
}

func (w *world) addUser(u *user) {
	w.users[u.id] = u
	w.call(u.name, peer{peerUser, u.id})
	if u.username != "" {
		w.names[strings.ToLower(u.username)] = peer{peerUser, u.id}
	}
	if u.phone != "" {
		w.phones[u.phone] = u
	}
	if u.token != "" {
		w.tokens[u.token] = u
	}
}

func (w *world) addChat(c *chat) {
	w.chats[c.peer] = c
	w.call(c.title, c.peer)
	if c.username != "" {
		w.names[strings.ToLower(c.username)] = c.peer
	}
}

func (w *world) call(name string, p peer) {
	key := strings.ToLower(name)
	if _, taken := w.called[key]; !taken {
		w.called[key] = p
	}
}

// uncall takes a name back that no longer means p.
func (w *world) uncall(name string, p peer) {
	key := strings.ToLower(name)
	if w.called[key] == p {
		delete(w.called, key)
	}
}

func (w *world) freshID() int64 {
	w.nextID++
	return w.nextID
}

// hash is the access hash of a user or channel for one account: as in Telegram, a hash that
// another account was given is worth nothing.
func (w *world) hash(viewer int64, p peer) int64 {
	var b [16 + 8 + 1 + 8]byte
	copy(b[:], w.secret[:])
	binary.LittleEndian.PutUint64(b[16:], uint64(viewer))
	b[24] = byte(p.kind)
	binary.LittleEndian.PutUint64(b[25:], uint64(p.id))
	sum := sha256.Sum256(b[:])
	return int64(binary.LittleEndian.Uint64(sum[:]))
}

// hasContact tells whether other is among u's contacts: every person is, until deleted.
func (u *user) hasContact(other *user) bool {
	return u != other && u.person() && other.person() && !u.dropped[other.id]
}

func (u *user) person() bool { return !u.bot && !u.service }

// dialog returns u's dialog with p, making it if need be.
func (u *user) dialog(p peer) *dialog {
	d := u.dialogs[p]
	if d == nil {
		d = &dialog{}
		u.dialogs[p] = d
	}
	return d
}

// title names a peer as somebody looking at it would.
func (w *world) title(p peer) string {
	if p.kind == peerUser {
		if u := w.users[p.id]; u != nil {
			return strings.TrimSpace(u.name + " " + u.lastName)
		}
		return ""
	}
	if c := w.chats[p]; c != nil {
		return c.title
	}
	return ""
}

// find looks a name up as a person would type it: a name or title, @username, phone number.
func (w *world) find(name string) (peer, bool) {
	name = strings.TrimSpace(name)
	if p, ok := w.names[strings.ToLower(strings.TrimPrefix(name, "@"))]; ok {
		return p, true
	}
	if u := w.phones[strings.TrimPrefix(name, "+")]; u != nil {
		return peer{peerUser, u.id}, true
	}
	p, ok := w.called[strings.ToLower(name)]
	return p, ok
}

// randomIDs remembers the random ids of messages sent lately.
type randomIDs struct {
	seen  map[int64]struct{}
	order []int64
}

const randomIDsKept = 10_000

// add reports false for an id that was there already. 0 is no id.
func (r *randomIDs) add(id int64) bool {
	if id == 0 {
		return true
	}
	if _, again := r.seen[id]; again {
		return false
	}
	if r.seen == nil {
		r.seen = map[int64]struct{}{}
	}
	r.seen[id] = struct{}{}
	r.order = append(r.order, id)
	if len(r.order) > 2*randomIDsKept {
		for _, old := range r.order[:randomIDsKept] {
			delete(r.seen, old)
		}
		r.order = append(r.order[:0], r.order[randomIDsKept:]...)
	}
	return true
}
