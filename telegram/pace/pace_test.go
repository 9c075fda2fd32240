package pace_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram/pace"
)

func TestRatesAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"30/s":           "30/s",
		" 20 / m ":       "20/m",
		"20/m, burst 5":  "20/m, burst 5",
		"3/10s":          "3/10s",
		"0.5/s":          "0.5/s",
		"1/1.5m":         "1/1m30s",
		"100/day":        "100/d",
		"1/2d":           "1/48h0m0s",
		"5/hour,burst 2": "5/h, burst 2",
		"off":            "off",
		"":               "error",
		"5":              "error",
		"/s":             "error",
		"5/":             "error",
		"0/s":            "error",
		"-1/s":           "error",
		"nan/s":          "error",
		"inf/s":          "error",
		"1/0s":           "error",
		"1/x":            "error",
		"1/s, burst 0":   "error",
		"1/s, burst":     "error",
		"1/s, 5":         "error",
		"1/99999999d":    "error",
		"1e300/s":        "error",
		"off, burst 2":   "error",
	} {
		t.Run(text, func(t *testing.T) {
			r, err := pace.Parse(text)
			got := r.String()
			if err != nil {
				got = "error"
				if !strings.Contains(err.Error(), "is no rate") {
					t.Errorf("it says %v", err)
				}
			}
			if got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"30/s", "20/m, burst 5", "1/1.5m", "off", "1/2d"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := pace.Parse(text)
		if err != nil {
			return
		}
		again, err := pace.Parse(r.String())
		if err != nil || again != r {
			t.Fatalf("%q is %v, which is read as %v, %v", text, r, again, err)
		}
		clock := time.Unix(0, 0)
		l := pace.New[int](r, func() time.Time { return clock })
		last := time.Duration(0)
		for range 4 {
			wait := l.Take(1)
			if wait < last {
				t.Fatalf("%v: a place %v after one that was %v away", r, wait, last)
			}
			last = wait
		}
	})
}

// clock is a time that only the test moves.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time          { return c.now }
func (c *clock) advance(d time.Duration) { c.now = c.now.Add(d) }

func limiter(text string) (*pace.Limiter[string], *clock) {
	r, err := pace.Parse(text)
	if err != nil {
		panic(err)
	}
	c := &clock{time.Unix(1_000_000, 0)}
	return pace.New[string](r, c.Now), c
}

func TestPlacesAreGivenOneAfterTheOther(t *testing.T) {
	l, c := limiter("2/s, burst 3")
	for i, want := range []time.Duration{0, 0, 0, 500, 1000, 1500} {
		if got := l.Take("a"); got != want*time.Millisecond {
			t.Errorf("place %d is %v away, want %v", i+1, got, want*time.Millisecond)
		}
	}
	if got := l.Take("b"); got != 0 {
		t.Errorf("another key waits %v", got)
	}
	c.advance(2 * time.Second)
	if got := l.Wait("a"); got != 0 {
		t.Errorf("after a while the next place is %v away", got)
	}
	c.advance(time.Hour)
	for i, want := range []time.Duration{0, 0, 0, 500} {
		if got := l.Take("a"); got != want*time.Millisecond {
			t.Errorf("after an hour place %d is %v away", i+1, got)
		}
	}
}

func TestTryingTakesOnlyWhatIsFree(t *testing.T) {
	l, c := limiter("1/m")
	if ok, _ := l.Try("a"); !ok {
		t.Fatal("the first place is taken")
	}
	for range 3 {
		if ok, wait := l.Try("a"); ok || wait != time.Minute {
			t.Fatalf("tried: %v, %v", ok, wait)
		}
	}
	c.advance(time.Minute)
	if ok, _ := l.Try("a"); !ok {
		t.Error("trying in vain has taken a place")
	}
}

func TestAPlaceThatIsGivenBack(t *testing.T) {
	l, _ := limiter("1/m")
	l.Take("a")
	l.Take("a")
	l.Give("a")
	if wait := l.Take("a"); wait != time.Minute {
		t.Errorf("the place given back is %v away", wait)
	}
	l.Give("never seen")
	l.Give("a")
	l.Give("a")
	l.Give("a")
	if ok, _ := l.Try("a"); !ok {
		t.Error("all was given back")
	}
}

func TestTheZeroRateLimitsNothing(t *testing.T) {
	l, _ := limiter("off")
	for range 1000 {
		if l.Take("a") != 0 || l.Wait("a") != 0 {
			t.Fatal("it waits")
		}
	}
	if ok, _ := l.Try("a"); !ok {
		t.Error("it refuses")
	}
	l.Give("a")
}

func TestQuietKeysAreForgotten(t *testing.T) {
	c := &clock{time.Unix(0, 0)}
	l := pace.New[int](pace.Rate{Events: 1, Per: time.Second, Burst: 1}, c.Now)
	for i := range 100_000 {
		l.Take(i)
		c.advance(time.Second)
	}
	if n := l.Keys(); n > 2000 {
		t.Errorf("%d keys are kept, most of them quiet", n)
	}
}

func BenchmarkTake(b *testing.B) {
	l := pace.New[int64](pace.Rate{Events: 1e6, Per: time.Second, Burst: 1}, nil)
	b.ReportAllocs()
	for b.Loop() {
		l.Take(1)
	}
}
