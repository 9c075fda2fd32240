package telegram_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// crowd is a seed with one supergroup of so many people.
func crowd(people int) *sandbox.Seed {
	seed := sandbox.DefaultSeed()
	for i := range people {
		first := string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + fmt.Sprint(i)
		seed.People = append(seed.People, sandbox.SeedPerson{ID: int64(5_000_000 + i), Name: first, Phone: fmt.Sprint(429000000 + i)})
	}
	var names []string
	for _, p := range seed.People[len(seed.People)-people:] {
		names = append(names, p.Name)
	}
	seed.Chats = append(seed.Chats, sandbox.SeedChat{ID: 3999, Title: "Crowd", Kind: sandbox.KindSupergroup, Creator: "alice", Members: names})
	return seed
}

// TestMoreParticipantsThanAreListed lists a group that is larger than Telegram lists.
func TestMoreParticipantsThanAreListed(t *testing.T) {
	const people = 10_400
	s, err := sandbox.New(sandbox.Options{Seed: crowd(people)})
	try(t, "make a sandbox", err)
	t.Cleanup(func() { _ = s.Close() })
	a := open(t, ready(t, s, options(s)))
	try(t, "sign in", signedIn(t, a, alice(), func(ctx context.Context) error {
		calls := 0
		defer s.Inspect(func(i sandbox.Inspection) {
			if i.Method == "channels.getParticipants" {
				calls++
			}
		})()
		for _, aggressive := range []bool{false, true} {
			seen := map[int64]bool{}
			cursor := a.Participants(telegram.Name("Crowd"), telegram.ParticipantsOptions{Aggressive: aggressive})
			for one, err := range cursor.All(ctx) {
				try(t, "next participant", err)
				if seen[one.ID] {
					t.Fatalf("%d came twice", one.ID)
				}
				seen[one.ID] = true
			}
			want := 10_000
			if aggressive {
				want = people + 1
			}
			if len(seen) != want || cursor.Total() != people+1 {
				t.Errorf("aggressive %v: %d of %d came", aggressive, len(seen), cursor.Total())
			}
			t.Logf("aggressive %v: %d participants", aggressive, len(seen))
		}
		return nil
	}))
}

// TestParticipantsWhoCameMeanwhile moves the list under the pages.
func TestParticipantsWhoCameMeanwhile(t *testing.T) {
	s, err := sandbox.New(sandbox.Options{Seed: crowd(250)})
	try(t, "make a sandbox", err)
	t.Cleanup(func() { _ = s.Close() })
	a := open(t, ready(t, s, options(s)))
	try(t, "sign in", signedIn(t, a, alice(), func(ctx context.Context) error {
		var ids []int64
		for one, err := range a.Participants(telegram.Name("Crowd"), telegram.ParticipantsOptions{}).All(ctx) {
			try(t, "next participant", err)
			if ids = append(ids, one.ID); len(ids) == 10 {
				_, err := a.Kick(ctx, telegram.Name("Crowd"), telegram.ID(5_000_001))
				try(t, "kick one", err)
			}
		}
		slices.Sort(ids)
		if n := len(slices.Compact(slices.Clone(ids))); n != len(ids) || n < 250 {
			t.Errorf("%d came, %d of them different", len(ids), n)
		}
		return nil
	}))
}
