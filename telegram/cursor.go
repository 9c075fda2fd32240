package telegram

import (
	"context"
	"errors"
	"io"
	"iter"
)

// Cursor goes through what Telegram gives in pages. It asks for a page when the one before is used up,
// and holds one at a time. It may be used by one goroutine at a time.
type Cursor[T any] struct {
	// fetch gives the next page, and how many there are in all, if Telegram says so; else less than 0. The error
	// io.EOF comes with the last page, or after it.
	fetch func(ctx context.Context) (page []T, total int, err error)
	left  int // how many the caller still wants; less than 0 for all
	page  []T
	total int
	ended bool
}

// newCursor makes a cursor that ends after limit things; 0 stands for all.
func newCursor[T any](limit int, fetch func(ctx context.Context) (page []T, total int, err error)) *Cursor[T] {
	if limit <= 0 {
		limit = -1
	}
	return &Cursor[T]{fetch: fetch, left: limit, total: -1}
}

// Next gives the next one; more is false after the last. After an error it may be called again: the page that failed is
// asked for once more, and what was had before it isn't lost.
func (c *Cursor[T]) Next(ctx context.Context) (one T, more bool, err error) {
	if c.left == 0 {
		return one, false, nil
	}
	if err := c.fill(ctx); err != nil {
		return one, false, err
	}
	if len(c.page) == 0 {
		return one, false, nil
	}
	one, c.page[0] = c.page[0], one // the page doesn't hold on to what the caller has
	c.page = c.page[1:]
	c.left--
	return one, true, nil
}

// fill asks for pages until there is something, or nothing more.
func (c *Cursor[T]) fill(ctx context.Context) error {
	for len(c.page) == 0 && !c.ended {
		page, total, err := c.fetch(ctx)
		switch {
		case errors.Is(err, io.EOF):
			c.ended = true
		case err != nil:
			return err
		}
		c.page = page
		if total >= 0 {
			c.total = total
		}
	}
	return nil
}

// All goes through everything that is left. After an error it ends.
func (c *Cursor[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for {
			one, more, err := c.Next(ctx)
			if !more && err == nil || !yield(one, err) || err != nil {
				return
			}
		}
	}
}

// Collect gives everything that is left as a list, with how many there are in all.
func (c *Cursor[T]) Collect(ctx context.Context) (all []T, total int, err error) {
	for one, err := range c.All(ctx) {
		if err != nil {
			return nil, 0, err
		}
		all = append(all, one)
	}
	if total = c.Total(); total < len(all) {
		total = len(all)
	}
	return all, total, nil
}

// Total is how many there are in all, limit or not, as far as Telegram has told; less than 0 if it hasn't.
func (c *Cursor[T]) Total() int { return c.total }
