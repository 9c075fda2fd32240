package bindings

// rawArea: Telegram's whole API by name.
var rawArea = area{}
