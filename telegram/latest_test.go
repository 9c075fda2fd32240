package telegram

import (
	"maps"
	"slices"
	"testing"
)

func TestLatest(t *testing.T) {
	for name, test := range map[string]struct {
		puts []string
		want []string
	}{
		"nothing was put":               {nil, nil},
		"there is room for all":         {[]string{"a", "b", "c"}, []string{"a", "b", "c"}},
		"the oldest goes first":         {[]string{"a", "b", "c", "d"}, []string{"b", "c", "d"}},
		"and so on, round and round":    {[]string{"a", "b", "c", "d", "e", "f", "g"}, []string{"e", "f", "g"}},
		"a known one drives nobody out": {[]string{"a", "b", "c", "b", "b"}, []string{"a", "b", "c"}},
		"and grows no younger":          {[]string{"a", "b", "c", "a", "d"}, []string{"b", "c", "d"}},
		"who was driven out may return": {[]string{"a", "b", "c", "d", "a"}, []string{"a", "c", "d"}},
	} {
		t.Run(name, func(t *testing.T) {
			var l latest[string, int]
			last := map[string]int{}
			for i, key := range test.puts {
				l.put(key, i, 3)
				last[key] = i
			}
			if got := slices.Sorted(maps.Keys(l.values)); !slices.Equal(got, test.want) {
				t.Fatalf("kept %v, want %v", got, test.want)
			}
			for _, key := range test.want {
				if value, known := l.get(key); !known || value != last[key] {
					t.Errorf("%s is %d, %v, want %d", key, value, known, last[key])
				}
			}
		})
	}
}
