package telegram

import (
	_ "embed" // the public keys
	"sync"

	"github.com/gotd/td/crypto"
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
func Production() Server { return Server{}.withDefaults() }

// TestServer is Telegram's separate test environment; accounts of one don't exist in the other.
func TestServer() Server { return Server{Test: true}.withDefaults() }

func (s Server) withDefaults() Server {
	if s.DC == 0 {
		s.DC = 2
	}
	if len(s.Options) == 0 {
		list := dcs.Prod()
		if s.Test {
			list = dcs.Test()
		}
		s.Options = list.Options
	}
	if len(s.Keys) == 0 {
		s.Keys = telegramKeys()
	}
	return s
}

// telegramPEM holds Telegram's keys, of the main and the test servers, from https://my.telegram.org/apps.
//
//go:embed telegram_keys.pem
var telegramPEM []byte

var telegramKeys = sync.OnceValue(func() []PublicKey {
	parsed, err := crypto.ParseRSAPublicKeys(telegramPEM)
	if err != nil {
		panic("embedded keys: " + err.Error()) // a test parses them
	}
	keys := make([]PublicKey, len(parsed))
	for i, key := range parsed {
		keys[i] = PublicKey{RSA: key}
	}
	return keys
})
