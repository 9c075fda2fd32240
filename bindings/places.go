package bindings

import (
	"context"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/text"
)

// plainSendOptions are for messages without text.
type plainSendOptions struct {
	answerOptions
	deliveryOptions
}

// media sends what has no text of its own.
func (o plainSendOptions) media(ctx context.Context, account *telegram.Account, to telegram.Target, media tg.InputMediaClass) (*message, error) {
	opts := o.delivery()
	o.answerOptions.apply(&opts)
	sent, err := account.SendMedia(ctx, to, media, text.Text{}, opts)
	return messageOf(sent), err
}

type diceArgs struct {
	Chat target           `lua:"chat" doc:"Where to."`
	Die  words            `lua:"emoji,optional" doc:"🎲, 🎯, 🏀, ⚽, 🎳 or 🎰; 🎲 if not given."`
	Opts plainSendOptions `lua:"options,optional" doc:"How."`
}

var sendDice = spec.Method("send_dice", "Throw a die; the message's dice.value is what Telegram threw.",
	func(c *spec.Call, cl *client, in diceArgs) (*message, error) {
		die := string(in.Die)
		if die == "" {
			die = "🎲"
		}
		return in.Opts.media(c, cl.account, in.Chat.Target, &tg.InputMediaDice{Emoticon: die})
	},
).InOrder().Example(`local thrown = client:send_dice("Friends", "🎯")
print(thrown.dice.value)`).Raises("EMOTICON_INVALID", "CHAT_WRITE_FORBIDDEN")

type contactArgs struct {
	Chat  target         `lua:"chat" doc:"Where to."`
	Phone words          `lua:"phone" doc:"Phone number."`
	First words          `lua:"first_name" doc:"First name."`
	Opts  contactOptions `lua:"options,optional" doc:"More of it, and how."`
}

type contactOptions struct {
	LastName words `lua:"last_name,optional" doc:"Last name."`
	VCard    words `lua:"vcard,optional" doc:"More about the contact, as a vCard."`
	plainSendOptions
}

var sendContact = spec.Method("send_contact", "Send a contact.",
	func(c *spec.Call, cl *client, in contactArgs) (*message, error) {
		return in.Opts.media(c, cl.account, in.Chat.Target, &tg.InputMediaContact{
			PhoneNumber: string(in.Phone), FirstName: string(in.First), LastName: string(in.Opts.LastName), Vcard: string(in.Opts.VCard),
		})
	},
).InOrder().Example(`client:send_contact("@friend", "+15550100", "Ada", { last_name = "Lovelace" })`).Raises("CHAT_WRITE_FORBIDDEN")

// placeOptions say how exact a place is, and whether it moves.
type placeOptions struct {
	Accuracy  int           `lua:"accuracy,optional" doc:"Within how many metres the place is."`
	Live      time.Duration `lua:"live,optional" doc:"For how long it moves with edit_location: a minute to a day."`
	Heading   int           `lua:"heading,optional" doc:"Where it moves to, in degrees: 1 to 360."`
	Proximity int           `lua:"proximity,optional" doc:"Tell when somebody comes nearer than this many metres."`
}

func (o placeOptions) media(lat, long float64) tg.InputMediaClass {
	point := &tg.InputGeoPoint{Lat: lat, Long: long, AccuracyRadius: o.Accuracy}
	if o.Live == 0 {
		return &tg.InputMediaGeoPoint{GeoPoint: point}
	}
	return &tg.InputMediaGeoLive{
		GeoPoint: point, Period: int(o.Live / time.Second), Heading: o.Heading, ProximityNotificationRadius: o.Proximity,
	}
}

type locationArgs struct {
	Chat target          `lua:"chat" doc:"Where to."`
	Lat  float64         `lua:"lat" doc:"Latitude in degrees: -90 to 90."`
	Long float64         `lua:"long" doc:"Longitude in degrees: -180 to 180."`
	Opts locationOptions `lua:"options,optional" doc:"How."`
}

type locationOptions struct {
	placeOptions
	plainSendOptions
}

