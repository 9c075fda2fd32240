package bindings

import (
	"fmt"
	"strconv"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/text"
)

// entityList is formatting that a script gives itself: as message.entities has it, or as Telegram's own objects.
type entityList []givenEntity

type givenEntity struct {
	plainEntity
	raw tg.MessageEntityClass // takes the place of the others
}

type plainEntity struct {
	Type          string  `lua:"type"`
	Offset        int     `lua:"offset"`
	Length        int     `lua:"length"`
	Text          words   `lua:"text,optional"` // what message.entities adds
	URL           words   `lua:"url,optional"`
	UserID        spec.ID `lua:"user_id,optional"`
	Language      words   `lua:"language,optional"`
	CustomEmojiID spec.ID `lua:"custom_emoji_id,optional"`
	Collapsed     bool    `lua:"collapsed,optional"`
}

var entityTable = spec.OptionsOf[plainEntity]()

// DecodeLua reads a list of tables or objects.
func (l *entityList) DecodeLua(L *vm.State, v vm.Value) error {
	table, ok := v.(*vm.Table)
	if !ok {
		return spec.Expected("list of entities", v)
	}
	*l = make(entityList, 0, table.Len())
	for i := range table.Len() {
		var one givenEntity
		switch v := table.RawGetInt(i + 1).(type) {
		case *vm.UserData:
			o, _ := v.Value.(*object)
			if o != nil {
				one.raw, _ = o.value.(tg.MessageEntityClass)
			}
			if one.raw == nil {
				return fmt.Errorf("element %d: %w", i+1, spec.Expected("entity", v))
			}
		case *vm.Table:
			var err error
			if one.plainEntity, err = entityTable.Decode(L, "", v); err != nil {
				return fmt.Errorf("element %d: %w", i+1, err)
			}
			if _, known := entityMakers[one.Type]; !known && !foundByTelegram[one.Type] {
				return fmt.Errorf("element %d: no entity has the type '%s'", i+1, one.Type)
			}
		default:
			return fmt.Errorf("element %d: %w", i+1, spec.Expected("entity", v))
		}
		*l = append(*l, one)
	}
	return nil
}

// LuaType is its name in the editor types.
func (entityList) LuaType() string { return "TextEntity[]" }

// over puts the formatting over a text. Offsets and lengths of tables count bytes from 1, those of Telegram's own
// objects count as Telegram does.
func (l entityList) over(plain string) (text.Text, error) {
	out := text.Of(plain)
	for i, e := range l {
		if e.raw != nil {
			out.Entities = append(out.Entities, e.raw)
			continue
		}
		from, to := e.Offset-1, e.Offset-1+e.Length
		if from < 0 || to < from || to > len(plain) {
			return out, &spec.ArgumentError{
				Place:   "option 'formatting_entities'",
				Problem: "element " + strconv.Itoa(i+1) + " is not within the text, which has " + strconv.Itoa(len(plain)) + " bytes",
			}
		}
		if make := entityMakers[e.Type]; make != nil && to > from {
			out.Entities = append(out.Entities, make(text.Units(plain[:from]), text.Units(plain[from:to]), e.plainEntity))
		}
	}
	return out, nil
}

// entityMakers make the entities that a writer sets. The others are found by Telegram.
var entityMakers = map[string]func(offset, length int, e plainEntity) tg.MessageEntityClass{
	"bold": func(o, l int, _ plainEntity) tg.MessageEntityClass {
		return &tg.MessageEntityBold{Offset: o, Length: l}
	},
	"italic": func(o, l int, _ plainEntity) tg.MessageEntityClass {
		return &tg.MessageEntityItalic{Offset: o, Length: l}
	},
	"underline": func(o, l int, _ plainEntity) tg.MessageEntityClass {
		return &tg.MessageEntityUnderline{Offset: o, Length: l}
	},
	"strikethrough": func(o, l int, _ plainEntity) tg.MessageEntityClass {
		return &tg.MessageEntityStrike{Offset: o, Length: l}
	},
	"spoiler": func(o, l int, _ plainEntity) tg.MessageEntityClass {
		return &tg.MessageEntitySpoiler{Offset: o, Length: l}
	},
	"code": func(o, l int, _ plainEntity) tg.MessageEntityClass {
		return &tg.MessageEntityCode{Offset: o, Length: l}
	},
	"pre": func(o, l int, e plainEntity) tg.MessageEntityClass {
		return &tg.MessageEntityPre{Offset: o, Length: l, Language: string(e.Language)}
	},
	"text_link": func(o, l int, e plainEntity) tg.MessageEntityClass {
		return &tg.MessageEntityTextURL{Offset: o, Length: l, URL: string(e.URL)}
	},
	"text_mention": func(o, l int, e plainEntity) tg.MessageEntityClass {
		return &tg.MessageEntityMentionName{Offset: o, Length: l, UserID: int64(e.UserID)}
	},
	"custom_emoji": func(o, l int, e plainEntity) tg.MessageEntityClass {
		return &tg.MessageEntityCustomEmoji{Offset: o, Length: l, DocumentID: int64(e.CustomEmojiID)}
	},
	"blockquote": func(o, l int, e plainEntity) tg.MessageEntityClass {
		return &tg.MessageEntityBlockquote{Offset: o, Length: l, Collapsed: e.Collapsed}
	},
}

var _ spec.Decoder = (*entityList)(nil)
