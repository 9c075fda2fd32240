package bindings

import "github.com/tgscript/tgscript/bindings/spec"

// accountArea: The account itself: dialogs, contacts, profile, privacy, sessions.
var accountArea = area{
	classes: []spec.Class{limitClass},
	methods: map[string][]spec.Func{
		"Client": {with},
	},
	tg: []spec.Func{newLimit},
}
