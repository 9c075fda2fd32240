package sandbox

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestFunctionsOfVirtualClocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewVirtualClock(time.Unix(1_800_000_000, 0), true)
		var called []string
		note := func(name string) func() { return func() { called = append(called, name) } }
		c.AfterFunc(2*time.Minute, note("later"))
		c.AfterFunc(time.Minute, func() {
			called = append(called, "first")
			c.AfterFunc(0, note("within")) // with nothing held
		})
		stop := c.AfterFunc(time.Minute, note("never"))
		if next, some := c.Next(); !some || !next.Equal(c.Now().Add(time.Minute)) {
			t.Errorf("next is %v, %v", next, some)
		}
		if !stop() || stop() {
			t.Error("a function is stopped once")
		}
		for _, step := range []struct {
			by   time.Duration
			want []string
		}{
			{59 * time.Second, nil},
			{2 * time.Minute, []string{"first", "later"}},
			{0, []string{"first", "later", "within"}},
		} {
			if c.Advance(step.by); !slices.Equal(called, step.want) {
				t.Errorf("after %v more %v were called, want %v", step.by, called, step.want)
			}
		}
		if next, some := c.Next(); some {
			t.Errorf("something is left at %v", next)
		}
	})
}

func TestFunctionsOfClocksThatGoOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewVirtualClock(time.Time{}, false)
		called := make(chan string, 3)
		c.AfterFunc(time.Minute, func() { called <- "by itself" })
		time.Sleep(61 * time.Second) // by the bubble's clock
		synctest.Wait()
		c.AfterFunc(time.Hour, func() { called <- "moved" })
		c.Advance(time.Hour)
		if got := []string{<-called, <-called}; !slices.Equal(got, []string{"by itself", "moved"}) {
			t.Errorf("called: %v", got)
		}
	})
}

func TestEntitiesThatPeopleSee(t *testing.T) {
	w := serve(t, Options{})
	bot := w.Person("EchoBot")
	if _, err := w.Person("alice").Send(t.Context(), "EchoBot", "/start", SendOptions{}); err != nil {
		t.Fatal(err)
	}
	sent, err := bot.Send(t.Context(), "alice", "😀 see https://example.com and @bobby", SendOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := []MessageEntity{{Type: "url", Text: "https://example.com"}, {Type: "mention", Text: "@bobby"}}
	if !slices.Equal(sent.Entities, want) {
		t.Errorf("entities are %+v, want %+v", sent.Entities, want)
	}
}
