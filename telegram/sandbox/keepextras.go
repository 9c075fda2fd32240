package sandbox

import (
	"fmt"
	"maps"
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// The kept forms of what changes about messages without an edit.
type (
	keptExtras struct {
		Reactions []keptReaction
		Hidden    bool
		Poll      int64
		Viewers   []int64
		Replies   int
		Invoice   *invoice
		Paid      *paid
	}
	keptReaction struct {
		User        int64
		Emoticon    string
		Date        int
		Big, Unread bool
	}
	keptPoll struct {
		Author  int64
		Media   []byte // a messageMediaPoll with the question and the solution
		Correct []int
		Votes   []keptVote
	}
	keptVote struct {
		User    int64
		Options []int
		Date    int
	}
	keptMarks struct {
		Draft                        []byte
		Mentioned, Mentions, Reacted []int
		Heard                        []int
		TTL                          int
		Marked                       bool
	}
)

func (k *keeper) marks(n marks) []byte {
	out := keptMarks{Mentioned: n.mentioned, Mentions: n.mentions, Reacted: n.reacted, TTL: n.ttl, Heard: n.heard, Marked: n.marked}
	if n.draft != nil {
		out.Draft = k.encode(n.draft)
	}
	return k.rule(out)
}

func restoreMarks(data []byte) (marks, error) {
	var in keptMarks
	if err := decodeRule(data, &in); err != nil {
		return marks{}, err
	}
	out := marks{mentioned: in.Mentioned, mentions: in.Mentions, reacted: in.Reacted, ttl: in.TTL, heard: in.Heard, marked: in.Marked}
	if len(in.Draft) > 0 {
		out.draft = &tg.DraftMessage{}
		if err := out.draft.Decode(&bin.Buffer{Buf: in.Draft}); err != nil {
			return marks{}, fmt.Errorf("decode a draft: %w", err)
		}
	}
	return out, nil
}

// extras keeps those of the posts that the keeper has met.
func (k *keeper) extras(polls map[int64]*poll) (map[int]keptExtras, []keptPoll) {
	out := map[int]keptExtras{}
	for p, number := range k.posts {
		if p.extra == nil {
			continue
		}
		kept := keptExtras{
			Hidden: p.extra.hidden, Viewers: slices.Sorted(maps.Keys(p.extra.viewers)), Replies: p.extra.replies,
			Invoice: p.extra.invoice, Paid: p.extra.paid,
		}
		for _, r := range p.extra.reactions {
			kept.Reactions = append(kept.Reactions, keptReaction{r.user, r.emoticon, r.date, r.big, r.unread})
		}
		if p.extra.poll != nil {
			kept.Poll = p.extra.poll.asked.ID
		}
		out[number] = kept
	}
	var list []keptPoll
	for _, id := range slices.Sorted(maps.Keys(polls)) {
		p := polls[id]
		kept := keptPoll{Author: p.author, Correct: p.correct}
		media := &tg.MessageMediaPoll{Poll: p.asked}
		media.Results.SetSolution(p.solution)
		media.Results.SetSolutionEntities(p.entities)
		kept.Media = k.encode(media)
		for _, v := range p.votes {
			kept.Votes = append(kept.Votes, keptVote{v.user, v.options, v.date})
		}
		list = append(list, kept)
	}
	return out, list
}

func (s *Server) restoreExtras(state *keptState, posts map[int]*post) error {
	for _, in := range state.Polls {
		media := &tg.MessageMediaPoll{}
		if err := media.Decode(&bin.Buffer{Buf: in.Media}); err != nil {
			return fmt.Errorf("decode a poll: %w", err)
		}
		p := &poll{author: in.Author, asked: media.Poll, correct: in.Correct, solution: media.Results.Solution, entities: media.Results.SolutionEntities}
		for _, v := range in.Votes {
			p.votes = append(p.votes, vote{v.User, v.Options, v.Date})
		}
		s.polls[p.asked.ID] = p
	}
	for slug, i := range state.Slugs {
		s.slugs[slug] = i
	}
	for number, in := range state.Extras {
		shared := posts[number]
		if shared == nil {
			continue
		}
		e := shared.more()
		e.hidden, e.replies, e.invoice, e.paid = in.Hidden, in.Replies, in.Invoice, in.Paid
		for _, r := range in.Reactions {
			e.reactions = append(e.reactions, reaction{r.User, r.Emoticon, r.Date, r.Big, r.Unread})
		}
		for _, id := range in.Viewers {
			if e.viewers == nil {
				e.viewers = map[int64]bool{}
			}
			e.viewers[id] = true
		}
		if p := s.polls[in.Poll]; p != nil {
			s.holdPoll(p, shared)
		}
	}
	return nil
}
