package bindings

import (
	"errors"
	"path"

	"github.com/tgscript/tgscript/runtime/permission"
)

// guarded are the methods that could give the account away, lock its owner out or destroy it, and what they do. A
// script may call them only where config.yaml says so: allow: { methods: [...] }. A star stands for anything.
var guarded = []struct{ pattern, why string }{
	{"auth.*", "it has to do with signing in and out"},

	{"account.deleteAccount", "it deletes the account"},
	{"account.getPassword*", "it shows how two-step verification is set up"},
	{"account.updatePasswordSettings", "it changes the password"},
	{"account.confirmPasswordEmail", "it changes how the password is recovered"},
	{"account.resendPasswordEmail", "it changes how the password is recovered"},
	{"account.cancelPasswordEmail", "it changes how the password is recovered"},
	{"account.resetPassword", "it takes the password away"},
	{"account.declinePasswordReset", "it decides about the password"},
	{"account.getTmpPassword", "it makes a password for payments"},

	{"account.getAuthorizations", "it shows from where the account is used"},
	{"account.resetAuthorization*", "it signs devices out"},
	{"account.changeAuthorizationSettings", "it changes what other devices may do"},
	{"account.setAuthorizationTTL", "it changes when devices are signed out"},
	{"account.getWebAuthorizations", "it shows where the account is signed in"},
	{"account.resetWebAuthorization*", "it signs websites out"},
	{"account.invalidateSignInCodes", "it has to do with login codes"},
	{"account.setAccountTTL", "it changes when the account deletes itself"},

	{"account.changePhone", "it gives the account another number"},
	{"account.sendChangePhoneCode", "it gives the account another number"},
	{"account.sendConfirmPhoneCode", "it has to do with login codes"},
	{"account.confirmPhone", "it has to do with login codes"},
	{"account.sendVerifyPhoneCode", "it has to do with login codes"},
	{"account.verifyPhone", "it has to do with login codes"},
	{"account.sendVerifyEmailCode", "it changes the address for login codes"},
	{"account.verifyEmail", "it changes the address for login codes"},

	{"account.registerPasskey", "it adds a way to sign in"},
	{"account.initPasskeyRegistration", "it adds a way to sign in"},
	{"account.deletePasskey", "it takes a way to sign in away"},
	{"account.getPasskeys", "it shows the ways to sign in"},

	{"account.getAllSecureValues", "it reads passport data"},
	{"account.getSecureValue", "it reads passport data"},
	{"account.saveSecureValue", "it changes passport data"},
	{"account.deleteSecureValue", "it deletes passport data"},
	{"account.getAuthorizationForm", "it hands out passport data"},
	{"account.acceptAuthorization", "it hands out passport data"},
	{"users.setSecureValueErrors", "it has to do with passport data"},

	{"messages.requestUrlAuth", "it signs the account in to a website"},
	{"messages.acceptUrlAuth", "it signs the account in to a website"},
	{"messages.declineUrlAuth", "it has to do with signing in to a website"},
	{"messages.checkUrlAuthMatchCode", "it has to do with signing in to a website"},

	{"account.initTakeoutSession", "it exports everything the account has"},
	{"invokeWithTakeout", "it exports what the account has"},
	{"invokeWithApnsSecret", "it has to do with signing in"},
	{"invokeWithGooglePlayIntegrity", "it has to do with signing in"},

	{"messages.editChatCreator", "it gives a group or channel to somebody else"},
	{"bots.exportBotToken", "it hands out the token of a bot"},
	{"payments.getStarsRevenueWithdrawalUrl", "it takes money out of the account"},
	{"payments.getStarGiftWithdrawalUrl", "it takes a gift out of the account"},
	{"payments.sendStarsForm", "it pays"},
	{"payments.sendPaymentForm", "it pays"},
	{"payments.clearSavedInfo", "it has to do with means of payment"},
}

// Guarded says whether a script needs a permission to call a method.
func Guarded(method string) bool {
	for _, g := range guarded {
		if ok, err := path.Match(g.pattern, method); ok && err == nil {
			return true
		}
	}
	return false
}

// guardedError says why a method is not for every script.
type guardedError struct {
	*permission.DeniedError
	why string
}

func (e *guardedError) Error() string { return e.DeniedError.Error() + "; " + e.why }

func (e *guardedError) Unwrap() error { return e.DeniedError }

// LuaFields are the fields of the error as scripts see it.
func (e *guardedError) LuaFields() map[string]any {
	fields := e.DeniedError.LuaFields()
	fields["message"] = e.Error()
	return fields
}

// mayCall says whether a script may call a method.
func mayCall(allow *permission.Set, method string) error {
	for _, g := range guarded {
		if ok, err := path.Match(g.pattern, method); err != nil || !ok {
			continue
		}
		err := allow.Check(permission.Methods, method)
		var denied *permission.DeniedError
		if errors.As(err, &denied) && !denied.Forbidden {
			return &guardedError{denied, g.why}
		}
		return err
	}
	return allow.Forbidden(permission.Methods, method)
}
