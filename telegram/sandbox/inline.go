package sandbox

import (
	"net/url"
	"strings"

	"github.com/gotd/td/tg"
)

// inlineKey names an answer that Telegram keeps for others who ask the same.
type inlineKey struct {
	bot, user     int64 // user is 0 unless the answer is for one person only
	query, offset string
}

// inlineAnswer is what a bot offered to an inline query. See https://core.telegram.org/api/bots/inline.
type inlineAnswer struct {
	bot     *user
	query   string
	results map[string]*inlineResult
	shown   *tg.MessagesBotResults
	until   int // date until which it's kept for others
	private bool
}

// inlineResult is what sending one of the offers says.
type inlineResult struct {
	text     string
	entities []tg.MessageEntityClass
	media    tg.MessageMediaClass
	markup   tg.ReplyMarkupClass
	beyond   bool // its file is on the web, and nothing here reaches beyond this machine
}

const (
	inlineResults = 50
	inlineName    = 64
	inlineLife    = 3600 // seconds that offers can be sent
	inlineKept    = 1000 // answers
)

// offer checks one result of a bot's, and returns how people see it and what it says when sent.
func (c *call) offer(in tg.InputBotInlineResultClass) (tg.BotInlineResultClass, *inlineResult, error) {
	article, ok := in.(*tg.InputBotInlineResult)
	if !ok {
		return c.stored(in)
	}
	if err := resultID(article.ID); err != nil {
		return nil, nil, err
	}
	switch {
	case !inlineTypes[article.Type]:
		return nil, nil, bad("RESULT_TYPE_INVALID")
	case article.Type == "article" && strings.TrimSpace(article.Title) == "":
		return nil, nil, bad("ARTICLE_TITLE_EMPTY")
	}
	message, says, err := c.offered(article)
	if err != nil {
		return nil, nil, err
	}
	out := &tg.BotInlineResult{ID: article.ID, Type: article.Type, SendMessage: message}
	for _, field := range []struct {
		get func() (string, bool)
		set func(string)
	}{
		{article.GetTitle, out.SetTitle}, {article.GetDescription, out.SetDescription}, {article.GetURL, out.SetURL},
	} {
		if text, given := field.get(); given {
			field.set(text)
		}
	}
	if web, given := article.GetThumb(); given {
		shown, err := webDocument(web)
		if err != nil {
			return nil, nil, err
		}
		out.SetThumb(shown)
	}
	if web, given := article.GetContent(); given {
		shown, err := webDocument(web)
		if err != nil {
			return nil, nil, err
		}
		out.SetContent(shown)
	}
	return out, says, nil
}

var inlineTypes = map[string]bool{
	"article": true, "photo": true, "gif": true, "video": true, "audio": true, "voice": true, "file": true, "sticker": true,
	"geo": true, "venue": true, "contact": true,
}

func webDocument(in tg.InputWebDocument) (tg.WebDocumentClass, error) {
	u, err := url.Parse(in.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, bad("WEBDOCUMENT_URL_INVALID")
	}
	if in.MimeType == "" {
		return nil, bad("WEBDOCUMENT_MIME_INVALID")
	}
	return &tg.WebDocumentNoProxy{URL: in.URL, Size: in.Size, MimeType: in.MimeType, Attributes: in.Attributes}, nil
}

