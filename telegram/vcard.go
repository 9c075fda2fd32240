package telegram

import (
	"strings"

	"github.com/gotd/td/tg"
)

// escapeVCard writes text as RFC 2426 wants it, so that a name can't add lines of its own.
var escapeVCard = strings.NewReplacer("\\", "\\\\", ";", "\\;", ",", "\\,", "\r\n", "\\n", "\n", "\\n", "\r", "\\n")

// VCard is a contact as other programs take it: what its sender gave along, else one of the name and number.
func VCard(contact *tg.MessageMediaContact) string {
	if strings.HasPrefix(contact.Vcard, "BEGIN:VCARD") {
		return contact.Vcard
	}
	first, last := escapeVCard.Replace(contact.FirstName), escapeVCard.Replace(contact.LastName)
	return strings.Join([]string{
		"BEGIN:VCARD", "VERSION:3.0", "N:" + last + ";" + first + ";;;", "FN:" + strings.TrimSpace(first+" "+last),
		"TEL;TYPE=CELL:" + escapeVCard.Replace(contact.PhoneNumber), "END:VCARD", "",
	}, "\r\n")
}
