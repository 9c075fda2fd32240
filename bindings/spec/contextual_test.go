package spec

import (
	"context"
	"testing"
)

type marked string

type markKey struct{}

func (m marked) Context(ctx context.Context) context.Context {
	return context.WithValue(ctx, markKey{}, string(m))
}

type marks struct{}

func (marks) Next(ctx context.Context) (string, bool, error) {
	mark, _ := ctx.Value(markKey{}).(string)
	return mark, true, nil
}

func TestReceiversMayHaveAContextOfTheirOwn(t *testing.T) {
	if contextOf[int]() != nil {
		t.Error("an int has one")
	}
	within := contextOf[marked]()
	if within == nil {
		t.Fatal("a marked thing has none")
	}
	cursor := contextual[string]{marks{}, func(ctx context.Context) context.Context { return within("x", ctx) }}
	if got, _, err := cursor.Next(t.Context()); err != nil || got != "x" {
		t.Errorf("the cursor asks with %q, %v", got, err)
	}
}
