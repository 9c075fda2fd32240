package sandbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/gotd/td/clock"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/session"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// ErrNotLoopback refuses to listen where other machines could reach the server: its key and its
// login code are public.
var ErrNotLoopback = errors.New("the sandbox listens on loopback addresses only")

// Server is a running sandbox.
type Server struct {
	log    *slog.Logger
	clock  clock.Clock
	limits Limits
	dir    *folder // nil in memory
	key    exchange.PrivateKey
	table  table
	types  func() map[uint32]string // TL types by id, for messages about the unknown
	faults *faultBoard
	blobs  *blobs // contents of files; with its own lock, and the same for all worlds
	painter
	inspectors
	late   *lateSends
	long   bool         // Options.LongUpdates
	number uint64       // Options.Random
	skew   atomic.Int64 // nanoseconds by which MTProto's time is wrong

	mu sync.Mutex // over everything below
	*world
	seed          *Seed
	dcs           map[int]*dataCentre
	signIns       int
	auths         map[keyID]*authorization
	lost          map[keyID]*tgerr.Error // what calls with a key are told that was signed out from outside
	codes         map[string]*sentCode
	waits         map[string]int // when a phone number in trouble may ask for a code
	loginTokens   map[string]*loginToken
	exports       map[string]exportedAuth
	srp           map[int64]*srpRound
	questions     map[int64]*question
	inlineAnswers map[int64]*inlineAnswer // by query id
	inlineCache   map[inlineKey]*inlineAnswer
	orders        map[string]*requestedInfo
	observers     []*observer[Entry]

	scheduleChanged chan struct{}
	stop            context.CancelFunc
	running         sync.WaitGroup
	keeps           bool // the state is whole, so that it may replace the kept one
	closing         sync.Once
	closed          error
}

// New starts a server; Close ends it.
func New(opts Options) (*Server, error) {
	s := &Server{
		log: opts.Logger, long: opts.LongUpdates, clock: opts.Clock, limits: opts.Limits.withDefaults(), seed: opts.Seed,
		table: methods(), types: sync.OnceValue(tg.TypesMap), faults: newFaultBoard(), late: newLateSends(),
		world: newWorld(), dcs: map[int]*dataCentre{}, auths: map[keyID]*authorization{}, lost: map[keyID]*tgerr.Error{},
		codes: map[string]*sentCode{}, waits: map[string]int{}, loginTokens: map[string]*loginToken{}, exports: map[string]exportedAuth{}, srp: map[int64]*srpRound{},
		questions: map[int64]*question{}, inlineAnswers: map[int64]*inlineAnswer{}, inlineCache: map[inlineKey]*inlineAnswer{}, orders: map[string]*requestedInfo{},
		scheduleChanged: make(chan struct{}, 1),
	}
	s.number, s.chance = opts.Random, newChance(opts.Random)
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.clock == nil {
		s.clock = clock.System
	}
	if s.seed == nil {
		s.seed = DefaultSeed()
	}
	s.answers, s.repeats = opts.InspectAnswers, opts.Random != 0
	if opts.Inspect != nil {
		s.Inspect(opts.Inspect)
	}
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	if err := s.start(ctx, opts); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, opts Options) error {
	var err error
	if opts.Dir != "" {
		if s.dir, err = openFolder(opts.Dir); err != nil {
			return err
		}
	}
	if s.key, err = s.privateKey(); err != nil {
		return err
	}
	if err := s.openArchive(); err != nil {
		return err
	}
	s.today = s.now()
	if err := s.populate(); err != nil {
		return err
	}
	if err := s.listen(opts.Listen); err != nil {
		return err
	}
	s.running.Go(func() { s.runScheduler(ctx) })
	s.running.Go(func() { s.late.run(ctx, s.clock) })
	if s.dir != nil {
		s.keeps = true
		s.running.Go(func() { s.runKeeper(ctx) })
	}
	return nil
}

// populate brings back who lived in the folder, or settles the people of the seed.
func (s *Server) populate() error {
	if s.dir != nil {
		kept, err := s.restore()
		if kept || err != nil {
			return err
		}
	}
	if err := s.settle(s.seed); err != nil || s.dir == nil {
		return err
	}
	return s.keep(false)
}

// Close ends all connections, waits for everything the server started, and keeps the state of a
// server with a folder.
func (s *Server) Close() error {
	s.closing.Do(func() {
		s.stop()
		var failed []error
		for _, dc := range s.dcs {
			failed = append(failed, dc.close())
		}
		s.running.Wait()
		s.mu.Lock()
		observers := s.observers
		s.observers = nil
		s.mu.Unlock()
		for _, o := range observers {
			o.leave()
		}
		s.inspectors.leave()
		if s.keeps {
			failed = append(failed, s.keep(true))
		}
		if s.dir != nil {
			failed = append(failed, s.dir.close())
		}
		s.closed = errors.Join(failed...)
	})
	return s.closed
}

// enter takes the lock and stops the clock for as long as it's held.
func (s *Server) enter() {
	s.mu.Lock()
	s.today = s.now()
}

// report logs an error that can't be: the state would not be what clients were told.
func (s *Server) report(err error) {
	if err != nil {
		s.log.Error("keep a message", "error", err)
	}
}

func (s *Server) now() int { return int(s.clock.Now().Unix()) }

// ReadySession returns a session in gotd's JSON form with a new auth key that the data centre
// knows already, so that a client need not spend a second of CPU on the key exchange. It is
// signed in as nobody. dc 0 means the first data centre.
func (s *Server) ReadySession(dc int) ([]byte, error) {
	if dc == 0 {
		dc = firstDC
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.dcs[dc]
	if at == nil {
		return nil, fmt.Errorf("make a session for data centre %d: %w", dc, ErrUnknown)
	}
	key, err := at.keys.NewReady()
	if err != nil {
		return nil, fmt.Errorf("make a ready auth key: %w", err)
	}
	var memory session.StorageMemory
	loader := session.Loader{Storage: &memory}
	data := session.Data{
		Config:    session.Config{ThisDC: dc, DCOptions: s.DCOptions(), Date: s.now(), Expires: s.now() + configLife},
		DC:        dc,
		Addr:      at.address,
		AuthKey:   key.Value[:],
		AuthKeyID: key.ID[:],
		Salt:      at.wire.Salt(key.IntID()),
	}
	if err := loader.Save(context.Background(), &data); err != nil {
		return nil, fmt.Errorf("write a ready session: %w", err)
	}
	bytes, err := memory.Bytes(nil)
	if err != nil {
		return nil, fmt.Errorf("write a ready session: %w", err)
	}
	return bytes, nil
}
