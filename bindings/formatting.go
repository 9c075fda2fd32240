package bindings

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/gotd/td/tg"
)

// textEntity is one piece of formatting. Telegram counts in UTF-16 units; here it is bytes from 1 on,
// so that raw_text:sub(offset, offset + length - 1) is the text.
type textEntity struct {
	Type     string `lua:"type"`
	Offset   int    `lua:"offset"`
	Length   int    `lua:"length"`
	Text     string `lua:"text"`
	URL      any    `lua:"url"`
	UserID   any    `lua:"user_id"`
	Language any    `lua:"language"`

	CustomEmojiID any `lua:"custom_emoji_id"`
	Collapsed     any `lua:"collapsed"`
}

// formatting are the message's entities in Lua's terms.
func (m *message) formatting() []textEntity {
	return entitiesOf(m.Message.Message.Message, m.Entities)
}

func entitiesOf(plain string, entities []tg.MessageEntityClass) []textEntity {
	list := make([]textEntity, 0, len(entities))
	if len(entities) == 0 {
		return list
	}
	at := byteOffsets(plain)
	for _, e := range entities {
		from, to := e.GetOffset(), e.GetOffset()+e.GetLength()
		if from < 0 || to < from || to >= len(at) {
			continue // not within the text: nothing a script could do with it
		}
		one := textEntity{Type: entityTypes[e.TypeID()], Offset: at[from] + 1, Length: at[to] - at[from], Text: plain[at[from]:at[to]]}
		if one.Type == "" {
			one.Type = "unknown"
		}
		switch e := e.(type) {
		case *tg.MessageEntityTextURL:
			one.URL = e.URL
		case *tg.MessageEntityMentionName:
			one.UserID = e.UserID
		case *tg.MessageEntityPre:
			one.Language = e.Language
		case *tg.MessageEntityCustomEmoji:
			one.CustomEmojiID = strconv.FormatInt(e.DocumentID, 10)
		case *tg.MessageEntityBlockquote:
			if e.Collapsed {
				one.Collapsed = true
			}
		}
		list = append(list, one)
	}
	return list
}

// byteOffsets gives the byte offset of each UTF-16 unit of s, and of its end. The second half of a
// pair is where its character begins.
func byteOffsets(s string) []int {
	at := make([]int, 0, len(s)+1)
	for i, r := range s {
		at = append(at, i)
		if utf16.RuneLen(r) == 2 && r != utf8.RuneError {
			at = append(at, i)
		}
	}
	return append(at, len(s))
}

// entityTypes are the Bot API's names of https://core.telegram.org/type/MessageEntity.
var entityTypes = map[uint32]string{
	tg.MessageEntityMentionTypeID:     "mention",
	tg.MessageEntityHashtagTypeID:     "hashtag",
	tg.MessageEntityBotCommandTypeID:  "bot_command",
	tg.MessageEntityURLTypeID:         "url",
	tg.MessageEntityEmailTypeID:       "email",
	tg.MessageEntityBoldTypeID:        "bold",
	tg.MessageEntityItalicTypeID:      "italic",
	tg.MessageEntityCodeTypeID:        "code",
	tg.MessageEntityPreTypeID:         "pre",
	tg.MessageEntityTextURLTypeID:     "text_link",
	tg.MessageEntityMentionNameTypeID: "text_mention",
	tg.MessageEntityPhoneTypeID:       "phone_number",
	tg.MessageEntityCashtagTypeID:     "cashtag",
	tg.MessageEntityUnderlineTypeID:   "underline",
	tg.MessageEntityStrikeTypeID:      "strikethrough",
	tg.MessageEntityBankCardTypeID:    "bank_card",
	tg.MessageEntitySpoilerTypeID:     "spoiler",
	tg.MessageEntityCustomEmojiTypeID: "custom_emoji",
	tg.MessageEntityBlockquoteTypeID:  "blockquote",
}

// foundByTelegram are the entities that nobody wrote: Telegram finds them in plain text.
var foundByTelegram = map[string]bool{
	"mention": true, "hashtag": true, "cashtag": true, "bot_command": true, "url": true, "email": true, "phone_number": true, "bank_card": true,
}
