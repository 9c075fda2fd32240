package bindings

// filesArea: Files: up, down, and what is known of them.
var filesArea = area{}
