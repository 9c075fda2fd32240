package bindings

import (
	"errors"
	"reflect"
	"strconv"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// offer is an offer to an inline query that is ready.
type offer struct{ telegram.InlineOffer }

// offerClass is the class InlineOffer.
var offerClass = spec.Class{
	Name: "InlineOffer", Call: "offer", Go: reflect.TypeFor[*offer](),
	Doc: "Something to choose from, which event.builder has made for event:answer.",
	Text: func(v any) string {
		o := v.(*offer)
		return "InlineOffer(" + o.Type + " " + strconv.Quote(o.Title) + ")"
	},
	Fields: []spec.Field{
		spec.Get("type", "What it is: article, photo, gif, video, audio, voice, file, sticker, geo, venue, contact or game.", func(o *offer) string { return o.Type }),
		spec.Get("title", "Its title.", func(o *offer) string { return o.Title }).Maybe(),
		spec.Get("id", "Its id; nil for one that is made of the offer itself.", func(o *offer) string { return o.ID }).Maybe(),
	},
}

// offerOptions are what all kinds of offers have.
type offerOptions struct {
	ID          string        `lua:"id,optional" doc:"Up to 64 bytes, told by inline_chosen; made of the offer itself if not given."`
	Description words         `lua:"description,optional" doc:"A line below the title."`
	URL         string        `lua:"url,optional" doc:"A link that is shown."`
	Thumb       string        `lua:"thumb,optional" doc:"Address of a small picture beside it."`
	Text        wording       `lua:"text,optional" doc:"What is sent; with a photo or file, its caption."`
	Geo         geoPoint      `lua:"geo,optional" doc:"Send this place, in the place of text or file."`
	Live        time.Duration `lua:"period,optional" doc:"For how long the place moves: a minute to a day."`
	Venue       offerVenue    `lua:"venue,optional" type:"{ title: string, address: string, geo: table, provider?: string, id?: string, kind?: string }" doc:"Send this address."`
	Contact     offerContact  `lua:"contact,optional" type:"{ phone: string, first_name: string, last_name?: string, vcard?: string }" doc:"Send this contact."`
	Buttons     buttons       `lua:"buttons,optional" doc:"Buttons below the message. A message without any can't be edited by the bot."`
	textOptions
}

// offerFileOptions say how a file is offered.
type offerFileOptions struct {
	IncludeMedia *bool         `lua:"include_media,optional" doc:"false shows the file in the list only, and sends the text."`
	MimeType     string        `lua:"mime_type,optional" doc:"What is in a file on the web, such as \"video/mp4\"; by its name if not given."`
	Width        int           `lua:"width,optional" doc:"Of a picture or video on the web."`
	Height       int           `lua:"height,optional" doc:"Of a picture or video on the web."`
	Duration     time.Duration `lua:"duration,optional" doc:"Of a video or music on the web."`
	Performer    words         `lua:"performer,optional" doc:"Of music on the web."`
}

// offerTable is an offer as a table.
type offerTable struct {
	Type  string     `lua:"type,optional" enum:"article,photo,gif,video,audio,voice,file,sticker,geo,venue,contact,game" doc:"What it is; goes by the rest if not given."`
	Title words      `lua:"title,optional" doc:"Its title."`
	File  fileSource `lua:"file,optional" doc:"A photo or file: an address on the web, a message that has it, a path, or anything else that client:send_file takes."`
	Game  string     `lua:"game,optional" doc:"Short name of a game."`
	offerOptions
	offerFileOptions
}

var offerRead = spec.OptionsOf[offerTable]()

// made makes the offer of a table; files may have to be uploaded.
func (t offerTable) made(c *spec.Call, account *telegram.Account) (telegram.InlineOffer, error) {
	o := telegram.InlineOffer{ID: t.ID, Type: t.Type, Title: string(t.Title), Description: string(t.Description), URL: t.URL, Game: t.Game}
	if t.Thumb != "" {
		o.Thumb = telegram.WebPicture(t.Thumb)
	}
	body, err := t.body(t.Text)
	if err != nil {
		return o, err
	}
	o.Message = telegram.InlineMessage{Text: body, NoPreview: t.LinkPreview.none, InvertMedia: t.InvertMedia, Buttons: t.Buttons.markup()}
	o.Message.Instead = t.IncludeMedia != nil && !*t.IncludeMedia
	t.place(&o)
	if t.File.given {
		if err := t.file(c, account, &o); err != nil {
			return o, err
		}
	}
	if o.Type == "" {
		o.Type = o.Kind()
	}
	if o.Type != "game" && o.Title == "" && o.Photo == nil && o.Document == nil {
		o.Title = o.Headline()
	}
	return o, nil
}

// file makes a file the content, and uploads it if it is of this machine.
func (t offerTable) file(c *spec.Call, account *telegram.Account, o *telegram.InlineOffer) error {
	at, done, err := t.File.attach(c)
	if err != nil {
		return err
	}
	at.MIME, at.Width, at.Height, at.Duration, at.Title, at.Artist = t.MimeType, t.Width, t.Height, t.Duration, string(t.Title), string(t.Performer)
	return errors.Join(account.OfferFile(c, o, at, t.Type), done())
}

// place is what stands in the place of text.
func (t offerTable) place(o *telegram.InlineOffer) {
	if t.Geo.given {
		o.Message.Geo = &tg.InputBotInlineMessageMediaGeo{GeoPoint: t.Geo.input()}
		if t.Live > 0 {
			o.Message.Geo.SetPeriod(int(t.Live / time.Second))
		}
	}
	if v := t.Venue; v != (offerVenue{}) {
		o.Message.Venue = &tg.InputBotInlineMessageMediaVenue{
			GeoPoint: v.Geo.input(), Title: string(v.Title), Address: string(v.Address), Provider: v.Provider, VenueID: v.ID, VenueType: v.Kind,
		}
	}
	if p := t.Contact; p != (offerContact{}) {
		o.Message.Contact = &tg.InputBotInlineMessageMediaContact{
			PhoneNumber: string(p.Phone), FirstName: string(p.First), LastName: string(p.Last), Vcard: string(p.VCard),
		}
	}
}

// offers is a list of offers, each made already or a table.
type offers struct{ list []offerArgument }

type offerArgument struct {
	ready *offer
	table *offerTable
}

// DecodeLua reads a list of offers, or one offer.
func (o *offers) DecodeLua(L *vm.State, v vm.Value) error {
	table, ok := v.(*vm.Table)
	if !ok || table.Len() == 0 && table.RawGetString("title") != vm.Nil {
		one, err := readOffer(L, v)
		o.list = []offerArgument{one}
		return err
	}
	if key, _ := table.Next(vm.Nil); table.Len() == 0 && key != vm.Nil {
		if _, err := readOffer(L, v); err != nil { // it is one: which name is wrong?
			return err
		}
		return spec.Expected("list of offers", v)
	}
	for i := range table.Len() {
		one, err := readOffer(L, table.RawGetInt(i+1))
		if err != nil {
			return &telegram.OfferError{Number: i + 1, Err: err}
		}
		o.list = append(o.list, one)
	}
	return nil
}

// LuaType is how the editor types write it.
func (offers) LuaType() string { return "(InlineOffer|OfferTable)[]" }

func readOffer(L *vm.State, v vm.Value) (one offerArgument, err error) {
	switch v := v.(type) {
	case *vm.UserData:
		if made, ok := v.Value.(*offer); ok {
			one.ready = made
			return one, nil
		}
	case *vm.Table:
		read, err := offerRead.Decode(L, "", v)
		one.table = &read
		return one, err
	}
	return one, spec.Expected("offer", v)
}

func (o offers) made(c *spec.Call, account *telegram.Account) ([]telegram.InlineOffer, error) {
	list := make([]telegram.InlineOffer, len(o.list))
	for i, one := range o.list {
		if one.ready != nil {
			list[i] = one.ready.InlineOffer
			continue
		}
		made, err := one.table.made(c, account)
		if err != nil {
			return nil, &telegram.OfferError{Number: i + 1, Err: err}
		}
		list[i] = made
	}
	return list, nil
}

// offerVenue is an address on a map.
type offerVenue struct {
	Title    words    `lua:"title" doc:"Its name."`
	Address  words    `lua:"address" doc:"Its address."`
	Geo      geoPoint `lua:"geo" doc:"Where it is."`
	Provider string   `lua:"provider,optional" doc:"Who knows of it: foursquare or gplaces."`
	ID       string   `lua:"id,optional" doc:"Its id there."`
	Kind     string   `lua:"kind,optional" doc:"What it is there, such as \"food/icecream\"."`
}

// offerContact is somebody's phone number.
type offerContact struct {
	Phone words `lua:"phone" doc:"Phone number."`
	First words `lua:"first_name" doc:"First name."`
	Last  words `lua:"last_name,optional" doc:"Last name."`
	VCard words `lua:"vcard,optional" doc:"More about the contact, as a vCard."`
}
