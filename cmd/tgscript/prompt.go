package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/telegram"
)

// prompter is the person who signs in, as package telegram asks: at the terminal, or by what flags and config point at.
// Where nobody can answer, the error wraps telegram.ErrNeedsLogin and names the command that helps.
type prompter struct {
	app          *app
	account      string
	codeStdin    bool
	qr           bool
	passwordFile string
	lines        *bufio.Reader
}

func (a *app) prompter(account string, config *tgscript.Config, f loginFlags) telegram.Prompter {
	p := &prompter{app: a, account: account, codeStdin: f.codeStdin, qr: f.qr, passwordFile: f.passwordFile, lines: bufio.NewReader(a.in)}
	if file := config.Accounts[account].PasswordFile; p.passwordFile == "" && file != "" {
		p.passwordFile = config.Path(file)
	}
	return p
}

// Present keeps a run that nobody watches from having a code sent at each start.
func (p *prompter) Present() error {
	if p.codeStdin || p.qr || p.app.interactive() {
		return nil
	}
	return fmt.Errorf("%w: there is no terminal to ask for a code at: run tgscript login %s in one, or tgscript login --code-stdin %s and write the code to its stdin",
		telegram.ErrNeedsLogin, p.account, p.account)
}

func (p *prompter) Phone(ctx context.Context) (string, error) {
	if !p.app.interactive() {
		return "", fmt.Errorf("%w: account %s has no phone number in the config (phone: \"+…\"), and there is no terminal to ask at", telegram.ErrNeedsLogin, p.account)
	}
	return p.ask(ctx, "Phone number, in international form: ")
}

func (p *prompter) Code(ctx context.Context, sent telegram.CodeSent) (string, error) {
	if sent.LastError != "" {
		p.app.say("%s", sent.LastError)
	}
	if p.codeStdin {
		return p.answer(ctx)
	}
	p.app.say("Telegram has sent a code to %s %s.%s", sent.Phone, sent.Where, resendHint(sent))
	answer, err := p.ask(ctx, "Code: ")
	if strings.EqualFold(answer, "resend") {
		return "", telegram.ErrResend
	}
	return answer, err
}

func resendHint(sent telegram.CodeSent) string {
	switch {
	case sent.Next == "":
		return ""
	case sent.Timeout > 0:
		return fmt.Sprintf(" Type resend after %s to have it sent %s.", sent.Timeout.Round(time.Second), sent.Next)
	}
	return fmt.Sprintf(" Type resend to have it sent %s.", sent.Next)
}

func (p *prompter) Password(ctx context.Context, asked telegram.PasswordAsked) (string, error) {
	if p.passwordFile != "" {
		if asked.Attempt > 1 { // the file will not change its mind
			return "", fmt.Errorf("%w: Telegram refuses the password in %s: %s", telegram.ErrNeedsLogin, p.passwordFile, asked.LastError)
		}
		content, err := os.ReadFile(p.passwordFile)
		if err != nil {
			return "", fmt.Errorf("read password: %w", err)
		}
		password := strings.TrimRight(string(content), "\r\n")
		if password == "" {
			return "", fmt.Errorf("%w: the password file %s is empty", telegram.ErrNeedsLogin, p.passwordFile)
		}
		return password, nil
	}
	if !p.app.interactive() {
		return "", fmt.Errorf("%w: account %s has two-step verification, and there is no terminal to ask at: "+
			"name a file with its password by password_file in the config or --password-file", telegram.ErrNeedsLogin, p.account)
	}
	if asked.LastError != "" {
		p.app.say("%s", asked.LastError)
	}
	hint := ""
	if asked.Hint != "" {
		hint = " (hint: " + printable(asked.Hint) + ")"
	}
	fmt.Fprintf(p.app.err, "Two-step verification password%s: ", hint)
	answer, err := p.secret(ctx)
	return answer, ended(err)
}

func (p *prompter) Notice(_ context.Context, message string) { p.app.say("%s", message) }

func (p *prompter) ask(ctx context.Context, question string) (string, error) {
	fmt.Fprint(p.app.err, question)
	return p.answer(ctx)
}

func (p *prompter) answer(ctx context.Context) (string, error) {
	line, err := p.line(ctx)
	return line, ended(err)
}

// ended puts into words that there is no more input, be it a pipe or Ctrl-D.
func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: the input ended before the sign-in was through", telegram.ErrNeedsLogin)
	}
	return err
}

// line reads one line. A blocked read outlives ctx by what it takes to press Enter; nobody waits for it.
func (p *prompter) line(ctx context.Context) (string, error) {
	return within(ctx, func() (string, error) {
		line, err := p.lines.ReadString('\n')
		if line != "" && errors.Is(err, io.EOF) {
			err = nil
		}
		return strings.TrimSpace(line), err
	})
}

// secret reads a line without echo, and puts the echo back when ctx ends first.
func (p *prompter) secret(ctx context.Context) (string, error) {
	f := p.app.in.(*os.File) // interactive has seen to it
	state, err := term.GetState(int(f.Fd()))
	if err != nil {
		return "", fmt.Errorf("read password: %w", err)
	}
	answer, err := within(ctx, func() (string, error) {
		b, err := term.ReadPassword(int(f.Fd()))
		return string(b), err
	})
	p.app.say("")
	if ctx.Err() != nil {
		return "", errors.Join(ctx.Err(), term.Restore(int(f.Fd()), state))
	}
	return answer, err
}

// within reads until ctx ends. A read can't be broken off: its goroutine goes on until the next line or the end of the
// process, and what it reads then is lost.
func within(ctx context.Context, read func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		text, err := read()
		got <- answer{text, err}
	}()
	select {
	case a := <-got:
		return a.text, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
