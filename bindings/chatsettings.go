package bindings

import (
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

type editTitleArgs struct {
	Chat  target `lua:"chat" doc:"Which one."`
	Title string `lua:"title" doc:"The new title."`
}

var editTitle = spec.Method("edit_title", "Change the title of a group or channel. Returns Telegram's message about it, if there is one.",
	func(c *spec.Call, cl *client, in editTitleArgs) (*message, error) {
		told, err := cl.account.EditTitle(c, in.Chat.Target, in.Title)
		return messageOf(told), err
	},
).InOrder().Example(`client:edit_title("@my_group", "My better group")`).Raises("CHAT_ADMIN_REQUIRED", "CHAT_TITLE_EMPTY")

type editAboutArgs struct {
	Chat  target `lua:"chat" doc:"Which one."`
	About string `lua:"about" doc:"The new description."`
}

var editAbout = spec.Method("edit_about", "Change the description of a group or channel.",
	func(c *spec.Call, cl *client, in editAboutArgs) (spec.None, error) {
		return spec.None{}, cl.account.EditAbout(c, in.Chat.Target, in.About)
	},
).InOrder().Example(`client:edit_about("@my_group", "We talk about hiking.")`).Raises("CHAT_ADMIN_REQUIRED", "CHAT_ABOUT_TOO_LONG")

type editUsernameArgs struct {
	Chat     target `lua:"chat" doc:"Which one."`
	Username string `lua:"username,optional" doc:"The new public name without the @; nil makes the chat private."`
}

var editUsername = spec.Method("edit_username", "Change the public name of a supergroup or channel.",
	func(c *spec.Call, cl *client, in editUsernameArgs) (spec.None, error) {
		return spec.None{}, cl.account.EditUsername(c, in.Chat.Target, in.Username)
	},
).InOrder().Example(`client:edit_username("My news", "my_news")
client:edit_username("@my_news") -- private again`).Raises("USERNAME_OCCUPIED", "USERNAME_INVALID", "CHANNELS_ADMIN_PUBLIC_TOO_MUCH", "CHAT_KIND")

// chatToggles are the settings of a chat that are on or off, as options.
type chatToggles struct {
	Signatures    *bool `lua:"signatures,optional" doc:"Posts of a channel tell who wrote them."`
	Profiles      *bool `lua:"profiles,optional" doc:"Signatures lead to profiles."`
	HistoryHidden *bool `lua:"history_hidden,optional" doc:"New members don't see what was written before."`
	JoinToSend    *bool `lua:"join_to_send,optional" doc:"Only members may write in a discussion group."`
	JoinRequest   *bool `lua:"join_request,optional" doc:"Admins decide who may join a public group."`
	AntiSpam      *bool `lua:"anti_spam,optional" doc:"Telegram's own spam filter."`
	MembersHidden *bool `lua:"members_hidden,optional" doc:"Only admins see who is a member."`
	Protected     *bool `lua:"protected,optional" doc:"Nothing can be forwarded or saved."`
	Forum         *bool `lua:"forum,optional" doc:"The group has topics."`
	Translation   *bool `lua:"translation,optional" doc:"Posts are translated by themselves."`
}

type editChatOptions struct {
	chatToggles
	Title    *string        `lua:"title,optional" doc:"See edit_title."`
	About    *string        `lua:"about,optional" doc:"See edit_about."`
	SlowMode *time.Duration `lua:"slow_mode,optional" doc:"How long members wait between two messages: 0, 10 s, 30 s, 1, 5 or 15 minutes, 1 hour."`
	TTL      *time.Duration `lua:"ttl,optional" doc:"After which time new messages delete themselves; 0 for never. Private chats have that, too."`
}

type editChatArgs struct {
	Chat target          `lua:"chat" doc:"Which one."`
	Opts editChatOptions `lua:"options" doc:"What changes."`
}

var editChat = spec.Method("edit_chat", "Change settings of a group or channel, one after another. Those that are so already are no error.",
	func(c *spec.Call, cl *client, in editChatArgs) (none spec.None, err error) {
		a, chat, o := cl.account, in.Chat.Target, in.Opts
		if o.Title != nil {
			_, err = a.EditTitle(c, chat, *o.Title)
		}
		if o.About != nil && err == nil {
			err = a.EditAbout(c, chat, *o.About)
		}
		if o.SlowMode != nil && err == nil {
			err = a.SetSlowMode(c, chat, *o.SlowMode)
		}
		if o.TTL != nil && err == nil {
			err = a.SetTTL(c, chat, *o.TTL)
		}
		given := choices(o.chatToggles)
		for _, name := range telegram.ChatSettings() {
			if on, ok := given[name]; ok && err == nil {
				err = a.SetChat(c, chat, name, on)
			}
		}
		return none, err
	},
).InOrder().Example(`client:edit_chat("@my_group", { slow_mode = "30s", join_request = true, protected = true })
client:edit_chat("@my_news", { signatures = true, ttl = "30d" })`).Raises("CHAT_ADMIN_REQUIRED", "SECONDS_INVALID", "CHAT_KIND")

type discussionArgs struct {
	Channel target `lua:"channel" doc:"Which channel."`
	Group   target `lua:"group,optional" doc:"Which supergroup; nil parts them."`
}

var setDiscussionGroup = spec.Method("set_discussion_group", "Link a channel with the supergroup in which its posts are discussed.",
	func(c *spec.Call, cl *client, in discussionArgs) (spec.None, error) {
		return spec.None{}, cl.account.SetDiscussionGroup(c, in.Channel.Target, in.Group.Target)
	},
).InOrder().Example(`client:set_discussion_group("@my_news", "@my_group")`).Raises("CHAT_ADMIN_REQUIRED", "MEGAGROUP_PREHISTORY_HIDDEN", "MEGAGROUP_ID_INVALID")

type stickerSetArgs struct {
	Chat target `lua:"chat" doc:"Which supergroup."`
	Name string `lua:"name,optional" doc:"What stands at the end of t.me/addstickers; nil takes it away."`
}

var setStickerSet = spec.Method("set_sticker_set", "Set the sticker set of a supergroup.",
	func(c *spec.Call, cl *client, in stickerSetArgs) (spec.None, error) {
		return spec.None{}, cl.account.SetStickerSet(c, in.Chat.Target, in.Name)
	},
).InOrder().Example(`client:set_sticker_set("@my_group", "HotCherry")`).Raises("CHAT_ADMIN_REQUIRED", "PARTICIPANTS_TOO_FEW", "STICKERSET_INVALID")

// reactionChoice are the reactions that a chat allows.
type reactionChoice struct{ allowed tg.ChatReactionsClass }

// DecodeLua reads "all", "none", true, false, or a list of emoji and ids of custom emoji.
func (r *reactionChoice) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.Bool:
		r.allowed = &tg.ChatReactionsNone{}
		if v {
			r.allowed = &tg.ChatReactionsAll{}
		}
		return nil
	case vm.String:
		switch v {
		case "all":
			r.allowed = &tg.ChatReactionsAll{AllowCustom: true}
			return nil
		case "none":
			r.allowed = &tg.ChatReactionsNone{}
			return nil
		}
	case *vm.Table:
		some := &tg.ChatReactionsSome{}
		for i := 1; i <= v.Len(); i++ {
			emoji, ok := v.RawGetInt(i).(vm.String)
			if !ok {
				return spec.Expected("list of emoji", v)
			}
			if id, ok := wholeID(string(emoji)); ok {
				some.Reactions = append(some.Reactions, &tg.ReactionCustomEmoji{DocumentID: id})
			} else {
				some.Reactions = append(some.Reactions, &tg.ReactionEmoji{Emoticon: string(emoji)})
			}
		}
		r.allowed = some
		return nil
	}
	return spec.Expected("'all', 'none' or list of emoji", v)
}

