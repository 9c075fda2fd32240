package reference_test

import (
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
)

func TestDocsOutsideOfTheTable(t *testing.T) {
	for name, want := range map[string]string{
		"FLOOD_WAIT":                             "Too many calls: wait a while.",
		"flood_wait_37":                          "err.value: seconds",
		"FLOOD_WAIT_X":                           "code 420",
		"CHAT_WRITE_FORBIDDEN":                   "The account may not write in this chat.",
		"PEER_UNKNOWN":                           "an error of tgscript",
		"FILE_PART_3_MISSING":                    "err.value: part",
		"messages.sendMessage":                   "client.api.messages.sendMessage{ ... } -> Updates",
		"client.api.messages.sendMessage":        "SCHEDULE_DATE_TOO_LATE",
		"help.getConfig":                         "-> Config",
		"inputPeerUser":                          "is a InputPeer",
		"InputPeer":                              "inputPeerSelf",
		"Api":                                    "every method of Telegram",
		"client.api.messages.getDialogFilters{}": "messages.DialogFilters",
	} {
		text, _ := reference.Lookup(bindings.Table(), name)
		if name == "Api" {
			want = "Telegram's whole API" // rows come before all else
		}
		if !strings.Contains(text, want) {
			t.Errorf("%s: %q is not in\n%s", name, want, text)
		}
	}
	for name, want := range map[string]string{
		"CHAT_WRITE_FORBIDEN": "CHAT_WRITE_FORBIDDEN",
		"messages.sendMesage": "messages.sendMessage",
	} {
		if _, near := reference.Lookup(bindings.Table(), name); !strings.Contains(strings.Join(near, " "), want) {
			t.Errorf("%s suggests %q", name, near)
		}
	}
}

func TestPageOfErrors(t *testing.T) {
	page := string(reference.Markdown(bindings.Table())["errors.md"])
	for _, want := range []string{"| `FLOOD_WAIT` | 420 | Too many calls: wait a while. `value`: seconds. |", "| `PEER_UNKNOWN` |", "| `CHAT_ADMIN_REQUIRED` | 403, 400 |"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
}
