package telegram

import (
	"cmp"
	"context"
	"log/slog"
	"runtime"
	"time"

	gotd "github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/dcs"

	"github.com/tgscript/tgscript/telegram/proxy"
	"github.com/tgscript/tgscript/telegram/store"
)

// Options say which account an Account is and how it reaches Telegram. APIID and APIHash are
// needed; everything else has a useful zero value.
type Options struct {
	Name    string // what logs and errors call the account
	APIID   int    // from https://my.telegram.org
	APIHash string
	Server  Server // the zero value is Production()
	Dir     string // folder of the account's state; "" keeps everything in memory
	// Keep opens the store in Dir of whom the account has met and how far it has handled events; nil is store.Open.
	Keep     func(path string) (store.Store, error)
	BotToken string // signs a bot in; wins over Phone
	Phone    string // signs a user in without asking for the number
	Tries    int    // wrong codes, and wrong passwords, before a sign-in fails; 0 is 3

	Proxy      proxy.Chain  // in the order of preference; none connects directly
	Resolver   dcs.Resolver // replaces both Proxy and plain dialling; nil for neither
	Device     Device
	Connection Connection
	Pace       Pace
	Peers      PeerLimits
	CatchUp    CatchUp // what happens to events of the time when the account was down

	Logger  *slog.Logger
	Clock   Clock                                   // of pauses and dates; nil is the machine's. MTProto keeps the machine's time
	Handler func(ctx context.Context, event *Event) // called for each event, in order; nil wants none. See Event.Refuse
	Session []byte                                  // first session data, used while nothing is stored

	// Admit says whether calls with a context may name a chat, by its marked id; nil admits all. Who may not use
	// ServiceChat does not see what was written there either, wherever an answer shows it.
	Admit func(ctx context.Context, chat int64) error
}

// Clock is where an account takes the time from that it waits by: what Telegram orders, its own rates, albums.
type Clock interface {
	Now() time.Time
	AfterFunc(d time.Duration, f func()) (stop func() bool)
	Sleep(ctx context.Context, d time.Duration) error
}

// Device is how the account shows in Telegram's list of active sessions. It should never change
// between two runs of one account: Telegram takes a changing device for a stolen session.
type Device struct {
	Model  string // "" is tgscript
	System string // "" is the name of the operating system
	App    string // version of the program; "" is 1
	Lang   string // language of the interface, two letters; "" is en
}

// config is the device as gotd wants it. gotd's own defaults change with each version of Go.
func (d Device) config() gotd.DeviceConfig {
	lang := cmp.Or(d.Lang, "en")
	return gotd.DeviceConfig{
		DeviceModel: cmp.Or(d.Model, "tgscript"), SystemVersion: cmp.Or(d.System, runtime.GOOS), AppVersion: cmp.Or(d.App, "1"),
		SystemLangCode: lang, LangCode: lang,
	}
}

// Connection bounds how long things may take. The zero value is right for most.
type Connection struct {
	DialTimeout time.Duration // for a connection to be made, handshakes of proxies included; 0 is 35 s
	CallTimeout time.Duration // for one call, waiting for the link included; 0 is 60 s, negative never ends
	FloodLimit  time.Duration // longest wait that Telegram may order before a call fails; 0 is 60 s, negative waits for nothing
	Retries     int           // how often a call that was lost with its connection is tried again; 0 is 5, negative never
	IPv6        bool          // prefer IPv6 addresses
}
