package sandbox

import (
	"cmp"
	"maps"
	"slices"

	"github.com/gotd/td/tg"
)

// statDays is how far back statistics look.
const statDays = 30

// statistics are what has happened in a channel lately, by day.
type statistics struct {
	from     int // date of the first day
	joined   []int
	said     []int
	viewed   []int
	reacted  []int
	before   int // messages in the days before those
	writers  map[int64]*writer
	inviters map[int64]int
	posts    []*record // newest first
}

// writer is what one member has written.
type writer struct{ messages, letters int }

// statistics reads the messages of a channel.
func (s *Server) statistics(c *chat) *statistics {
	st := &statistics{
		from: (s.today/day - statDays + 1) * day, joined: make([]int, statDays), said: make([]int, statDays),
		viewed: make([]int, statDays), reacted: make([]int, statDays), writers: map[int64]*writer{}, inviters: map[int64]int{},
	}
	for _, id := range slices.Backward(c.ids) {
		r := c.box.records[id]
		if r == nil {
			continue
		}
		m, ok := r.said()
		switch at := st.day(r.date); {
		case !ok:
		case at < 0:
			st.before++
		default:
			st.said[at]++
			st.viewed[at] += views(r, m)
			if r.post.extra != nil {
				st.reacted[at] += len(r.post.extra.reactions)
			}
			w := st.writers[r.author]
			if w == nil {
				w = &writer{}
				st.writers[r.author] = w
			}
			w.messages++
			w.letters += len([]rune(m.Message))
			st.posts = append(st.posts, r)
		}
	}
	for _, m := range c.members {
		if at := st.day(m.date); at >= 0 {
			st.joined[at]++
			if m.inviter != 0 && m.inviter != m.user.id {
				st.inviters[m.inviter]++
			}
		}
	}
	return st
}

// day is the number of a date's day, or -1 for what was before.
func (st *statistics) day(date int) int {
	if date < st.from {
		return -1
	}
	return min((date-st.from)/day, statDays-1)
}

func views(r *record, m *tg.Message) int {
	if r.post.extra == nil {
		return m.Views
	}
	return m.Views + len(r.post.extra.viewers)
}

// grown is how many members there were at the end of each day.
func (st *statistics) grown(now int) []int {
	out := make([]int, statDays)
	for at := statDays - 1; at >= 0; at-- {
		out[at] = now
		now -= st.joined[at]
	}
	return out
}

func sum(list []int) int {
	n := 0
	for _, one := range list {
		n += one
	}
	return n
}

// perPost is an average over the posts.
func (st *statistics) perPost(list []int) tg.StatsAbsValueAndPrev {
	return tg.StatsAbsValueAndPrev{Current: float64(sum(list)) / float64(max(len(st.posts), 1))}
}

const topOf = 10 // of each list of the busiest

func busiest[V any](of map[int64]V, count func(V) int) []int64 {
	list := slices.SortedFunc(maps.Keys(of), func(a, b int64) int {
		return cmp.Or(cmp.Compare(count(of[b]), count(of[a])), cmp.Compare(a, b))
	})
	return list[:min(topOf, len(list))]
}
