package tgscript

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// startSandbox starts the embedded server and makes sure that the config's accounts live on it. It keeps
// nothing: each run is a fresh Telegram.
func (h *Host) startSandbox() error {
	seed := sandbox.DefaultSeed()
	for i, t := range h.tenants {
		populate(seed, t, i)
	}
	if h.opts.Server != nil {
		h.sandbox = h.opts.Server
		return nil
	}
	opts := h.opts.Sandbox
	opts.Listen, opts.Dir, opts.Seed, opts.Logger = "", "", seed, h.log.With("room", "sandbox")
	server, err := sandbox.New(opts)
	if err != nil {
		return fmt.Errorf("start sandbox: %w", err)
	}
	h.sandbox = server
	if h.opts.OnEntry != nil {
		server.Observe(h.opts.OnEntry)
	}
	return nil
}

// populate adds the account of a tenant to the seed, unless its phone number or token is there already. An account
// without either becomes the person of its name, else a new one, and is given that number; i tells the new ones apart.
func populate(seed *sandbox.Seed, t *tenant, i int) {
	if token := string(t.config.BotToken); token != "" {
		for _, b := range seed.Bots {
			if b.Token == token {
				return
			}
		}
		seed.Bots = append(seed.Bots, sandbox.SeedBot{ID: botID(seed, token), Name: t.name, Username: username(t.name, "_bot"), Token: token})
		return
	}
	for _, p := range seed.People {
		if t.config.Phone == "" && p.Name == t.name {
			t.config.Phone = p.Phone
		}
	}
	if t.config.Phone == "" {
		t.config.Phone = fmt.Sprintf("+42777010%d", i)
	}
	for _, p := range seed.People {
		if digits(p.Phone) == digits(t.config.Phone) {
			return
		}
	}
	seed.People = append(seed.People, sandbox.SeedPerson{Name: t.name, Phone: t.config.Phone, Username: username(t.name, "_account")})
}

// botID is the id with which a token begins, as at Telegram; 0, for any, if it can't be had.
func botID(seed *sandbox.Seed, token string) int64 {
	digits, _, _ := strings.Cut(token, ":")
	id, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || id < 0 ||
		slices.ContainsFunc(seed.People, func(p sandbox.SeedPerson) bool { return p.ID == id }) ||
		slices.ContainsFunc(seed.Bots, func(b sandbox.SeedBot) bool { return b.ID == id }) {
		return 0
	}
	return id
}

// username makes a user name of an account's name, which may be longer and have other characters.
func username(name, suffix string) string {
	return fmt.Sprintf("%.20s%s", strings.ReplaceAll(name, "-", "_"), suffix)
}

// digits are those of a phone number, which may be written with spaces and signs.
func digits(phone string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
}

// pointAtSandbox makes options lead to the embedded server, with an auth key that it knows already: making one
// takes longer than everything else in a short run. Nothing goes to the disk: the server forgets it, too.
func (h *Host) pointAtSandbox(o *telegram.Options) error {
	info := h.sandbox.Info()
	session, err := h.sandbox.ReadySession(info.DC)
	if err != nil {
		return fmt.Errorf("prepare session: %w", err)
	}
	o.APIID, o.APIHash = info.APIID, info.APIHash
	o.Server = telegram.Server{DC: info.DC, Options: h.sandbox.DCOptions(), Keys: h.sandbox.Keys(), LoopbackOnly: true}
	o.Dir, o.Session, o.Proxy = "", session, nil
	return nil
}

// sandboxPrompter answers as the people of the embedded server would.
type sandboxPrompter struct{ info sandbox.Info }

func (p sandboxPrompter) Phone(context.Context) (string, error) {
	return "", errors.New("an account of the sandbox has a phone number")
}

func (p sandboxPrompter) Code(context.Context, telegram.CodeSent) (string, error) {
	return p.info.Code, nil
}

func (p sandboxPrompter) Password(_ context.Context, asked telegram.PasswordAsked) (string, error) {
	for _, person := range p.info.People {
		if person.Password != "" && asked.Attempt == 1 {
			return person.Password, nil
		}
	}
	return "", errors.New("this person of the sandbox has another password")
}

func (p sandboxPrompter) Notice(context.Context, string) {}
