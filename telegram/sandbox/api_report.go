package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// Reports go nowhere: there is nobody to read them.
func reportMethods(t table) {
	on(t, people, (*call).reportSpam)
	on(t, people, (*call).reportPeer)
	on(t, people, (*call).reportMessages)
	on(t, people, (*call).reportChannelSpam)
	on(t, people, (*call).hidePeerSettings)
}

func (c *call) reported(in tg.InputPeerClass) (bin.Encoder, error) {
	if _, err := c.peer(in); err != nil {
		return nil, err
	}
	return yes()
}

// reportSpam: https://core.telegram.org/method/messages.reportSpam
func (c *call) reportSpam(in *tg.MessagesReportSpamRequest) (bin.Encoder, error) {
	return c.reported(in.Peer)
}

// reportPeer: https://core.telegram.org/method/account.reportPeer
func (c *call) reportPeer(in *tg.AccountReportPeerRequest) (bin.Encoder, error) {
	return c.reported(in.Peer)
}

// reportChannelSpam: https://core.telegram.org/method/channels.reportSpam
func (c *call) reportChannelSpam(in *tg.ChannelsReportSpamRequest) (bin.Encoder, error) {
	if _, err := c.channel(in.Channel); err != nil {
		return nil, err
	}
	return yes()
}

// hidePeerSettings: https://core.telegram.org/method/messages.hidePeerSettingsBar
func (c *call) hidePeerSettings(in *tg.MessagesHidePeerSettingsBarRequest) (bin.Encoder, error) {
	return c.reported(in.Peer)
}

// reportMessages asks for the reason first, as Telegram's menu does.
//
// See https://core.telegram.org/method/messages.report.
func (c *call) reportMessages(in *tg.MessagesReportRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	for _, id := range in.ID {
		if _, err := c.record(p, id); err != nil {
			return nil, err
		}
	}
	if len(in.Option) > 0 {
		return &tg.ReportResultReported{}, nil
	}
	return &tg.ReportResultChooseOption{Title: "Report", Options: []tg.MessageReportOption{
		{Text: "Spam", Option: []byte("spam")}, {Text: "Other", Option: []byte("other")},
	}}, nil
}
