package telegram_test

import (
	"context"
	"fmt"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// A bot signs in to a Telegram inside of this process, and writes to itself.
func ExampleAccount() {
	server, err := sandbox.New(sandbox.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()
	info := server.Info()
	account, err := telegram.Open(telegram.Options{
		APIID: info.APIID, APIHash: info.APIHash, BotToken: info.Bots[0].Token,
		Server: telegram.Server{DC: info.DC, Options: server.DCOptions(), Keys: server.Keys(), LoopbackOnly: true},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer account.Close()
	err = account.Run(context.Background(), func(ctx context.Context) error {
		me, err := account.SignIn(ctx, nil)
		if err != nil {
			return err
		}
		sent, err := account.Send(ctx, telegram.Name("@sandbox_workshop"), text.Of("hello"), telegram.SendOptions{})
		if err != nil {
			return err
		}
		fmt.Println(me.DisplayName(), "wrote", sent.Message.Message)
		return nil
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output: EchoBot wrote hello
}
