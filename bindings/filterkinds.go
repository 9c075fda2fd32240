package bindings

// kindFilters choose by the kind of chat.
type kindFilters struct {
	Private *bool `lua:"private,optional" doc:"In chats with one person or bot, or, with false, not there; together with group and channel, in any of them."`
	Group   *bool `lua:"group,optional" doc:"In groups and supergroups, or, with false, not there."`
	Channel *bool `lua:"channel,optional" doc:"In channels, or, with false, not there."`
}

// test says whether a chat of a kind is wanted; nil for all.
func (f kindFilters) test() func(private, group, channel bool) bool {
	if f == (kindFilters{}) {
		return nil
	}
	kinds := chosen(f.Private, f.Group, f.Channel)
	return func(private, group, channel bool) bool {
		return private && kinds[0] || group && kinds[1] || channel && kinds[2]
	}
}

// chosen says which of several things that exclude each other are wanted: those that were asked for, or, when none was,
// all that weren't refused.
func chosen(wishes ...*bool) []bool {
	asked := false
	for _, wish := range wishes {
		asked = asked || wish != nil && *wish
	}
	list := make([]bool, len(wishes))
	for i, wish := range wishes {
		list[i] = wish != nil && *wish || wish == nil && !asked
	}
	return list
}
