package sandbox

import (
	"bytes"
	"image/jpeg"
	"strings"
	"testing"

	"github.com/gotd/td/telegram/thumbnail"
	"github.com/gotd/td/tg"
)

func TestPhotosHaveSizes(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	for name, row := range map[string]struct {
		data   []byte
		want   string
		exact  bool // the greatest is what was uploaded
		aspect [2]int
	}{
		"a tiny one":         {picture(t, 60, 40, ""), "is", true, [2]int{60, 40}},
		"a small one":        {picture(t, 300, 200, ""), "im", true, [2]int{300, 200}},
		"a middling one":     {picture(t, 700, 500, ""), "imx", true, [2]int{700, 500}},
		"a great one":        {picture(t, 1000, 900, ""), "imy", true, [2]int{1000, 900}},
		"a very great one":   {picture(t, 1400, 300, ""), "imw", true, [2]int{1400, 300}},
		"a PNG":              {picture(t, 400, 300, "png"), "imx", false, [2]int{400, 300}},
		"a GIF":              {picture(t, 90, 30, "gif"), "is", false, [2]int{90, 30}},
		"one of unknown art": {append([]byte("RIFF\x00\x00\x00\x00WEBPVP8 "), noise(500)...), "x", true, [2]int{640, 640}},
	} {
		t.Run(name, func(t *testing.T) {
			p := photoOf(t, alice.sendPhoto(t, &tg.InputPeerSelf{}, row.data, ""))
			kinds := ""
			for _, one := range p.Sizes {
				kinds += one.GetType()
			}
			last, _ := p.Sizes[len(p.Sizes)-1].(*tg.PhotoSize)
			if kinds != row.want || last.W != row.aspect[0] || last.H != row.aspect[1] {
				t.Fatalf("sizes %s, the last %v", kinds, last)
			}
			at := &tg.InputPhotoFileLocation{ID: p.ID, AccessHash: p.AccessHash, FileReference: p.FileReference}
			for _, one := range p.Sizes {
				picture, ok := one.(*tg.PhotoSize)
				if !ok {
					continue
				}
				at.ThumbSize = picture.Type
				got := alice.download(t, at)
				if len(got) != picture.Size {
					t.Errorf("%s has %d bytes, not %d", picture.Type, len(got), picture.Size)
				}
				if picture == last && bytes.Equal(got, row.data) != row.exact {
					t.Error("the greatest isn't what it should be")
				}
			}
			at.ThumbSize = strippedKind
			_, err := alice.api.UploadGetFile(t.Context(), &tg.UploadGetFileRequest{Location: at, Limit: 4096})
			wantError(t, err, "LOCATION_INVALID")
		})
	}
}

