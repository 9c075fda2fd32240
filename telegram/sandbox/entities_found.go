package sandbox

import (
	"regexp"
	"strings"

	"github.com/gotd/td/tg"
)

// What Telegram's servers mark by themselves. One word is looked at by the rows in their order.
var foundKinds = []struct {
	pattern *regexp.Regexp
	hint    string // a text without any of these bytes can't match
	make    func(offset, length int) tg.MessageEntityClass
}{
	{
		regexp.MustCompile(`(?i)\bhttps?://[^\s<>"]+[^\s<>".,;:!?)\]'*_~]`), ":",
		func(o, n int) tg.MessageEntityClass { return &tg.MessageEntityURL{Offset: o, Length: n} },
	},
	{
		regexp.MustCompile(`(?i)\b[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b`), "@",
		func(o, n int) tg.MessageEntityClass { return &tg.MessageEntityEmail{Offset: o, Length: n} },
	},
	{
		regexp.MustCompile(`(?i)\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|me|app|info|ru|de|uk|eu)\b(?:/[^\s<>"]*[^\s<>".,;:!?)\]'])?`), ".",
		func(o, n int) tg.MessageEntityClass { return &tg.MessageEntityURL{Offset: o, Length: n} },
	},
	{
		regexp.MustCompile(`\B@[A-Za-z][A-Za-z0-9_]{2,31}\b`), "@",
		func(o, n int) tg.MessageEntityClass { return &tg.MessageEntityMention{Offset: o, Length: n} },
	},
	{
		regexp.MustCompile(`\B#[\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*`), "#",
		func(o, n int) tg.MessageEntityClass { return &tg.MessageEntityHashtag{Offset: o, Length: n} },
	},
	{
		regexp.MustCompile(`\B\$[A-Z]{1,8}\b`), "$",
		func(o, n int) tg.MessageEntityClass { return &tg.MessageEntityCashtag{Offset: o, Length: n} },
	},
	{
		regexp.MustCompile(`(?:^|[\s(])(/[A-Za-z0-9_]{1,64}(?:@[A-Za-z][A-Za-z0-9_]{2,31})?)\b`), "/",
		func(o, n int) tg.MessageEntityClass { return &tg.MessageEntityBotCommand{Offset: o, Length: n} },
	},
}

// found marks links, addresses, names, tags and commands, but not inside code and the like.
func found(text string, taken []tg.MessageEntityClass) []tg.MessageEntityClass {
	if !strings.ContainsAny(text, ":@.#$/") {
		return nil
	}
	type span struct{ from, to int }
	var busy []span
	for _, e := range taken {
		switch e.(type) {
		case *tg.MessageEntityCode, *tg.MessageEntityPre, *tg.MessageEntityTextURL, *tg.MessageEntityMentionName:
			busy = append(busy, span{e.GetOffset(), e.GetOffset() + e.GetLength()})
		}
	}
	var out []tg.MessageEntityClass
	for _, kind := range foundKinds {
		if !strings.Contains(text, kind.hint) {
			continue
		}
		for _, at := range kind.pattern.FindAllStringSubmatchIndex(text, -1) {
			from, to := at[len(at)-2], at[len(at)-1]
			offset, length := len16(text[:from]), len16(text[from:to])
			free := true
			for _, b := range busy {
				free = free && (offset >= b.to || offset+length <= b.from)
			}
			if free {
				busy = append(busy, span{offset, offset + length})
				out = append(out, kind.make(offset, length))
			}
		}
	}
	return out
}
