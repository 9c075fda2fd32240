// Package telegram is one Telegram account in Go: it signs a user or a bot in, keeps the connection
// up for ever, guards the session, and sends and receives.
//
// An Account is opened, run and closed:
//
//	account, err := telegram.Open(telegram.Options{Name: "me", APIID: id, APIHash: hash, Dir: "data/me"})
//	if err != nil { ... }
//	defer account.Close()
//	err = account.Run(ctx, func(ctx context.Context) error {
//		if _, err := account.SignIn(ctx, prompter); err != nil {
//			return err
//		}
//		_, err := account.Send(ctx, telegram.Name("me"), text.Of("hello"), telegram.SendOptions{})
//		return err
//	})
//
// Underneath is github.com/gotd/td; its tg types are the words of Telegram and are used as they are.
//
// # Errors
//
// Every method that asks Telegram may fail with one of these, so its comment names only what it adds. All but the
// sentinels and the context's error are found with errors.As, and have LuaFields for scripts:
//
//   - *RPCError: Telegram has refused the call. Kind is its name of the error, as "CHAT_WRITE_FORBIDDEN"; package
//     rpcerrors explains it. errors.As finds gotd's *tgerr.Error beneath it, too.
//   - *FloodWaitError: Telegram wants a longer pause than Connection.FloodLimit, or our own pacing does. Shorter ones
//     are waited for, and nobody hears of them.
//   - *CallTimeoutError: no link, or no answer, within Connection.CallTimeout.
//   - *OutcomeUnknownError: the connection was lost under a call that must not be made twice. Messages are none of
//     these: their random id makes it safe to send them again.
//   - *AccountLostError: the session is of no use any more, and Run ends.
//   - *PeerUnknownError: nobody is found for a Target, or no way to address them. *ChatKindError: they are of a kind
//     that has no such method.
//   - ErrNotRunning outside of Run, ErrNotSignedIn before SignIn; context.Cause of the context once it has ended.
//
// # Where things are
//
// A file has the name of what it is about:
//
//   - An account, its folder and its session: account*, options, run, control, standing, owner, lock, holder, server,
//     session*, logout.
//   - Signing in: signin*, qr, password, logins, me, present.
//   - The connection: connector, frames, link*, backoff, clock, ping, gotdlog. Packages keyexchange, proxy.
//   - A call on its way: calloptions, admit, pacing, pacer, flood*, order, retry, answered, method, rpcerror, callerror.
//     By its name: rawcall, rawtarget, rawanswer. Packages pace, rpcerrors, schema.
//   - Who is meant: reference, resolve*, warmup, stale, peer*, parties, entity, fullpeer, user, chat, contact.
//     Packages store.
//   - Sending: send*, sent, copymedia, forward, edit, delete, draft, schedule, typing, quote, entities, vcard, poll,
//     games, invoice. Packages text.
//   - Buttons and inline mode: keyboard*, press, inline*, callback.
//   - Files: file*, download*, transfers, transferkeys. Packages transfer, mediainfo.
//   - Reading: message, messageerror, history*, cursor, byid, read, react, pin, topic, dialog*, folder, notify, takeout.
//   - Chats: chatmake, chatowner, chatsettings, chattoggles, participant*, permissions, rights, joining, joinrequest,
//     invitelink, adminlog*, stats.
//   - The account's own: profile*, privacy, bots*, payments*.
//   - Events: updates, delivery, event, eventkinds, happening, told, summary, recentmessages, latest. One for each kind:
//     albumevent, albumgap, blockedevent, boostevent, chatactionevent, deleteevent, joinrequestevent, memberevent, ownevent,
//     owndeed, pinnedevent, pollevent, reactionevent, readevent, skippedevent, storyevent, userchangeevent, userupdateevent,
//     viewsevent. Packages inbox, journal.
package telegram
