package bindings

// keyboardArea: Buttons, keyboards, inline mode, payments and the rest of what bots do.
var keyboardArea = area{}

// keyboardEvents are the events that buttons, inline queries and payments make.
var keyboardEvents = []eventRow{}
