// Package hook listens for HTTP requests and gives them to whoever serves their path at that moment. A listener lives
// as long as somebody has a path on it: a version of a script that takes over from another finds the port open, and no
// request is lost between them.
package hook