var sendLocation = spec.Method("send_location", "Send a place, or one that moves.",
	func(c *spec.Call, cl *client, in locationArgs) (*message, error) {
		return in.Opts.plainSendOptions.media(c, cl.account, in.Chat.Target, in.Opts.placeOptions.media(in.Lat, in.Long))
	},
).InOrder().Example(`client:send_location("@friend", 52.37, 4.9)
local moving = client:send_location("@friend", 52.37, 4.9, { live = "15m" })`).Raises("MEDIA_EMPTY", "CHAT_WRITE_FORBIDDEN")

type editLocationArgs struct {
	Chat    target       `lua:"chat" doc:"Where it is."`
	Message messageRef   `lua:"message" doc:"The message with the place that moves."`
	Lat     float64      `lua:"lat" doc:"Latitude in degrees."`
	Long    float64      `lua:"long" doc:"Longitude in degrees."`
	Opts    placeOptions `lua:"options,optional" doc:"How."`
}

var editLocation = spec.Method("edit_location", "Move a place that was sent as live.",
	func(c *spec.Call, cl *client, in editLocationArgs) (*message, error) {
		media := &tg.InputMediaGeoLive{
			GeoPoint:                    &tg.InputGeoPoint{Lat: in.Lat, Long: in.Long, AccuracyRadius: in.Opts.Accuracy},
			Heading:                     in.Opts.Heading,
			Period:                      int(in.Opts.Live / time.Second),
			ProximityNotificationRadius: in.Opts.Proximity,
		}
		return editMedia(c, cl.account, in.Message.in(in.Chat), in.Message.id, media)
	},
).InOrder().Example(`local moving = client:send_location("@friend", 52.37, 4.9, { live = "15m" })
client:edit_location("@friend", moving, 52.38, 4.91)
client:stop_location("@friend", moving)`).Raises("MESSAGE_NOT_MODIFIED", "MESSAGE_AUTHOR_REQUIRED")

var stopLocation = spec.Method("stop_location", "Let a place that was sent as live move no more.",
	func(c *spec.Call, cl *client, in stopPollArgs) (*message, error) {
		return editMedia(c, cl.account, in.Message.in(in.Chat), in.Message.id, &tg.InputMediaGeoLive{Stopped: true, GeoPoint: &tg.InputGeoPointEmpty{}})
	},
).InOrder().Example(`client:stop_location("@friend", 12)`).Raises("MESSAGE_AUTHOR_REQUIRED")

// editMedia changes the media of a message, and leaves its text alone.
func editMedia(ctx context.Context, account *telegram.Account, chat telegram.Target, id int, media tg.InputMediaClass) (*message, error) {
	changed, err := account.Edit(ctx, chat, id, text.Text{}, telegram.EditOptions{KeepText: true, Media: media})
	return messageOf(changed), err
}

type venueArgs struct {
	Chat    target       `lua:"chat" doc:"Where to."`
	Lat     float64      `lua:"lat" doc:"Latitude in degrees."`
	Long    float64      `lua:"long" doc:"Longitude in degrees."`
	Title   words        `lua:"title" doc:"What it is called."`
	Address words        `lua:"address" doc:"Where it is."`
	Opts    venueOptions `lua:"options,optional" doc:"More of it, and how."`
}

type venueOptions struct {
	Provider  words `lua:"provider,optional" doc:"Whose list of venues it is from: \"foursquare\" or \"gplaces\"."`
	VenueID   words `lua:"venue_id,optional" doc:"Its number there."`
	VenueType words `lua:"venue_type,optional" doc:"What kind it is there."`
	plainSendOptions
}

var sendVenue = spec.Method("send_venue", "Send a place with its name and address.",
	func(c *spec.Call, cl *client, in venueArgs) (*message, error) {
		return in.Opts.media(c, cl.account, in.Chat.Target, &tg.InputMediaVenue{
			GeoPoint: &tg.InputGeoPoint{Lat: in.Lat, Long: in.Long}, Title: string(in.Title), Address: string(in.Address),
			Provider: string(in.Opts.Provider), VenueID: string(in.Opts.VenueID), VenueType: string(in.Opts.VenueType),
		})
	},
).InOrder().Example(`client:send_venue("@friend", 52.36, 4.88, "Rijksmuseum", "Museumstraat 1")`).Raises("CHAT_WRITE_FORBIDDEN")
