// Package keyexchange makes an MTProto authorization key with a server:
// https://core.telegram.org/mtproto/auth_key.
//
// It does what gotd's own exchange does, with the same checks, for a small part of the time: the one
// prime that Telegram has used for years is compared with a copy that was proved once, instead of
// being proved again for each key, and pq is factored by Pollard's rho in Brent's form on machine words.
package keyexchange
