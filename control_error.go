package tgscript

import (
	"errors"
	"net/http"

	"github.com/tgscript/tgscript/runtime"
)

// ControlError is how a running tgscript refuses what it was asked for. It travels as JSON.
type ControlError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
	Detail  string `json:"detail,omitempty"` // of SCRIPT_ERROR: with excerpt and traceback
}

// The codes of a ControlError. They are part of what docs/operating.md describes: programs may tell errors apart by them.
const (
	CodeScriptError   = "SCRIPT_ERROR"   // what was asked for has failed in Lua
	codeBadRequest    = "BAD_REQUEST"    // the question makes no sense
	codeNoScript      = "NO_SUCH_SCRIPT" // none has that name
	CodeWhichScript   = "WHICH_SCRIPT"   // several could be meant
	codeNoHandler     = "NO_SUCH_HANDLER"
	codeNotServing    = "NOT_SERVING" // the script could not be loaded, or is gone
	codeNoRoute       = "NO_SUCH_ROUTE"
	codeFailed        = "FAILED"
	codeInterrupted   = "INTERRUPTED"
	codeWrongDocument = "WRONG_ANSWER" // it is not tgscript that answers
)

// Error is the message, and the hint if there is one.
func (e *ControlError) Error() string {
	if e.Hint != "" {
		return e.Message + ": " + e.Hint
	}
	return e.Message
}

// asControlError puts any error into the envelope.
func asControlError(err error) *ControlError {
	if e, ok := errors.AsType[*ControlError](err); ok {
		return e
	}
	if e, ok := errors.AsType[*runtime.ScriptError](err); ok {
		return &ControlError{Code: CodeScriptError, Message: e.Error(), Detail: e.Detail()}
	}
	switch {
	case errors.Is(err, runtime.ErrNotServing):
		return &ControlError{Code: codeNotServing, Message: err.Error(), Hint: "tgscript status and tgscript logs say why"}
	case errors.Is(err, runtime.ErrUnknownScript):
		return &ControlError{Code: codeNoScript, Message: err.Error()}
	}
	return &ControlError{Code: codeFailed, Message: err.Error()}
}

// status is the HTTP status that goes with the error.
func (e *ControlError) status() int {
	switch e.Code {
	case codeBadRequest, CodeWhichScript:
		return http.StatusBadRequest
	case codeNoScript, codeNoHandler, codeNoRoute:
		return http.StatusNotFound
	case CodeScriptError, codeNotServing:
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}
