package sandbox

import (
	"context"
	"errors"

	"github.com/gotd/td/exchange"
	"github.com/gotd/td/tg"
)

// ErrNotLoopback refuses to listen where other machines could reach the server: its key and its
// login code are public.
var ErrNotLoopback = errors.New("the sandbox listens on loopback addresses only")

// Server is a running sandbox.
type Server struct{}

// New starts a server; Close ends it.
func New(opts Options) (*Server, error) { panic("unwritten") }

// Close ends all connections, waits for everything the server started, and keeps the state of a
// server with a folder.
func (s *Server) Close() error { panic("unwritten") }

// Info says what a client needs to be pointed at this server.
func (s *Server) Info() Info { panic("unwritten") }

// Keys returns the public keys that clients must trust.
func (s *Server) Keys() []exchange.PublicKey { panic("unwritten") }

// DCOptions returns the addresses of all data centers.
func (s *Server) DCOptions() []tg.DCOption { panic("unwritten") }

// ReadySession returns a session in gotd's JSON form with a new auth key that the data center
// knows already, so that a client need not spend a second of CPU on the key exchange. It is
// signed in as nobody. dc 0 means the first data center.
func (s *Server) ReadySession(dc int) ([]byte, error) { panic("unwritten") }

// Observe calls f for everything that is said, changed and removed from now on, in order. f must
// not call the server.
func (s *Server) Observe(f func(Entry)) (cancel func()) { panic("unwritten") }

// Person returns the person with this name or user name. For a name nobody has, the methods of
// what it returns give [ErrUnknown].
func (s *Server) Person(name string) *Person { panic("unwritten") }

// Bot returns the bot with this name or user name.
func (s *Server) Bot(name string) *Person { panic("unwritten") }

// Send says text in a chat: "me", the name, @username or phone of a person or bot, or the title
// or @username of a chat.
func (p *Person) Send(ctx context.Context, to, text string, opts SendOptions) (Message, error) {
	panic("unwritten")
}

// Edit replaces the text of one of this person's messages.
func (p *Person) Edit(ctx context.Context, chat string, id int, text string) (Message, error) {
	panic("unwritten")
}

// Delete removes messages for everybody in the chat.
func (p *Person) Delete(ctx context.Context, chat string, ids ...int) error { panic("unwritten") }

// Messages returns the messages of a chat as this person sees them, oldest first.
func (p *Person) Messages(chat string) ([]Message, error) { panic("unwritten") }
