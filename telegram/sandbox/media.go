package sandbox

import (
	"math"
	"strings"

	"github.com/gotd/td/tg"
)

// dice are the emoji that show a number of the server's choice, and the greatest number of each.
//
// See https://core.telegram.org/api/dice.
var dice = map[string]int{"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}

// apart runs f, which takes long, without the server's lock. Whatever the call knew of the state
// before that may have changed; a caller that is gone meanwhile is told so.
func (c *call) apart(f func() error) (err error) {
	c.mu.Unlock()
	defer func() {
		c.enter()
		if c.users[c.me.id] != c.me {
			err = errUnregistered()
		}
	}()
	return f()
}

// media makes what is kept of media that a client sends. It may give the lock up for a while: it
// comes before everything else that a method looks at.
func (c *call) media(in tg.InputMediaClass) (tg.MessageMediaClass, error) {
	switch in := in.(type) {
	case nil, *tg.InputMediaEmpty:
		return nil, bad("MEDIA_EMPTY")
	case *tg.InputMediaUploadedPhoto:
		f, err := c.uploadedPhoto(in.File)
		if err != nil {
			return nil, err
		}
		return c.photoMedia(f, in.Spoiler, in.TTLSeconds)
	case *tg.InputMediaPhoto:
		f, err := c.photo(in.ID, "MEDIA_EMPTY")
		if err != nil {
			return nil, err
		}
		return c.photoMedia(f, in.Spoiler, in.TTLSeconds)
	case *tg.InputMediaUploadedDocument:
		f, err := c.uploadedDocument(in)
		if err != nil {
			return nil, err
		}
		return c.documentMedia(f, in.Spoiler, in.TTLSeconds)
	case *tg.InputMediaDocument:
		f, err := c.document(in.ID)
		if err != nil {
			return nil, err
		}
		return c.documentMedia(f, in.Spoiler, in.TTLSeconds)
	case *tg.InputMediaPhotoExternal, *tg.InputMediaDocumentExternal:
		return nil, bad("WEBPAGE_CURL_FAILED") // nothing here reaches beyond this machine
	case *tg.InputMediaContact:
		return c.contactMedia(in)
	case *tg.InputMediaGeoPoint:
		at, err := geoPoint(in.GeoPoint)
		return &tg.MessageMediaGeo{Geo: at}, err
	case *tg.InputMediaGeoLive:
		return geoLive(in)
	case *tg.InputMediaVenue:
		at, err := geoPoint(in.GeoPoint)
		return &tg.MessageMediaVenue{Geo: at, Title: in.Title, Address: in.Address, Provider: in.Provider, VenueID: in.VenueID, VenueType: in.VenueType}, err
	case *tg.InputMediaDice:
		greatest := dice[strings.TrimSuffix(in.Emoticon, "\ufe0f")]
		if greatest == 0 {
			return nil, bad("EMOTICON_INVALID")
		}
		roll := uint64(c.freshInt64()) % uint64(greatest)
		return &tg.MessageMediaDice{Value: 1 + int(roll), Emoticon: in.Emoticon}, nil
	case *tg.InputMediaWebPage:
		return webPage(in)
	default:
		return nil, bad("MEDIA_INVALID")
	}
}

func (c *call) photoMedia(f *file, spoiler bool, ttl int) (tg.MessageMediaClass, error) {
	if err := lives(ttl); err != nil {
		return nil, err
	}
	m := &tg.MessageMediaPhoto{Spoiler: spoiler}
	m.SetPhoto(c.photoTG(f))
	if ttl != 0 {
		m.SetTTLSeconds(ttl)
	}
	return m, nil
}

func (c *call) documentMedia(f *file, spoiler bool, ttl int) (tg.MessageMediaClass, error) {
	if err := lives(ttl); err != nil {
		return nil, err
	}
	m := &tg.MessageMediaDocument{Spoiler: spoiler}
	m.SetDocument(c.documentTG(f))
	for _, a := range f.attributes {
		switch a := a.(type) {
		case *tg.DocumentAttributeVideo:
			m.Video, m.Round = true, a.RoundMessage
		case *tg.DocumentAttributeAudio:
			m.Voice = a.Voice
		}
	}
	if ttl != 0 {
		m.SetTTLSeconds(ttl)
	}
	return m, nil
}

const viewOnce = 1<<31 - 1

// lives checks how long media is shown once it was opened.
func lives(ttl int) error {
	if ttl != viewOnce && (ttl < 0 || ttl > 60) {
		return bad("TTL_MEDIA_INVALID")
	}
	return nil
}

func (c *call) contactMedia(in *tg.InputMediaContact) (tg.MessageMediaClass, error) {
	if digits(in.PhoneNumber) == "" {
		return nil, bad("PHONE_NUMBER_INVALID")
	}
	m := &tg.MessageMediaContact{PhoneNumber: in.PhoneNumber, FirstName: in.FirstName, LastName: in.LastName, Vcard: in.Vcard}
	if u := c.phones[digits(in.PhoneNumber)]; u != nil {
		m.UserID = u.id
	}
	return m, nil
}

func geoPoint(in tg.InputGeoPointClass) (tg.GeoPointClass, error) {
	at, ok := in.(*tg.InputGeoPoint)
	if !ok || !(at.Lat >= -90 && at.Lat <= 90 && at.Long >= -180 && at.Long <= 180) {
		return nil, bad("GEO_POINT_INVALID")
	}
	point := &tg.GeoPoint{Lat: at.Lat, Long: at.Long, AccessHash: int64(math.Float64bits(at.Lat)*31 ^ math.Float64bits(at.Long))}
	if radius, given := at.GetAccuracyRadius(); given {
		point.SetAccuracyRadius(radius)
	}
	return point, nil
}

// The periods of https://core.telegram.org/api/live-location.
const (
	liveAtLeast = 60
	liveAtMost  = 24 * 3600
	liveForever = 1<<31 - 1
)

func geoLive(in *tg.InputMediaGeoLive) (tg.MessageMediaClass, error) {
	if in.Period != liveForever && (in.Period < liveAtLeast || in.Period > liveAtMost) {
		return nil, bad("MEDIA_INVALID")
	}
	at, err := geoPoint(in.GeoPoint)
	m := &tg.MessageMediaGeoLive{Geo: at, Period: in.Period}
	if in.Heading != 0 {
		m.SetHeading(in.Heading)
	}
	if in.ProximityNotificationRadius != 0 {
		m.SetProximityNotificationRadius(in.ProximityNotificationRadius)
	}
	return m, err
}

// moved is what an edit makes of a place that moves: it stands somewhere else, or stops.
//
// See https://core.telegram.org/api/live-location.
func (c *call) moved(m *tg.Message, in *tg.InputMediaGeoLive) (tg.MessageMediaClass, error) {
	old, ok := m.Media.(*tg.MessageMediaGeoLive)
	if !ok {
		return nil, bad("MEDIA_PREV_INVALID")
	}
	passed := c.today - m.Date
	if old.Period != liveForever && passed >= old.Period {
		return nil, bad("MESSAGE_EDIT_TIME_EXPIRED")
	}
	if in.Stopped {
		old.Period = max(passed, 1)
		return old, nil
	}
	at, err := geoPoint(in.GeoPoint)
	if err != nil {
		return nil, err
	}
	next := &tg.MessageMediaGeoLive{Geo: at, Period: old.Period}
	if in.Heading != 0 {
		next.SetHeading(in.Heading)
	}
	if in.ProximityNotificationRadius != 0 {
		next.SetProximityNotificationRadius(in.ProximityNotificationRadius)
	}
	if in.Period != 0 {
		next.Period = in.Period
	}
	return next, nil
}

// webPage is the preview of a page that a client names.
func webPage(in *tg.InputMediaWebPage) (tg.MessageMediaClass, error) {
	page := linkedPage(in.URL)
	if page == nil {
		return nil, bad("WEBPAGE_URL_INVALID")
	}
	return &tg.MessageMediaWebPage{Manual: true, ForceLargeMedia: in.ForceLargeMedia, ForceSmallMedia: in.ForceSmallMedia, Webpage: page}, nil
}
