package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func pollsMethods(t table) {
	on(t, people, (*call).sendVote)
	on(t, people, (*call).getPollResults)
	on(t, people, (*call).getPollVotes)
}

// polled is meant for messages with a poll.
func (c *call) polled(in tg.InputPeerClass, id int) (peer, *record, *poll, error) {
	p, r, err := c.meant(in, id)
	if err != nil {
		return p, nil, nil, err
	}
	if r.post.extra == nil || r.post.extra.poll == nil {
		return p, nil, nil, bad("MESSAGE_ID_INVALID")
	}
	return p, r, r.post.extra.poll, nil
}

// sendVote: https://core.telegram.org/method/messages.sendVote
func (c *call) sendVote(in *tg.MessagesSendVoteRequest) (bin.Encoder, error) {
	_, r, _, err := c.polled(in.Peer, in.MsgID)
	if err != nil {
		return nil, err
	}
	update, err := c.vote(c.me, r, in.Options, c.session)
	if err != nil {
		return nil, err
	}
	return c.cast(c.me).updates(c.today, []tg.UpdateClass{update}), nil
}

// getPollResults: https://core.telegram.org/method/messages.getPollResults
func (c *call) getPollResults(in *tg.MessagesGetPollResultsRequest) (bin.Encoder, error) {
	_, _, p, err := c.polled(in.Peer, in.MsgID)
	if err != nil {
		return nil, err
	}
	return c.cast(c.me).updates(c.today, []tg.UpdateClass{p.update(c.me.id)}), nil
}

// getPollVotes: https://core.telegram.org/method/messages.getPollVotes
func (c *call) getPollVotes(in *tg.MessagesGetPollVotesRequest) (bin.Encoder, error) {
	chat, _, p, err := c.polled(in.Peer, in.ID)
	switch {
	case err != nil:
		return nil, err
	case chat.kind == peerChannel && c.chats[chat].broadcast():
		return nil, forbidden("BROADCAST_FORBIDDEN")
	case !p.asked.PublicVoters:
		return nil, bad("MSG_ID_INVALID")
	case p.voteOf(c.me.id) == nil && !p.asked.Closed && p.author != c.me.id:
		return nil, forbidden("POLL_VOTE_REQUIRED")
	}
	only := -1
	if option, given := in.GetOption(); given {
		if only = p.number(option); only < 0 {
			return nil, bad("OPTION_INVALID")
		}
	}
	var all []vote
	for _, v := range slices.Backward(p.votes) {
		if only < 0 || slices.Contains(v.options, only) {
			all = append(all, v)
		}
	}
	from, to, next, err := pageOf(len(all), in.Offset, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &tg.MessagesVotesList{Count: len(all)}
	cast := c.cast(c.me)
	for _, v := range all[from:to] {
		cast.add(peer{peerUser, v.user})
		out.Votes = append(out.Votes, p.shownVote(v, only))
	}
	if next != "" {
		out.SetNextOffset(next)
	}
	out.Users, out.Chats = cast.users, cast.chats
	return out, nil
}

func (p *poll) shownVote(v vote, only int) tg.MessagePeerVoteClass {
	voter := &tg.PeerUser{UserID: v.user}
	switch {
	case only >= 0:
		return &tg.MessagePeerVoteInputOption{Peer: voter, Date: v.date}
	case len(v.options) == 1:
		return &tg.MessagePeerVote{Peer: voter, Option: p.option(v.options[0]), Date: v.date}
	}
	out := &tg.MessagePeerVoteMultiple{Peer: voter, Date: v.date}
	for _, number := range v.options {
		out.Options = append(out.Options, p.option(number))
	}
	return out
}

// fillPoll makes a draft the message of a new poll.
func (c *call) fillPoll(d *draft, in *tg.InputMediaPoll) error {
	if d.to.kind != peerUser {
		if err := c.may(c.me, c.chats[d.to], toPoll); err != nil {
			return err
		}
	}
	p, err := c.newPoll(c.me, in, d.to)
	if err != nil {
		return err
	}
	c.polls[p.asked.ID] = p
	d.poll, d.media = p, p.media(0)
	return nil
}

// endPoll is an edit that closes a poll, the only change there is to one.
func (c *call) endPoll(r *record, in *tg.InputMediaPoll) (tg.UpdateClass, error) {
	if r.post.extra == nil || r.post.extra.poll == nil || r.post.extra.poll.author != c.me.id {
		return nil, bad("MEDIA_INVALID")
	}
	p := r.post.extra.poll
	switch {
	case p.asked.Closed:
		return nil, bad("MESSAGE_NOT_MODIFIED")
	case !in.Poll.Closed:
		return nil, bad("MEDIA_INVALID")
	}
	p.asked.Closed = true
	return c.pollChanged(p, c.me, c.session), nil
}
