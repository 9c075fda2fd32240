package main

import (
	"context"
	"errors"
	"net"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/proxy"
)

// The exit codes, as `tgscript help exit-codes` tells them.
const (
	exitFailure     = 1
	exitUsage       = 2
	exitConfig      = 3
	exitSignIn      = 4
	exitScript      = 5
	exitNetwork     = 6
	exitHeld        = 7
	exitInterrupted = 130 // 128 + SIGINT
	exitTerminated  = 143 // 128 + SIGTERM
)

const exitCodes = `  0    done, or asked by SIGTERM to end and ended
  1    something else went wrong; the message says what
  2    the command line is wrong
  3    the config is wrong, or there is none
  4    an account has to be signed in (tgscript login), or has lost its session
  5    a script has an error, or a test failed
  6    Telegram or a proxy can't be reached
  7    another process holds the session
  130  interrupted (Ctrl-C); running calls were allowed to finish
  143  ended by SIGTERM before it was done; a run that could finish its calls is done, and exits with 0`

// Causes of a context that a signal has ended.
var (
	errInterrupted = errors.New("interrupted") // by Ctrl-C: somebody changed their mind
	errTerminated  = errors.New("terminated")  // by SIGTERM: how a service manager ends what is to go on until then
)

// signalled tells whether a signal has ended the context.
func signalled(ctx context.Context) bool {
	cause := context.Cause(ctx)
	return errors.Is(cause, errInterrupted) || errors.Is(cause, errTerminated)
}

// usageError is a mistake on the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// configMissing is a config file that isn't there, or can't be read.
type configMissing struct{ error }

func (e configMissing) Unwrap() error { return e.error }

// exitCode says how the process ends for an error. Of several joined ones the first kind in this order counts.
func exitCode(ctx context.Context, err error) int {
	switch {
	case err == nil:
		if errors.Is(context.Cause(ctx), errInterrupted) {
			return exitInterrupted
		}
		return 0
	case is[usageError](err), is[*tgscript.UnknownSpaceError](err):
		return exitUsage
	case is[*tgscript.ConfigError](err), is[configMissing](err):
		return exitConfig
	case is[*telegram.SessionHeldError](err):
		return exitHeld
	case errors.Is(err, telegram.ErrNeedsLogin), errors.Is(err, telegram.ErrNotSignedIn),
		is[*telegram.AccountLostError](err), is[*telegram.SignInError](err), is[*telegram.WrongAccountError](err):
		return exitSignIn
	case is[*runtime.ScriptError](err), is[findingsError](err), is[failedTests](err), is[chunksError](err), saysScriptError(err):
		return exitScript
	case errors.Is(context.Cause(ctx), errInterrupted):
		return exitInterrupted
	case errors.Is(context.Cause(ctx), errTerminated):
		return exitTerminated
	case is[*proxy.Error](err), is[*net.OpError](err), is[*net.DNSError](err), is[*telegram.CallTimeoutError](err), is[unreachableError](err):
		return exitNetwork
	}
	return exitFailure
}

// saysScriptError tells whether a running tgscript has answered that a script has an error.
func saysScriptError(err error) bool {
	var refused *tgscript.ControlError
	return errors.As(err, &refused) && refused.Code == tgscript.CodeScriptError
}

// is tells whether err is, or wraps, an error of a type.
func is[T error](err error) bool {
	var target T
	return errors.As(err, &target)
}
