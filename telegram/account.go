package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// Account is one Telegram login. Its methods may be called from any goroutine.
type Account struct {
	opts  Options
	log   *slog.Logger
	lock  *sessionLock // nil in memory
	vault *vault
	clock *serverClock
	ids   *messageIDs
	api   *tg.Client // through Invoke
	tune  tuning

	mu       sync.Mutex
	closed   bool
	running  bool
	self     *User
	link     *link         // nil while there is none
	linkNews chan struct{} // closed when link or unusable changes
	unusable error         // why the stored session is of no use; only before a sign-in
	refused  *record       // the session that is
	control  *control      // of the present Run; nil outside
	loginQR  chan struct{} // Telegram says that a QR code was scanned
	state    ConnectionState
	reason   string // why the connection was lost last; said once
	pings    pinger

	line    line                  // of the calls that keep their order
	pace    atomic.Pointer[pacer] // nil for none
	floods  floods
	peers   *peerBook
	updates *updateFeed
	recent  recentMessages
	albums  albums
	own     ownEvents
	tally   tally
}

// tuning is what tests turn faster.
type tuning struct {
	pingEvery, pingLimit time.Duration
	now                  func() time.Time // Options.Clock, or the real one
	delay                time.Duration    // the first of them
	sleep                func(ctx context.Context, d time.Duration) error
	watch                func(ConnectionState)                              // of tests; else nil
	after                func(d time.Duration, f func()) (stop func() bool) // nil is time.AfterFunc
	quiet                time.Duration                                      // before the server is asked for what it may have sent; 0 is the inbox's own
	fileIdle             time.Duration                                      // until a connection for files is closed; 0 is the pool's own
	fileLimit            time.Duration                                      // for an answer with a part of a file; 0 is the pool's own
}

// Open takes the session lock of opts.Dir and reads the session; nothing is dialled yet.
// It fails with *SessionHeldError while another process has the account open, with
// *SessionCorruptError when the stored session can't be read, and with *StorageError when the folder
// can't be used.
func Open(opts Options) (*Account, error) {
	if opts.APIID == 0 || opts.APIHash == "" {
		return nil, errors.New("api_id and api_hash are missing: get yours from https://my.telegram.org/apps")
	}
	if opts.Name == "" {
		opts.Name = "account"
	}
	opts.Server = opts.Server.withDefaults()
	log := opts.Logger
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	a := &Account{
		opts:     opts,
		log:      log.With("account", opts.Name),
		clock:    newServerClock(),
		linkNews: make(chan struct{}),
		loginQR:  make(chan struct{}, 1),
		tune:     tuning{pingEvery: pingEvery, pingLimit: pingLimit, now: time.Now, delay: firstDelay, sleep: sleep},
	}
	if c := opts.Clock; c != nil {
		a.tune.now, a.tune.sleep, a.tune.after = c.Now, c.Sleep, c.AfterFunc
	}
	a.ids = &messageIDs{clock: a.clock}
	a.api = tg.NewClient(a)
	a.setPace(opts.BotToken != "")
	if err := a.openFiles(); err != nil {
		return nil, fmt.Errorf("open account %s: %w", opts.Name, err)
	}
	return a, nil
}

func (a *Account) openFiles() (err error) {
	if dir := a.opts.Dir; dir != "" {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return storageError(dir, err)
		}
		if info, err := os.Stat(dir); err == nil && info.Mode().Perm()&0o022 != 0 && runtime.GOOS != "windows" {
			a.log.Warn("others can put files into the account's folder, and so their session in place of yours: chmod 700 it", "folder", dir)
		}
		if a.lock, err = takeLock(dir); err != nil {
			return err
		}
	}
	if a.vault, err = openVault(a.opts.Dir, a.opts.Session); err == nil {
		err = a.openState(context.Background())
	}
	if err != nil {
		return errors.Join(err, a.lock.release())
	}
	return nil
}

// Close gives the session up for other processes. Run must have returned.
func (a *Account) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.running {
		return fmt.Errorf("close account %s: %w", a.opts.Name, ErrRunning)
	}
	if a.closed {
		return nil
	}
	a.closed = true
	return errors.Join(a.closeState(), a.lock.release())
}

// API is Telegram's raw API. Calls wait out floods and lost connections as the typed methods do.
func (a *Account) API() *tg.Client { return a.api }

// Name is what logs and errors call the account.
func (a *Account) Name() string { return a.opts.Name }

// Self is the signed-in user or bot; nil before SignIn.
func (a *Account) Self() *User {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.self
}

// Connection is how the link to Telegram stands.
func (a *Account) Connection() ConnectionState {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.state
}

func (a *Account) setSelf(u *User) {
	a.mu.Lock()
	a.self = u
	a.mu.Unlock()
}

var (
	_ tg.Invoker = (*Account)(nil)
	_ io.Closer  = (*Account)(nil)
)

// Invoke makes one raw call.
func (a *Account) Invoke(ctx context.Context, in bin.Encoder, out bin.Decoder) error {
	if err := a.admitted(ctx, in); err != nil {
		return err
	}
	return a.called(a.answered(in, out, a.withFlood(ctx, in, a.screened(ctx, out))))
}
