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
// Where things are; a file has the name of what it is about:
//
//   - An account and its state: account, options, run, owner, lock, server, session*, logins, logout, lost.
//   - Signing in: signin*, qr, password, present, warmup.
//   - The connection: connector, frames, link*, backoff, clock, ping, gotdlog; keyexchange and proxy.
//   - A call on its way: calloptions, admit (who may), pacing, pacer and pace, flood*, order, retry, answered,
//     rpcerror and rpcerrors, method. By its name: rawcall, rawtarget, rawanswer and schema.
//   - Who is meant: reference, resolve*, known, peer*, parties, entity, user, chat, contact, me.
//   - Sending: send*, sent, sendcall, copymedia, forward, edit, delete, draft, schedule, typing, quote, entities, vcard;
//     polls, games and invoices; keyboard*, press, inline* and callback* for buttons and inline mode.
//   - Files: file*, download*, transfers, transferkeys; the packages transfer and mediainfo.
//   - Reading: message, history*, cursor, byid, read, react, pin, topic, dialog*, folder, notify, summary, takeout.
//   - Chats: chat*, participant*, permissions, rights, joining, joinrequest, invitelink, adminlog*, fullpeer, stats.
//   - The account's own: profile*, privacy, bots*, payments*.
//   - Events: updates, event, eventkinds, happening, delivery and the package inbox; one file for each kind: deleteevent,
//     readevent ...; ownevent for those of one's own doing.
package telegram
