package tgscript

import (
	"runtime"
	"time"

	"github.com/tgscript/tgscript/telegram/proxy"
)

// Config is the whole of config.yaml. Load fills it from a file, the environment and flags; a Go program
// that embeds tgscript may also write one by hand and call Check.
type Config struct {
	Server     Server              `yaml:"server" doc:"Which Telegram to talk to: telegram, test, sandbox (a local one inside this process), or {dc, address, public_key} for any other MTProto server."`
	APIID      int                 `yaml:"api_id" doc:"Application id from https://my.telegram.org; the sandbox needs none."`
	APIHash    Secret              `yaml:"api_hash" doc:"Application hash from https://my.telegram.org; the sandbox needs none."`
	Data       string              `yaml:"data" doc:"Folder of state: sessions, peers, update positions. Relative to this file."`
	Accounts   map[string]*Account `yaml:"accounts" doc:"The accounts, by a name of your choice."`
	Proxy      Proxies             `yaml:"proxy" doc:"Proxy of every account that names none: a URL, a mapping, or a list that fails over in order."`
	Device     Device              `yaml:"device" doc:"What Telegram shows under Settings > Devices, for every account that says nothing else."`
	Connection Connection          `yaml:"connection" doc:"Time-outs and retries of every account that says nothing else."`
	Pace       Pace                `yaml:"pace" doc:"How calls are spread over time: gentle, off, or rates by class. Default: gentle on Telegram, off elsewhere."`
	Limits     Limits              `yaml:"limits" doc:"What one script may use."`
	Errors     Errors              `yaml:"errors" doc:"What happens to handlers that fail again and again."`
	LastGood   bool                `yaml:"last_good" doc:"A script that can't be loaded at the start is served in its last good version, with a warning, for every account that says nothing else. Default: false."`
	Metrics    Metrics             `yaml:"metrics" doc:"Numbers of the process for Prometheus, and whether it is well; off without an address."`

	// File is where the config came from; relative paths start at its folder. Empty: the working directory.
	File string `yaml:"-"`

	origins   map[string]Origin // by path, for Show
	overrides Overrides         // what it was loaded with, to load it again
	source    []byte            // the file as it was
}

// Account is one Telegram login and the scripts that run on it. Either BotToken or Phone is set; with
// neither, the account signs in by QR code or asks for the number.
type Account struct {
	BotToken     Secret                    `yaml:"bot_token" doc:"Token from @BotFather: this account is a bot."`
	Phone        string                    `yaml:"phone" doc:"Phone number in international form: this account is a user."`
	PasswordFile string                    `yaml:"password_file" doc:"File with the 2FA password, for signing in without a terminal."`
	Scripts      Strings                   `yaml:"scripts" doc:"Lua files of this account: paths or globs, relative to this file."`
	Proxy        Proxies                   `yaml:"proxy" doc:"Proxy of this account: a URL, a mapping, or a list that fails over in order."`
	Device       Device                    `yaml:"device" doc:"What Telegram shows under Settings > Devices."`
	Connection   Connection                `yaml:"connection" doc:"Time-outs and retries of this account."`
	Pace         Pace                      `yaml:"pace" doc:"How calls of this account are spread over time."`
	Updates      *bool                     `yaml:"updates" doc:"false: scripts of this account get no events, and nothing is asked for after a pause. Default: true."`
	CatchUp      CatchUp                   `yaml:"catch_up" doc:"Which events of the time when the account was down scripts get: all, none, or those that are not older than, say, 24h; for all scripts, or by script name. Default: all."`
	Allow        map[string]Access         `yaml:"allow" doc:"What scripts may touch outside of their own state, by script name (hello for scripts/hello.lua), or * for all of them."`
	Deny         map[string]Access         `yaml:"deny" doc:"What scripts may not touch, whatever allow says."`
	Notify       string                    `yaml:"notify" doc:"Who is told of failures of scripts, with traceback: me (Saved Messages), @name or the id of a chat. Once a minute at most. Default: nobody."`
	LastGood     *bool                     `yaml:"last_good" doc:"A script that can't be loaded at the start is served in its last good version, with a warning."`
	Disabled     Strings                   `yaml:"disabled" doc:"Scripts that are not run, by name (hello for scripts/hello.lua) or pattern (old_*). Taken over from a saved config while they run."`
	Args         map[string]map[string]any `yaml:"args" doc:"Values a script finds in tg.args, by script name (hello for scripts/hello.lua)."`
}

// Server names the Telegram to talk to: one of Kind's words, or an MTProto server of one's own.
type Server struct {
	Kind      string `yaml:"-"` // "telegram", "test", "sandbox" or "custom"
	DC        int    `yaml:"dc" doc:"Number of the data centre that answers at address."`
	Address   string `yaml:"address" doc:"host:port of an MTProto server."`
	PublicKey string `yaml:"public_key" doc:"PEM file with the server's RSA public key, relative to this file."`
}

