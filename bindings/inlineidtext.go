package bindings

import (
	"encoding/base64"
	"errors"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// errInlineID says that a text names no inline message.
var errInlineID = errors.New("id of an inline message expected, as the field id of InlineMessage gives it")

// text is the id as the Bot API writes it, the schema's bytes in base64 without the constructor:
// https://core.telegram.org/constructor/inputBotInlineMessageID
func (m *inlineID) text() string {
	var b bin.Buffer
	if err := m.id.EncodeBare(&b); err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b.Buf)
}

// parseInlineID reads what text writes. The two forms of the id differ in length.
func parseInlineID(s string) (tg.InputBotInlineMessageIDClass, error) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return nil, errInlineID
	}
	var id tg.InputBotInlineMessageIDClass
	switch len(raw) {
	case 20: // dc, id, hash
		id = &tg.InputBotInlineMessageID{}
	case 24: // dc, owner, id, hash
		id = &tg.InputBotInlineMessageID64{}
	default:
		return nil, errInlineID
	}
	if err := id.DecodeBare(&bin.Buffer{Buf: raw}); err != nil {
		return nil, errInlineID
	}
	return id, nil
}
