package bindings

import (
	"context"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// historyOptions choose messages.
type historyOptions struct {
	Limit      *int      `lua:"limit,optional" doc:"How many; all for iter_messages if not given, one for get_messages."`
	OffsetDate when      `lua:"offset_date,optional" doc:"Only messages before then; from then on in reverse."`
	OffsetID   messageID `lua:"offset_id,optional" doc:"Only messages before this one; after it in reverse."`
	MaxID      messageID `lua:"max_id,optional" doc:"Only messages before this one."`
	MinID      messageID `lua:"min_id,optional" doc:"Only messages after this one."`
	AddOffset  int       `lua:"add_offset,optional" doc:"How many to leave out at the beginning."`
	Reverse    bool      `lua:"reverse,optional" doc:"The oldest first."`

	Search   words  `lua:"search,optional" doc:"Only messages with these words."`
	Filter   string `lua:"filter,optional" enum:"photo,video,photo_video,document,url,gif,voice,music,round_video,round_voice,chat_photo,contact,geo,poll,pinned,mentions,unread_mentions,unread_reactions,call,missed_call" doc:"Only messages of this kind."`
	FromUser target `lua:"from_user,optional" doc:"Only messages that this one wrote."`
	In       string `lua:"search_in,optional" enum:"channels,groups,private" doc:"Of a search in all chats, only in these."`

	IDs       *[]messageID `lua:"ids,optional" doc:"Exactly these; the other options don't count then."`
	ReplyTo   messageID    `lua:"reply_to,optional" doc:"Only answers to this message; comments, for a post of a channel."`
	Topic     messageID    `lua:"topic,optional" doc:"Only messages of this topic of a forum."`
	Scheduled bool         `lua:"scheduled,optional" doc:"The messages that wait to be sent."`

	WaitTime *time.Duration `lua:"wait_time,optional" doc:"How long to wait between two requests, each of which brings 100 messages; none if not given, and a second after 3000 messages."`
}

// filters are Telegram's names of what can be looked for. https://core.telegram.org/type/MessagesFilter
var mediaFilters = map[string]tg.MessagesFilterClass{
	"photo": &tg.InputMessagesFilterPhotos{}, "video": &tg.InputMessagesFilterVideo{}, "photo_video": &tg.InputMessagesFilterPhotoVideo{},
	"document": &tg.InputMessagesFilterDocument{}, "url": &tg.InputMessagesFilterURL{}, "gif": &tg.InputMessagesFilterGif{},
	"voice": &tg.InputMessagesFilterVoice{}, "music": &tg.InputMessagesFilterMusic{}, "round_video": &tg.InputMessagesFilterRoundVideo{},
	"round_voice": &tg.InputMessagesFilterRoundVoice{}, "chat_photo": &tg.InputMessagesFilterChatPhotos{},
	"contact": &tg.InputMessagesFilterContacts{}, "geo": &tg.InputMessagesFilterGeo{}, "poll": &tg.InputMessagesFilterPoll{},
	"pinned": &tg.InputMessagesFilterPinned{}, "mentions": &tg.InputMessagesFilterMyMentions{},
	"call": &tg.InputMessagesFilterPhoneCalls{}, "missed_call": missedCalls(),
}

func missedCalls() tg.MessagesFilterClass { return &tg.InputMessagesFilterPhoneCalls{Missed: true} }

// searchPlaces are where a search in all chats looks.
var searchPlaces = map[string]telegram.Where{"channels": telegram.InChannels, "groups": telegram.InGroups, "private": telegram.InPrivate}

// history is what the options ask for, at most limit if they don't say.
func (o historyOptions) history(limit int) telegram.HistoryOptions {
	opts := telegram.HistoryOptions{
		Limit: limit, OffsetID: int(o.OffsetID), OffsetDate: o.OffsetDate.Time, MinID: int(o.MinID), MaxID: int(o.MaxID), AddOffset: o.AddOffset,
		Reverse: o.Reverse, Search: string(o.Search), Filter: mediaFilters[o.Filter], From: o.FromUser.Target,
		Thread: int(max(o.ReplyTo, o.Topic)), Where: searchPlaces[o.In], Scheduled: o.Scheduled,
		UnreadMentions: o.Filter == "unread_mentions", UnreadReactions: o.Filter == "unread_reactions",
	}
	if o.Limit != nil {
		opts.Limit = *o.Limit
	}
	if o.WaitTime != nil {
		if opts.Wait = *o.WaitTime; opts.Wait == 0 {
			opts.Wait = -1
		}
	}
	return opts
}

type historyArgs struct {
	Chat target         `lua:"chat,optional" doc:"Where; nil searches all chats."`
	Opts historyOptions `lua:"options,optional" doc:"Which ones."`
}

var iterMessages = spec.Iterator("iter_messages", "Go through the messages of a chat, the newest first.",
	func(_ *spec.Call, cl *client, in historyArgs) (spec.Cursor[*message], error) {
		if in.Opts.IDs != nil {
			return &listCursor{account: cl.account, chat: in.Chat.Target, ids: idsOf(*in.Opts.IDs), scheduled: in.Opts.Scheduled}, in.needsChat("iter_messages")
		}
		if in.Opts.Limit != nil && *in.Opts.Limit <= 0 {
			return nothing[*message]{}, nil
		}
		return pages(cl.account.Messages(in.Chat.Target, in.Opts.history(0)), messageOf), nil
	},
).Example(`for message in client:iter_messages("@durov", { limit = 500, filter = "photo" }) do
  print(message.id, message.text)
end
for message in client:iter_messages("Friends", { reverse = true, min_id = 100 }) do print(message.text) end
for message in client:iter_messages(nil, { search = "lunch" }) do print(message.chat.name) end`).Raises("PEER_UNKNOWN", "FLOOD_WAIT")

// needsChat is the error of a call that has ids but no chat.
func (in historyArgs) needsChat(function string) error {
	if in.Chat.Target == nil {
		return &spec.ArgumentError{Function: function, Place: "argument 1 (chat)", Problem: "chat expected, for ids are of one chat"}
	}
	return nil
}

// listCursor gives messages by their ids; those that are gone are left out.
type listCursor struct {
	account   *telegram.Account
	chat      telegram.Target
	ids       []int
	scheduled bool
	page      []*telegram.Message
}

// Next gives the next message that is there.
func (l *listCursor) Next(ctx context.Context) (*message, bool, error) {
	for {
		if len(l.page) == 0 {
			if len(l.ids) == 0 {
				return nil, false, nil
			}
			n := min(len(l.ids), 100)
			page, err := l.account.MessagesByID(ctx, l.chat, l.ids[:n], l.scheduled)
			if err != nil {
				return nil, false, err
			}
			l.page, l.ids = page, l.ids[n:]
		}
		one := l.page[0]
		if l.page = l.page[1:]; one != nil {
			return messageOf(one), true, nil
		}
	}
}

var getMessages = spec.Method("get_messages", "List messages of a chat, the newest first, with how many there are in the field total. "+
	"With ids, the list has false in the place of a message that is gone.",
	func(c *spec.Call, cl *client, in historyArgs) (any, error) {
		if in.Opts.IDs != nil {
			if err := in.needsChat("get_messages"); err != nil {
				return nil, err
			}
			return byIDs(c, cl.account, in)
		}
		limit := in.Opts.Limit
		if limit != nil && *limit <= 0 { // only the total
			one := 1
			in.Opts.Limit = &one
		}
		all, total, err := cl.account.Messages(in.Chat.Target, in.Opts.history(1)).Collect(c)
		if limit != nil && *limit <= 0 {
			all = nil
		}
		return spec.List[*message]{Items: messagesOf(all), Total: total}, err
	},
).Result("Message[]").Example(`local last = client:get_messages("@durov")[1]
local photos = client:get_messages("@durov", { filter = "photo", limit = 20 })
print(#photos, "of", photos.total)
local some = client:get_messages("@durov", { ids = { 12, 13 } })
if some[2] then print(some[2].text) end`).Raises("PEER_UNKNOWN", "FLOOD_WAIT")

// byIDs lists messages in the order of their ids.
func byIDs(ctx context.Context, account *telegram.Account, in historyArgs) (any, error) {
	found, err := account.MessagesByID(ctx, in.Chat.Target, idsOf(*in.Opts.IDs), in.Opts.Scheduled)
	list := spec.List[any]{Items: make([]any, len(found)), Total: len(found)}
	for i, m := range found {
		list.Items[i] = false
		if m != nil {
			list.Items[i] = messageOf(m)
		}
	}
	return list, err
}
