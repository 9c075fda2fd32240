package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gotd/log"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/pool"
	"github.com/gotd/td/rpc"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func TestEachLostSessionHasASentence(t *testing.T) {
	a := scripted(t, Options{})
	for kind, reason := range lostReasons {
		lost := a.lostError(fmt.Errorf("wrapped: %w", tgerr.New(401, kind)))
		if lost == nil || lost.Reason != reason || lostSentences[reason] == "" {
			t.Errorf("%s: got %v", kind, lost)
			continue
		}
		fields := lost.LuaFields()
		if fields["kind"] != "ACCOUNT_LOST" || fields["reason"] != string(reason) || !strings.HasPrefix(lost.Error(), "account me: ") {
			t.Errorf("%s: got %v, %v", kind, lost, fields)
		}
		if again := a.lostError(fmt.Errorf("later: %w", lost)); again != lost {
			t.Errorf("%s: not known again: %v", kind, again)
		}
	}
	for _, err := range []error{nil, io.EOF, tgerr.New(400, "PEER_ID_INVALID"), tgerr.New(401, "SESSION_PASSWORD_NEEDED")} {
		if lost := a.lostError(err); lost != nil {
			t.Errorf("%v: got %v", err, lost)
		}
	}
}

func TestCallErrorsTellScripts(t *testing.T) {
	for _, test := range []struct {
		err interface {
			error
			LuaFields() map[string]any
		}
		kind, says string
	}{
		{&OutcomeUnknownError{Method: "messages.createChat"}, "OUTCOME_UNKNOWN", "messages.createChat: the connection was lost"},
		{&CallTimeoutError{Method: "help.getConfig", After: time.Minute, State: ConnectionState{Name: Disconnected, Reason: "refused"}}, "TIMEOUT", "no answer within 1m0s (disconnected: refused)"},
		{&CallTimeoutError{Method: "help.getConfig", After: time.Minute, State: ConnectionState{Name: Connecting}}, "TIMEOUT", "(connecting)"},
		{&CallTimeoutError{Method: "help.getConfig", After: time.Minute, State: ConnectionState{Name: Ready}}, "TIMEOUT", "help.getConfig: no answer within 1m0s"},
		{&FloodWaitError{Kind: "SLOWMODE_WAIT", Method: "messages.sendMessage", Wait: time.Hour, Limit: time.Minute}, "SLOWMODE_WAIT", "a pause of 1h0m0s (SLOWMODE_WAIT), more than the 1m0s"},
		{&FloodWaitError{Kind: "FLOOD_WAIT", Method: "messages.sendMessage", Wait: time.Hour - time.Microsecond, Limit: time.Minute}, "FLOOD_WAIT", "a pause of 1h0m0s (FLOOD_WAIT), more than the 1m0s"},
	} {
		fields := test.err.LuaFields()
		if fields["kind"] != test.kind || fields["message"] != test.err.Error() || !strings.Contains(test.err.Error(), test.says) {
			t.Errorf("got %v, %v", fields, test.err)
		}
	}
	sent := &AlreadySentError{Method: "messages.sendMessage", Cause: io.EOF}
	if !errors.Is(sent, io.EOF) || !strings.Contains(sent.Error(), "has the message already") {
		t.Errorf("got %v", sent)
	}
	if errors.Is(&OutcomeUnknownError{Cause: context.Canceled}, context.Canceled) {
		t.Error("a lost answer looks like the caller's own cancellation")
	}
}

func TestHoldersAreNamed(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for want, held := range map[string]*SessionHeldError{
		"process 7 on host box (tgscript run) since 2026-01-02 03:04:05": {PID: 7, Host: "box", Command: "tgscript run", Since: at},
		"process 7 on host box: stop":                                    {PID: 7, Host: "box"},
		"another process (lock file /x)":                                 {Path: "/x"},
	} {
		if !strings.Contains(held.Error(), want) {
			t.Errorf("got %q, want %q", held, want)
		}
	}
}

func TestWhatALostCallLooksLike(t *testing.T) {
	for _, err := range []error{
		errCut, context.Canceled, fmt.Errorf("x: %w", rpc.ErrEngineClosed), pool.ErrConnDead, &rpc.RetryLimitReachedErr{},
		io.EOF, io.ErrUnexpectedEOF, io.ErrClosedPipe, net.ErrClosed, syscall.EPIPE, syscall.ECONNRESET,
		&net.OpError{Op: "write", Err: syscall.EPIPE}, tgerr.New(500, "RPC_CALL_FAIL"), tgerr.New(-503, "Timeout"),
	} {
		if !mayBeLost(err) {
			t.Errorf("%v was taken for an answer", err)
		}
	}
	for _, err := range []error{
		tgerr.New(400, "PEER_ID_INVALID"), tgerr.New(500, "AUTH_RESTART"), tgerr.New(501, "METHOD_NOT_EMULATED"), errors.New("decode: unexpected id"),
	} {
		if mayBeLost(err) {
			t.Errorf("%v was taken for a lost call", err)
		}
	}
}

