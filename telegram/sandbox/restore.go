package sandbox

import (
	"fmt"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// restore brings back the state of the folder; it reports false for a folder that has none.
func (s *Server) restore() (bool, error) {
	data, err := s.dir.read(stateFile)
	if data == nil || err != nil {
		return false, err
	}
	state, err := s.dir.decodeState(data)
	if err != nil {
		return false, err
	}
	if err := s.rebuild(state); err != nil {
		return false, err
	}
	if !state.Clean {
		s.skip()
	}
	return true, s.restoreAuthorizations()
}

// rebuild makes people, chats and messages of their kept form.
func (s *Server) rebuild(state *keptState) error {
	s.secret, s.nextID, s.seed = state.Secret, state.NextID, &state.Seed
	if err := s.restoreFiles(state.Files); err != nil {
		return err
	}
	posts := map[int]*post{}
	for _, k := range state.Users {
		u, err := s.restoreUser(k, posts)
		if err != nil {
			return fmt.Errorf("restore %s: %w", k.Name, err)
		}
		s.addUser(u)
	}
	for _, k := range state.Chats {
		c, err := s.restoreChat(k, posts)
		if err != nil {
			return fmt.Errorf("restore %s: %w", k.Title, err)
		}
		s.addChat(c)
	}
	return s.restoreExtras(state, posts)
}

// lostAtMost is more than what can have happened between the last snapshot and a crash.
const lostAtMost = 1_000_000

// skip leaves out the numbers that a server which crashed may have given away already: clients
// that have seen them must not meet them again. They begin anew: their difference is too long.
func (s *Server) skip() {
	s.nextID += lostAtMost
	for _, u := range s.users {
		u.box.skip()
	}
	for _, c := range s.chats {
		if c.box != nil {
			c.box.skip()
		}
	}
}

func (b *box) skip() {
	b.lastID += lostAtMost
	b.pts += lostAtMost
	b.log, b.floor = nil, b.pts
}

func (s *Server) restoreUser(k keptUser, posts map[int]*post) (*user, error) {
	u := s.newUser(user{
		id: k.ID, name: k.Name, lastName: k.LastName, username: k.Username, phone: k.Phone, about: k.About, token: k.Token,
		dc: k.DC, bot: k.Bot, private: k.Private, service: k.Service, elsewhere: k.Elsewhere, banned: k.Banned,
		password: k.Password.restored(), waitingID: k.WaitingID, ttl: k.TTL, photos: k.Photos,
	})
	for p, d := range k.Dialogs {
		marks, err := restoreMarks(d.Notes)
		if err != nil {
			return nil, err
		}
		u.dialogs[p.restored()] = &dialog{ids: d.IDs, pinned: d.Pinned, readIn: d.ReadIn, readOut: d.ReadOut, unread: d.Unread, marks: marks}
	}
	for _, id := range k.Dropped {
		u.dropped[id] = true
	}
	for _, id := range k.Blocked {
		u.block(id)
	}
	if err := u.restorePrivacy(k.Privacy); err != nil {
		return nil, err
	}
	if err := decodeRule(k.Qts, &u.qts); err != nil {
		return nil, err
	}
	for _, id := range k.Sent {
		u.sent.add(id)
	}
	if err := decodeRule(k.Profile, &u.profile); err != nil {
		return nil, err
	}
	if err := decodeRule(k.Prefs, &u.prefs); err != nil {
		return nil, err
	}
	for _, w := range k.Waiting {
		m, err := decodeMessage(w.Message)
		if err != nil {
			return nil, err
		}
		if said, ok := m.(*tg.Message); ok {
			u.waiting = append(u.waiting, &scheduled{w.To.restored(), said})
		}
	}
	return u, s.restoreBox(u.box, k.Box, u, posts)
}

func (u *user) restorePrivacy(kept map[uint32][]byte) error {
	for key, raw := range kept {
		var rules tg.AccountPrivacyRules
		if err := rules.Decode(&bin.Buffer{Buf: raw}); err != nil {
			return fmt.Errorf("decode rules of privacy: %w", err)
		}
		u.setPrivacy(key, rules.Rules)
	}
	return nil
}

func (s *Server) restoreChat(k keptChat, posts map[int]*post) (*chat, error) {
	c := &chat{
		peer: k.Peer.restored(), kind: k.Kind, title: k.Title, username: k.Username, about: k.About, invite: k.Invite,
		creator: k.Creator, date: k.Date, version: k.Version, ttl: k.TTL, byUser: map[int64]*member{}, ids: k.IDs,
	}
	for _, m := range k.Members {
		u := s.users[m.User]
		if u == nil {
			return nil, fmt.Errorf("find member %d: %w", m.User, ErrUnknown)
		}
		c.join(&member{u, m.Inviter, m.Date, m.Standing})
	}
	if err := decodeRule(k.Rule, &c.rule); err != nil {
		return nil, err
	}
	if c.peer.kind != peerChannel {
		return c, nil
	}
	c.box = newBox(s.limits.Log)
	return c, s.restoreBox(c.box, k.Box, nil, posts)
}

func (s *Server) restoreBox(b *box, k keptBox, owner *user, posts map[int]*post) error {
	b.lastID, b.pts, b.floor, b.changed = k.LastID, k.Pts, k.Floor, k.Changed
	for _, r := range k.Records {
		m, err := decodeMessage(r.Message)
		if err != nil {
			return err
		}
		shared := posts[r.Post]
		if shared == nil {
			shared = &post{}
			posts[r.Post] = shared
		}
		shared.copies = append(shared.copies, postCopy{owner, b, m.GetID()})
		kept := &record{id: m.GetID(), date: m.GetDate(), author: r.Author, chat: r.Chat.restored(), post: shared, raw: r.Message}
		b.records[kept.id] = kept
		if said, ok := m.(*tg.Message); ok && said.TTLPeriod > 0 && len(shared.copies) == 1 {
			s.expire(kept, said.TTLPeriod)
		}
	}
	for _, h := range k.Log {
		entry := happening{kind: happeningKind(h.Kind), pts: h.Pts, count: h.Count, ids: h.IDs}
		if len(h.Update) > 0 {
			update, err := tg.DecodeUpdate(&bin.Buffer{Buf: h.Update})
			if err != nil {
				return fmt.Errorf("decode an update: %w", err)
			}
			entry.update = update
		}
		b.log = append(b.log, entry)
	}
	return nil
}
