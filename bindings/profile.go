package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

type profileOptions struct {
	FirstName *string `lua:"first_name,optional" doc:"First name."`
	LastName  *string `lua:"last_name,optional" doc:"Last name; \"\" takes it away."`
	About     *string `lua:"about,optional" doc:"What the profile says: 70 letters, 140 with Premium."`
}

type profileArgs struct {
	Opts profileOptions `lua:"options" doc:"What is different."`
}

var updateProfile = spec.Method("update_profile", "Change what others see of the account.",
	func(c *spec.Call, cl *client, in profileArgs) (*peer, error) {
		me, err := cl.account.UpdateProfile(c, telegram.Profile{FirstName: in.Opts.FirstName, LastName: in.Opts.LastName, About: in.Opts.About})
		return userPeer(me), err
	},
).InOrder().Raises("FIRSTNAME_INVALID", "ABOUT_TOO_LONG").Example(`client:update_profile({ about = "Back on Monday" })`)

type usernameArgs struct {
	Name string `lua:"name,optional" doc:"The new one, with or without @; nothing takes it away."`
}

var updateUsername = spec.Method("update_username", "Change the account's user name.",
	func(c *spec.Call, cl *client, in usernameArgs) (*peer, error) {
		name := in.Name
		if len(name) > 0 && name[0] == '@' {
			name = name[1:]
		}
		me, err := cl.account.UpdateUsername(c, name)
		return userPeer(me), err
	},
).InOrder().Raises("USERNAME_OCCUPIED", "USERNAME_INVALID", "USERNAME_NOT_MODIFIED").Example(`client:update_username("somebody_new")`)

var setOnline = spec.Method("set_online", "Show the account as online, or not. Telegram lets that lapse after some minutes.",
	func(c *spec.Call, cl *client, in switchArgs) (spec.None, error) {
		return spec.None{}, cl.account.SetOnline(c, in.on())
	},
).Example(`tg.every("4m", function() client:set_online() end)`)

type emojiStatusOptions struct {
	Until until `lua:"expires,optional" doc:"How long, or until when; for good if not given."`
}

type emojiStatusArgs struct {
	Emoji spec.ID            `lua:"emoji,optional" doc:"Number of a custom emoji; nothing takes it away."`
	Opts  emojiStatusOptions `lua:"options,optional" doc:"How long."`
}

var setEmojiStatus = spec.Method("set_emoji_status", "Show a custom emoji beside the account's name. It needs Telegram Premium.",
	func(c *spec.Call, cl *client, in emojiStatusArgs) (spec.None, error) {
		return spec.None{}, cl.account.SetEmojiStatus(c, int64(in.Emoji), in.Opts.Until.at)
	},
).InOrder().Raises("PREMIUM_ACCOUNT_REQUIRED").Example(`client:set_emoji_status("5314250708508220914", { expires = "8h" })
client:set_emoji_status()`)

type birthdayOptions struct {
	Day   int `lua:"day" doc:"Day of the month."`
	Month int `lua:"month" doc:"Month, from 1."`
	Year  int `lua:"year,optional" doc:"Year; not told if not given."`
}

type birthdayArgs struct {
	Birthday birthdayTable `lua:"birthday,optional" doc:"The day; nothing takes it away." type:"{ day: integer, month: integer, year?: integer }"`
}

// birthdayTable is a birthday as scripts write it.
type birthdayTable struct {
	birthdayOptions
	given bool
}

var birthdayReader = spec.OptionsOf[birthdayOptions]()

// DecodeLua reads { day, month, year? }.
func (b *birthdayTable) DecodeLua(L *vm.State, v vm.Value) error {
	table, ok := v.(*vm.Table)
	if !ok {
		return spec.Expected("{ day = ..., month = ... }", v)
	}
	read, err := birthdayReader.Decode(L, "set_birthday", table)
	*b = birthdayTable{read, true}
	return err
}

var setBirthday = spec.Method("set_birthday", "Tell the account's birthday to those who may see it.",
	func(c *spec.Call, cl *client, in birthdayArgs) (spec.None, error) {
		if !in.Birthday.given {
			return spec.None{}, cl.account.SetBirthday(c, nil)
		}
		return spec.None{}, cl.account.SetBirthday(c, &telegram.Birthday{Day: in.Birthday.Day, Month: in.Birthday.Month, Year: in.Birthday.Year})
	},
).InOrder().Raises("BIRTHDAY_INVALID").Example(`client:set_birthday({ day = 29, month = 2 })`)

type colourOptions struct {
	Profile bool    `lua:"profile,optional" doc:"Of the profile, not of the name in chats."`
	Emoji   spec.ID `lua:"emoji,optional" doc:"Number of a custom emoji that makes the pattern behind it."`
}

type colourArgs struct {
	Colour *int          `lua:"colour,optional" doc:"Number in Telegram's palette, from 0; the usual one if not given."`
	Opts   colourOptions `lua:"options,optional" doc:"Of what."`
}

var setColour = spec.Method("set_colour", "Colour the account's name. All but the first seven colours need Telegram Premium.",
	func(c *spec.Call, cl *client, in colourArgs) (spec.None, error) {
		colour := telegram.Colour{ID: -1, Emoji: int64(in.Opts.Emoji)}
		if in.Colour != nil {
			colour.ID = *in.Colour
		}
		return spec.None{}, cl.account.SetColour(c, colour, in.Opts.Profile)
	},
).InOrder().Raises("PREMIUM_ACCOUNT_REQUIRED").Example(`client:set_colour(3)`)
