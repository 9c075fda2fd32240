package bindings

import "github.com/tgscript/tgscript/bindings/spec"

// keyboardArea: Buttons, keyboards, inline mode, payments and the rest of what bots do.
var keyboardArea = area{
	classes: []spec.Class{buttonClass, keyboardClass, replyMarkupClass},
	aliases: buttonAliases,
	tg:      []spec.Func{newKeyboard},
	within:  []spec.Namespace{buttonSpace},
}

// keyboardEvents are the events that buttons, inline queries and payments make.
var keyboardEvents = []eventRow{}
