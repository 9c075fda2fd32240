package spec

import "context"

// Contextual may be implemented by receivers whose calls are made with a context of their own, such as a client that
// is more patient than another.
type Contextual interface {
	Context(ctx context.Context) context.Context
}

// contextOf gives the calls of a kind of receivers their contexts; nil for most kinds.
func contextOf[R any]() func(receiver R, ctx context.Context) context.Context {
	if _, own := any(*new(R)).(Contextual); !own {
		return nil
	}
	return func(receiver R, ctx context.Context) context.Context { return any(receiver).(Contextual).Context(ctx) }
}

// contextual is a cursor that asks with the context of the receiver that it came from.
type contextual[T any] struct {
	Cursor[T]
	within func(ctx context.Context) context.Context
}

func (c contextual[T]) Next(ctx context.Context) (T, bool, error) {
	return c.Cursor.Next(c.within(ctx))
}
