package sandbox

import "strings"

// contactName is what somebody calls a contact of theirs.
type contactName struct{ First, Last, Note string }

// callContact gives a contact of u's the name that u knows it by.
func (u *user) callContact(id int64, name contactName) {
	if u.prefs.Names == nil {
		u.prefs.Names = map[int64]contactName{}
	}
	u.prefs.Names[id] = name
}

// calls is how u's name reads for viewer: by what the viewer has written, or u's own.
func (viewer *user) calls(u *user) (first, last string) {
	if name, own := viewer.prefs.Names[u.id]; own && viewer.hasContact(u) && strings.TrimSpace(name.First+name.Last) != "" {
		return name.First, name.Last
	}
	return u.name, u.lastName
}
