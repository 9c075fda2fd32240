package bindings

import (
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
)

// sendingArea: Messages: sending, changing, forwarding, reading, searching.
var sendingArea = area{
	title:   "Messages",
	classes: []spec.Class{forwardClass},
	aliases: []spec.Alias{pollAlias},
	within:  []spec.Namespace{textSpace},
	fields:  map[string][]spec.Field{"Message": slices.Concat(messageFields, mediaFields)},
	methods: map[string][]spec.Func{
		"Client": {
			iterMessages, getMessages, forwardMessages, copyMessage, pinMessage, unpinMessage, sendReadAcknowledge, markReadMessages,
			sendReaction, iterReactions, getReactions, sendPoll, vote, stopPoll, iterPollVotes, getPollVotes,
			sendDice, sendContact, sendLocation, editLocation, stopLocation, sendVenue, action, sendAction, sendScheduled,
			getReadParticipants, getReadDate, getMessageViews,
		},
		"Message": {
			forwardTo, copyTo, pin, unpin, markOneRead, react, getReplyMessage, getSender, getChat, getEntitiesText,
		},
	},
}
