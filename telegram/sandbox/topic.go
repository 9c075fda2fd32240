package sandbox

import "github.com/gotd/td/tg"

// topic is one thread of a forum. Its id is that of the service message that opened it.
//
// See https://core.telegram.org/api/forum.
type topic struct {
	ID     int
	Title  string
	Icon   int64
	Color  int
	By     int64
	Date   int
	Closed bool
	Pinned bool
	Hidden bool
}

// generalTopic is where messages go that name no topic.
const generalTopic = 1

// topic finds a topic by its id.
func (c *chat) topic(id int) *topic {
	for _, t := range c.Topics {
		if t.ID == id {
			return t
		}
	}
	if id == generalTopic && c.Forum {
		t := &topic{ID: generalTopic, Title: "General", By: c.creator, Date: c.date}
		c.Topics = append([]*topic{t}, c.Topics...)
		return t
	}
	return nil
}

// topicOf is the topic that a message says it is in.
func topicOf(m tg.MessageClass) int {
	var reply tg.MessageReplyHeaderClass
	switch m := m.(type) {
	case *tg.Message:
		reply = m.ReplyTo
	case *tg.MessageService:
		if _, opened := m.Action.(*tg.MessageActionTopicCreate); opened {
			return m.ID
		}
		reply = m.ReplyTo
	}
	header, ok := reply.(*tg.MessageReplyHeader)
	switch {
	case !ok || !header.ForumTopic:
		return generalTopic
	case header.ReplyToTopID != 0:
		return header.ReplyToTopID
	default:
		return header.ReplyToMsgID
	}
}

// inTopic tells whether a record lies in a topic.
func inTopic(r *record, id int) bool { return topicOf(r.message()) == id }
