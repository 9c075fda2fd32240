package sandbox

import (
	"bytes"
	"context"
	"encoding/gob"
	"fmt"
	"maps"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

const keepEvery = 10 * time.Second

// The kept forms: what a server writes of its state, messages and updates in their TL form.
type (
	keptState struct {
		Version int  // stateVersion of the build that wrote it
		Clean   bool // written by Close: nothing has happened since
		Secret  [16]byte
		NextID  int64
		Seed    Seed
		Files   keptFiles
		Users   []keptUser
		Chats   []keptChat
		Extras  map[int]keptExtras // by the number of the post
		Polls   []keptPoll
		Slugs   map[string]*invoice
	}
	keptUser struct {
		ID                                       int64
		Name, LastName, Username, Phone, About   string
		Token                                    string
		DC                                       int
		Bot, Private, Service, Elsewhere, Banned bool
		Box                                      keptBox
		Dialogs                                  map[keptPeer]keptDialog
		Dropped, Sent, Blocked                   []int64
		Password                                 keptPassword
		Privacy                                  map[uint32][]byte
		Qts                                      []byte
		Profile, Prefs                           []byte
		Waiting                                  []keptWaiting
		WaitingID, TTL                           int
		Photos                                   []int64
	}
	keptChat struct {
		Peer                                 keptPeer
		Kind, Title, Username, About, Invite string
		Creator                              int64
		Date, Version, TTL                   int
		Members                              []keptMember
		Rule                                 []byte
		Box                                  keptBox // of channels
		IDs                                  []int
	}
	keptMember struct {
		User, Inviter int64
		Date          int
		Standing      standing
	}
	keptPeer struct {
		Kind byte
		ID   int64
	}
	keptDialog struct {
		IDs, Pinned             []int
		ReadIn, ReadOut, Unread int
		Notes                   []byte
	}
	keptCommand struct{ Command, Description string }
	keptWaiting struct {
		To      keptPeer
		Message []byte
	}
	keptBox struct {
		LastID, Pts, Floor, Changed int
		Records                     []keptRecord
		Log                         []keptHappening
	}
	keptRecord struct {
		Message []byte
		Author  int64
		Chat    keptPeer
		Post    int // records with the same number are copies of one message
	}
	keptHappening struct {
		Kind       byte
		Pts, Count int
		IDs        []int
		Update     []byte
	}
)

func keepPeer(p peer) keptPeer    { return keptPeer{byte(p.kind), p.id} }
func (k keptPeer) restored() peer { return peer{peerKind(k.Kind), k.ID} }

// runKeeper writes the state every few seconds if it has changed.
func (s *Server) runKeeper(ctx context.Context) {
	ticker := s.clock.Ticker(keepEvery)
	defer ticker.Stop()
	last := 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C():
		}
		s.mu.Lock()
		changes := s.changes()
		s.mu.Unlock()
		if changes == last {
			continue
		}
		last = changes
		if err := s.keep(false); err != nil {
			s.log.ErrorContext(ctx, "keep the state", "error", err)
		}
	}
}

// changes is a number that grows with everything that happens.
func (s *Server) changes() int {
	n := len(s.archive.files) + s.touches
	for _, u := range s.users {
		n += u.box.pts + u.waitingID + len(u.dropped) + len(u.photos) + u.changes + u.qts.Last
	}
	for _, c := range s.chats {
		n += c.version
		if c.box != nil {
			n += c.box.pts
		}
	}
	return n
}

