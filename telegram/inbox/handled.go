package inbox

import "github.com/gotd/td/tg"

// Handled names an update that was handled, in whatever form Telegram tells of it. It can be compared.
type Handled struct{ key key }

// HandledAs is the name of an update that comes more than once; for one that Telegram tells of only once it is the zero
// value. Of a message its number and its channel are looked at, of an edit its date and text as well.
func HandledAs(u tg.UpdateClass) Handled {
	k := keyOf(u, 0)
	if k.kind == keyOnce {
		return Handled{}
	}
	return Handled{k}
}

// HandledIn reads the content of a journal's file: what all that had taken it were done with. A file that was cut off
// counts as far as it goes.
func HandledIn(data []byte) []Handled {
	var list []Handled
	for _, r := range parseRecords(data) {
		if r.body == nil && r.party == 0 && r.key.kind != keyDeed {
			list = append(list, Handled{r.key})
		}
	}
	return list
}
