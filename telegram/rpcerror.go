package telegram

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/rpcerrors"
)

// RPCError is Telegram's answer to a call that it refused.
type RPCError struct {
	Kind    string // Telegram's name of the error without its number: "FLOOD_WAIT"
	Code    int    // like HTTP's: 400, 401, 403, 420 ...
	Value   int    // the number in the name: seconds, a data center, a part of a file; see package rpcerrors
	Seconds int    // how long to wait, for those that say so
	Method  string // "messages.sendMessage"; "" if unknown
	Cause   error
}

func (e *RPCError) Error() string {
	method := e.Method
	if method == "" {
		method = "Telegram"
	}
	text := fmt.Sprintf("%s: %s (%d)", method, e.Kind, e.Code)
	if words := e.Explain(); words != "" {
		text += ": " + words
	}
	return text
}

func (e *RPCError) Unwrap() error { return e.Cause }

// Explain says in plain words what the error means; "" for one that isn't common.
func (e *RPCError) Explain() string { return rpcerrors.Explain(e.Kind, e.Value) }

// LuaFields are the fields of the error as scripts see it.
func (e *RPCError) LuaFields() map[string]any {
	fields := map[string]any{"kind": e.Kind, "message": e.Error(), "code": e.Code, "method": e.Method}
	if e.Value != 0 {
		fields["value"] = e.Value
	}
	if e.Seconds > 0 {
		fields["seconds"] = e.Seconds
	}
	return fields
}

// importWait begins an error that ends in "5MIN".
const importWait = "PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_"

// refused gives a refusal its type. Errors that have one already, like those of a flood, keep it.
func refused(in bin.Encoder, err error) error {
	rpc, ok := tgerr.As(err)
	if !ok {
		return err
	}
	var typed interface{ LuaFields() map[string]any }
	if errors.As(err, &typed) {
		return err
	}
	e := &RPCError{Kind: rpc.Type, Code: rpc.Code, Value: rpc.Argument, Method: methodName(in), Cause: err}
	if minutes, ok := strings.CutPrefix(rpc.Type, importWait); ok { // the number is in one piece with its unit
		e.Kind = importWait + "MIN"
		e.Value, _ = strconv.Atoi(strings.TrimSuffix(minutes, "MIN"))
		e.Seconds = 60 * e.Value
	}
	e.Kind, _, _ = strings.Cut(e.Kind, ": ") // the sandbox says more after it
	if rpcerrors.Timed(e.Kind) {
		e.Seconds = e.Value
	}
	return e
}
