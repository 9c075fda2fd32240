package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func starsMethods(t table) {
	on(t, 0, (*call).getStarsStatus)
	on(t, 0, (*call).getStarsTransactions)
	on(t, 0, (*call).getStarsTransactionsByID)
	on(t, people, (*call).getStarsTopupOptions)
	on(t, bots, (*call).refundStars)
}

// purse is whose stars are meant: the caller's own.
func (c *call) purse(in tg.InputPeerClass) (*user, error) {
	p, err := c.peer(in)
	if err != nil || p != (peer{peerUser, c.me.id}) {
		return nil, bad("PEER_ID_INVALID")
	}
	return c.me, nil
}

func (c *call) starsStatus(u *user, list []payment) *tg.PaymentsStarsStatus {
	cast := c.cast(c.me)
	answer := &tg.PaymentsStarsStatus{Balance: &tg.StarsAmount{Amount: u.starsOf()}}
	for _, p := range list {
		cast.add(peer{peerUser, p.With})
		one := tg.StarsTransaction{
			ID: p.ID, Refund: p.Refund, Amount: &tg.StarsAmount{Amount: p.Amount}, Date: p.Date,
			Peer: &tg.StarsTransactionPeer{Peer: &tg.PeerUser{UserID: p.With}},
		}
		one.SetTitle(p.Title)
		one.SetDescription(p.Text)
		if u.bot {
			one.SetBotPayload(p.Payload)
		}
		answer.History = append(answer.History, one)
	}
	if len(answer.History) > 0 {
		answer.SetHistory(answer.History)
	}
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer
}

// inStars are an account's payments in stars, newest first.
func (u *user) inStars() []payment {
	var list []payment
	for _, p := range slices.Backward(u.prefs.Payments) {
		if p.Currency == stars {
			list = append(list, p)
		}
	}
	return list
}

const starsPage = 20

// getStarsStatus: https://core.telegram.org/method/payments.getStarsStatus
func (c *call) getStarsStatus(in *tg.PaymentsGetStarsStatusRequest) (bin.Encoder, error) {
	u, err := c.purse(in.Peer)
	if err != nil {
		return nil, err
	}
	if in.Ton {
		return &tg.PaymentsStarsStatus{Balance: &tg.StarsTonAmount{}}, nil
	}
	list := u.inStars()
	return c.starsStatus(u, list[:min(starsPage, len(list))]), nil
}

// getStarsTransactions: https://core.telegram.org/method/payments.getStarsTransactions
func (c *call) getStarsTransactions(in *tg.PaymentsGetStarsTransactionsRequest) (bin.Encoder, error) {
	u, err := c.purse(in.Peer)
	if err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(u.inStars(), func(p payment) bool {
		return in.Ton || in.Inbound && !in.Outbound && p.Amount < 0 || in.Outbound && !in.Inbound && p.Amount > 0
	})
	if in.Ascending {
		slices.Reverse(list)
	}
	from, to, next, err := pageOf(len(list), in.Offset, in.Limit)
	if err != nil {
		return nil, err
	}
	answer := c.starsStatus(u, list[from:to])
	if next != "" {
		answer.SetNextOffset(next)
	}
	return answer, nil
}

// getStarsTransactionsByID: https://core.telegram.org/method/payments.getStarsTransactionsByID
func (c *call) getStarsTransactionsByID(in *tg.PaymentsGetStarsTransactionsByIDRequest) (bin.Encoder, error) {
	u, err := c.purse(in.Peer)
	if err != nil {
		return nil, err
	}
	var list []payment
	for _, wanted := range in.ID {
		at := slices.IndexFunc(u.prefs.Payments, func(p payment) bool { return p.ID == wanted.ID && p.Refund == wanted.Refund })
		if at < 0 {
			return nil, bad("TRANSACTION_ID_INVALID")
		}
		list = append(list, u.prefs.Payments[at])
	}
	return c.starsStatus(u, list), nil
}

// getStarsTopupOptions offers nothing: stars aren't sold here.
//
// See https://core.telegram.org/method/payments.getStarsTopupOptions.
func (c *call) getStarsTopupOptions(*tg.PaymentsGetStarsTopupOptionsRequest) (bin.Encoder, error) {
	return &tg.StarsTopupOptionVector{Elems: []tg.StarsTopupOption{}}, nil
}

// refundStars: https://core.telegram.org/method/payments.refundStarsCharge
func (c *call) refundStars(in *tg.PaymentsRefundStarsChargeRequest) (bin.Encoder, error) {
	u, err := c.user(in.UserID)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(c.me.prefs.Payments, func(p payment) bool {
		return p.ID == in.ChargeID && p.With == u.id && p.Currency == stars && !p.Refund
	})
	switch {
	case at < 0:
		return nil, bad("CHARGE_ID_INVALID")
	case c.me.prefs.Payments[at].Refunded:
		return nil, bad("CHARGE_ALREADY_REFUNDED")
	case c.me.starsOf() < c.me.prefs.Payments[at].Amount:
		return nil, bad("BALANCE_TOO_LOW")
	}
	was := &c.me.prefs.Payments[at]
	was.Refunded = true
	back := *was
	back.Refund, back.Date, back.Amount = true, c.today, -back.Amount
	c.me.prefs.Payments = append(c.me.prefs.Payments, back)
	back.With, back.Amount = c.me.id, -back.Amount
	u.prefs.Payments = append(u.prefs.Payments, back)
	_, update := c.post(draft{from: c.me, to: peer{peerUser, u.id}, origin: c.session, action: &tg.MessageActionPaymentRefunded{
		Peer: &tg.PeerUser{UserID: u.id}, Currency: stars, TotalAmount: back.Amount, Charge: tg.PaymentCharge{ID: back.ID, ProviderChargeID: back.ID},
	}})
	for _, one := range []*user{u, c.me} {
		c.pushShort(one, nil, &tg.UpdateStarsBalance{Balance: &tg.StarsAmount{Amount: one.starsOf()}})
	}
	c.touched()
	return c.answer([]tg.UpdateClass{update}), nil
}