// Device is how an account introduces itself; it should not change once an account is signed in.
type Device struct {
	Model         string `yaml:"model" doc:"Device model. Default: tgscript."`
	SystemVersion string `yaml:"system_version" doc:"System version. Default: the operating system."`
	AppVersion    string `yaml:"app_version" doc:"Application version. Default: that of tgscript."`
	Lang          string `yaml:"lang" doc:"Language code, for example en."`
}

// Connection tunes how an account connects. A zero field takes its default.
type Connection struct {
	DialTimeout Duration `yaml:"dial_timeout" doc:"How long one attempt to connect may take, handshakes of proxies included. Default: 35s."`
	CallTimeout Duration `yaml:"call_timeout" doc:"How long one call may take, waiting for the link included. Default: 60s."`
	FloodLimit  Duration `yaml:"flood_limit" doc:"The longest flood wait that is sat out; a longer one is an error in the script. Default: 60s."`
	Retries     int      `yaml:"retries" doc:"How often a call that was lost with its connection is tried again. Default: 5."`
	IPv6        bool     `yaml:"ipv6" doc:"Prefer IPv6 addresses of Telegram."`
	Peers       int      `yaml:"peers" doc:"How many users and chats are remembered on disk; those that were not met for longest go first. Default: 250000."`
}

// What a config that says nothing gets. The rooms that use the values have the same defaults; here they are for the
// eyes of config show.
var (
	defaultDevice     = Device{Model: "tgscript", SystemVersion: runtime.GOOS, AppVersion: "1", Lang: "en"}
	defaultConnection = Connection{DialTimeout: Duration(35 * time.Second), CallTimeout: Duration(time.Minute), FloodLimit: Duration(time.Minute), Retries: 5, Peers: 250_000}
	defaultLimits     = Limits{Run: Duration(time.Second), Grace: Duration(5 * time.Second), Calls: 1000, Queue: 10000, Memory: 256, Heap: 1024,
		Tasks: 10000, Handlers: 1000, LogLines: 1000, Failures: 1000, SQL: 2, SQLTime: Duration(time.Minute), Store: 64, StoreKeys: 1_000_000}
)

// Limits bound one script. A zero field takes its default.
type Limits struct {
	Run    Duration `yaml:"run" doc:"How long Lua may run without waiting for anything. Default: 1s."`
	Grace  Duration `yaml:"grace" doc:"How long calls of an old version may go on after a reload. Default: 5s."`
	Calls  int      `yaml:"calls" doc:"Calls in flight at once. Default: 1000."`
	Memory int      `yaml:"memory" doc:"MiB that the Lua of one script may hold: one that holds more is stopped. Default: 256."`
	Heap   int      `yaml:"heap" doc:"MiB of heap of the whole process above which the script that holds most is stopped. Default: 1024."`
	Queue  int      `yaml:"queue" doc:"Events that may wait for a place. Default: 10000."`

	Patience Duration `yaml:"patience" doc:"How long an event waits for a script whose queue is full while the account has others: after that it is dropped for that script, counted and logged. Default: it waits, and nothing is dropped."`

	Tasks    int `yaml:"tasks" doc:"Timers and spawned calls at once. Default: 10000."`
	Handlers int `yaml:"handlers" doc:"Handlers of one event. Default: 1000."`
	LogLines int `yaml:"log_lines" doc:"Lines that it logs and prints in a second; more are left out. Default: 1000."`
	Failures int `yaml:"failures" doc:"Calls that fail within a minute after which it is stopped. Default: 1000."`

	SQL       int      `yaml:"sql" doc:"Statements of tg.sql that run at once; more wait. Default: 2."`
	SQLTime   Duration `yaml:"sql_time" doc:"How long a statement of tg.sql may take. Default: 1m."`
	Store     int      `yaml:"store" doc:"MiB that it keeps in tg.store, and in each name of tg.store:shared. Default: 64."`
	StoreKeys int      `yaml:"store_keys" doc:"Keys there. Default: 1000000."`
}

type (
	// Secret is a string that never prints itself.
	Secret string
	// Strings is a list that may be written as a single string.
	Strings []string
	// Proxies is a proxy, or a list of them in order of preference.
	Proxies proxy.Chain
	// Duration is a time.Duration written as "30s", "5m", or a number of seconds.
	Duration time.Duration
)

// hidden is what Show, logs and errors print instead of a secret.
const hidden = "(hidden)"

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return hidden
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return s.String() }

// MarshalText hides the secret from JSON, YAML and structured logs.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// String is the duration as time.Duration prints it.
func (d Duration) String() string { return time.Duration(d).String() }
