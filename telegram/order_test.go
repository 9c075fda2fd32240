package telegram

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

func TestCallsAreWrittenInTheOrderOfTheirAnnouncement(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var a Account
		var wrote []int
		for i := range 20 {
			ctx, leave := a.InOrder(t.Context())
			go func() {
				defer leave()
				if i%5 == 0 {
					return // fails before it writes anything
				}
				if err := awaitTurn(ctx); err != nil {
					t.Error(err)
				}
				wrote = append(wrote, i) // the places keep it from racing
				written(ctx)
			}()
		}
		synctest.Wait()
		if len(wrote) != 16 {
			t.Fatalf("%d were written", len(wrote))
		}
		for i := 1; i < len(wrote); i++ {
			if wrote[i] < wrote[i-1] {
				t.Errorf("written in the order %v", wrote)
			}
		}
	})
}

func TestACallThatIsCalledOffLeavesItsPlace(t *testing.T) {
	var a Account
	first, leaveFirst := a.InOrder(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	second, leaveSecond := a.InOrder(ctx)
	third, _ := a.InOrder(t.Context())
	cancel()
	if err := awaitTurn(second); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	leaveSecond()
	late, stop := context.WithCancel(third)
	stop()
	if err := awaitTurn(late); !errors.Is(err, context.Canceled) {
		t.Errorf("the third overtakes the first: %v", err)
	}
	if err := awaitTurn(first); err != nil {
		t.Errorf("first: %v", err)
	}
	leaveFirst()
	if err := awaitTurn(third); err != nil {
		t.Errorf("third: %v", err)
	}
	leaveFirst() // again does nothing
	if err := awaitTurn(t.Context()); err != nil {
		t.Errorf("without a place: %v", err)
	}
}
