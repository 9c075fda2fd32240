package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/tgscript/tgscript"
)

// project is what init was asked for.
type project struct {
	tgscript.Template
	account, server string
}

var accountName = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// planned takes flags, and asks on a terminal for what they don't say.
func (a *app) planned(f initFlags) (p project, err error) {
	lines := bufio.NewReader(a.in)
	ask := func(flag, question, usual string) (string, error) {
		if flag != "" || !a.interactive() {
			return or(flag, usual), nil
		}
		return a.question(lines, question, usual)
	}
	var names, about []string
	for _, t := range tgscript.Templates {
		names = append(names, t.Name)
		about = append(about, fmt.Sprintf("  %-8s %s", t.Name, t.Doc))
	}
	if f.template == "" && a.interactive() {
		a.say("What will it be?\n%s", strings.Join(about, "\n"))
	}
	chosen, err := ask(f.template, "Template", names[0])
	if err != nil {
		return p, err
	}
	for _, t := range tgscript.Templates {
		if t.Name == chosen {
			p.Template = t
		}
	}
	if p.Name == "" {
		return p, usageError{fmt.Errorf("there is no template %q: it is one of %s", chosen, strings.Join(names, ", "))}
	}
	if p.account, err = ask(f.account, "What the account is called in the config", p.Account); err != nil {
		return p, err
	}
	if !accountName.MatchString(p.account) {
		return p, usageError{fmt.Errorf("account %q: a name is of letters, digits, _ and -", p.account)}
	}
	if p.server, err = ask(a.server, "Where it runs: sandbox (inside tgscript, to try things) or telegram", "sandbox"); err != nil {
		return p, err
	}
	if p.server != "sandbox" && p.server != "telegram" && p.server != "test" {
		return p, usageError{fmt.Errorf("server %q: it is sandbox, telegram or test", p.server)}
	}
	return p, nil
}

// question asks at the terminal; an empty answer is the usual one.
func (a *app) question(lines *bufio.Reader, question, usual string) (string, error) {
	fmt.Fprintf(a.err, "%s [%s]: ", question, usual)
	answer, err := lines.ReadString('\n')
	if err != nil && (err != io.EOF || answer == "") {
		return "", fmt.Errorf("read answer: %w", err)
	}
	return or(strings.TrimSpace(answer), usual), nil
}

var (
	serverLine = regexp.MustCompile(`(?m)^server: sandbox$`)
	apiLines   = regexp.MustCompile(`(?m)^# (api_(?:id|hash):)`)
	tokenLine  = regexp.MustCompile(`(?m)^(    bot_token: ).*$`)
	phoneLine  = regexp.MustCompile(`(?m)^(    phone: ).*$`)
)

// config is the template's config with the account and the server that were asked for.
func (p project) config(text []byte) []byte {
	text = bytes.Replace(text, []byte("\n  "+p.Account+":\n"), []byte("\n  "+p.account+":\n"), 1)
	if p.server == "sandbox" {
		return text
	}
	text = serverLine.ReplaceAll(text, []byte("server: "+p.server))
	text = apiLines.ReplaceAll(text, []byte("$1"))
	text = tokenLine.ReplaceAll(text, []byte("${1}$${BOT_TOKEN}       # from the environment, as @BotFather gave it to you"))
	return phoneLine.ReplaceAll(text, []byte(`${1}"+42 777 0100"          # your own number`))
}
