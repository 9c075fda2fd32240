package spec

import (
	"slices"
	"strings"
)

// Nearest returns the candidate that name was probably meant to be, or "" when none is close.
// Equal distances are decided by the alphabet, so that messages don't change from run to run.
func Nearest(name string, candidates []string) string {
	best, bestDistance := "", max(2, (len(name)+4)/3)
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if strings.EqualFold(strip(c), strip(name)) {
			return c
		}
		if d := distance(strings.ToLower(name), strings.ToLower(c), bestDistance); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	if best != "" {
		return best
	}
	return containing(name, candidates)
}

// containing helps with the other common slips: half of a name, as `send` for `send_message`, and more
// than a name, as `warning` for `warn`.
func containing(name string, candidates []string) string {
	if len(name) < 3 {
		return ""
	}
	found := ""
	for _, c := range candidates {
		near := strings.Contains(c, name) || len(c) >= 3 && strings.HasPrefix(name, c)
		if near && (found == "" || len(c) < len(found) || len(c) == len(found) && c < found) {
			found = c
		}
	}
	return found
}

// strip makes sendMessage and send_message the same word.
func strip(name string) string { return strings.ReplaceAll(name, "_", "") }

// distance is the number of edits (insert, delete, replace, swap of neighbours) between a and b,
// or at least limit when there are that many.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	before, previous, current := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
		}
		before, previous, current = previous, current, before
	}
	return previous[len(b)]
}
