package telegram

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gotd/td/exchange"
)

// SignInError is Telegram's refusal of a step of a sign-in, in words.
type SignInError struct {
	Kind      string // Telegram's name of it: "PHONE_CODE_INVALID"
	Retryable bool   // another try, now or with other input, may go better
	Cause     error

	sentence string
}

func (e *SignInError) Error() string { return e.sentence }
func (e *SignInError) Unwrap() error { return e.Cause }

// LuaFields are the fields of the error as scripts see it.
func (e *SignInError) LuaFields() map[string]any {
	return map[string]any{"kind": e.Kind, "message": e.sentence}
}

type problem struct {
	sentence  string
	retryable bool
}

// signInProblems are the errors that somebody who signs in can meet. Sources:
// https://core.telegram.org/method/auth.sendCode, .../auth.signIn, .../auth.checkPassword,
// .../auth.importBotAuthorization, .../auth.exportLoginToken
var signInProblems = map[string]problem{
	"PHONE_CODE_INVALID":    {"The code is wrong.", true},
	"PHONE_CODE_EXPIRED":    {"The code has expired, or was made void by being sent in a Telegram chat; a new one is needed.", true},
	"PHONE_CODE_HASH_EMPTY": {"Telegram has forgotten the code; a new one is needed.", true},
	"PHONE_CODE_EMPTY":      {"No code was entered.", true},
	"PASSWORD_HASH_INVALID": {"The password is wrong.", true},
	"SRP_ID_INVALID":        {"Telegram wants the password once more.", true},
	"PHONE_NUMBER_INVALID":  {"The phone number is not valid: it must be in the international format, such as +49 170 1234567.", true},

	"PHONE_NUMBER_UNOCCUPIED":           {"There is no Telegram account with this phone number: register it in an official app first.", false},
	"PHONE_NUMBER_BANNED":               {"Telegram has banned this phone number: write to recover@telegram.org.", false},
	"PHONE_NUMBER_FLOOD":                {"Codes were asked for too often for this phone number: try again in some hours.", false},
	"PHONE_PASSWORD_FLOOD":              {"There were too many attempts to sign in with this number: try again in some hours.", false},
	"PHONE_PASSWORD_PROTECTED":          {"This phone number is protected by a password: sign in with an official app first.", false},
	"PHONE_NUMBER_APP_SIGNUP_FORBIDDEN": {"Telegram allows no registration from this app: register the number in an official app first.", false},
	"USER_DEACTIVATED":                  {"The account was deleted.", false},
	"USER_DEACTIVATED_BAN":              {"Telegram has banned the account: write to recover@telegram.org.", false},

	"API_ID_INVALID":            {"Telegram does not know this api_id and api_hash: get yours from https://my.telegram.org/apps.", false},
	"CONNECTION_API_ID_INVALID": {"Telegram does not know this api_id: get yours from https://my.telegram.org/apps.", false},
	"API_ID_PUBLISHED_FLOOD":    {"This api_id was published somewhere, so Telegram no longer takes it: get your own from https://my.telegram.org/apps.", false},
	"UPDATE_APP_TO_LOGIN":       {"Telegram wants a newer version of this program before it lets anybody sign in: update tgscript.", false},
	"SEND_CODE_UNAVAILABLE":     {"Telegram has no other way left to send the code.", false},
	"AUTH_RESTART":              {"Telegram wants the sign-in to start again, again and again: try later.", true},

	"ACCESS_TOKEN_INVALID": {"The bot token is wrong: get it from @BotFather.", false},
	"ACCESS_TOKEN_EXPIRED": {"The bot token was revoked: get a new one from @BotFather.", false},
	"BOT_METHOD_INVALID":   {"The session belongs to a bot, which can't do this.", false},

	"AUTH_TOKEN_EXPIRED":          {"The QR code has expired.", true},
	"AUTH_TOKEN_INVALID":          {"Telegram does not know the QR code.", true},
	"AUTH_TOKEN_ALREADY_ACCEPTED": {"The QR code was used already.", true},

	// Not Telegram's names; these come as types of the schema.
	"EMAIL_CODE":            {"Telegram wants to send the code by e-mail, which tgscript can't take: sign in by QR code.", false},
	"CODE_PAYMENT_REQUIRED": {"Telegram wants a payment before it sends a code to this number: sign in by QR code.", false},
	"PASSWORD_ALGO_UNKNOWN": {"The account's password is kept in a way that this version does not know: update tgscript.", false},
}

// signInProblem is the error for a kind of the table.
func signInProblem(kind string, cause error) *SignInError {
	p, ok := signInProblems[kind]
	if !ok {
		p.sentence = "Telegram refused: " + kind + "."
	}
	return &SignInError{Kind: kind, Retryable: p.retryable, Cause: cause, sentence: p.sentence}
}

// explainSignIn puts an error of a sign-in into words. What it doesn't know it leaves.
func explainSignIn(err error) error {
	var (
		flood *FloodWaitError
		known *SignInError
	)
	switch {
	case errors.As(err, &known):
		return err
	case errors.As(err, &flood):
		return &SignInError{Kind: flood.Kind, Cause: err, sentence: fmt.Sprintf(
			"Telegram allows the next attempt in %s.", spell(flood.Wait))}
	case errors.Is(err, exchange.ErrKeyFingerprintNotFound):
		return fmt.Errorf("the server has none of the public keys that it should prove itself with: check the server's address and public_key: %w", err)
	}
	if rpc, ok := asRPC(err); ok {
		if _, known := signInProblems[rpc.Type]; known {
			return signInProblem(rpc.Type, rpc)
		}
	}
	return err
}

// spell writes a long pause as people say it: "3 h 12 min".
func spell(d time.Duration) string {
	var words []string
	hours, minutes, seconds := int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60
	if hours > 0 {
		words = append(words, fmt.Sprintf("%d h", hours))
	}
	if minutes > 0 {
		words = append(words, fmt.Sprintf("%d min", minutes))
	}
	if hours == 0 && (seconds > 0 || minutes == 0) {
		words = append(words, fmt.Sprintf("%d s", seconds))
	}
	return strings.Join(words, " ")
}
