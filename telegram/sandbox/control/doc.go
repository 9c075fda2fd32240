// Package control lets other programs direct a sandbox over HTTP: act as its people, read what was
// said, let things go wrong, move its clock, and take it back to where it was.
//
// It listens on loopback only. Each request names a token in its Authorization header, and a host
// that is this machine, so that neither other users' programs nor web pages can use it. Requests
// and answers are JSON; an error is {"error", "hint"}.
package control
