package bindings

import (
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/telegram"
)

// made is a new group, with those who could not be added.
type made struct {
	Chat    *peer      `lua:"chat"`
	Missing []*missing `lua:"missing"`
}

type createGroupOptions struct {
	TTL time.Duration `lua:"ttl,optional" doc:"Messages delete themselves after it."`
}

type createGroupArgs struct {
	Title string             `lua:"title" doc:"Its title."`
	Users []target           `lua:"users" doc:"Whom to add: one or a list."`
	Opts  createGroupOptions `lua:"options,optional" doc:"How."`
}

var createGroup = spec.Method("create_group", "Make a basic group. Returns a table: chat is the group, missing the list of those who could not be added.",
	func(c *spec.Call, cl *client, in createGroupArgs) (made, error) {
		chat, left, err := cl.account.CreateGroup(c, in.Title, targetsOf(in.Users), in.Opts.TTL)
		return made{peerOf(chat), missingOf(left)}, err
	},
).InOrder().Result("{ chat: Peer, missing: MissingInvitee[] }").Example(`local group = client:create_group("Hiking", { "@durov" }).chat
client:send_message(group, "Where to?")`).Raises("USERS_TOO_FEW", "CHAT_TITLE_EMPTY")

type createChannelOptions struct {
	Kind    string        `lua:"kind,optional" enum:"channel,supergroup,forum" doc:"A channel, where only admins write, a supergroup, or one with topics. Default: channel."`
	About   string        `lua:"about,optional" doc:"Its description."`
	TTL     time.Duration `lua:"ttl,optional" doc:"Messages delete themselves after it."`
	Lat     float64       `lua:"lat,optional" doc:"Where a supergroup is at home, with long and address."`
	Long    float64       `lua:"long,optional" doc:"See lat."`
	Address string        `lua:"address,optional" doc:"See lat."`
}

type createChannelArgs struct {
	Title string               `lua:"title" doc:"Its title."`
	Opts  createChannelOptions `lua:"options,optional" doc:"What it is."`
}

var createChannel = spec.Method("create_channel", "Make a channel or supergroup.",
	func(c *spec.Call, cl *client, in createChannelArgs) (*peer, error) {
		chat, err := cl.account.CreateChannel(c, in.Title, telegram.CreateChannelOptions{
			Kind: in.Opts.Kind, About: in.Opts.About, TTL: in.Opts.TTL, Address: in.Opts.Address,
			Point: tg.InputGeoPoint{Lat: in.Opts.Lat, Long: in.Opts.Long},
		})
		return peerOf(chat), err
	},
).InOrder().Example(`local news = client:create_channel("My news", { about = "What is new" })
local forum = client:create_channel("My forum", { kind = "forum" })`).Raises("CHANNELS_TOO_MUCH", "USER_RESTRICTED", "CHAT_TITLE_EMPTY")

var deleteChat = spec.Method("delete_chat", "Delete a group or channel for everybody. Only its creator can.",
	func(c *spec.Call, cl *client, in chatArgs) (spec.None, error) {
		return spec.None{}, cl.account.DeleteChat(c, in.Chat.Target)
	},
).InOrder().Example(`client:delete_chat("My old news")`).Raises("CHAT_ADMIN_REQUIRED", "CHAT_KIND")

var upgradeGroup = spec.Method("upgrade_group", "Make a supergroup of a basic group and return it. One that was upgraded before is returned as it is.",
	func(c *spec.Call, cl *client, in chatArgs) (*peer, error) {
		chat, err := cl.account.UpgradeGroup(c, in.Chat.Target)
		return peerOf(chat), err
	},
).InOrder().Example(`local supergroup = client:upgrade_group("Hiking")
client:edit_chat(supergroup, { forum = true })`).Raises("CHAT_ADMIN_REQUIRED", "CHAT_KIND")

var makeGigagroup = spec.Method("make_gigagroup", "Make a group of a supergroup in which only admins write, and which has no limit of members. It can't be undone.",
	func(c *spec.Call, cl *client, in chatArgs) (spec.None, error) {
		return spec.None{}, cl.account.MakeGigagroup(c, in.Chat.Target)
	},
).InOrder().Example(`client:make_gigagroup("@my_group")`).Raises("CHAT_ADMIN_REQUIRED", "PARTICIPANTS_TOO_FEW", "CHAT_KIND")

type transferArgs struct {
	Chat     target `lua:"chat" doc:"Which one."`
	User     target `lua:"user" doc:"To whom; it must be a member."`
	Password string `lua:"password" doc:"Password of two-step verification of this account."`
}

var transferChat = spec.Method("transfer_chat", "Give a supergroup or channel of this account to another member, for good. The script needs the permission for the method messages.editChatCreator.",
	func(c *spec.Call, cl *client, in transferArgs) (spec.None, error) {
		if err := mayCall(allowed(c), "messages.editChatCreator"); err != nil {
			return spec.None{}, err
		}
		return spec.None{}, cl.account.TransferChat(c, in.Chat.Target, in.User.Target, in.Password)
	},
).InOrder().Example(`client:transfer_chat("@my_group", "@durov", tg.args.password)`).
	Raises("PERMISSION_DENIED", "PASSWORD_HASH_INVALID", "PASSWORD_MISSING", "PASSWORD_TOO_FRESH", "SESSION_TOO_FRESH")

// allowed is what the script that calls may touch.
func allowed(c *spec.Call) *permission.Set { return envOf(c).Allow }
