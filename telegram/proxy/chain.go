package proxy

import (
	"errors"
	"log/slog"
	"time"

	"github.com/gotd/td/telegram/dcs"
)

// Chain lists proxies in the order in which they are tried. It does not nest them.
type Chain []Proxy

// Options say how connections are made. The zero value connects obfuscated, IPv4 first.
type Options struct {
	Dial         dcs.DialFunc  // makes TCP connections; nil is the net package
	Logger       *slog.Logger  // nil is silent
	Timeout      time.Duration // for one attempt through one proxy, up to Telegram's first answer; 0 is 15 s
	Test         bool          // Telegram's test data centres
	Plain        bool          // without obfuscation towards data centres, when no MTProxy is between
	PreferIPv6   bool          // IPv6 addresses of a data centre first
	NoIPv6       bool          // never IPv6 addresses of a data centre
	LoopbackOnly bool          // refuse every address that is not this machine
}

// Resolver connects to data centres through the chain, or directly when the chain is empty.
func (c Chain) Resolver(opts Options) (dcs.Resolver, error) { return nil, errors.New("no resolver") }
