package bindings

import "github.com/tgscript/tgscript/bindings/spec"

// rawArea: Telegram's whole API by name.
var rawArea = area{
	classes: []spec.Class{apiClass, apiMethodClass},
	fields: map[string][]spec.Field{
		"Client": {spec.Get("api", "Telegram's whole API by its names.", (*client).api)},
	},
}
