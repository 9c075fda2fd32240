package telegram

import (
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
)

// Server is the Telegram to sign in to.
type Server struct {
	DC      int           // data center that a new session starts at; 0 is 2
	Options []tg.DCOption // addresses of the data centers; nil uses Telegram's own
	Keys    []PublicKey   // RSA keys of the server; nil uses Telegram's own
	Test    bool          // Telegram's test servers, or a server that calls itself one

	// LoopbackOnly makes every dial to another address than the machine's own fail, whatever the
	// server says about its data centers. Tests and the sandbox set it.
	LoopbackOnly bool
}

// PublicKey is an RSA key that a server proves itself with.
type PublicKey = exchange.PublicKey

// Production is Telegram.
func Production() Server { return Server{DC: 2, Options: dcs.Prod().Options} }

// TestServer is Telegram's separate test environment; accounts of one don't exist in the other.
func TestServer() Server { return Server{DC: 2, Options: dcs.Test().Options, Test: true} }
