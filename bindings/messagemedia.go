package bindings

import (
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
)

// mediaFields are what comes with a message and is no file.
var mediaFields = []spec.Field{
	spec.Get("poll", "The poll.", (*message).poll).Maybe(),
	spec.Get("dice", "The die that was thrown.", (*message).dice).Maybe(),
	spec.Get("geo", "The place, also of a venue.", (*message).geo).Maybe(),
	spec.Get("venue", "The venue.", (*message).venue).Maybe(),
	spec.Get("contact", "The contact.", (*message).contact).Maybe(),
	spec.Get("game", "The game, as Telegram describes it.", func(m *message) *object {
		if media, ok := m.Media.(*tg.MessageMediaGame); ok {
			return objectOf(&media.Game)
		}
		return nil
	}).Maybe(),
	spec.Get("invoice", "What is to be paid, as Telegram describes it.", func(m *message) *object {
		if media, ok := m.Media.(*tg.MessageMediaInvoice); ok {
			return objectOf(media)
		}
		return nil
	}).Maybe(),
	spec.Get("web_preview", "The preview of a link, as Telegram describes it.", func(m *message) *object {
		if media, ok := m.Media.(*tg.MessageMediaWebPage); ok {
			if page, ok := media.Webpage.(*tg.WebPage); ok {
				return objectOf(page)
			}
		}
		return nil
	}).Maybe(),
}

func (m *message) poll() *pollState {
	if media, ok := m.Media.(*tg.MessageMediaPoll); ok {
		return pollOf(media)
	}
	return nil
}

type diceState struct {
	Emoji string `lua:"emoji"`
	Value int    `lua:"value"`
}

// LuaType is its name in the editor types.
func (diceState) LuaType() string { return "{ emoji: string, value: integer }" }

func (m *message) dice() *diceState {
	if media, ok := m.Media.(*tg.MessageMediaDice); ok {
		return &diceState{media.Emoticon, media.Value}
	}
	return nil
}

type geoState struct {
	Lat  float64 `lua:"lat"`
	Long float64 `lua:"long"`

	Accuracy any `lua:"accuracy"`
	Live     any `lua:"live"`
	Heading  any `lua:"heading"`
}

// LuaType is its name in the editor types.
func (geoState) LuaType() string {
	return "{ lat: number, long: number, accuracy?: integer, live?: integer, heading?: integer }"
}

func (m *message) geo() *geoState {
	switch media := m.Media.(type) {
	case *tg.MessageMediaGeo:
		return geoOf(media.Geo)
	case *tg.MessageMediaVenue:
		return geoOf(media.Geo)
	case *tg.MessageMediaGeoLive:
		s := geoOf(media.Geo)
		if s != nil {
			s.Live = media.Period
			if media.Heading != 0 {
				s.Heading = media.Heading
			}
		}
		return s
	}
	return nil
}

func geoOf(point tg.GeoPointClass) *geoState {
	p, ok := point.(*tg.GeoPoint)
	if !ok {
		return nil
	}
	s := &geoState{Lat: p.Lat, Long: p.Long}
	if p.AccuracyRadius != 0 {
		s.Accuracy = p.AccuracyRadius
	}
	return s
}

type venueState struct {
	Title    string `lua:"title"`
	Address  string `lua:"address"`
	Provider string `lua:"provider"`
	ID       string `lua:"id"`
	Type     string `lua:"type"`
}

// LuaType is its name in the editor types.
func (venueState) LuaType() string {
	return "{ title: string, address: string, provider: string, id: string, type: string }"
}

func (m *message) venue() *venueState {
	if v, ok := m.Media.(*tg.MessageMediaVenue); ok {
		return &venueState{v.Title, v.Address, v.Provider, v.VenueID, v.VenueType}
	}
	return nil
}

type contactState struct {
	Phone string `lua:"phone"`
	First string `lua:"first_name"`
	Last  string `lua:"last_name"`
	VCard string `lua:"vcard"`
	User  int64  `lua:"user_id"`
}

// LuaType is its name in the editor types.
func (contactState) LuaType() string {
	return "{ phone: string, first_name: string, last_name: string, vcard: string, user_id: integer }"
}

func (m *message) contact() *contactState {
	if c, ok := m.Media.(*tg.MessageMediaContact); ok {
		return &contactState{c.PhoneNumber, c.FirstName, c.LastName, c.Vcard, c.UserID}
	}
	return nil
}
