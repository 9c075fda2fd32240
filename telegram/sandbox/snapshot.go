package sandbox

import (
	"bytes"
	"encoding/gob"
	"fmt"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// keptWorld is a snapshot: the state, who is signed in by which key, and what files hold.
type keptWorld struct {
	State    *keptState
	Auths    []authorization
	Contents map[blobID][]byte
}

// Snapshot writes down everything that people, bots and chats are and have, and who is signed in.
// Auth keys stay with the server: clients that are signed in in a snapshot are so again only at the
// server that took it, or at one with the same folder.
func (s *Server) Snapshot() ([]byte, error) {
	s.enter()
	defer s.mu.Unlock()
	state, err := s.snapshot()
	if err != nil {
		return nil, fmt.Errorf("take a snapshot: %w", err)
	}
	state.Clean = true
	kept := keptWorld{State: state, Contents: map[blobID][]byte{}}
	for _, a := range inOrder(s.auths) {
		kept.Auths = append(kept.Auths, *a)
	}
	for _, f := range state.Files.List {
		contents := []keptContent{f.Content}
		for _, one := range f.Sizes {
			contents = append(contents, one.Content)
		}
		for _, c := range contents {
			if kept.Contents[c.ID] != nil || c.Size == 0 {
				continue
			}
			if kept.Contents[c.ID], err = s.archive.read(c.ID, 0, int(c.Size)); err != nil {
				return nil, fmt.Errorf("take a snapshot: read a file: %w", err)
			}
		}
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(kept); err != nil {
		return nil, fmt.Errorf("take a snapshot: %w", err)
	}
	return b.Bytes(), nil
}

// Restore makes everything as it was when a snapshot was taken. Sessions end, so that clients begin
// anew: their numbers (pts) may have gone back, which Telegram's never do. Faults stay.
func (s *Server) Restore(snapshot []byte) error {
	var kept keptWorld
	if err := gob.NewDecoder(bytes.NewReader(snapshot)).Decode(&kept); err != nil {
		return fmt.Errorf("read a snapshot: %w", err)
	}
	if kept.State == nil {
		return fmt.Errorf("read a snapshot: %w", ErrUnknown)
	}
	if err := kept.State.migrate(); err != nil {
		return fmt.Errorf("read a snapshot: %w", err)
	}
	return s.replaceWorld(func() error {
		for _, data := range kept.Contents {
			if _, err := s.archive.put(data); err != nil {
				return fmt.Errorf("restore a snapshot: %w", err)
			}
		}
		if err := s.rebuild(kept.State); err != nil {
			return fmt.Errorf("restore a snapshot: %w", err)
		}
		for _, a := range kept.Auths {
			if s.users[a.User] != nil {
				s.adopt(&a)
			}
		}
		return nil
	})
}

// Reset makes everything as the seed has it: nobody is signed in, nothing was said.
func (s *Server) Reset() error {
	return s.replaceWorld(func() error {
		if err := s.settle(s.seed); err != nil {
			return fmt.Errorf("settle the seed: %w", err)
		}
		return s.archive.sweep(nil)
	})
}

// replaceWorld lets fill make another world; if it can't, the old one stays.
func (s *Server) replaceWorld(fill func() error) error {
	sessions, err := s.swapWorld(fill)
	for _, session := range sessions {
		session.Close()
	}
	return err
}

func (s *Server) swapWorld(fill func() error) ([]*wire.Session, error) {
	s.enter()
	defer s.mu.Unlock()
	old, seed, auths := s.world, s.seed, s.auths
	var sessions []*wire.Session
	for key := range auths {
		sessions = append(sessions, s.dcs[key.dc].wire.Sessions(key.id)...)
	}
	s.world, s.auths, s.signIns = newWorld(), map[keyID]*authorization{}, 0
	s.chance, s.today, s.archive = newChance(s.number), old.today, newArchive(old.archive.blobs)
	if err := fill(); err != nil {
		s.world, s.seed, s.auths = old, seed, auths
		return nil, err
	}
	clear(s.lost)
	clear(s.codes)
	clear(s.waits)
	clear(s.loginTokens)
	clear(s.exports)
	clear(s.srp)
	clear(s.inlineAnswers)
	clear(s.inlineCache)
	clear(s.questions) // who waits for an answer gives up in time
	s.keepAuthorizations()
	s.wakeScheduler()
	return sessions, nil
}
