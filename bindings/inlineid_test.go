package bindings

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestInlineMessageIDsAreWrittenAndRead(t *testing.T) {
	for name, id := range map[string]tg.InputBotInlineMessageIDClass{
		"short": &tg.InputBotInlineMessageID{DCID: 2, ID: 1001<<32 | 7, AccessHash: -5},
		"long":  &tg.InputBotInlineMessageID64{DCID: 4, OwnerID: -1 << 40, ID: 9, AccessHash: 1 << 62},
	} {
		t.Run(name, func(t *testing.T) {
			text := (&inlineID{id: id}).text()
			read, err := parseInlineID(text)
			if err != nil || read.String() != id.String() {
				t.Fatalf("%s is read as %v, %v; want %v", text, read, err, id)
			}
		})
	}
	for _, bad := range []string{"", "?", "AAAA", "client"} {
		if id, err := parseInlineID(bad); err == nil {
			t.Errorf("%q is read as %v", bad, id)
		}
	}
}

func FuzzInlineID(f *testing.F) {
	f.Add("AgAAAAcAAADpAwAA-_________8")
	f.Fuzz(func(t *testing.T, s string) {
		id, err := parseInlineID(s)
		if err != nil {
			return
		}
		again, err := parseInlineID((&inlineID{id: id}).text())
		if err != nil || again.String() != id.String() {
			t.Fatalf("%q is %v, and then %v, %v", s, id, again, err)
		}
	})
}
