package sandbox

import "github.com/gotd/td/tg"

// showRows are the kinds of media that a chat can deny its members one by one.
//
// See https://core.telegram.org/constructor/chatBannedRights.
var showRows = map[string]struct {
	denied  func(r tg.ChatBannedRights) bool
	refusal string
}{
	kindPhoto:    {func(r tg.ChatBannedRights) bool { return r.SendPhotos }, "CHAT_SEND_PHOTOS_FORBIDDEN"},
	kindVideo:    {func(r tg.ChatBannedRights) bool { return r.SendVideos }, "CHAT_SEND_VIDEOS_FORBIDDEN"},
	kindRound:    {func(r tg.ChatBannedRights) bool { return r.SendRoundvideos }, "CHAT_SEND_ROUNDVIDEOS_FORBIDDEN"},
	kindGIF:      {func(r tg.ChatBannedRights) bool { return r.SendGifs }, "CHAT_SEND_GIFS_FORBIDDEN"},
	kindVoice:    {func(r tg.ChatBannedRights) bool { return r.SendVoices }, "CHAT_SEND_VOICES_FORBIDDEN"},
	kindMusic:    {func(r tg.ChatBannedRights) bool { return r.SendAudios }, "CHAT_SEND_AUDIOS_FORBIDDEN"},
	kindSticker:  {func(r tg.ChatBannedRights) bool { return r.SendStickers }, "CHAT_SEND_STICKERS_FORBIDDEN"},
	kindDocument: {func(r tg.ChatBannedRights) bool { return r.SendDocs }, "CHAT_SEND_DOCS_FORBIDDEN"},
}

// mayShow says whether u may send media to p, by the error Telegram gives if not. Who may send
// anything at all was asked before.
func (w *world) mayShow(u *user, p peer, media tg.MessageMediaClass) error {
	c := w.chats[p]
	if other := w.users[p.id]; p.kind == peerUser && other != nil && heardOnce(media) && !other.allows(privacyVoice, u) {
		return bad("VOICE_MESSAGES_FORBIDDEN")
	}
	if c == nil || media == nil || pageOnly(media) || kindOf(media) == kindPoll {
		return nil
	}
	if err := w.may(u, c, toShow); err != nil {
		return err
	}
	m := c.byUser[u.id]
	row, known := showRows[kindOf(media)]
	if !known || m == nil || c.broadcast() || c.boss(u.id) {
		return nil
	}
	if m.Limits.holds(w.today) && row.denied(m.Limits.Rights) || row.denied(c.Default) {
		return forbidden(row.refusal)
	}
	return nil
}
