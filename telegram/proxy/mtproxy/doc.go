// Package mtproxy speaks to MTProto proxies: secrets, obfuscation, fake TLS, and the framing on top.
//
// The obfuscation is described at https://core.telegram.org/mtproto/mtproto-transports. Fake TLS has
// no page there; this follows TDLib (td/mtproto/TlsInit.cpp) and what the proxy servers in use demand.
// gotd's own client writes TLS records of any length, which proxies refuse beyond 16 KiB and which
// wrap around at 64 KiB, sends a hello of 1.7 KB where the strictest proxies take 517 bytes, and
// can't be interrupted in its handshake; so this one is written from gotd's public packages.
//
// Nothing here watches a context: whoever calls bounds a handshake by the connection's deadline.
package mtproxy
