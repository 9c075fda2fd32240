package bindings

import "github.com/tgscript/tgscript/bindings/spec"

// eventsArea: events that are no messages and no buttons, and what goes around all handlers.
var eventsArea = area{
	classes: []spec.Class{
		deleteEventClass, readEventClass, chatActionEventClass, albumEventClass, userUpdateEventClass, userChangedEventClass,
		reactionEventClass, pollEventClass, pollVoteEventClass, memberEventClass, joinRequestEventClass, chatBoostEventClass,
		messageViewsEventClass, pinnedEventClass, storyEventClass,
		botStoppedEventClass, blockedEventClass, skippedEventClass, accountStateEventClass, scriptEventClass, middlewareClass,
	},
	tg: []spec.Func{use},
}

// happeningEvents are the events of the area.
var happeningEvents = []eventRow{
	deleteRow, readEventRow, chatActionRow, albumRow, userUpdateRow, userChangedRow,
	reactionRow, pollRow, pollVoteRow, memberRow, joinRequestRow, chatBoostRow,
	messageViewsRow, pinnedRow, storyRow,
	botStoppedRow, blockedRow, skippedRow, accountStateRow, scriptRow,
}
