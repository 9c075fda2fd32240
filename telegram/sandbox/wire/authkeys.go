package wire

import "github.com/gotd/td/crypto"

// AuthKeys is a registry of auth keys, each with the user that it's signed in as. It may be shared by
// several Servers.
type AuthKeys struct{}

// NewAuthKeys makes a registry in memory.
func NewAuthKeys() *AuthKeys { return &AuthKeys{} }

// OpenAuthKeys reads the registry that is kept in the folder dir, or begins one. Each change is
// written before the call that makes it returns, so a killed process loses none.
func OpenAuthKeys(dir string) (*AuthKeys, error) { panic("soon") }

// Close closes the file, if there is one.
func (a *AuthKeys) Close() error { panic("soon") }

// NewReady makes a key that both sides know at once, without the key exchange and its second of CPU.
func (a *AuthKeys) NewReady() (crypto.AuthKey, error) { panic("soon") }

// Key finds a key that hasn't expired.
func (a *AuthKeys) Key(id int64) (crypto.AuthKey, bool) { panic("soon") }

// Owner is what SetOwner has bound to a permanent key last: 0 at first, and for unknown keys.
func (a *AuthKeys) Owner(id int64) int64 { panic("soon") }

// SetOwner binds a number of the caller's choice, as a user id, to a permanent key; 0 unbinds.
func (a *AuthKeys) SetOwner(id, owner int64) error { panic("soon") }

// Owned lists the permanent keys bound to an owner.
func (a *AuthKeys) Owned(owner int64) []int64 { panic("soon") }