// offered turns the message of an offer into what people see of it.
func (c *call) offered(article *tg.InputBotInlineResult) (tg.BotInlineMessageClass, *inlineResult, error) {
	says := &inlineResult{}
	var wanted tg.ReplyMarkupClass
	if m, ok := article.SendMessage.(interface {
		GetReplyMarkup() (tg.ReplyMarkupClass, bool)
	}); ok {
		wanted, _ = m.GetReplyMarkup()
	}
	var err error
	// What an offer's button does must hold in any chat, for nobody knows where it is sent to.
	if says.markup, err = c.keyboard(wanted, peer{peerGroup, 0}, c.user); err != nil {
		return nil, nil, err
	}
	switch m := article.SendMessage.(type) {
	case *tg.InputBotInlineMessageText:
		if says.text, says.entities, err = c.compose(m.Message, m.Entities, c.user); err != nil {
			return nil, nil, err
		}
		if !m.NoWebpage {
			says.media = c.preview(says.text, says.entities)
		}
		return &tg.BotInlineMessageText{NoWebpage: m.NoWebpage, InvertMedia: m.InvertMedia, Message: says.text, Entities: says.entities, ReplyMarkup: says.markup}, says, nil
	case *tg.InputBotInlineMessageMediaWebPage:
		if says.text, says.entities, err = c.compose(m.Message, m.Entities, c.user); err != nil {
			return nil, nil, err
		}
		page := linkedPage(m.URL)
		if page == nil {
			return nil, nil, bad("WC_CONVERT_URL_INVALID")
		}
		says.media = &tg.MessageMediaWebPage{Webpage: page}
		return &tg.BotInlineMessageMediaWebPage{Message: says.text, Entities: says.entities, URL: m.URL, ReplyMarkup: says.markup}, says, nil
	case *tg.InputBotInlineMessageMediaGeo:
		point, err := geoPoint(m.GeoPoint)
		if err != nil {
			return nil, nil, err
		}
		says.media = &tg.MessageMediaGeo{Geo: point}
		where := &tg.BotInlineMessageMediaGeo{Geo: point, Heading: m.Heading, Period: m.Period, ProximityNotificationRadius: m.ProximityNotificationRadius, ReplyMarkup: says.markup}
		if m.Period > 0 {
			says.media = &tg.MessageMediaGeoLive{Geo: point, Heading: m.Heading, Period: m.Period, ProximityNotificationRadius: m.ProximityNotificationRadius}
		}
		return where, says, nil
	case *tg.InputBotInlineMessageMediaVenue:
		point, err := geoPoint(m.GeoPoint)
		if err != nil {
			return nil, nil, err
		}
		says.media = &tg.MessageMediaVenue{Geo: point, Title: m.Title, Address: m.Address, Provider: m.Provider, VenueID: m.VenueID, VenueType: m.VenueType}
		return &tg.BotInlineMessageMediaVenue{
			Geo: point, Title: m.Title, Address: m.Address, Provider: m.Provider, VenueID: m.VenueID, VenueType: m.VenueType, ReplyMarkup: says.markup,
		}, says, nil
	case *tg.InputBotInlineMessageMediaContact:
		says.media = &tg.MessageMediaContact{PhoneNumber: m.PhoneNumber, FirstName: m.FirstName, LastName: m.LastName, Vcard: m.Vcard}
		return &tg.BotInlineMessageMediaContact{
			PhoneNumber: m.PhoneNumber, FirstName: m.FirstName, LastName: m.LastName, Vcard: m.Vcard, ReplyMarkup: says.markup,
		}, says, nil
	case *tg.InputBotInlineMessageMediaAuto:
		if _, given := article.GetContent(); !given || !inlineFiles[article.Type] {
			return nil, nil, bad("SEND_MESSAGE_MEDIA_INVALID")
		}
		says.beyond = true
		if m.Message != "" { // a caption may be missing, a text may not
			if says.text, says.entities, err = c.compose(m.Message, m.Entities, c.user); err != nil {
				return nil, nil, err
			}
		}
		return &tg.BotInlineMessageMediaAuto{InvertMedia: m.InvertMedia, Message: says.text, Entities: says.entities, ReplyMarkup: says.markup}, says, nil
	default:
		return nil, nil, bad("SEND_MESSAGE_TYPE_INVALID")
	}
}

// inlineFiles are the types of results whose file may be on the web.
var inlineFiles = map[string]bool{"photo": true, "gif": true, "video": true, "audio": true, "voice": true, "file": true, "sticker": true}
