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
package telegram
