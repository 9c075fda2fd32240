// Package runtime runs scripts: it loads them, hands them events, reloads them as they are saved and cleans up
// after them. It knows Lua only as calls to make, and nothing of Telegram; package bindings gives scripts their
// words through [Options.Library].
//
// A [Script] is one Lua file. Each time it is loaded a [Generation] is made, with a Lua state of its own. The new
// generation runs its top level while the old one serves; handlers and timers that it asks for are collected. Then
// one pointer is swapped, so that each event goes to exactly one generation, and the old one drains: its calls may
// finish within a grace time, then they are ended, and everything that it owned is closed. A file that doesn't load
// changes nothing.
//
// Events take this way: [Script.Deliver] asks the waiters of running calls ([Generation.Await]), then the live
// generation's subscriptions, all of it in Go and on the caller's goroutine. What nobody wants ends there. The rest
// waits in the script's bounded queue for its dispatcher, which starts a call for each event, in order of arrival.
package runtime
