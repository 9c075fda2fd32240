package bindings

// sendingArea: Messages: sending, changing, forwarding, reading, searching.
var sendingArea = area{}
