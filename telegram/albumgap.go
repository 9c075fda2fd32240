package telegram

import (
	"context"
	"slices"
	"time"
)

// albumPatience is how long the missing parts of an album are asked for.
const albumPatience = 5 * time.Second

// gap notes that updates were skipped, of a channel or, for 0, of all other chats: the albums there may miss parts.
func (g *albums) gap(channel int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for key, album := range g.open {
		if channelOf(key.chat) == channel {
			album.gap = true
		}
	}
}

// mend asks for the parts that were skipped, by their numbers, which follow each other. If they can't be had the album is
// told of as partial.
func (a *Account) mend(ctx context.Context, album *gathering) {
	if !album.gap || len(album.parts) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, albumPatience)
	defer cancel()
	have := make(map[int]bool)
	low, high := album.parts[0].ID, album.parts[0].ID
	for _, m := range album.parts {
		have[m.ID] = true
		low, high = min(low, m.ID), max(high, m.ID)
	}
	var ids []int
	for id := max(1, high-albumMost+1); id < low+albumMost; id++ {
		if !have[id] {
			ids = append(ids, id)
		}
	}
	found, err := a.messagesByID(ctx, album.parts[0].Chat, ids, false)
	if err != nil {
		a.log.WarnContext(ctx, "parts of an album were skipped and can't be asked for", "chat", album.key.chat, "error", err)
		return
	}
	album.gap = false
	album.parts = append(album.parts, slices.DeleteFunc(found, func(m *Message) bool {
		return m == nil || m.GroupedID != album.key.group
	})...)
}
