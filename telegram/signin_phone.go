package telegram

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gotd/td/tg"
)

// patience is how many empty or senseless inputs are asked about again before the dialogue ends;
// Telegram never sees them, but a program that feeds us must come to an end.
const patience = 10

// errRestart starts the dialogue again, with a new code.
var errRestart = errors.New("restart the sign-in")

// phoneDialogue is one conversation about a number.
type phoneDialogue struct {
	a     *Account
	ask   Prompter
	phone string
	sent  *tg.AuthSentCode
	tries int    // codes that Telegram has refused
	last  string // why
}

// signInPhone asks for what is missing until Telegram is content.
// https://core.telegram.org/api/auth#sign-insign-up
func (a *Account) signInPhone(ctx context.Context, ask Prompter) (*tg.User, error) {
	d := &phoneDialogue{a: a, ask: ask, phone: a.opts.Phone}
	user, err := d.sendToNumber(ctx)
	for restarts := 0; user == nil && (err == nil || errors.Is(err, errRestart)); restarts++ {
		if err != nil {
			if restarts > 3 {
				return nil, signInProblem("AUTH_RESTART", nil)
			}
			if user, err = d.send(ctx); user != nil || err != nil {
				continue
			}
		}
		user, err = d.enterCode(ctx)
	}
	return user, err
}

// sendToNumber finds a number that a code can be sent to, and has it sent. A number of the options is
// not asked about again.
func (d *phoneDialogue) sendToNumber(ctx context.Context) (*tg.User, error) {
	if d.phone != "" {
		return d.send(ctx)
	}
	for tries, blanks := 0, 0; ; {
		phone, err := d.ask.Phone(ctx)
		if err != nil {
			return nil, fmt.Errorf("ask for the phone number: %w", err)
		}
		if len(digits(phone)) == 0 {
			if blanks++; blanks > patience {
				return nil, fmt.Errorf("ask for the phone number: %w", errNoInput)
			}
			d.ask.Notice(ctx, "A phone number in the international format is needed, such as +49 170 1234567.")
			continue
		}
		d.phone = "+" + digits(phone)
		user, err := d.send(ctx)
		rpc, ok := asRPC(err)
		if !ok || !rpc.IsType("PHONE_NUMBER_INVALID") {
			return user, err
		}
		if tries++; tries >= d.a.opts.tries() {
			return nil, err
		}
		d.ask.Notice(ctx, signInProblem(rpc.Type, rpc).Error())
	}
}

// send has a new code sent. A user comes back if Telegram wants none.
func (d *phoneDialogue) send(ctx context.Context) (*tg.User, error) {
	var sent tg.AuthSentCodeClass
	_, err := d.a.restarting(ctx, func() (_ tg.AuthAuthorizationClass, err error) {
		sent, err = d.a.api.AuthSendCode(ctx, &tg.AuthSendCodeRequest{
			PhoneNumber: d.phone, APIID: d.a.opts.APIID, APIHash: d.a.opts.APIHash,
		})
		return nil, err
	})
	if err != nil {
		return nil, err
	}
	return d.take(sent)
}

// take notes what Telegram has sent.
func (d *phoneDialogue) take(sent tg.AuthSentCodeClass) (*tg.User, error) {
	switch sent := sent.(type) {
	case *tg.AuthSentCode:
		switch sent.Type.(type) {
		case *tg.AuthSentCodeTypeEmailCode, *tg.AuthSentCodeTypeSetUpEmailRequired:
			return nil, signInProblem("EMAIL_CODE", nil)
		}
		d.sent = sent
		return nil, nil
	case *tg.AuthSentCodeSuccess:
		return authorized(sent.Authorization)
	case *tg.AuthSentCodePaymentRequired:
		return nil, signInProblem("CODE_PAYMENT_REQUIRED", nil)
	default:
		return nil, fmt.Errorf("unexpected answer %T", sent)
	}
}

// enterCode asks for the code until one fits. Input that can't be right never reaches Telegram.
func (d *phoneDialogue) enterCode(ctx context.Context) (*tg.User, error) {
	for blanks := 0; blanks <= patience; {
		asked := describeCode(d.sent)
		asked.Phone, asked.Attempt, asked.LastError = d.phone, d.tries+1, d.last
		code, err := d.ask.Code(ctx, asked)
		if errors.Is(err, ErrResend) {
			blanks++
			if user, err := d.resend(ctx, asked); user != nil || err != nil {
				return user, err
			}
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("ask for the code: %w", err)
		}
		code, problem := cleanCode(code, d.sent)
		if problem != "" {
			blanks++
			d.last = problem
			continue
		}
		user, err := d.try(ctx, code)
		if user != nil || err != nil {
			return user, err
		}
	}
	return nil, fmt.Errorf("ask for the code: %w", errNoInput)
}

