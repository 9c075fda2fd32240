package vm

import (
	"context"
	"errors"
)

type printKey struct{}

// WithPrint is a context for calls whose print goes to out, which may wait, and not where the machine's does. It isn't
// meant for the calls that they start.
func WithPrint(ctx context.Context, out func(line string)) context.Context {
	return context.WithValue(ctx, printKey{}, out)
}

// CompileLine compiles what somebody has typed: an expression, whose values are then the results of the chunk, or
// statements. The text is incomplete when the error's SyntaxError says so for either.
func CompileLine(file string, source []byte) (*Proto, error) {
	const asValues = "return "
	proto, expression := compile(file, append([]byte(asValues), source...))
	if expression == nil {
		return proto, nil
	}
	proto, statements := compile(file, source)
	if statements != nil && incomplete(expression) && !incomplete(statements) {
		return nil, expression
	}
	return proto, statements
}

func incomplete(err error) bool {
	bad, ok := errors.AsType[*SyntaxError](err)
	return ok && bad.Incomplete
}
