package tgscript_test

import (
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// TestAQuestionOutlivesAStop ends the process while its script waits for an answer, in peace and by force. The next one
// asks again.
func TestAQuestionOutlivesAStop(t *testing.T) {
	for name, end := range map[string]func(x *torture){"in peace": (*torture).leave, "by force": (*torture).kill} {
		t.Run(name, func(t *testing.T) {
			x := newTorture(t, 1)
			defer x.journals.close()
			defer func() {
				if t.Failed() {
					x.showLog()
				}
			}()
			x.build()
			questions := make(chan string, 10)
			defer x.server.Observe(func(e sandbox.Entry) {
				// Nobody of that name answers by themselves: see answers.
				if e.From == "EchoBot" && e.Text == "answer k1 quiet" {
					questions <- e.Text
				}
			})()
			await := func() {
				t.Helper()
				select {
				case <-questions:
				case <-time.After(20 * time.Second):
					t.Fatal("nothing is asked")
				}
			}
			x.victim = awaken(t, x.dir, x.count)
			x.count.expect("bot:k1 quiet")
			dave := x.server.Person("dave")
			if _, err := dave.Send(t.Context(), "EchoBot", "k1 quiet", sandbox.SendOptions{}); err != nil {
				t.Fatal(err)
			}
			await()
			end(x)
			await()
			if _, err := dave.Send(t.Context(), "EchoBot", "because", sandbox.SendOptions{}); err != nil {
				t.Fatal(err)
			}
			x.settle()
			x.victim.stop()
			for _, fault := range x.count.verdict() {
				t.Error(fault)
			}
		})
	}
}
