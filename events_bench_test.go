package tgscript_test

import (
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// echoer is a client process that echoes, and when each of its echoes came.
type echoer struct {
	b      *testing.B
	server *sandbox.Server
	sent   int
	came   chan int
}

func newEchoer(b *testing.B, client string) *echoer {
	b.Helper()
	dir := b.TempDir()
	s, err := sandbox.New(sandbox.Options{Dir: filepath.Join(dir, "server")})
	if err != nil {
		b.Fatal(err)
	}
	child := startChild(b, client, dir, s)
	e := &echoer{b: b, server: s, came: make(chan int, 100_000)}
	stop := s.Observe(func(entry sandbox.Entry) {
		if n, err := strconv.Atoi(entry.Text); err == nil && entry.From == "EchoBot" {
			e.came <- n
		}
	})
	b.Cleanup(func() {
		stop()
		child.end()
		_ = s.Close()
	})
	for range 32 { // warm up
		e.send()
	}
	for range 32 {
		<-e.came
	}
	return e
}

func (e *echoer) send() (n int) {
	n, e.sent = e.sent, e.sent+1
	if _, err := e.server.Person("bob").Send(e.b.Context(), "EchoBot", strconv.Itoa(n), sandbox.SendOptions{}); err != nil {
		e.b.Fatal(err)
	}
	return n
}

// report tells the median and the 99th of 100 times.
func report(b *testing.B, times []time.Duration) {
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkLatency is how long an echo takes at a thousand messages a second. What tgscript adds is its figure less
// that of the bare bot.
func BenchmarkLatency(b *testing.B) {
	for _, client := range []string{"gotd", "tgscript"} {
		b.Run(client, func(b *testing.B) {
			e := newEchoer(b, client)
			at := make([]time.Time, b.N+1000)
			first := e.sent
			times := make([]time.Duration, 0, b.N)
			beat := time.NewTicker(time.Millisecond)
			defer beat.Stop()
			b.ResetTimer()
			for len(times) < b.N {
				select {
				case <-beat.C:
					if n := e.sent - first; n < b.N {
						at[n] = time.Now()
						e.send()
					}
				case n := <-e.came:
					times = append(times, time.Since(at[n-first]))
				}
			}
			b.StopTimer()
			report(b, times)
		})
	}
}

// BenchmarkDrop is what a lost connection costs: the time from the loss, with a hundred messages that are said while
// there is no link, to the echo of each. Echoes that are missing or come twice fail it.
func BenchmarkDrop(b *testing.B) {
	const waiting = 100
	e := newEchoer(b, "tgscript")
	var times []time.Duration
	for b.Loop() {
		b.StopTimer()
		<-time.After(3 * time.Second) // links that are lost more often are made with pauses
		b.StartTimer()
		start, first := time.Now(), e.sent
		if err := e.server.Drop("EchoBot"); err != nil {
			b.Fatal(err)
		}
		for range waiting {
			e.send()
		}
		seen := map[int]bool{}
		for len(seen) < waiting {
			select {
			case n := <-e.came:
				if seen[n] || n < first {
					b.Fatalf("message %d was echoed twice", n)
				}
				seen[n] = true
				times = append(times, time.Since(start))
			case <-time.After(time.Minute):
				b.Fatalf("%d echoes are missing", waiting-len(seen))
			}
		}
	}
	report(b, times)
}
