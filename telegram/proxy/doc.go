// Package proxy reaches Telegram's data centres directly, through SOCKS and HTTP proxies, and through
// MTProto proxies. It hands gotd a resolver; nothing above it knows how the bytes travel.
//
// A Chain is an order of preference: one proxy is used until it fails, then the next one is tried. It is
// not a way through several proxies at once. Nothing here ever goes around the chain: when all of it
// fails, that is an error, since a direct connection would show a network what its user meant to hide.
//
// Every failure is an *Error that names the proxy, the hop and what to do about it. For that reason the
// SOCKS protocols are written out here (RFC 1928 and RFC 1929 are a hundred lines) instead of taken from
// golang.org/x/net/proxy, whose errors can't tell a wrong password from a server that isn't a proxy.
package proxy
