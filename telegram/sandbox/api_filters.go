package sandbox

import (
	"slices"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func filtersMethods(t table) {
	on(t, people, (*call).getDialogFilters)
	on(t, people, (*call).updateDialogFilter)
	on(t, people, (*call).updateDialogFiltersOrder)
	on(t, people, (*call).getSuggestedDialogFilters)
	on(t, people, (*call).toggleDialogFilterTags)
}

// The limits of https://core.telegram.org/api/folders.
const (
	filterFirst   = 2 // smaller ids are the list itself and the archive
	filterLast    = 255
	filtersAtMost = 10
	filterPeers   = 100
	filterTitle   = 12
)

// getDialogFilters: https://core.telegram.org/method/messages.getDialogFilters
func (c *call) getDialogFilters(*tg.MessagesGetDialogFiltersRequest) (bin.Encoder, error) {
	list, err := c.me.prefs.filters()
	if err != nil {
		return nil, err
	}
	return &tg.MessagesDialogFilters{TagsEnabled: c.me.prefs.FilterTags, Filters: list}, nil
}

// updateDialogFilter makes, changes or, without a filter, deletes a folder.
//
// See https://core.telegram.org/method/messages.updateDialogFilter.
func (c *call) updateDialogFilter(in *tg.MessagesUpdateDialogFilterRequest) (bin.Encoder, error) {
	if in.ID < filterFirst || in.ID > filterLast {
		return nil, bad("FILTER_ID_INVALID")
	}
	prefs := &c.me.prefs
	at := slices.IndexFunc(prefs.Filters, func(f keptFilter) bool { return f.ID == in.ID })
	update := &tg.UpdateDialogFilter{ID: in.ID}
	filter, given := in.GetFilter()
	switch {
	case !given && at < 0:
		return nil, bad("FILTER_ID_INVALID")
	case !given:
		prefs.Filters = slices.Delete(prefs.Filters, at, at+1)
	default:
		kept, err := c.filter(in.ID, filter)
		switch {
		case err != nil:
			return nil, err
		case at >= 0:
			prefs.Filters[at] = kept
		case len(prefs.Filters) >= filtersAtMost:
			return nil, bad("DIALOG_FILTERS_TOO_MUCH")
		default:
			prefs.Filters = append(prefs.Filters, kept)
		}
		update.SetFilter(filter)
	}
	c.touched()
	c.pushShort(c.me, c.session, update)
	return yes()
}

// filter checks a folder that a client has made.
func (c *call) filter(id int, in tg.DialogFilterClass) (keptFilter, error) {
	var title string
	var peers [][]tg.InputPeerClass
	kinds := false
	switch f := in.(type) {
	case *tg.DialogFilter:
		f.ID, title, peers = id, f.Title.Text, [][]tg.InputPeerClass{f.PinnedPeers, f.IncludePeers, f.ExcludePeers}
		kinds = f.Contacts || f.NonContacts || f.Groups || f.Broadcasts || f.Bots
	case *tg.DialogFilterChatlist:
		f.ID, title, peers = id, f.Title.Text, [][]tg.InputPeerClass{f.PinnedPeers, f.IncludePeers, nil}
	default:
		return keptFilter{}, bad("FILTER_NOT_SUPPORTED")
	}
	switch {
	case strings.TrimSpace(title) == "" || len([]rune(title)) > filterTitle:
		return keptFilter{}, bad("FILTER_TITLE_EMPTY")
	case !kinds && len(peers[0])+len(peers[1]) == 0:
		return keptFilter{}, bad("FILTER_INCLUDE_EMPTY")
	case len(peers[0])+len(peers[1]) > filterPeers:
		return keptFilter{}, bad("FILTER_INCLUDE_TOO_MUCH")
	case len(peers[2]) > filterPeers:
		return keptFilter{}, bad("FILTER_EXCLUDE_TOO_MUCH")
	}
	for _, p := range slices.Concat(peers...) {
		if _, err := c.peer(p); err != nil {
			return keptFilter{}, err
		}
	}
	var b bin.Buffer
	if err := in.Encode(&b); err != nil {
		return keptFilter{}, bad("INPUT_FILTER_INVALID")
	}
	return keptFilter{id, b.Buf}, nil
}

// updateDialogFiltersOrder: https://core.telegram.org/method/messages.updateDialogFiltersOrder
func (c *call) updateDialogFiltersOrder(in *tg.MessagesUpdateDialogFiltersOrderRequest) (bin.Encoder, error) {
	prefs := &c.me.prefs
	place := func(id int) int {
		if at := slices.Index(in.Order, id); at >= 0 {
			return at
		}
		return len(in.Order)
	}
	slices.SortStableFunc(prefs.Filters, func(a, b keptFilter) int { return place(a.ID) - place(b.ID) })
	prefs.FiltersFrom = 0
	for _, f := range prefs.Filters {
		if place(f.ID) < place(0) && slices.Contains(in.Order, 0) {
			prefs.FiltersFrom++
		}
	}
	c.touched()
	c.pushShort(c.me, c.session, &tg.UpdateDialogFilterOrder{Order: in.Order})
	return yes()
}

// getSuggestedDialogFilters: https://core.telegram.org/method/messages.getSuggestedDialogFilters
func (c *call) getSuggestedDialogFilters(*tg.MessagesGetSuggestedDialogFiltersRequest) (bin.Encoder, error) {
	title := tg.TextWithEntities{Text: "Unread", Entities: []tg.MessageEntityClass{}}
	return &tg.DialogFilterSuggestedVector{Elems: []tg.DialogFilterSuggested{{
		Filter:      &tg.DialogFilter{Contacts: true, NonContacts: true, Groups: true, Broadcasts: true, Bots: true, ExcludeRead: true, Title: title},
		Description: "New messages from chats that you haven't read.",
	}}}, nil
}

// toggleDialogFilterTags: https://core.telegram.org/method/messages.toggleDialogFilterTags
func (c *call) toggleDialogFilterTags(in *tg.MessagesToggleDialogFilterTagsRequest) (bin.Encoder, error) {
	if !c.me.prefs.Premium {
		return nil, forbidden("PREMIUM_ACCOUNT_REQUIRED")
	}
	c.me.prefs.FilterTags = in.Enabled
	c.touched()
	return yes()
}
