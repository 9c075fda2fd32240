package bindings

import "github.com/tgscript/tgscript/bindings/spec"

// conversationArea: Talking with people for longer than one event, and what is done about handlers that fail.
var conversationArea = area{
	title:   "Conversations",
	classes: []spec.Class{conversationClass, stepDialogClass},
	methods: map[string][]spec.Func{"Client": {startConversation}},
	tg:      []spec.Func{onError, newDialog},
}
