// Package inbox brings Telegram's updates into order: it closes gaps, fetches what was missed while
// the link was down, and hands every update to one sink, each once.
//
// Telegram numbers what happens: pts for an account's messages, qts for bot events and secret chats,
// seq for the rest, and a pts of its own for every channel (https://core.telegram.org/api/updates).
// Updates come off the wire in any order, and some never come. An Inbox holds back what is ahead of
// its turn; if what is missing doesn't come within half a second it asks for the difference.
//
// One goroutine owns all of this state. Calls run beside it, a bounded number at a time, and their
// answers come back to it as one more input; so no lock is held over a call and there is no
// goroutine for a channel.
//
// What nothing counts and nobody brings again, such as a button that was pressed, is written into the
// journal by whoever pushes it: only then is its message acknowledged. Where there are too many for
// the memory they wait in files.
//
// What is stored is never ahead of the sink: after a crash Telegram is asked again from the last
// update that the sink took over, up to a second of them twice. A sink that must not see those twice
// has to write down what it took before it returns.
package inbox
