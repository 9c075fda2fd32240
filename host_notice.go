package tgscript

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/text"
)

// Bounds of what the owner of an account is told about failures.
const (
	noticePause  = time.Minute // between two messages
	mostNotices  = 3           // failures told in a message, others are counted
	longestStory = 1000        // characters of one
)

// notices gather the failures of an account's scripts for its owner. The same one again only counts. Any goroutine adds;
// the one that runs notify takes.
type notices struct {
	news bell

	mu    sync.Mutex
	list  []notice // the first failure first
	extra int      // failures beyond those of the list
}

type notice struct {
	script, line, story string
	times               int
}

func newNotices() notices { return notices{news: newBell()} }

// add notes a failure. What must not be shown is hidden before anything is cut.
func (n *notices) add(e *runtime.ScriptError, hide *strings.Replacer) {
	line, story := hide.Replace(e.Error()), hide.Replace(e.Detail())
	n.mu.Lock()
	defer n.mu.Unlock()
	defer n.news.ring()
	for i := range n.list {
		if one := &n.list[i]; one.script == e.Script && one.line == line {
			one.times++
			return
		}
	}
	if len(n.list) == mostNotices {
		n.extra++
		return
	}
	n.list = append(n.list, notice{e.Script, line, story, 1})
}

// take gives what there is to tell; empty for nothing.
func (n *notices) take() string {
	n.mu.Lock()
	list, extra := n.list, n.extra
	n.list, n.extra = nil, 0
	n.mu.Unlock()
	var b strings.Builder
	for _, one := range list {
		story := []rune(one.story)
		if len(story) > longestStory {
			story = append(story[:longestStory:longestStory], '…')
		}
		fmt.Fprintf(&b, "⚠️ %s", one.script)
		if one.times > 1 {
			fmt.Fprintf(&b, " (%d times)", one.times)
		}
		fmt.Fprintf(&b, "\n%s\n\n", strings.TrimSpace(string(story)))
	}
	if extra > 0 {
		fmt.Fprintf(&b, "… and %d more: tgscript logs", extra)
	}
	return strings.TrimSpace(b.String())
}

// notify tells the account's owner of failures until ctx ends: of the first at once, of others after a pause. What
// can't be told is logged, and is no failure of a script.
func (h *Host) notify(ctx context.Context, t *tenant) {
	for {
		select {
		case <-t.notices.news:
		case <-ctx.Done():
			return
		}
		words := t.notices.take()
		if words == "" {
			continue
		}
		if _, err := t.account.Send(ctx, t.owner(), text.Of(words), telegram.SendOptions{NoPreview: true}); err != nil && ctx.Err() == nil {
			h.say(slog.LevelWarn, "log", t.name, "", "the owner was not told of failures: "+err.Error(), "")
		}
		pause := time.NewTimer(h.noticePause)
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return
		}
	}
}

// owner is the chat that hears of failures.
func (t *tenant) owner() telegram.Target {
	if id, err := strconv.ParseInt(t.config.Notify, 10, 64); err == nil {
		return telegram.ID(id)
	}
	return telegram.Name(t.config.Notify)
}

// noteFailure keeps a failure for the owner of its account.
func (h *Host) noteFailure(e *runtime.ScriptError) {
	for _, t := range h.tenants {
		if t.name == e.Account && t.config.Notify != "" {
			t.notices.add(e, h.book.hide)
		}
	}
}
