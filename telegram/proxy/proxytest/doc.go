// Package proxytest has the other ends for tests: proxy servers of every kind, a conforming MTProxy,
// and a small data centre that answers the first question of a key exchange. All listen on loopback.
package proxytest
