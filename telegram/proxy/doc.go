// Package proxy reaches Telegram's data centres through SOCKS, HTTP and MTProto proxies.
package proxy
