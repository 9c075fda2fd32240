package tgscript

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/proxy"
)

// What the config says of one account, in terms of package telegram, and which files are its scripts.

// AccountOptions are the options of one account of the config, for programs that use package telegram
// themselves. It fails where a file that the config names can't be read.
func (c *Config) AccountOptions(name string) (telegram.Options, error) {
	a := c.Accounts[name]
	if a == nil {
		return telegram.Options{}, fmt.Errorf("no account %q in the config%s", name, suggest(name, c.Names()))
	}
	server, err := c.MTProtoServer()
	if err != nil {
		return telegram.Options{}, err
	}
	device, connection, proxies := merged(a.Device, c.Device), merged(a.Connection, c.Connection), a.Proxy
	if len(proxies) == 0 {
		proxies = c.Proxy
	}
	pace := a.Pace
	if pace.isZero() {
		pace = c.Pace
	}
	return telegram.Options{
		Name:     name,
		APIID:    c.APIID,
		APIHash:  string(c.APIHash),
		Server:   server,
		Dir:      c.accountDir(name),
		BotToken: string(a.BotToken),
		Phone:    a.Phone,
		Proxy:    proxy.Chain(proxies),
		Device:   telegram.Device{Model: device.Model, System: device.SystemVersion, App: device.AppVersion, Lang: device.Lang},
		Connection: telegram.Connection{
			DialTimeout: time.Duration(connection.DialTimeout),
			CallTimeout: time.Duration(connection.CallTimeout),
			FloodLimit:  time.Duration(connection.FloodLimit),
			Retries:     connection.Retries,
			IPv6:        connection.IPv6,
		},
		Peers: telegram.PeerLimits{Disk: connection.Peers},
		Pace:  telegram.Pace(pace),
	}, nil
}

// accountDir holds the state of an account. A session is worth nothing on another server, so each server has
// folders of its own; @ can't be in an account's name.
func (c *Config) accountDir(name string) string {
	switch c.Server.Kind {
	case "test":
		name += "@test"
	case "custom":
		name += "@" + strings.NewReplacer(":", "_", "/", "_", "[", "", "]", "").Replace(c.Server.Address)
	}
	return filepath.Join(c.Path(c.Data), name)
}

// MTProtoServer is the Telegram that the config names. For the embedded sandbox, whose address nobody knows
// before it runs, it is Telegram itself.
func (c *Config) MTProtoServer() (telegram.Server, error) {
	switch c.Server.Kind {
	case "test":
		return telegram.TestServer(), nil
	case "custom":
		return c.customServer()
	}
	return telegram.Production(), nil
}

func (c *Config) customServer() (telegram.Server, error) {
	address, err := net.ResolveTCPAddr("tcp", c.Server.Address)
	if err != nil {
		return telegram.Server{}, c.mistake("server.address", "server address %s: %v", c.Server.Address, err)
	}
	path := c.Path(c.Server.PublicKey)
	pem, err := os.ReadFile(path)
	if err != nil {
		return telegram.Server{}, c.mistake("server.public_key", "read public key of the server: %v", err)
	}
	keys, err := crypto.ParseRSAPublicKeys(pem)
	if err != nil || len(keys) == 0 {
		return telegram.Server{}, c.mistake("server.public_key", "public key of the server: %s holds no RSA public key in PEM form", path)
	}
	server := telegram.Server{
		DC:      c.Server.DC,
		Options: []tg.DCOption{{ID: c.Server.DC, IPAddress: address.IP.String(), Port: address.Port, Ipv6: address.IP.To4() == nil}},
	}
	for _, key := range keys {
		server.Keys = append(server.Keys, telegram.PublicKey{RSA: key})
	}
	return server, nil
}

// ScriptFiles lists the scripts of all accounts, each file once.
func (c *Config) ScriptFiles() ([]string, error) {
	var all []string
	for _, name := range c.Names() {
		files, err := c.scriptFiles(name)
		if err != nil {
			return nil, err
		}
		all = append(all, files...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// scriptFiles lists the files that an account's globs match now. A pattern without a match is a mistake.
func (c *Config) scriptFiles(name string) ([]string, error) {
	var all []string
	for _, pattern := range c.Accounts[name].Scripts {
		files, err := filepath.Glob(c.Path(pattern))
		if err != nil {
			return nil, fmt.Errorf("accounts.%s.scripts: %q: %w", name, pattern, err)
		}
		files = slices.DeleteFunc(files, func(path string) bool { return IsTest(path) || isPart(path) && path != c.Path(pattern) })
		if len(files) == 0 {
			return nil, fmt.Errorf("accounts.%s.scripts: no file matches %s", name, c.Path(pattern))
		}
		all = append(all, files...)
	}
	return all, nil
}
