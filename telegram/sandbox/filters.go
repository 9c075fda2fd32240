package sandbox

import (
	"slices"

	"github.com/gotd/td/tg"
)

// Kinds of media, as filters tell them apart.
const (
	kindPhoto    = "photo"
	kindVideo    = "video"
	kindRound    = "round"
	kindGIF      = "gif"
	kindVoice    = "voice"
	kindMusic    = "music"
	kindSticker  = "sticker"
	kindDocument = "document"
	kindContact  = "contact"
	kindGeo      = "geo"
	kindPoll     = "poll"
	kindOther    = "other"
)

// kindOf says what kind of media there is; "" for none.
func kindOf(m tg.MessageMediaClass) string {
	switch m := m.(type) {
	case nil:
		return ""
	case *tg.MessageMediaPhoto:
		return kindPhoto
	case *tg.MessageMediaDocument:
		if d, ok := m.Document.(*tg.Document); ok {
			return documentKind(d.Attributes)
		}
		return kindDocument
	case *tg.MessageMediaContact:
		return kindContact
	case *tg.MessageMediaGeo, *tg.MessageMediaGeoLive, *tg.MessageMediaVenue:
		return kindGeo
	case *tg.MessageMediaPoll:
		return kindPoll
	default:
		return kindOther
	}
}

// documentKind goes by the attribute that says most: a GIF is a video, too.
func documentKind(attributes []tg.DocumentAttributeClass) string {
	kind := kindDocument
	for _, a := range attributes {
		switch a := a.(type) {
		case *tg.DocumentAttributeSticker, *tg.DocumentAttributeCustomEmoji:
			return kindSticker
		case *tg.DocumentAttributeAnimated:
			kind = kindGIF
		case *tg.DocumentAttributeVideo:
			switch {
			case a.RoundMessage:
				kind = kindRound
			case kind == kindDocument:
				kind = kindVideo
			}
		case *tg.DocumentAttributeAudio:
			kind = kindMusic
			if a.Voice {
				kind = kindVoice
			}
		}
	}
	return kind
}

// filterKinds are the kinds that each filter of https://core.telegram.org/type/MessagesFilter
// lets through, by the filter's type id.
var filterKinds = map[uint32][]string{
	tg.InputMessagesFilterPhotosTypeID:     {kindPhoto},
	tg.InputMessagesFilterVideoTypeID:      {kindVideo},
	tg.InputMessagesFilterPhotoVideoTypeID: {kindPhoto, kindVideo},
	tg.InputMessagesFilterDocumentTypeID:   {kindDocument},
	tg.InputMessagesFilterGifTypeID:        {kindGIF},
	tg.InputMessagesFilterVoiceTypeID:      {kindVoice},
	tg.InputMessagesFilterMusicTypeID:      {kindMusic},
	tg.InputMessagesFilterRoundVideoTypeID: {kindRound},
	tg.InputMessagesFilterRoundVoiceTypeID: {kindRound, kindVoice},
	tg.InputMessagesFilterContactsTypeID:   {kindContact},
	tg.InputMessagesFilterGeoTypeID:        {kindGeo},
}

// passes tells whether a message is of the kinds that a filter asks for.
func passes(m *tg.Message, filter tg.MessagesFilterClass) bool {
	return slices.Contains(filterKinds[filter.TypeID()], kindOf(m.Media))
}

// isChatPhoto tells whether a service message shows a new photo and the filter asks for those.
func isChatPhoto(r *record, filter tg.MessagesFilterClass) bool {
	if _, wanted := filter.(*tg.InputMessagesFilterChatPhotos); !wanted {
		return false
	}
	service, ok := r.message().(*tg.MessageService)
	if !ok {
		return false
	}
	_, ok = service.Action.(*tg.MessageActionChatEditPhoto)
	return ok
}
