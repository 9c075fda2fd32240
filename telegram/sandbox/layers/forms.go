package layers

// forms are the names that have meant different things in different layers, with the id that they
// had when the row for them here was true. A layer whose id is another needs no such row.
var forms = map[string]uint32{
	"poll":                             0x86e18161,
	"pollAnswer":                       0x6ca9c2e9,
	"pollResults":                      0xdcb82ea3,
	"inputMediaPoll":                   0x0f94e5f1,
	"updateMessagePollVote":            0x106395c9,
	"reactionCount":                    0x6fb250d1,
	"messagePeerReaction":              0x51b67eff,
	"draftMessage":                     0xfd8e711f,
	"channels.sendAsPeers":             0x8356cda9,
	"channels.toggleSignatures":        0x1f69b606,
	"messages.sendReaction":            0x25690ce4,
	"messages.getMessageReactionsList": 0xe0ee6b77,
}

// isForm tells whether the rows for a name are meant for this definition of it. Without a
// definition there is nothing that could speak for itself.
func isForm(d *definition, name string) bool {
	form, bound := forms[name]
	return !bound || d == nil || d.id == form
}