func TestStrippedThumbnailsLookLikeThePhoto(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	p := photoOf(t, alice.sendPhoto(t, &tg.InputPeerSelf{}, picture(t, 400, 200, ""), ""))
	tiny, ok := p.Sizes[0].(*tg.PhotoStrippedSize)
	if !ok {
		t.Fatalf("the first is %v", p.Sizes[0])
	}
	// What a client makes of it, with the head that all clients have.
	whole, err := thumbnail.Expand(tiny.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	got, err := jpeg.Decode(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds().Dx() != strippedSide || got.Bounds().Dy() != strippedSide/2 {
		t.Errorf("it is %v", got.Bounds())
	}
	for x, red := range map[int]int{4: 25, 20: 128, 36: 230} { // the gradient of picture
		r, _, b, _ := got.At(x, 10).RGBA()
		if d := int(r>>8) - red; d < -40 || d > 40 || b>>8 < 80 || b>>8 > 180 {
			t.Errorf("at %d it has red %d and blue %d, want %d and 128", x, r>>8, b>>8, red)
		}
	}
}

func TestDocumentsKeepAttributesAndGetThumbnails(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	send := func(in tg.InputMediaUploadedDocument) *tg.MessageMediaDocument {
		t.Helper()
		return alice.sendMedia(t, &tg.InputPeerSelf{}, &in, "").Media.(*tg.MessageMediaDocument)
	}
	plain := alice.upload(t, "x", noise(100))
	video := send(tg.InputMediaUploadedDocument{
		File: plain, MimeType: "video/mp4", Thumb: alice.upload(t, "t.jpg", picture(t, 320, 180, "")),
		Attributes: []tg.DocumentAttributeClass{&tg.DocumentAttributeVideo{Duration: 7.5, W: 320, H: 180}},
	})
	d := video.Document.(*tg.Document)
	if a, ok := d.Attributes[0].(*tg.DocumentAttributeVideo); !ok || a.Duration != 7.5 || !video.Video || video.Voice || len(d.Thumbs) != 2 {
		t.Errorf("a video became %v", video)
	}
	if got := alice.download(t, d.AsInputDocumentFileLocation("m")); len(got) != d.Thumbs[1].(*tg.PhotoSize).Size {
		t.Errorf("its thumbnail has %d bytes", len(got))
	}
	voice := send(tg.InputMediaUploadedDocument{File: plain, MimeType: "audio/ogg", Attributes: []tg.DocumentAttributeClass{&tg.DocumentAttributeAudio{Voice: true, Duration: 3}}})
	if !voice.Voice || voice.Video || voice.Document.(*tg.Document).MimeType != "audio/ogg" {
		t.Errorf("a voice message became %v", voice)
	}
	image := send(tg.InputMediaUploadedDocument{File: alice.upload(t, "i.png", picture(t, 50, 30, "png")), MimeType: "image/png", ForceFile: true}).Document.(*tg.Document)
	if a, ok := image.Attributes[0].(*tg.DocumentAttributeImageSize); !ok || a.W != 50 || a.H != 30 || len(image.Thumbs) != 2 {
		t.Errorf("a picture became %v", image)
	}
	moving := send(tg.InputMediaUploadedDocument{File: alice.upload(t, "i.gif", picture(t, 50, 30, "gif")), MimeType: "image/gif"}).Document.(*tg.Document)
	if documentKind(moving.Attributes) != kindGIF {
		t.Errorf("a GIF became %v", moving)
	}
	odd := send(tg.InputMediaUploadedDocument{File: plain, TTLSeconds: 30, Spoiler: true, MimeType: "image/jpeg"})
	if odd.TTLSeconds != 30 || !odd.Spoiler || len(odd.Document.(*tg.Document).Thumbs) != 0 {
		t.Errorf("rubbish became %v", odd)
	}
	if none := send(tg.InputMediaUploadedDocument{File: plain}).Document.(*tg.Document); none.MimeType != "application/octet-stream" {
		t.Errorf("it's %s", none.MimeType)
	}
}

func TestMediaWithoutFiles(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	bobby := alice.to(t, "bobby")
	point := &tg.InputGeoPoint{Lat: 52.5, Long: 13.4}
	for name, row := range map[string]struct {
		in    tg.InputMediaClass
		right func(m tg.MessageMediaClass) bool
	}{
		"a place": {&tg.InputMediaGeoPoint{GeoPoint: point}, func(m tg.MessageMediaClass) bool {
			return m.(*tg.MessageMediaGeo).Geo.(*tg.GeoPoint).Lat == 52.5
		}},
		"a place that moves": {&tg.InputMediaGeoLive{GeoPoint: point, Period: 600, Heading: 90, ProximityNotificationRadius: 5}, func(m tg.MessageMediaClass) bool {
			live := m.(*tg.MessageMediaGeoLive)
			return live.Period == 600 && live.Heading == 90 && live.ProximityNotificationRadius == 5
		}},
		"a venue": {&tg.InputMediaVenue{GeoPoint: point, Title: "Home", Address: "Here"}, func(m tg.MessageMediaClass) bool {
			return m.(*tg.MessageMediaVenue).Title == "Home"
		}},
		"a contact": {&tg.InputMediaContact{PhoneNumber: "+42 777 0003", FirstName: "Carol"}, func(m tg.MessageMediaClass) bool {
			return m.(*tg.MessageMediaContact).UserID == 1003
		}},
		"a contact nobody knows": {&tg.InputMediaContact{PhoneNumber: "123", FirstName: "X"}, func(m tg.MessageMediaClass) bool {
			return m.(*tg.MessageMediaContact).UserID == 0
		}},
		"a die": {&tg.InputMediaDice{Emoticon: "🎲"}, func(m tg.MessageMediaClass) bool {
			value := m.(*tg.MessageMediaDice).Value
			return value >= 1 && value <= 6
		}},
		"a slot machine": {&tg.InputMediaDice{Emoticon: "🎰"}, func(m tg.MessageMediaClass) bool {
			return m.(*tg.MessageMediaDice).Value <= 64
		}},
		"a page": {&tg.InputMediaWebPage{URL: "https://example.org/a/"}, func(m tg.MessageMediaClass) bool {
			return m.(*tg.MessageMediaWebPage).Webpage.(*tg.WebPage).DisplayURL == "example.org/a"
		}},
	} {
		t.Run(name, func(t *testing.T) {
			mine := alice.sendMedia(t, bobby, row.in, "look")
			theirs := next[*tg.UpdateNewMessage](t, bob).Message.(*tg.Message)
			if !row.right(mine.Media) || !row.right(theirs.Media) || theirs.Message != "look" {
				t.Errorf("%v became %v", row.in, theirs.Media)
			}
			if a, ok := mine.Media.(*tg.MessageMediaDice); ok && a.Value != theirs.Media.(*tg.MessageMediaDice).Value {
				t.Error("the two see two numbers")
			}
		})
	}
}

func TestMediaThatIsRefused(t *testing.T) {
	s := serve(t, Options{Limits: Limits{CaptionLength: 10}})
	alice := login(t, s, "alice")
	text := alice.upload(t, "x", []byte("no picture at all, plain text"))
	good := alice.upload(t, "y", picture(t, 10, 10, ""))
	long := alice.upload(t, "z", picture(t, 300, 10, ""))
	broken := alice.upload(t, "z", picture(t, 300, 30, "")[:800])
	for name, row := range map[string]struct {
		in      tg.InputMediaClass
		caption string
		want    string
	}{
		"nothing":               {&tg.InputMediaEmpty{}, "", "MEDIA_EMPTY"},
		"no picture":            {&tg.InputMediaUploadedPhoto{File: text}, "", "IMAGE_PROCESS_FAILED"},
		"half a picture":        {&tg.InputMediaUploadedPhoto{File: broken}, "", "IMAGE_PROCESS_FAILED"},
		"a line":                {&tg.InputMediaUploadedPhoto{File: long}, "", "PHOTO_INVALID_DIMENSIONS"},
		"no upload":             {&tg.InputMediaUploadedPhoto{File: &tg.InputFile{ID: 5, Parts: 1}}, "", "FILE_PART_0_MISSING"},
		"shown too long":        {&tg.InputMediaUploadedPhoto{File: good, TTLSeconds: 61}, "", "TTL_MEDIA_INVALID"},
		"a file shown too long": {&tg.InputMediaUploadedDocument{File: good, TTLSeconds: -1}, "", "TTL_MEDIA_INVALID"},
		"a caption too long":    {&tg.InputMediaUploadedPhoto{File: good}, strings.Repeat("x", 11), "MEDIA_CAPTION_TOO_LONG"},
		"a long name": {&tg.InputMediaUploadedDocument{File: good, Attributes: []tg.DocumentAttributeClass{
			&tg.DocumentAttributeFilename{FileName: strings.Repeat("n", 256)},
		}}, "", "FILE_NAME_INVALID"},
		"a photo unknown":        {&tg.InputMediaPhoto{ID: &tg.InputPhoto{ID: 5}}, "", "MEDIA_EMPTY"},
		"a photo not named":      {&tg.InputMediaPhoto{ID: &tg.InputPhotoEmpty{}}, "", "MEDIA_EMPTY"},
		"a document unknown":     {&tg.InputMediaDocument{ID: &tg.InputDocument{ID: 5}}, "", "MEDIA_EMPTY"},
		"a document not named":   {&tg.InputMediaDocument{ID: &tg.InputDocumentEmpty{}}, "", "MEDIA_EMPTY"},
		"from the web":           {&tg.InputMediaPhotoExternal{URL: "https://example.org/a.jpg"}, "", "WEBPAGE_CURL_FAILED"},
		"a contact of no number": {&tg.InputMediaContact{PhoneNumber: "x"}, "", "PHONE_NUMBER_INVALID"},
		"a place off the map":    {&tg.InputMediaGeoPoint{GeoPoint: &tg.InputGeoPoint{Lat: 91}}, "", "GEO_POINT_INVALID"},
		"no place":               {&tg.InputMediaVenue{GeoPoint: &tg.InputGeoPointEmpty{}}, "", "GEO_POINT_INVALID"},
		"a place for a second":   {&tg.InputMediaGeoLive{GeoPoint: &tg.InputGeoPoint{}, Period: 1}, "", "MEDIA_INVALID"},
		"a die of no kind":       {&tg.InputMediaDice{Emoticon: "😀"}, "", "EMOTICON_INVALID"},
		"a page of no address":   {&tg.InputMediaWebPage{URL: "nothing"}, "", "WEBPAGE_URL_INVALID"},
		"a game":                 {&tg.InputMediaGame{ID: &tg.InputGameID{}}, "", "GAME_SHORTNAME_INVALID"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := alice.api.MessagesSendMedia(t.Context(), &tg.MessagesSendMediaRequest{
				Peer: &tg.InputPeerSelf{}, Media: row.in, Message: row.caption, RandomID: random(),
			})
			wantError(t, err, row.want)
		})
	}
	_, err := alice.api.MessagesSendMedia(t.Context(), &tg.MessagesSendMediaRequest{Peer: &tg.InputPeerSelf{}, Media: &tg.InputMediaDice{Emoticon: "🎲"}})
	wantError(t, err, "RANDOM_ID_EMPTY")
	_, err = alice.api.MessagesUploadMedia(t.Context(), &tg.MessagesUploadMediaRequest{Peer: &tg.InputPeerEmpty{}, Media: &tg.InputMediaUploadedPhoto{File: good}})
	wantError(t, err, "PEER_ID_INVALID")
}

func TestCaptionsHaveEntities(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	answer, err := alice.api.MessagesSendMedia(t.Context(), &tg.MessagesSendMediaRequest{
		Peer: &tg.InputPeerSelf{}, Media: &tg.InputMediaDice{Emoticon: "🎲"}, Message: " bold", RandomID: random(),
		Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Offset: 1, Length: 4}},
		ReplyTo:  &tg.InputReplyToMessage{ReplyToMsgID: alice.send(t, &tg.InputPeerSelf{}, "first").ID},
	})
	if err != nil {
		t.Fatal(err)
	}
	m := sent(t, answer)
	if m.Message != "bold" || len(m.Entities) != 1 || m.Entities[0].GetOffset() != 0 || repliedTo(m) == 0 {
		t.Errorf("sent %v", m)
	}
}
