package telegram

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func TestRefused(t *testing.T) {
	in := &tg.MessagesSendMessageRequest{}
	for raw, want := range map[*tgerr.Error]struct {
		text    string
		seconds int
	}{
		tgerr.New(400, "MESSAGE_EMPTY"):           {"messages.sendMessage: MESSAGE_EMPTY (400): a message needs text", 0},
		tgerr.New(420, "FLOOD_WAIT_37"):           {"messages.sendMessage: FLOOD_WAIT (420): too many calls: wait 37 s", 37},
		tgerr.New(420, "SLOWMODE_WAIT_5"):         {"messages.sendMessage: SLOWMODE_WAIT (420): the chat is in slow mode: wait 5 s", 5},
		tgerr.New(420, "TAKEOUT_INIT_DELAY_9"):    {"messages.sendMessage: TAKEOUT_INIT_DELAY (420): Telegram wants to be sure that it is you: confirm in another app, or wait 9 s", 9},
		tgerr.New(400, "SOMETHING_NEW"):           {"messages.sendMessage: SOMETHING_NEW (400)", 0},
		tgerr.New(400, "FILE_PART_7_MISSING"):     {"messages.sendMessage: FILE_PART_MISSING (400): part 7 of the file did not arrive", 0},
		tgerr.New(403, "CHAT_WRITE_FORBIDDEN"):    {"messages.sendMessage: CHAT_WRITE_FORBIDDEN (403): the account may not write in this chat", 0},
		tgerr.New(406, "AUTH_KEY_DUPLICATED"):     {"messages.sendMessage: AUTH_KEY_DUPLICATED (406): the session was used from two places at once, and Telegram ended it", 0},
		tgerr.New(400, "PEER_ID_INVALID"):         {"messages.sendMessage: PEER_ID_INVALID (400): the chat is unknown, or the account has never met it", 0},
		tgerr.New(303, "FILE_MIGRATE_4"):          {"messages.sendMessage: FILE_MIGRATE (303): the file is in data center 4", 0},
		tgerr.New(500, "RANDOM_ID_DUPLICATE"):     {"messages.sendMessage: RANDOM_ID_DUPLICATE (500): this was sent already", 0},
		tgerr.New(420, "FLOOD_PREMIUM_WAIT_3"):    {"messages.sendMessage: FLOOD_PREMIUM_WAIT (420): too fast for an account without Premium: wait 3 s", 3},
		tgerr.New(400, "USER_BANNED_IN_CHANNEL"):  {"messages.sendMessage: USER_BANNED_IN_CHANNEL (400): an admin has restricted the account here, or Telegram has limited it in all groups (ask @SpamBot)", 0},
		tgerr.New(400, "MESSAGE_ID_INVALID"):      {"messages.sendMessage: MESSAGE_ID_INVALID (400): there is no message of this id, or it can't be changed", 0},
		tgerr.New(-503, "Timeout"):                {"messages.sendMessage: Timeout (-503): Telegram took too long to carry this out", 0},
		tgerr.New(403, "USER_PRIVACY_RESTRICTED"): {"messages.sendMessage: USER_PRIVACY_RESTRICTED (403): the privacy settings of this person don't allow it", 0},
	} {
		err := refused(in, fmt.Errorf("invoke: %w", raw))
		var e *RPCError
		if !errors.As(err, &e) || e.Error() != want.text || e.Seconds != want.seconds {
			t.Errorf("%s became %v", raw.Message, err)
			continue
		}
		fields := e.LuaFields()
		seconds, _ := fields["seconds"].(int)
		if value, _ := fields["value"].(int); value != raw.Argument {
			t.Errorf("%s has the value %v", raw.Message, fields["value"])
		}
		if fields["kind"] != raw.Type || fields["code"] != raw.Code || fields["method"] != "messages.sendMessage" || fields["message"] != want.text || seconds != want.seconds {
			t.Errorf("%s has the fields %v", raw.Message, fields)
		}
		if again, ok := tgerr.As(err); !ok || again != raw {
			t.Errorf("%s hides what it was", raw.Message)
		}
	}
}

func TestRefusedForMinutes(t *testing.T) {
	e, ok := refused(nil, tgerr.New(400, "PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_5MIN")).(*RPCError)
	if !ok || e.Kind != "PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_MIN" || e.Value != 5 || e.Seconds != 300 || e.Explain() != "another history is being imported: wait 5 minutes" {
		t.Errorf("got %+v", e)
	}
}

func TestRefusedWithMoreToSay(t *testing.T) {
	e, ok := refused(&tg.PhoneGetGroupCallRequest{}, tgerr.New(501, "METHOD_NOT_EMULATED: phone.getGroupCall")).(*RPCError)
	if !ok || e.Kind != "METHOD_NOT_EMULATED" || !strings.Contains(e.Error(), "phone.getGroupCall") {
		t.Errorf("got %+v", e)
	}
}

func TestNotRefused(t *testing.T) {
	for _, err := range []error{
		context.Canceled, errors.New("no link"),
		&FloodWaitError{Kind: "FLOOD_WAIT", Cause: tgerr.New(420, "FLOOD_WAIT_99")},
		refused(nil, tgerr.New(400, "X")),
	} {
		if got := refused(nil, err); got != err {
			t.Errorf("%v became %v", err, got)
		}
	}
}
