package telegram

import (
	"context"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// Account is one Telegram login. Its methods may be called from any goroutine.
type Account struct {
	opts Options

	peers   *peerBook
	updates *updateFeed
}

// Open takes the session lock of opts.Dir and reads the session; nothing is dialled yet.
// It fails with *SessionHeldError while another process has the account open, and with
// *SessionCorruptError when the stored session can't be read.
func Open(opts Options) (*Account, error) { panic("open") }

// Run connects and keeps connected until f returns, ctx ends or the account is lost. f starts once
// the first connection stands; its ctx ends when the account is lost. Run returns f's error, or
// *AccountLostError.
func (a *Account) Run(ctx context.Context, f func(ctx context.Context) error) error { panic("run") }

// Close gives the session up for other processes.
func (a *Account) Close() error { panic("close") }

// API is Telegram's raw API. Calls wait out floods and lost connections as the typed methods do.
func (a *Account) API() *tg.Client { panic("api") }

// Invoke makes one raw call.
func (a *Account) Invoke(ctx context.Context, in bin.Encoder, out bin.Decoder) error { panic("invoke") }

// Name is what logs and errors call the account.
func (a *Account) Name() string { return a.opts.Name }

// Self is the signed-in user or bot; nil before SignIn.
func (a *Account) Self() *User { panic("self") }