// keep writes the state to the folder; clean says that nothing more will happen.
func (s *Server) keep(clean bool) error {
	s.mu.Lock()
	state, err := s.snapshot()
	state.Clean = clean
	s.mu.Unlock()
	if err != nil {
		return fmt.Errorf("keep the state: %w", err)
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(state); err != nil {
		return fmt.Errorf("keep the state: %w", err)
	}
	return s.dir.write(stateFile, b.Bytes())
}

// keeper gives the posts of a snapshot their numbers.
type keeper struct {
	posts map[*post]int
	err   error
}

func (k *keeper) encode(v bin.Encoder) []byte {
	var b bin.Buffer
	if err := v.Encode(&b); err != nil && k.err == nil {
		k.err = err
	}
	return b.Buf
}

// snapshot is the state as it is now. It is encoded after the lock was given up, so it holds nothing that goes on
// changing: lists are copied, and what has lists and maps of its own is written at once.
func (s *Server) snapshot() (*keptState, error) {
	k := &keeper{posts: map[*post]int{}}
	state := &keptState{Version: stateVersion, Secret: s.secret, NextID: s.nextID, Seed: *s.seed}
	state.Files = k.files(s.archive)
	for _, p := range s.everything() {
		if c := s.chats[p]; c != nil {
			state.Chats = append(state.Chats, k.chat(c))
			continue
		}
		state.Users = append(state.Users, k.user(s.users[p.id]))
	}
	state.Extras, state.Polls = k.extras(s.polls)
	state.Slugs = maps.Clone(s.slugs)
	return state, k.err
}

func (k *keeper) user(u *user) keptUser {
	out := keptUser{
		ID: u.id, Name: u.name, LastName: u.lastName, Username: u.username, Phone: u.phone, About: u.about, Token: u.token,
		DC: u.dc, Bot: u.bot, Private: u.private, Service: u.service, Elsewhere: u.elsewhere, Banned: u.banned,
		Box: k.box(u.box), Dialogs: map[keptPeer]keptDialog{}, WaitingID: u.waitingID, TTL: u.ttl,
		Photos: append([]int64(nil), u.photos...),
	}
	out.Password = u.password.kept()
	for p, d := range u.dialogs {
		out.Dialogs[keepPeer(p)] = keptDialog{append([]int(nil), d.ids...), append([]int(nil), d.pinned...), d.readIn, d.readOut, d.unread, k.marks(d.marks)}
	}
	for id := range u.dropped {
		out.Dropped = append(out.Dropped, id)
	}
	out.Sent = append([]int64(nil), u.sent.order...)
	out.Blocked = append([]int64(nil), u.order...)
	out.Privacy, out.Qts = k.privacy(u.privacy), k.rule(u.qts)
	out.Profile, out.Prefs = k.rule(u.profile), k.rule(u.prefs)
	for _, w := range u.waiting {
		out.Waiting = append(out.Waiting, keptWaiting{keepPeer(w.to), k.encode(w.msg)})
	}
	return out
}

func (k *keeper) chat(c *chat) keptChat {
	out := keptChat{
		Peer: keepPeer(c.peer), Kind: c.kind, Title: c.title, Username: c.username, About: c.about, Invite: c.invite,
		Creator: c.creator, Date: c.date, Version: c.version, TTL: c.ttl, IDs: append([]int(nil), c.ids...),
	}
	for _, m := range c.members {
		out.Members = append(out.Members, keptMember{m.user.id, m.inviter, m.date, m.standing})
	}
	if c.box != nil {
		out.Box = k.box(c.box)
	}
	out.Rule = k.rule(c.rule)
	return out
}

func (k *keeper) privacy(all map[uint32][]tg.PrivacyRuleClass) map[uint32][]byte {
	out := map[uint32][]byte{}
	for key, list := range all {
		out[key] = k.encode(&tg.AccountPrivacyRules{Rules: list})
	}
	return out
}

// rule is written at once, with the lock: it has lists and maps that go on changing.
func (k *keeper) rule(v any) []byte {
	data, err := encodeRule(v)
	if err != nil && k.err == nil {
		k.err = err
	}
	return data
}

func (k *keeper) box(b *box) keptBox {
	out := keptBox{LastID: b.lastID, Pts: b.pts, Floor: b.floor, Changed: b.changed}
	for _, r := range b.records {
		number, known := k.posts[r.post]
		if !known {
			number = len(k.posts)
			k.posts[r.post] = number
		}
		out.Records = append(out.Records, keptRecord{r.raw, r.author, keepPeer(r.chat), number})
	}
	for _, h := range b.log {
		kept := keptHappening{Kind: byte(h.kind), Pts: h.pts, Count: h.count, IDs: h.ids}
		if h.update != nil {
			kept.Update = k.encode(h.update)
		}
		out.Log = append(out.Log, kept)
	}
	return out
}
