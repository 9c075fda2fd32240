package rpcerrors

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed table.tsv
var source string

//go:embed words.txt
var words string

// Known is an error that Telegram may answer with.
type Known struct {
	Kind    string   // its name without a number: "FLOOD_WAIT"
	Codes   []int    // like HTTP's: 400, 401, 403, 420 ...
	Words   string   // what it means, "" for one that nobody meets; {n} stands for its number, "a while" for a time
	Methods []string // that may be refused so; none for those that any call may meet
	Number  string   // what the number in it is: "seconds", "data center" ...; "" if there is none
}

type known struct {
	list   []Known
	byKind map[string]int
}

var table = sync.OnceValue(func() *known {
	explained := map[string]string{}
	for line := range strings.Lines(words) {
		kind, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		explained[kind] = text
	}
	t := &known{byKind: map[string]int{}}
	for line := range strings.Lines(source) {
		columns := strings.Split(strings.TrimRight(line, "\n"), "\t")
		k := Known{Kind: columns[0], Words: explained[columns[0]], Methods: strings.Fields(columns[2]), Number: numberOf(columns[0])}
		for code := range strings.FieldsSeq(columns[1]) {
			n, _ := strconv.Atoi(code)
			k.Codes = append(k.Codes, n)
		}
		t.byKind[k.Kind] = len(t.list)
		t.list = append(t.list, k)
	}
	return t
})

// All are the errors, by name.
func All() []Known { return table().list }

// Find finds an error by its name without a number.
func Find(kind string) (Known, bool) {
	i, ok := table().byKind[kind]
	if !ok {
		return Known{}, false
	}
	return table().list[i], true
}

// numbers are what the numbers in errors mean, where the name's end doesn't tell.
var numbers = map[string]string{
	"ALLOW_PAYMENT_REQUIRED": "stars", "EMAIL_UNCONFIRMED": "digits", "FILE_PART_MISSING": "part", "PREMIUM_SUB_ACTIVE_UNTIL": "seconds since 1970",
	"PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_MIN": "minutes", "INTERDC_CALL_ERROR": "data center", "INTERDC_CALL_RICH_ERROR": "data center",
	"TAKEOUT_INIT_DELAY": "seconds", "STORY_SEND_FLOOD_MONTHLY": "seconds", "STORY_SEND_FLOOD_WEEKLY": "seconds", "FILE_REFERENCE_EXPIRED": "",
	"FILE_REFERENCE_INVALID": "",
}

// numberOf says what the number in errors of a kind is.
func numberOf(kind string) string {
	if what, ok := numbers[kind]; ok {
		return what
	}
	for end, what := range map[string]string{"_WAIT": "seconds", "_TOO_FRESH": "seconds", "_TOO_EARLY": "seconds", "_MIGRATE": "data center"} {
		if strings.HasSuffix(kind, end) {
			return what
		}
	}
	return ""
}

// Timed says whether the number in errors of a kind is how many seconds to wait.
func Timed(kind string) bool { return numberOf(kind) == "seconds" }

// Explain says in plain words what an error means; "" for one that has none. number is the one in the error, 0 if
// it has none.
func Explain(kind string, number int) string {
	k, _ := Find(kind)
	text := k.Words
	if number == 0 {
		return strings.ReplaceAll(text, "{n}", "some")
	}
	if k.Number == "seconds" {
		text = strings.ReplaceAll(text, "a while", waiting(number))
	}
	return strings.ReplaceAll(text, "{n}", strconv.Itoa(number))
}

// waiting is a time in words: 37 s, 5 min, 3 h, 2 days. Longer ones are rounded up.
func waiting(seconds int) string {
	const minute, hour, day = 60, 3600, 86400
	up := func(unit int) string { return strconv.Itoa((seconds + unit - 1) / unit) }
	switch {
	case seconds < 10*minute:
		return strconv.Itoa(seconds) + " s"
	case seconds < 2*hour:
		return up(minute) + " min"
	case seconds < 2*day:
		return up(hour) + " h"
	}
	return up(day) + " days"
}
