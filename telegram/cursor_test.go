package telegram

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"
)

// book is a cursor's source: pages of numbers, one of which fails once.
type book struct {
	pages  [][]int
	total  int
	failAt int
	asked  int
}

var errTorn = errors.New("torn page")

func (b *book) fetch(context.Context) ([]int, int, error) {
	b.asked++
	if b.asked == b.failAt {
		return nil, -1, errTorn
	}
	page := b.pages[0]
	if b.pages = b.pages[1:]; len(b.pages) == 0 {
		return page, b.total, io.EOF
	}
	return page, b.total, nil
}

func TestCursor(t *testing.T) {
	for _, row := range []struct {
		name  string
		book  book
		limit int
		want  []int
		total int
		asked int
	}{
		{"all of it", book{pages: [][]int{{1, 2}, {3}}, total: 3}, 0, []int{1, 2, 3}, 3, 2},
		{"up to the limit, without the page behind", book{pages: [][]int{{1, 2}, {3}}, total: 3}, 2, []int{1, 2}, 3, 1},
		{"a limit within a page", book{pages: [][]int{{1, 2}, {3}}, total: 3}, 1, []int{1}, 3, 1},
		{"empty pages are passed over", book{pages: [][]int{{}, {}, {1}, {}}, total: -1}, 0, []int{1}, 1, 4},
		{"nothing at all", book{pages: [][]int{nil}, total: 0}, 0, nil, 0, 1},
		{"more than Telegram thinks there is", book{pages: [][]int{{1, 2, 3}}, total: 2}, 0, []int{1, 2, 3}, 3, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, total, err := newCursor(row.limit, row.book.fetch).Collect(t.Context())
			if err != nil || !slices.Equal(got, row.want) || total != row.total || row.book.asked != row.asked {
				t.Errorf("got %v of %d with %d requests, %v; want %v of %d with %d", got, total, row.book.asked, err, row.want, row.total, row.asked)
			}
		})
	}
}

func TestCursorGoesOnAfterAnError(t *testing.T) {
	b := &book{pages: [][]int{{1}, {2}}, total: -1, failAt: 2}
	c := newCursor(0, b.fetch)
	var got []int
	for one, err := range c.All(t.Context()) {
		if err != nil {
			if !errors.Is(err, errTorn) {
				t.Fatal(err)
			}
			continue
		}
		got = append(got, one)
	}
	rest, _, err := c.Collect(t.Context())
	if got = append(got, rest...); err != nil || !slices.Equal(got, []int{1, 2}) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, more, err := c.Next(t.Context()); more || err != nil {
		t.Errorf("after the end: %v, %v", more, err)
	}
}

func TestCursorThatIsLeftAsksNoMore(t *testing.T) {
	b := &book{pages: [][]int{{1}, {2}}}
	for range newCursor(0, b.fetch).All(t.Context()) {
		break
	}
	if b.asked != 1 {
		t.Errorf("asked %d times", b.asked)
	}
}