// LuaType is its name in the editor types.
func (reactionChoice) LuaType() string { return "ReactionChoice" }

var _ spec.Decoder = (*reactionChoice)(nil)

type chatReactionsOptions struct {
	Limit int `lua:"limit,optional" doc:"How many different ones a message may have."`
}

type chatReactionsArgs struct {
	Chat      target               `lua:"chat" doc:"Which one."`
	Reactions reactionChoice       `lua:"reactions" doc:"Which reactions are allowed."`
	Opts      chatReactionsOptions `lua:"options,optional" doc:"How."`
}

var setAvailableReactions = spec.Method("set_available_reactions", "Say how members of a group or channel may react.",
	func(c *spec.Call, cl *client, in chatReactionsArgs) (spec.None, error) {
		return spec.None{}, cl.account.SetAvailableReactions(c, in.Chat.Target, in.Reactions.allowed, in.Opts.Limit)
	},
).InOrder().Example(`client:set_available_reactions("@my_group", { "👍", "👎" })
client:set_available_reactions("@my_news", "none")`).Raises("CHAT_ADMIN_REQUIRED", "REACTION_INVALID")

type chatLocationArgs struct {
	Chat    target  `lua:"chat" doc:"Which supergroup."`
	Lat     float64 `lua:"lat" doc:"Degrees north."`
	Long    float64 `lua:"long" doc:"Degrees east."`
	Address string  `lua:"address" doc:"As people write it."`
}

var setLocation = spec.Method("set_location", "Say where a supergroup is at home. It must have been made with a place.",
	func(c *spec.Call, cl *client, in chatLocationArgs) (spec.None, error) {
		return spec.None{}, cl.account.SetLocation(c, in.Chat.Target, tg.InputGeoPoint{Lat: in.Lat, Long: in.Long}, in.Address)
	},
).InOrder().Example(`client:set_location("@my_group", 52.52, 13.405, "Berlin, Alexanderplatz")`).Raises("CHAT_ADMIN_REQUIRED", "MEGAGROUP_REQUIRED", "CHAT_KIND")
