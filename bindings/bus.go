package bindings

// Bus is how the scripts of a host talk with one another.
type Bus struct{}

// NewBus makes one.
func NewBus() *Bus { return &Bus{} }
