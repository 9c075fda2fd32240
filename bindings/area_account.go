package bindings

// accountArea: The account itself: dialogs, contacts, profile, privacy, sessions.
var accountArea = area{}