// try signs in with a code. Neither user nor error: another code may be tried.
func (d *phoneDialogue) try(ctx context.Context, code string) (*tg.User, error) {
	answer, err := d.a.api.AuthSignIn(ctx, &tg.AuthSignInRequest{
		PhoneNumber: d.phone, PhoneCodeHash: d.sent.PhoneCodeHash, PhoneCode: code,
	})
	if err == nil {
		return authorized(answer)
	}
	rpc, ok := asRPC(err)
	if !ok {
		return nil, err
	}
	switch rpc.Type {
	case "SESSION_PASSWORD_NEEDED":
		return d.a.enterPassword(ctx, d.ask)
	case "PHONE_CODE_EMPTY":
		return nil, nil
	case "AUTH_RESTART":
		return nil, errRestart
	case "PHONE_CODE_INVALID", "PHONE_CODE_EXPIRED", "PHONE_CODE_HASH_EMPTY":
		d.tries++
		d.last = signInProblem(rpc.Type, rpc).Error()
		if d.tries >= d.a.opts.tries() {
			return nil, err
		}
		if rpc.Type == "PHONE_CODE_INVALID" {
			return nil, nil
		}
		return nil, errRestart
	}
	return nil, err
}

// resend has the code sent the next way.
func (d *phoneDialogue) resend(ctx context.Context, asked CodeSent) (*tg.User, error) {
	if asked.Next == "" {
		d.last = "Telegram knows no other way to send the code."
		return nil, nil
	}
	sent, err := d.a.api.AuthResendCode(ctx, &tg.AuthResendCodeRequest{PhoneNumber: d.phone, PhoneCodeHash: d.sent.PhoneCodeHash})
	if rpc, ok := asRPC(err); ok {
		switch rpc.Type {
		case "PHONE_CODE_EXPIRED", "PHONE_CODE_HASH_EMPTY":
			return nil, errRestart
		case "SEND_CODE_UNAVAILABLE":
			d.last = signInProblem(rpc.Type, rpc).Error()
			return nil, nil
		}
	}
	if err != nil {
		return nil, err
	}
	d.last = ""
	return d.take(sent)
}

// cleanCode takes out what people put between the digits: a code that is typed into a Telegram chat as
// it is becomes void, so many write 1-2-3-4-5.
func cleanCode(typed string, sent *tg.AuthSentCode) (code, problem string) {
	switch sent.Type.(type) {
	case *tg.AuthSentCodeTypeSMSWord, *tg.AuthSentCodeTypeSMSPhrase:
		code = strings.TrimSpace(typed)
	default:
		code = digits(typed)
	}
	length := describeCode(sent).Length
	switch {
	case strings.TrimSpace(typed) == "":
		return "", "Nothing was entered."
	case code == "":
		return "", "The code is made of digits."
	case length > 0 && len(code) != length:
		return "", fmt.Sprintf("The code has %d digits, not %d.", length, len(code))
	}
	return code, ""
}

var errNoInput = errors.New("no usable input came")

// describeCode puts into words how a code travels.
func describeCode(sent *tg.AuthSentCode) CodeSent {
	c := CodeSent{Timeout: time.Duration(sent.Timeout) * time.Second}
	switch t := sent.Type.(type) {
	case *tg.AuthSentCodeTypeApp:
		c.Where, c.Length = "in the Telegram app on another device of yours", t.Length
	case *tg.AuthSentCodeTypeSMS:
		c.Where, c.Length = "by SMS", t.Length
	case *tg.AuthSentCodeTypeCall:
		c.Where, c.Length = "by a phone call that says it", t.Length
	case *tg.AuthSentCodeTypeFlashCall:
		c.Where = "by a phone call that hangs up at once: its number is the code (" + t.Pattern + ")"
	case *tg.AuthSentCodeTypeMissedCall:
		c.Where, c.Length = fmt.Sprintf("by a missed call from %s...: the last %d digits of its number are the code", t.Prefix, t.Length), t.Length
	case *tg.AuthSentCodeTypeFragmentSMS:
		c.Where, c.Length = "at "+t.URL, t.Length
	case *tg.AuthSentCodeTypeFirebaseSMS:
		c.Where, c.Length = "by SMS", t.Length
	case *tg.AuthSentCodeTypeSMSWord:
		c.Where = "by SMS, as a word that begins with " + t.Beginning
	case *tg.AuthSentCodeTypeSMSPhrase:
		c.Where = "by SMS, as a phrase that begins with " + t.Beginning
	default:
		c.Where = "in a way that this version does not know"
	}
	if next, ok := sent.GetNextType(); ok {
		c.Next = nextWays[next.TypeName()]
	}
	return c
}

var nextWays = map[string]string{
	"auth.codeTypeSms":         "by SMS",
	"auth.codeTypeCall":        "by a phone call",
	"auth.codeTypeFlashCall":   "by a phone call that hangs up at once",
	"auth.codeTypeMissedCall":  "by a missed call",
	"auth.codeTypeFragmentSms": "at fragment.com",
}
