package sandbox

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/gotd/td/tg"
)

// entitiesSeen are the entities of a message with the parts that they are about.
func entitiesSeen(m *tg.Message) []MessageEntity {
	if len(m.Entities) == 0 {
		return nil
	}
	units := utf16.Encode([]rune(m.Message)) // which offsets count: https://core.telegram.org/api/entities#entity-length
	list := make([]MessageEntity, 0, len(m.Entities))
	for _, e := range m.Entities {
		from := min(max(e.GetOffset(), 0), len(units))
		to := min(max(from+e.GetLength(), from), len(units))
		one := MessageEntity{Type: entityName(e), Text: string(utf16.Decode(units[from:to]))}
		if link, ok := e.(*tg.MessageEntityTextURL); ok {
			one.URL = link.URL
		}
		list = append(list, one)
	}
	return list
}

// entityName is the name of a constructor in short: text_url of messageEntityTextUrl.
func entityName(e tg.MessageEntityClass) string {
	var b strings.Builder
	for i, r := range strings.TrimPrefix(e.TypeName(), "messageEntity") {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
