// Package wire is the MTProto floor of the sandbox: it turns TCP connections into sessions and
// sessions into plain requests and pushes. It knows nothing of Telegram's API but the wrappers that
// every query may come in.
//
// A Server serves one data centre. Each connection's transport is found out in that connection's own
// goroutine, so one that says nothing harms nobody. Auth keys live in an AuthKeys registry that the
// servers of several data centres share. A Session outlives its connections: what the client has not
// acknowledged is sent again on the next one.
//
// The rules followed are those of https://core.telegram.org/mtproto and the pages below it.
package wire
