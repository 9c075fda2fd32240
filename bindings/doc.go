// Package bindings is what a script sees: the globals client and tg, and the objects and events that
// they lead to. It is the only room where the Lua host and Telegram meet.
//
// Everything is a row of one table (see package spec); a class or a group of functions has a file of
// its own. The reference pages, the editor types and `tgscript check` read the same table.
//
// Where things are:
//
//   - The table: library (what is installed), area and area_* (which rows there are, theme by theme), client, tg.
//   - What may be done: admit (chats), apiguard (methods), limit; errorkinds has every kind of error.
//   - Handlers: on, handler*, filter*, pattern, command*, middleware, timer; event_* and *event have one event each;
//     ask, until, wait*, conversation* and claims are about waiting for what somebody says.
//   - Arguments that many rows take: target, words, formatting, messageref, filesource, mediasource, markup, places.
//   - Messages: message*, sendmessage, editmessage, forward*, scheduled, historyrows, readmessages, reactions, polls.
//   - Buttons and inline mode: keyboard, button*, press, callback*, inline*, offer.
//   - Files: sendfile*, download*, fileobject, progress.
//   - People and chats: peer*, entity*, participant, rights, permissions, joining, dialog*, folder, contacts, profile*.
//   - Telegram's whole API: api* are the calls, object* the answers.
package bindings