func TestRefusedMessagesWereNotTaken(t *testing.T) {
	for text, want := range map[string]bool{"msg_id too high": true, "rpcDoRequest: msg_id too low": true, "incorrect server salt": true, "nothing": false} {
		if got := notTaken(errors.New(text)); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func TestTheOutcomeOfARun(t *testing.T) {
	lost := &AccountLostError{Account: "me", Reason: LostBanned}
	other := errors.New("script error")
	for name, test := range map[string]struct {
		err, cause error
		want       []error
	}{
		"all went well":                   {nil, nil, []error{nil}},
		"f failed":                        {other, nil, []error{other}},
		"f was cancelled from outside":    {context.Canceled, context.Canceled, []error{context.Canceled}},
		"lost, and f felt it":             {context.Canceled, lost, []error{lost}},
		"lost, and f said so":             {fmt.Errorf("send: %w", lost), lost, []error{lost}},
		"lost, and f didn't care":         {nil, lost, []error{lost}},
		"lost, and f had another problem": {other, lost, []error{lost, other}},
	} {
		got := outcome(test.err, test.cause)
		for _, want := range test.want {
			if !errors.Is(got, want) {
				t.Errorf("%s: got %v, want %v", name, got, want)
			}
		}
	}
}

func TestReasonsAreReadable(t *testing.T) {
	for text, want := range map[string]string{
		"start: dial failed: dial tcp 127.0.0.1:1: connect: connection refused": "dial tcp 127.0.0.1:1: connect: connection refused",
		"task readLoop: read: read intermediate: read length: EOF":              "the other side has closed the connection",
		"group: task readLoop: read: EOF":                                       "EOF",
	} {
		if got := plainReason(errors.New(text)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := plainReason(nil); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestTelegramsKeysAreThere(t *testing.T) {
	for name, s := range map[string]Server{"main": Production(), "test": TestServer()} {
		if len(s.Keys) == 0 || len(s.Options) == 0 || s.DC == 0 {
			t.Errorf("%s: got %+v", name, s)
		}
		for _, key := range s.Keys {
			if key.RSA.N.BitLen() != crypto.RSAKeyBits {
				t.Errorf("%s: a key of %d bits", name, key.RSA.N.BitLen())
			}
		}
	}
	if !TestServer().Test || Production().Test {
		t.Error("the servers are mixed up")
	}
}

func TestGotdsLogTellsNoSecrets(t *testing.T) {
	var out bytes.Buffer
	l := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	g := log.For(gotdLogger(l, nil)).With(log.Any("update", map[string]string{"text": "secret"})).Named("conn")
	g.Info(t.Context(), "chatter")
	g.Error(t.Context(), "odd", log.String("long", strings.Repeat("x", 1000)), log.Error(errors.New("reason")), log.Int("n", 7))
	got := out.String()
	if strings.Contains(got, "chatter") || strings.Contains(got, "secret") || strings.Contains(got, strings.Repeat("x", 201)) {
		t.Errorf("too much: %s", got)
	}
	for _, want := range []string{"level=DEBUG", "gotd: odd", "reason", "n=7"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing: %s", want, got)
		}
	}
	out.Reset()
	silent := slog.New(slog.NewTextHandler(&out, nil))
	log.For(gotdLogger(silent, nil)).Error(t.Context(), "odd")
	if out.Len() > 0 {
		t.Errorf("gotd is heard at the usual level: %s", out.String())
	}
}

func TestNames(t *testing.T) {
	for want, u := range map[string]*tg.User{
		"Alice Liddell": {FirstName: "Alice", LastName: "Liddell"}, "Alice": {FirstName: "Alice", Username: "a"}, "@a": {Username: "a"}, "7": {ID: 7},
	} {
		if got := (&User{u}).DisplayName(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTheDeviceStaysTheSame(t *testing.T) {
	d := Device{}.config()
	if d.DeviceModel != "tgscript" || d.SystemVersion == "" || d.AppVersion == "" || d.LangCode != "en" || d.SystemLangCode != "en" {
		t.Errorf("got %+v", d)
	}
	d = Device{Model: "M", System: "S", App: "A", Lang: "de"}.config()
	if d.DeviceModel != "M" || d.SystemVersion != "S" || d.AppVersion != "A" || d.LangCode != "de" {
		t.Errorf("got %+v", d)
	}
}
