package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// clientOf is the client of the script that calls.
func clientOf(c *spec.Call) *client { return &client{account: accountOf(c)} }

type peerSendArgs struct {
	Text content     `lua:"message" doc:"What to say: text, or a message, which is copied without telling where it is from."`
	Opts sendOptions `lua:"options,optional" doc:"How to say it."`
}

var peerSend = spec.Method("send_message", "Send a message there. A text of more than 4096 characters is sent as several. Returns the last one.",
	func(c *spec.Call, p *peer, in peerSendArgs) (any, error) {
		return sendContent(c, accountOf(c), p.Peer, in.Text, in.Opts.formatOptions, in.Opts.attachOptions, in.Opts.longOptions, in.Opts.send())
	},
).InOrder().Result("Message").Example(`client:get_entity("@durov"):send_message("Hi")`).Raises("FLOOD_WAIT", "CHAT_WRITE_FORBIDDEN", "USER_IS_BLOCKED")

var peerFull = spec.Method("get_full", "Ask for all that Telegram tells of it.",
	func(c *spec.Call, p *peer, _ spec.None) (*fullPeer, error) {
		full, err := accountOf(c).Full(c, p.Peer)
		if err != nil {
			return nil, err
		}
		return &fullPeer{full}, nil
	},
).Example(`client:on("message", function(event)
  print(event.chat:get_full().about)
end)`).Raises("CHANNEL_PRIVATE", "FLOOD_WAIT")

var peerJoin = spec.Method("join", "Join the supergroup or channel. Where admins decide, they are asked.",
	func(c *spec.Call, p *peer, _ spec.None) (*joined, error) {
		result, err := accountOf(c).Join(c, p.Peer)
		if err != nil {
			return nil, err
		}
		return &joined{result}, nil
	},
).InOrder().Example(`client:get_entity("@telegram"):join()`).Raises("CHANNELS_TOO_MUCH", "USER_BANNED_IN_CHANNEL", "CHAT_KIND")

var peerLeave = spec.Method("leave", "Leave the group or channel. Returns Telegram's message about it, if there is one.",
	func(c *spec.Call, p *peer, _ spec.None) (*message, error) {
		told, err := accountOf(c).Leave(c, p.Peer)
		return messageOf(told), err
	},
).InOrder().Example(`client:get_entity("@telegram"):leave()`).Raises("USER_NOT_PARTICIPANT", "CHAT_KIND")

type peerParticipantsArgs struct {
	Opts participantOptions `lua:"options,optional" doc:"Which ones."`
}

var peerIterParticipants = spec.Iterator("iter_participants", "Go through the members of the group or channel. Each is a Peer with the field participant.",
	func(c *spec.Call, p *peer, in peerParticipantsArgs) (spec.Cursor[*peer], error) {
		options, none := in.Opts.options()
		if none {
			return nothing[*peer]{}, nil
		}
		return pages(accountOf(c).Participants(p.Peer, options), memberPeer), nil
	},
).Example(`for user in client:get_entity("Friends"):iter_participants() do print(user.name) end`).Raises("CHAT_ADMIN_REQUIRED", "CHAT_KIND")

var peerGetParticipants = spec.Method("get_participants", "List the members of the group or channel. The field total says how many there are in all.",
	func(c *spec.Call, p *peer, in peerParticipantsArgs) (spec.List[*peer], error) {
		options, count := in.Opts.options()
		if count {
			total, err := accountOf(c).ParticipantCount(c, p.Peer)
			return spec.List[*peer]{Total: total}, err
		}
		return collected(c, accountOf(c).Participants(p.Peer, options), memberPeer)
	},
).Example(`print(client:get_entity("Friends"):get_participants().total)`).Raises("CHAT_ADMIN_REQUIRED", "CHAT_KIND")

type peerPermissionArgs struct {
	User target `lua:"user,optional" doc:"Who; nil asks what all members may do."`
}

var peerPermissions = spec.Method("get_permissions", "Ask what somebody may do in the group or channel.",
	func(c *spec.Call, p *peer, in peerPermissionArgs) (*permissions, error) {
		found, err := accountOf(c).Permissions(c, p.Peer, in.User.Target)
		if err != nil {
			return nil, err
		}
		return &permissions{found}, nil
	},
).Example(`print(client:get_entity("Friends"):get_permissions("me").is_admin)`).Raises("USER_NOT_PARTICIPANT", "CHAT_KIND")

type peerPhotosArgs struct {
	Opts profilePhotosOptions `lua:"options,optional" doc:"Which ones."`
}

var peerPhotos = spec.Method("get_profile_photos", "List the photos of the user or chat, the one that is shown first.",
	func(c *spec.Call, p *peer, in peerPhotosArgs) (list spec.List[*file], err error) {
		cursor, none := profilePhotosArgs{target{p.Peer}, in.Opts}.cursor(clientOf(c))
		if none {
			return list, nil
		}
		return collected(c, cursor, fileOf)
	},
).Example(`print(client:get_entity("@durov"):get_profile_photos().total)`)

var peerRefresh = spec.Method("refresh", "Ask Telegram about it anew. Returns a new Peer; this one stays as it is.",
	func(c *spec.Call, p *peer, _ spec.None) (*peer, error) {
		fresh, err := accountOf(c).Entity(c, telegram.Target(p.Peer))
		return peerOf(fresh), err
	},
).Example(`client:on("message", function(event)
  print(event.sender:refresh().status)
end)`).Raises("PEER_UNKNOWN")

// peerMethods are what can be done with a user or chat.
var peerMethods = []spec.Func{
	peerSend, peerFull, peerJoin, peerLeave, peerIterParticipants, peerGetParticipants, peerPermissions, peerPhotos, peerRefresh,
}
