package sandbox

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func topicsMethods(t table) {
	within(t, 0, toTopics, (*call).createForumTopic)
	within(t, 0, toBeIn, (*call).editForumTopic)
	within(t, people, toSee, (*call).getForumTopics)
	within(t, people, toSee, (*call).getForumTopicsByID)
	within(t, people, toTopics, (*call).updatePinnedForumTopic)
	within(t, 0, toDelete, (*call).deleteTopicHistory)
}

// topicColors are those a topic without an icon may have.
var topicColors = []int{0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F}

// createForumTopic: https://core.telegram.org/method/messages.createForumTopic
func (c *call) createForumTopic(ch *chat, in *tg.MessagesCreateForumTopicRequest) (bin.Encoder, error) {
	title, err := newTitle(in.Title)
	switch {
	case !ch.Forum:
		return nil, bad("CHANNEL_FORUM_MISSING")
	case err != nil:
		return nil, bad("TOPIC_TITLE_EMPTY")
	case in.RandomID == 0:
		return nil, bad("RANDOM_ID_EMPTY")
	case !c.me.sent.add(in.RandomID):
		return nil, bad("RANDOM_ID_DUPLICATE")
	}
	t := &topic{Title: title, Icon: in.IconEmojiID, Color: in.IconColor, By: c.me.id, Date: c.today}
	if !slices.Contains(topicColors, t.Color) {
		t.Color = topicColors[0]
	}
	action := &tg.MessageActionTopicCreate{Title: title, IconColor: t.Color, IconEmojiID: t.Icon}
	r, update := c.post(draft{from: c.me, to: ch.peer, action: action, origin: c.session})
	t.ID = r.id
	ch.Topics = append(ch.Topics, t)
	ch.version++
	c.noted(ch, &tg.ChannelAdminLogEventActionCreateTopic{Topic: c.showTopic(ch, t)})
	return c.answer([]tg.UpdateClass{&tg.UpdateMessageID{ID: r.id, RandomID: in.RandomID}, update}), nil
}

// ownTopic finds a topic that the caller may change: one's own, or with the right any.
func (c *call) ownTopic(ch *chat, id int) (*topic, error) {
	t := ch.topic(id)
	switch {
	case !ch.Forum:
		return nil, bad("CHANNEL_FORUM_MISSING")
	case t == nil:
		return nil, bad("TOPIC_ID_INVALID")
	case t.By == c.me.id && id != generalTopic:
		return t, nil
	}
	m := ch.byUser[c.me.id]
	if ch.creator != c.me.id && (!m.admin() || !m.Rights.ManageTopics) {
		return nil, bad("CHAT_ADMIN_REQUIRED")
	}
	return t, nil
}

// editForumTopic: https://core.telegram.org/method/messages.editForumTopic
func (c *call) editForumTopic(ch *chat, in *tg.MessagesEditForumTopicRequest) (bin.Encoder, error) {
	t, err := c.ownTopic(ch, in.TopicID)
	if err != nil {
		return nil, err
	}
	next, action := *t, &tg.MessageActionTopicEdit{}
	if title, given := in.GetTitle(); given {
		if next.Title, err = newTitle(title); err != nil {
			return nil, bad("TOPIC_TITLE_EMPTY")
		}
		action.SetTitle(next.Title)
	}
	if icon, given := in.GetIconEmojiID(); given {
		next.Icon = icon
		action.SetIconEmojiID(icon)
	}
	if closed, given := in.GetClosed(); given {
		next.Closed = closed
		action.SetClosed(closed)
	}
	if hidden, given := in.GetHidden(); given {
		if t.ID != generalTopic {
			return nil, bad("TOPIC_HIDE_INVALID")
		}
		next.Hidden = hidden
		action.SetHidden(hidden)
	}
	if next == *t {
		return nil, bad("TOPIC_NOT_MODIFIED")
	}
	was := c.showTopic(ch, t)
	*t = next
	ch.version++
	c.noted(ch, &tg.ChannelAdminLogEventActionEditTopic{PrevTopic: was, NewTopic: c.showTopic(ch, t)})
	d := draft{from: c.me, to: ch.peer, action: action, origin: c.session}
	if t.ID != generalTopic {
		d.replyTo = t.ID
	}
	_, update := c.post(d)
	return c.answer([]tg.UpdateClass{update}), nil
}

// threads sorts the messages of a forum by their topics.
func (c *call) threads(ch *chat) map[int]ids {
	all := map[int]ids{}
	for _, id := range c.history(ch.peer) {
		t := topicOf(ch.box.records[id].message())
		all[t] = append(all[t], id)
	}
	return all
}

func (c *call) showTopic(ch *chat, t *topic) *tg.ForumTopic {
	shown := &tg.ForumTopic{
		My: t.By == c.me.id, Closed: t.Closed, Pinned: t.Pinned, Hidden: t.Hidden, ID: t.ID, Date: t.Date, Peer: ch.peer.tg(),
		Title: t.Title, IconColor: t.Color, TopMessage: t.ID, FromID: &tg.PeerUser{UserID: t.By},
	}
	if t.Icon != 0 {
		shown.SetIconEmojiID(t.Icon)
	}
	return shown
}

