package transfer

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestName is how many bytes of a name file systems take, with room for a number and an ending.
const longestName = 200

// reserved are names that are devices to Windows, whatever their ending.
var reserved = map[string]bool{"con": true, "prn": true, "aux": true, "nul": true}

// SafeName makes a name that came from elsewhere fit for a file in a folder of ours: it leads nowhere else, hides
// nothing, and every file system takes it. fallback is used for one of which nothing is left.
func SafeName(name, fallback string) string {
	name = strings.ReplaceAll(name, "\\", "/")
	name = path.Base(path.Clean("/" + name))
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1 // the last would show "gpj.exe" as "exe.jpg"
		case strings.ContainsRune(`<>:"/|?*`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(name, " .") // a leading dot hides, a trailing one is dropped by Windows
	if stem, _, _ := strings.Cut(name, "."); reserved[strings.ToLower(stem)] || numberedDevice(stem) {
		name = "_" + name
	}
	name = shortened(name)
	if name == "" || name == "_" {
		return fallback
	}
	return name
}

func numberedDevice(stem string) bool {
	stem = strings.ToLower(stem)
	return len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
}

// shortened cuts a name that is too long before its ending.
func shortened(name string) string {
	if len(name) <= longestName {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 20 {
		ext = ""
	}
	stem := name[:longestName-len(ext)]
	for len(stem) > 0 && !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return stem + ext
}
