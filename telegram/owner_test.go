package telegram

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/inbox"
	"github.com/tgscript/tgscript/telegram/text"
)

func TestClaim(t *testing.T) {
	p := newPuppet(nil)
	fill := func() {
		p.peers.learn(users(&tg.User{ID: 5, AccessHash: 5}), nil)
		p.peers.save()
		if err := p.peers.store.Put(t.Context(), inbox.Namespace, "common", []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	kept := func() bool {
		_, ok, err := p.peers.store.Get(t.Context(), inbox.Namespace, "common")
		if err != nil {
			t.Fatal(err)
		}
		if known := p.peers.get(5).Input != nil; known != ok {
			t.Errorf("the peer is known: %v, the state: %v", known, ok)
		}
		return ok
	}
	for i, step := range []struct {
		self int64
		kept bool
	}{{1, true}, {1, true}, {2, false}, {2, true}, {1, false}} {
		fill()
		if err := p.claim(t.Context(), step.self); err != nil {
			t.Fatal(err)
		}
		if kept() != step.kept {
			t.Errorf("step %d: what was stored is kept: %v", i, !step.kept)
		}
	}
	p.peers.close()
	if err := p.peers.store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.claim(t.Context(), 1); err == nil {
		t.Error("a closed store was claimed")
	}
}

// TestStalePeers has a server that doesn't take the hash that we remember.
func TestStalePeers(t *testing.T) {
	for name, test := range map[string]struct {
		to      Target
		hash    int64 // that a lookup brings
		refusal string
		sends   int
		works   bool
	}{
		"a name is looked up anew":             {Name("@anna"), 6, "PEER_ID_INVALID", 2, true},
		"once":                                 {Name("@anna"), 7, "PEER_ID_INVALID", 2, false},
		"and not if nothing is new":            {Name("@anna"), 5, "PEER_ID_INVALID", 1, false},
		"an id can't be looked up":             {ID(5), 6, "PEER_ID_INVALID", 1, false},
		"other refusals are not of the hash":   {Name("@anna"), 6, "CHAT_WRITE_FORBIDDEN", 1, false},
		"nor is a lookup that fails our fault": {Name("@anna"), 0, "PEER_ID_INVALID", 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			sends := 0
			p := newPuppet(func(in bin.Encoder) (bin.Encoder, error) {
				switch in := in.(type) {
				case *tg.ContactsResolveUsernameRequest:
					if test.hash == 0 {
						return nil, errors.New("no link")
					}
					u := &tg.User{ID: 5, FirstName: "Anna", Username: "anna"}
					u.SetAccessHash(test.hash)
					return &tg.ContactsResolvedPeer{Peer: &tg.PeerUser{UserID: 5}, Users: []tg.UserClass{u}}, nil
				case *tg.MessagesSendMessageRequest:
					if sends++; in.Peer.(*tg.InputPeerUser).AccessHash != 6 {
						return nil, tgerr.New(400, test.refusal)
					}
					return &tg.UpdateShortSentMessage{ID: 9, Date: 1}, nil
				}
				return nil, fmt.Errorf("unexpected %T", in)
			})
			p.peers.learn(users(&tg.User{ID: 5, AccessHash: 5, FirstName: "Anna", Username: "anna"}), nil)
			m, err := p.Send(context.Background(), test.to, text.Of("hi"), SendOptions{})
			if works := err == nil; works != test.works || sends != test.sends {
				t.Errorf("%d sends, %v", sends, err)
			}
			if err == nil && m.ID != 9 {
				t.Errorf("sent %+v", m)
			}
			p.peers.close()
		})
	}
}