// showTopics completes topics with their threads and the messages and people that go with them.
func (c *call) showTopics(ch *chat, list []*topic, threads map[int]ids) *tg.MessagesForumTopics {
	answer := &tg.MessagesForumTopics{Count: len(list), Pts: ch.box.pts}
	cast := c.cast(c.me)
	cast.add(ch.peer)
	d := c.me.dialog(ch.peer)
	for _, t := range list {
		shown := c.showTopic(ch, t)
		thread := threads[t.ID]
		if len(thread) > 0 {
			shown.TopMessage = thread.last()
			m := messageFor(c.me, ch.box.records[thread.last()])
			cast.message(m)
			answer.Messages = append(answer.Messages, m)
		}
		shown.ReadInboxMaxID, shown.ReadOutboxMaxID = min(d.readIn, shown.TopMessage), min(d.readOut, shown.TopMessage)
		for _, id := range thread[thread.before(d.readIn+1):] {
			if ch.box.records[id].author != c.me.id {
				shown.UnreadCount++
			}
		}
		cast.add(peer{peerUser, t.By})
		answer.Topics = append(answer.Topics, shown)
	}
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer
}

// getForumTopics lists pinned topics first, then by their last messages.
//
// See https://core.telegram.org/method/messages.getForumTopics.
func (c *call) getForumTopics(ch *chat, in *tg.MessagesGetForumTopicsRequest) (bin.Encoder, error) {
	if !ch.Forum {
		return nil, bad("CHANNEL_FORUM_MISSING")
	}
	ch.topic(generalTopic)
	threads := c.threads(ch)
	top := func(t *topic) int { return max(t.ID, threads[t.ID].last()) }
	q, _ := in.GetQ()
	var list []*topic
	for _, t := range ch.Topics {
		if strings.Contains(strings.ToLower(t.Title), strings.ToLower(q)) {
			list = append(list, t)
		}
	}
	slices.SortStableFunc(list, func(a, b *topic) int {
		if a.Pinned != b.Pinned {
			if a.Pinned {
				return -1
			}
			return 1
		}
		if a.Pinned {
			return 0 // as reorderPinnedForumTopics has left them
		}
		return cmp.Compare(top(b), top(a))
	})
	count := len(list)
	if at := slices.IndexFunc(list, func(t *topic) bool { return t.ID == in.OffsetTopic }); at >= 0 {
		list = list[at+1:]
	}
	if in.Limit > 0 {
		list = list[:min(in.Limit, len(list))]
	}
	answer := c.showTopics(ch, list, threads)
	answer.Count = count
	return answer, nil
}

// getForumTopicsByID: https://core.telegram.org/method/messages.getForumTopicsByID
func (c *call) getForumTopicsByID(ch *chat, in *tg.MessagesGetForumTopicsByIDRequest) (bin.Encoder, error) {
	if !ch.Forum {
		return nil, bad("CHANNEL_FORUM_MISSING")
	}
	var list []*topic
	var gone []tg.ForumTopicClass
	for _, id := range in.Topics {
		if t := ch.topic(id); t != nil {
			list = append(list, t)
		} else {
			gone = append(gone, &tg.ForumTopicDeleted{ID: id})
		}
	}
	answer := c.showTopics(ch, list, c.threads(ch))
	answer.Topics = append(answer.Topics, gone...)
	answer.Count = len(answer.Topics)
	return answer, nil
}

// updatePinnedForumTopic: https://core.telegram.org/method/messages.updatePinnedForumTopic
func (c *call) updatePinnedForumTopic(ch *chat, in *tg.MessagesUpdatePinnedForumTopicRequest) (bin.Encoder, error) {
	t, err := c.ownTopic(ch, in.TopicID)
	switch {
	case err != nil:
		return nil, err
	case t.Pinned == in.Pinned:
		return nil, bad("PINNED_TOPIC_NOT_MODIFIED")
	}
	t.Pinned = in.Pinned
	ch.version++
	return c.answer(c.announce(ch, &tg.UpdatePinnedForumTopic{Pinned: in.Pinned, Peer: ch.peer.tg(), TopicID: t.ID})), nil
}

// deleteTopicHistory: https://core.telegram.org/method/messages.deleteTopicHistory
func (c *call) deleteTopicHistory(ch *chat, in *tg.MessagesDeleteTopicHistoryRequest) (bin.Encoder, error) {
	t := ch.topic(in.TopMsgID)
	if t == nil {
		return nil, bad("TOPIC_ID_INVALID")
	}
	if t.ID != generalTopic {
		c.noted(ch, &tg.ChannelAdminLogEventActionDeleteTopic{Topic: c.showTopic(ch, t)})
		ch.Topics = slices.DeleteFunc(ch.Topics, func(other *topic) bool { return other == t })
	}
	count := c.removeFromChannel(c.me, ch, c.threads(ch)[t.ID], c.session)
	return &tg.MessagesAffectedHistory{Pts: ch.box.pts, PtsCount: count}, nil
}

// mayWriteTo says whether the caller may answer a record: not in a topic that was closed.
func (c *call) mayWriteTo(p peer, r *record) error {
	ch := c.chats[p]
	if ch == nil || !ch.Forum {
		return nil
	}
	t := ch.topic(topicOf(r.message()))
	switch {
	case t == nil:
		return bad("TOPIC_DELETED")
	case !t.Closed:
		return nil
	}
	if _, err := c.ownTopic(ch, t.ID); err != nil {
		return bad("TOPIC_CLOSED")
	}
	return nil
}
