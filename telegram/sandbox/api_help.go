package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

const (
	appName    = "tgscript sandbox"
	configLife = 3600 // seconds
	country    = "ZZ"
)

func helpMethods(t table) {
	on(t, open, (*call).getConfig)
	on(t, open, (*call).getNearestDC)
	on(t, open, (*call).getAppConfig)
	on(t, open, (*call).getCDNConfig)
	on(t, open, (*call).getLangPack)
	on(t, open, (*call).getLangDifference)
	on(t, open, (*call).getLangStrings)
	on(t, open, (*call).getLanguages)
	on(t, open, (*call).getCountries)
	on(t, people, (*call).getTermsUpdate)
	on(t, people, (*call).getPromo)
	on(t, open, (*call).saveAppLog)
}

// getConfig names no other address than this server's own: a client that follows it stays on
// this machine.
//
// See https://core.telegram.org/method/help.getConfig.
func (c *call) getConfig(*tg.HelpGetConfigRequest) (bin.Encoder, error) {
	config := &tg.Config{
		Date: c.now(), Expires: c.now() + configLife, ThisDC: c.dc.id, DCOptions: c.DCOptions(),
		DCTxtDomainName: "localhost", ChatSizeMax: 200, MegagroupSizeMax: 200_000, ForwardedCountMax: deleteAtMost,
		OnlineUpdatePeriodMs: 210_000, OfflineBlurTimeoutMs: 5000, OfflineIdleTimeoutMs: 30_000,
		OnlineCloudTimeoutMs: 300_000, NotifyCloudDelayMs: 30_000, NotifyDefaultDelayMs: 1500,
		PushChatPeriodMs: 60_000, PushChatLimit: 2, EditTimeLimit: editLife,
		RevokeTimeLimit: 1<<31 - 1, RevokePmTimeLimit: 1<<31 - 1, RevokePmInbox: true,
		RatingEDecay: 2_419_200, StickersRecentLimit: 200, ChannelsReadMediaPeriod: 604_800,
		CallReceiveTimeoutMs: 20_000, CallRingTimeoutMs: 90_000, CallConnectTimeoutMs: 30_000,
		CallPacketTimeoutMs: 10_000, MeURLPrefix: "https://t.me/", CaptionLengthMax: c.limits.CaptionLength,
		MessageLengthMax: c.limits.MessageLength, WebfileDCID: c.dc.id,
	}
	return config, nil
}

// getNearestDC: https://core.telegram.org/method/help.getNearestDc
func (c *call) getNearestDC(*tg.HelpGetNearestDCRequest) (bin.Encoder, error) {
	return &tg.NearestDC{Country: country, ThisDC: c.dc.id, NearestDC: c.dc.id}, nil
}

// getAppConfig: https://core.telegram.org/method/help.getAppConfig
func (c *call) getAppConfig(in *tg.HelpGetAppConfigRequest) (bin.Encoder, error) {
	const version = 1
	if in.Hash == version {
		return &tg.HelpAppConfigNotModified{}, nil
	}
	return &tg.HelpAppConfig{Hash: version, Config: &tg.JSONObject{Value: []tg.JSONObjectValue{
		{Key: "test", Value: &tg.JSONNumber{Value: 1}},
	}}}, nil
}

// getCDNConfig: https://core.telegram.org/method/help.getCdnConfig
func (c *call) getCDNConfig(*tg.HelpGetCDNConfigRequest) (bin.Encoder, error) {
	return &tg.CDNConfig{}, nil
}

// getLangPack: https://core.telegram.org/method/langpack.getLangPack
func (c *call) getLangPack(in *tg.LangpackGetLangPackRequest) (bin.Encoder, error) {
	return &tg.LangPackDifference{LangCode: in.LangCode, Version: 1}, nil
}

// getLangDifference: https://core.telegram.org/method/langpack.getDifference
func (c *call) getLangDifference(in *tg.LangpackGetDifferenceRequest) (bin.Encoder, error) {
	return &tg.LangPackDifference{LangCode: in.LangCode, FromVersion: in.FromVersion, Version: max(in.FromVersion, 1)}, nil
}

// getLangStrings: https://core.telegram.org/method/langpack.getStrings
func (c *call) getLangStrings(*tg.LangpackGetStringsRequest) (bin.Encoder, error) {
	return &tg.LangPackStringClassVector{}, nil
}

// getLanguages: https://core.telegram.org/method/langpack.getLanguages
func (c *call) getLanguages(*tg.LangpackGetLanguagesRequest) (bin.Encoder, error) {
	return &tg.LangPackLanguageVector{Elems: []tg.LangPackLanguage{
		{Official: true, Name: "English", NativeName: "English", LangCode: "en", PluralCode: "en"},
	}}, nil
}

// getCountries: https://core.telegram.org/method/help.getCountriesList
func (c *call) getCountries(*tg.HelpGetCountriesListRequest) (bin.Encoder, error) {
	return &tg.HelpCountriesList{Countries: []tg.HelpCountry{
		{ISO2: country, DefaultName: "Sandbox", CountryCodes: []tg.HelpCountryCode{{CountryCode: "42"}}},
	}, Hash: 1}, nil
}

// getTermsUpdate: https://core.telegram.org/method/help.getTermsOfServiceUpdate
func (c *call) getTermsUpdate(*tg.HelpGetTermsOfServiceUpdateRequest) (bin.Encoder, error) {
	return &tg.HelpTermsOfServiceUpdateEmpty{Expires: c.now() + configLife}, nil
}

// getPromo: https://core.telegram.org/method/help.getPromoData
func (c *call) getPromo(*tg.HelpGetPromoDataRequest) (bin.Encoder, error) {
	return &tg.HelpPromoDataEmpty{Expires: c.now() + configLife}, nil
}

// saveAppLog: https://core.telegram.org/method/help.saveAppLog
func (c *call) saveAppLog(*tg.HelpSaveAppLogRequest) (bin.Encoder, error) { return yes() }
