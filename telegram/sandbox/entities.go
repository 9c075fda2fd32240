package sandbox

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/gotd/td/tg"
)

// compose makes what the server keeps of a text that a client sent: space at both ends cut off,
// entities checked and moved along, and those added that Telegram's servers find themselves.
// See https://core.telegram.org/api/entities.
func (s *Server) compose(text string, entities []tg.MessageEntityClass, user func(tg.InputUserClass) (*user, error)) (string, []tg.MessageEntityClass, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil, bad("MESSAGE_EMPTY")
	}
	trimmed := strings.TrimLeftFunc(text, unicode.IsSpace)
	cut := len16(text) - len16(trimmed)
	trimmed = strings.TrimRightFunc(trimmed, unicode.IsSpace)
	if n := len([]rune(trimmed)); n > s.limits.MessageLength {
		return "", nil, bad("MESSAGE_TOO_LONG")
	}
	var kept []tg.MessageEntityClass
	if len(entities) > 0 {
		size, whole := len16(trimmed), len16(text)
		for _, e := range entities {
			from, to := e.GetOffset(), e.GetOffset()+e.GetLength()
			if from < 0 || e.GetLength() < 0 || to > whole {
				return "", nil, bad("ENTITY_BOUNDS_INVALID")
			}
			from, to = max(from-cut, 0), min(to-cut, size)
			if from >= to {
				continue
			}
			moved, err := place(e, from, to-from, user)
			if err != nil {
				return "", nil, err
			}
			if moved != nil {
				kept = append(kept, moved)
			}
		}
	}
	kept = append(kept, found(trimmed, kept)...)
	slices.SortStableFunc(kept, func(a, b tg.MessageEntityClass) int {
		return cmp.Or(cmp.Compare(a.GetOffset(), b.GetOffset()), cmp.Compare(b.GetLength(), a.GetLength()))
	})
	return trimmed, kept, nil
}

// place returns a copy of an entity at another place; nil for kinds only the server may set.
func place(e tg.MessageEntityClass, offset, length int, user func(tg.InputUserClass) (*user, error)) (tg.MessageEntityClass, error) {
	switch e := e.(type) {
	case *tg.MessageEntityBold:
		return &tg.MessageEntityBold{Offset: offset, Length: length}, nil
	case *tg.MessageEntityItalic:
		return &tg.MessageEntityItalic{Offset: offset, Length: length}, nil
	case *tg.MessageEntityUnderline:
		return &tg.MessageEntityUnderline{Offset: offset, Length: length}, nil
	case *tg.MessageEntityStrike:
		return &tg.MessageEntityStrike{Offset: offset, Length: length}, nil
	case *tg.MessageEntitySpoiler:
		return &tg.MessageEntitySpoiler{Offset: offset, Length: length}, nil
	case *tg.MessageEntityCode:
		return &tg.MessageEntityCode{Offset: offset, Length: length}, nil
	case *tg.MessageEntityPre:
		return &tg.MessageEntityPre{Offset: offset, Length: length, Language: e.Language}, nil
	case *tg.MessageEntityBlockquote:
		return &tg.MessageEntityBlockquote{Offset: offset, Length: length, Collapsed: e.Collapsed}, nil
	case *tg.MessageEntityTextURL:
		if strings.TrimSpace(e.URL) == "" || strings.ContainsAny(e.URL, " \n") {
			return nil, nil
		}
		return &tg.MessageEntityTextURL{Offset: offset, Length: length, URL: e.URL}, nil
	case *tg.MessageEntityCustomEmoji:
		return &tg.MessageEntityCustomEmoji{Offset: offset, Length: length, DocumentID: e.DocumentID}, nil
	case *tg.InputMessageEntityMentionName:
		u, err := user(e.UserID)
		if err != nil {
			return nil, nil // Telegram drops a mention of somebody unknown and keeps the text.
		}
		return &tg.MessageEntityMentionName{Offset: offset, Length: length, UserID: u.id}, nil
	default:
		return nil, nil
	}
}

// len16 counts UTF-16 units, in which Telegram measures text.
func len16(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// slice16 cuts length UTF-16 units out of s from offset on.
func slice16(s string, offset, length int) string {
	at, from := 0, -1
	for i, r := range s {
		if at >= offset && from < 0 {
			from = i
		}
		if at >= offset+length {
			return s[max(from, 0):i]
		}
		at += max(utf16.RuneLen(r), 1)
	}
	if from < 0 {
		return ""
	}
	return s[from:]
}
